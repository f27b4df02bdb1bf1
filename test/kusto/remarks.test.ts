import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REMARKS } from '../../src/formats/sentinel/remarks';
import { DIAGNOSTICS } from '../../src/languages/kusto/diagnostics';

const SOURCES = join(import.meta.dirname, '../../src');

// Each table of remarks is closed: the compiler finds misspelt codes, this finds unused ones and codes of another folder.
describe.each([
  ['languages/kusto', 'kusto', DIAGNOSTICS, 'diagnostics.ts'],
  ['formats/sentinel', 'sentinel', REMARKS, ''],
])('remarks of %s', (folder, name, table, tableFile) => {
  const code = readdirSync(join(SOURCES, folder))
    .filter((file) => file.endsWith('.ts') && file !== tableFile)
    .map((file) => readFileSync(join(SOURCES, folder, file), 'utf8'))
    .join('\n');

  it('are all used', () => {
    for (const remark of Object.keys(table)) expect(code.split(`'${remark}'`).length - 1, remark).toBeGreaterThanOrEqual(tableFile === '' ? 2 : 1);
  });
  it('are all in the table', () => {
    for (const [, remark] of code.matchAll(new RegExp(`'(${name}/[a-z-]+)'`, 'g'))) expect(Object.keys(table)).toContain(remark);
  });
});
