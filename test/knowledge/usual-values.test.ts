import { describe, expect, it } from 'vitest';
import { folderOf, programFolder, usuallyIn } from '../../src/knowledge/usual-values';
import table from '../../src/knowledge/usual-values.json';

describe('what fields usually hold', () => {
  it('each word of each row is what a field of such a name is told by, and no row before it', () => {
    for (const { ends, values, families = 'ecs' } of table.fields as { ends: string; values: unknown[]; families?: string }[])
      for (const word of ends.split(' ')) expect(usuallyIn(word.replace('=', ''), families, false), word).toEqual(values);
  });

  it('names are read without their marks, and fields of Linux and macOS hold what they hold there', () => {
    expect(usuallyIn('source.ip', 'ecs', false)[0]).toBe('203.0.113.7');
    expect(usuallyIn('deviceDetails_deviceName_s', 'kusto', false)[0]).toBe('ws01.corp.example');
    expect(usuallyIn('process.executable', 'ecs', true)[0]).toBe('/tmp/update');
    expect(usuallyIn('nothing in particular', 'ecs', false)).toEqual([]);
  });

  it('folders and programs in any letters', () => {
    expect(folderOf('SYSTEM32')).toBe('C:\\Windows');
    expect(programFolder('PowerShell.EXE')).toBe('C:\\Windows\\System32\\WindowsPowerShell\\v1.0');
    expect(programFolder('unheard-of.exe')).toBeNull();
  });
});
