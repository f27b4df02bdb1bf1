import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { allChecks } from '../../src/lint/all-checks';

const SOURCE = join(import.meta.dirname, '../../src');

it('every remark that the sources write is in the list of checks, and the list is one of IDs', () => {
  const listed = allChecks().map(({ id }) => id);
  expect(new Set(listed).size).toBe(listed.length);
  const prefixes = [...new Set(listed.map((id) => id.split('/')[0]!))];
  const written = new RegExp(`'(?:${prefixes.join('|')})/[a-z][a-z-]*[a-z]'`, 'g');
  const found = new Set<string>();
  for (const file of readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file)) continue;
    for (const [code] of readFileSync(join(SOURCE, file), 'utf8').matchAll(written)) found.add(code.slice(1, -1));
  }
  expect([...found].filter((code) => !listed.includes(code))).toEqual([]);
  expect(found.size).toBeGreaterThan(250);
});
