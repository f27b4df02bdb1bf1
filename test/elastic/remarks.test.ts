import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DIAGNOSTICS as ELASTIC } from '../../src/formats/elastic/diagnostics';
import { DIAGNOSTICS as KUERY } from '../../src/languages/kuery/diagnostics';
import { DIAGNOSTICS as LUCENE } from '../../src/languages/lucene/diagnostics';

const SOURCES = join(import.meta.dirname, '../../src');

// Each table of remarks is closed: the compiler finds misspelt codes, this finds unused ones and codes of another folder.
describe.each([
  ['languages/kuery', 'kuery', KUERY],
  ['languages/lucene', 'lucene', LUCENE],
  ['formats/elastic', 'elastic', ELASTIC],
])('remarks of %s', (folder, name, table) => {
  const code = readdirSync(join(SOURCES, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== 'diagnostics.ts')
    .map((file) => readFileSync(join(SOURCES, folder, file), 'utf8'))
    .join('\n');

  it('are all used', () => {
    for (const remark of Object.keys(table)) expect(code).toContain(`'${remark}'`);
  });
  it('are all in the table', () => {
    for (const [, remark] of code.matchAll(new RegExp(`'(${name}/[a-z-]+)'`, 'g'))) expect(Object.keys(table)).toContain(remark);
  });
});
