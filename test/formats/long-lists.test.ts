import { describe, expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { lintOf } from '../../src/lint/rule-checks';

/** More than a call can be given as arguments. */
const MANY = 150_000;

const TEXTS: readonly (readonly [format: string, what: string, text: string])[] = [
  ['elastic', 'open braces of an export', '{'.repeat(MANY)],
  ['sentinel', 'pipes of a query in a container', `id: a\nname: a\nquery: T ${'|'.repeat(MANY)}\n`],
  ['esql', 'indices', `FROM ${'a,'.repeat(MANY)}a | LIMIT 1`],
  ['esql', 'a query inside a query', `FROM a | WHERE KQL("${'('.repeat(MANY)}")`],
  ['lucene', 'values with letters that look like others', `a:(${'” '.repeat(MANY)})`],
];

// The lists that documents make are as long as one likes: none is spread into a call.
describe('what stands in a document many times', () => {
  for (const [format, what, text] of TEXTS)
    it(`${what}, is answered and told`, { timeout: 120_000 }, () => {
      const { rules, diagnostics } = FORMATS.get(format)!.open(text, { languages: LANGUAGES });
      const remarks = rules.flatMap((rule) => lintOf(reportOf(rule), text));
      expect(diagnostics.length + remarks.length + rules.length).toBeGreaterThan(0);
    });
});
