import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { coverageText } from '../support/run-coverage';

const FILE = join(import.meta.dirname, '..', '..', 'docs', 'coverage.md');

it('docs/coverage.md says what the code covers', () => {
  const text = coverageText();
  if (process.env['UPDATE'] !== undefined) writeFileSync(FILE, text);
  expect(readFileSync(FILE, 'utf8')).toBe(text);
}, 60_000);
