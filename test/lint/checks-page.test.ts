import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checksText } from '../support/checks-page';

const FILE = join(import.meta.dirname, '..', '..', 'docs', 'checks.md');

it('docs/checks.md says what the checks are, how they are tested and what they found', () => {
  const text = checksText();
  if (process.env['UPDATE'] !== undefined) writeFileSync(FILE, text);
  expect(readFileSync(FILE, 'utf8')).toBe(text);
});
