import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { macrosIn } from '../../src/cli/macros';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulewright-macros-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = async (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  const macros = await macrosIn(folder);
  rmSync(join(folder, name));
  return macros;
};

describe('macros of a folder', () => {
  it('are read from YAML and from macros.conf', async () => {
    expect(await read('a.yml', 'name: dns\narguments:\n  - host\ndefinition: sourcetype=dns host=$host$\n')).toEqual([
      { name: 'dns', arguments: ['host'], definition: 'sourcetype=dns host=$host$' },
    ]);
    expect(await read('macros.conf', '[dns(1)]\nargs = host\ndefinition = sourcetype=dns host=$host$\n')).toMatchObject([
      { name: 'dns', arguments: ['host'], definition: 'sourcetype=dns host=$host$' },
    ]);
  });

  it('are read whole where the lines of a quoted definition stand at the margin', async () => {
    expect(await read('a.yml', `definition: 'eval a=split(b,"") \n| eval c=mvjoin(a,"")\n| fields - a'\nname: joined`)).toEqual([
      { name: 'joined', arguments: [], definition: 'eval a=split(b,"")  | eval c=mvjoin(a,"") | fields - a' },
    ]);
  });

  it('are passed over where a file is no YAML or no macro', async () => {
    expect(await read('a.yml', "definition: 'eval a=\nname: [open")).toEqual([]);
    expect(await read('a.yml', '- 1\n- 2\n')).toEqual([]);
    expect(await read('a.yml', 'name: only a name\n')).toEqual([]);
  });
});
