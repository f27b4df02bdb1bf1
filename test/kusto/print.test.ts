import fc from 'fast-check';
import { expect, it } from 'vitest';
import { kusto } from '../../src/languages/kusto';
import { LANGUAGES } from '../../src/languages/registry';
import type { Addition, Operator } from '../../src/model';
import { subjectOf, valuesOf } from '../../src/syntax/classify';
import { edited } from '../../src/syntax/edits';
import { walkTests } from '../../src/syntax/walk';
import { inputsOf } from '../support/cases';
import { samePredicate } from '../support/same-predicate';

const context = { languages: LANGUAGES };
const texts = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('a', '*', 'c:\\users\\*\\x.exe', '"', "'", '\\', 'a\nb', '%', ']', '', 'tr\u00fcb'));
const columns = fc.constantFrom('Account', 'A.b.c', 'A.0.k', 'title', 'my col', 'in');
const quoted = (text: string): string =>
  `"${text.replace(/[\\"]/g, '\\$&').replace(/[\n\r\t]/g, (char) => (char === '\n' ? '\\n' : char === '\r' ? '\\r' : '\\t'))}"`;
const plainTexts = texts.filter((text) => !/[^\P{C}\n\r\t]|[\u2028\u2029]/u.test(text));
const name = fc.constantFrom('Account', 'A.b', 'A[0].k', "['title']", 'tolower(A)', 'strlen(B)', '(C + 1)');
const comparison = fc.oneof(
  fc
    .tuple(
      name,
      fc.constantFrom('==', '!=', '=~', '!~', 'has', '!has', 'has_cs', 'contains', '!contains_cs', 'startswith', 'endswith_cs', 'hasprefix', 'hassuffix'),
      plainTexts,
    )
    .map(([left, op, value]) => `${left} ${op} ${quoted(value)}`),
  fc
    .tuple(name, fc.constantFrom('in', '!in', 'in~', '!in~', 'has_any', 'has_all'), fc.array(plainTexts, { minLength: 1, maxLength: 3 }))
    .map(([left, op, values]) => `${left} ${op} (${values.map(quoted).join(', ')})`),
  fc.tuple(name, fc.constantFrom('<', '<=', '>', '>=', '==', '!='), fc.integer()).map(([left, op, value]) => `${left} ${op} ${value}`),
  fc.tuple(fc.constantFrom('isempty', 'isnotempty', 'isnull', 'isnotnull'), name).map(([fn, left]) => `${fn}(${left})`),
  fc.constantFrom(
    'TimeGenerated > ago(1h)',
    'A between (1 .. 5)',
    'ipv4_is_match(A, "10.0.0.0", 8)',
    'A == B',
    'iff(A > 1, B, C) == "x"',
    'Day < datetime(2024-01-01)',
  ),
);
const condition: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparison,
    fc.tuple(tie('any'), fc.constantFrom('and', 'or'), tie('any')).map(([left, op, right]) => `(${left}) ${op} (${right})`),
    tie('any').map((inner) => `not(${inner})`),
  ),
})).any;

it('any condition printed reads back as itself', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(condition, (text) => {
      const { predicate, diagnostics } = kusto.analyse(`T | where ${text}`, context);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      const printed = kusto.print!(predicate);
      expect(printed).toHaveProperty('text');
      if ('text' in printed && !samePredicate(kusto.analyse(printed.text, context).predicate, predicate)) expect.fail(printed.text);
    }),
    { numRuns: 400 },
  );
});

const KINDS: readonly Operator[] = ['eq', 'contains', 'starts_with', 'ends_with', 'regex_match', 'gt', 'is_null', 'is_not_null'];

it('any row added is a comparison of the query, without a new error, and the others stay', { timeout: 120_000 }, () => {
  const hosts = inputsOf('kusto').filter((text) => kusto.analyse(text, context).diagnostics.every(({ severity }) => severity !== 'error'));
  const row = fc.record({ polarity: fc.constantFrom('indicator', 'exclusion'), field: columns, op: fc.constantFrom(...KINDS), value: plainTexts });
  fc.assert(
    fc.property(fc.constantFrom(...hosts), row, (text, addition: Addition) => {
      const edits = kusto.add(text, addition, context);
      if (edits === null) return;
      const after = kusto.analyse(edited(text, edits), context);
      expect(after.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      let isThere = false;
      walkTests(after.predicate, (test, negated) => {
        const kind = test.word === 'in' ? 'eq' : test.word;
        const values = valuesOf(test).map((value) => value.text);
        const isValue = addition.op === 'is_null' || addition.op === 'is_not_null' || values.includes(addition.value);
        isThere ||= kind === addition.op && isValue && subjectOf(test.left) !== null && negated === (addition.polarity === 'exclusion');
      });
      expect({ isThere, text, addition, after: edited(text, edits) }).toMatchObject({ isThere: true });
    }),
    { numRuns: 300 },
  );
});
