import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages/registry';

const CASES = join(import.meta.dirname, '../../../shared/cases/elastic.ndjson.gz');

interface Case {
  readonly language: string;
  readonly query: string;
  readonly kind: string;
  readonly valid: boolean;
  readonly valid_syntax?: boolean | null;
  readonly valid_es?: boolean | null;
}
const cases = existsSync(CASES)
  ? gunzipSync(readFileSync(CASES))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Case)
  : [];

/** Inputs on which the reference implementation of EQL is not followed. */
const KNOWN: readonly { readonly reason: string; readonly is: (query: string) => boolean }[] = [
  { reason: 'calls written as methods, `x:length()`, are of the older dialect only', is: (query) => /[\w)"]:\w+\(/.test(query) },
  { reason: 'NOT in capitals is a field there; here it is a misspelt keyword', is: (query) => query === 'NOT' },
  { reason: 'names of functions are compared with the case of letters there', is: (query) => query.includes('LENGTH(') },
  { reason: 'Elastic Endpoint has `$variables` of an array search and names of events, `as p0`', is: (query) => /\$\w|\] (?:by [\w.]+ )?as \w/.test(query) },
  { reason: 'Elasticsearch’s own grammar takes any constant after `:` and `like`', is: (query) => /pid (?::|like~?) 1$/.test(query) },
  { reason: 'Elasticsearch refuses a sequence of one item, which the grammar alone takes', is: (query) => /^sequence \[[^\]]*\]$/.test(query) },
  { reason: 'a number in the place of a condition is a warning here', is: (query) => /^\w+ where indexOf\(null, null\)$/.test(query) },
];

function verdicts(language: string, verdictOf: (one: Case) => boolean | null | undefined): { readonly share: number; readonly unexplained: readonly string[] } {
  let seen = 0;
  let agreed = 0;
  const unexplained: string[] = [];
  for (const one of cases) {
    const verdict = one.language === language ? verdictOf(one) : null;
    if (verdict === null || verdict === undefined) continue;
    seen++;
    const query = one.kind === 'expression' ? `any where ${one.query}` : one.query;
    const errors = LANGUAGES.get(language)!
      .analyse(query, { languages: LANGUAGES })
      .diagnostics.filter(({ severity }) => severity === 'error');
    if ((errors.length === 0) === verdict) agreed++;
    else if (!KNOWN.some(({ is }) => is(one.query))) unexplained.push(`${one.query}: ${errors.map(({ message }) => message).join(' ')}`);
  }
  console.log(`${language}: ${agreed} of ${seen} verdicts agree`);
  return { share: agreed / seen, unexplained };
}

describe.skipIf(cases.length === 0)('verdicts of the reference implementations', () => {
  it('kuery', () => {
    const { share, unexplained } = verdicts('kuery', (one) => one.valid_syntax ?? one.valid);
    expect(unexplained).toEqual([]);
    expect(share).toBeGreaterThanOrEqual(0.98);
  });
  it('EQL', () => {
    const { share, unexplained } = verdicts('eql', (one) => one.valid_es);
    expect(unexplained).toEqual([]);
    expect(share).toBeGreaterThanOrEqual(0.97);
  });
});
