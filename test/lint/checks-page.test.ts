import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checksText } from '../support/checks-page';

const FILE = join(import.meta.dirname, '..', '..', 'docs', 'checks.md');

/** The page without how many cases there are: a case more is no reason to write it anew. */
const withoutCases = (page: string): string => page.replaceAll(/ \d+ (\| [\d,]+ \|[^|]*\|[^|]*\|)$/gm, ' $1');

it('docs/checks.md says what the checks are and what they found', () => {
  const text = checksText();
  if (process.env['UPDATE'] !== undefined) writeFileSync(FILE, text);
  expect(withoutCases(readFileSync(FILE, 'utf8'))).toBe(withoutCases(text));
});
