import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalise } from '../../src/analysis/canonicalise';
import { LANGUAGES } from '../../src/languages/registry';
import type { Addition, Glob, Operand, Predicate, Test } from '../../src/model';
import { edited } from '../../src/syntax/edits';
import { rowTest } from '../../src/syntax/row-test';
import { walkTests } from '../../src/syntax/walk';
import { samePredicate } from '../support/same-predicate';

const context = { languages: LANGUAGES };
const SPAN = { start: 0, end: 0 };
const NAMES = ['a', 'process.name', 'my-field.x', 'and', 'true.b', 'x.`y', 'c.or', '@timestamp', 'é', '1a.b'];
const TEXTS = ['x', '', 'C:\\Temp\\a b.exe', 'say "hi"', '*', 'a*b?', '\\', '\\*', 'tab\tline\nend', '"""', 'é\u{1F600}', "it's", '{}()[]|,:~'];

const name = fc.constantFrom(...NAMES);
const text = fc.constantFrom(...TEXTS);
const field = name.map((of): Operand => ({ kind: 'field', name: of, span: SPAN }));
const string = text.map((of): Operand => ({ kind: 'literal', type: 'string', text: of, span: SPAN }));
const number = fc.constantFrom('0', '-3', '2.5', '1e3').map((of): Operand => ({ kind: 'literal', type: 'number', text: of, span: SPAN }));
const truth = fc.constantFrom('true', 'false').map((of): Operand => ({ kind: 'literal', type: 'boolean', text: of, span: SPAN }));
const parts = fc
  .array(
    fc.oneof(
      fc.constantFrom('any-run' as const, 'any-char' as const),
      text.filter((of) => of !== '').map((of) => ({ text: of })),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .filter((of) => of.every((part, index) => index === 0 || typeof part !== typeof of[index - 1] || (typeof part === 'string' && part !== of[index - 1])));
const glob = parts.map((of): Glob => ({ kind: 'glob', parts: of, span: SPAN }));
const regex = text.map((of): Operand => ({ kind: 'regex', text: of, dialect: 'lucene', flags: '', whole: true, span: SPAN }));

const testOf = (left: Operand, rest: Partial<Test> & Pick<Test, 'compare' | 'word' | 'values'>): Test => ({
  kind: 'test',
  span: SPAN,
  left,
  case: 'exact',
  missing: 'unknown',
  ...rest,
});

/** Comparisons as a reading gives them. */
const tests: fc.Arbitrary<Test> = fc.oneof(
  fc.tuple(field, string).map(([left, value]) => testOf(left, { compare: 'equals', word: 'eq', values: [value] })),
  fc.tuple(field, fc.oneof(number, truth)).map(([left, value]) => testOf(left, { compare: 'equals', word: 'eq', values: [value], case: 'fold' })),
  fc.tuple(field, field).map(([left, value]) => testOf(left, { compare: 'equals', word: 'field_eq', values: [value] })),
  fc.tuple(field, fc.array(string, { minLength: 1, maxLength: 3 })).map(([left, values]) => testOf(left, { compare: 'equals', word: 'in', values })),
  fc.tuple(field, fc.array(glob, { minLength: 1, maxLength: 3 })).map(([left, values]) => testOf(left, { compare: 'equals', word: 'wildcard', values })),
  fc.tuple(field, regex).map(([left, value]) => testOf(left, { compare: 'regex', word: 'regex_match', values: [value] })),
  fc.tuple(field, number).map(([left, value]) => testOf(left, { compare: 'at-least', word: 'ge', values: [value], case: 'fold' })),
  field.map((left) => testOf(left, { compare: 'exists', word: 'is_not_null', values: [], case: 'fold', missing: 'false' })),
  field.map((left) => testOf(left, { compare: 'absent', word: 'is_null', values: [], case: 'fold', missing: 'true' })),
  fc.tuple(field, text, fc.constantFrom('starts_with' as const, 'ends_with' as const, 'contains' as const)).map(([left, value, word]) => {
    const inner = value === '' ? [] : [{ text: value }];
    const of: Glob['parts'] = [...(word === 'starts_with' ? [] : (['any-run'] as const)), ...inner, ...(word === 'ends_with' ? [] : (['any-run'] as const))];
    return testOf(left, { compare: 'equals', word, values: [{ kind: 'glob', parts: of, span: SPAN }] });
  }),
);

const predicates: fc.Arbitrary<Predicate> = fc.letrec<{ node: Predicate }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tests,
    fc
      .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(tie('node'), { minLength: 1, maxLength: 3 }))
      .map(([kind, of]): Predicate => ({ kind, of, span: SPAN })),
    tie('node').map((of): Predicate => ({ kind: 'not', of, span: SPAN })),
  ),
})).node;

describe.each(['eql', 'esql'])('print of %s', (id) => {
  const language = LANGUAGES.get(id)!;

  it('what is printed reads back as what was printed', { timeout: 60_000 }, () => {
    let printed = 0;
    fc.assert(
      fc.property(predicates, (predicate) => {
        const result = language.print!(predicate);
        if ('refused' in result) return;
        printed++;
        const analysis = language.analyse(result.text, context);
        expect(
          analysis.diagnostics.filter(({ severity }) => severity === 'error'),
          result.text,
        ).toEqual([]);
        if (!samePredicate(analysis.predicate, predicate)) expect.fail(`reads back as something else: ${result.text}`);
      }),
      { numRuns: 1000 },
    );
    expect(printed).toBeGreaterThan(300);
  });

  it('a row that is added reads back as that row, and nothing else changes', { timeout: 60_000 }, () => {
    const plain = { canonical: (of: string): string => of, local: (of: string): string => of, own: () => [], byEvent: () => [] };
    const hosts = {
      eql: ['', 'any where a == 1', 'process where process.name : "z" or b == 2', 'sequence [file where not a in ("q")] [x where process.name like "y*"]'],
      esql: [
        'from x',
        'from x | where a == 1',
        'from x | where process.name == "z" or b == 2 | stats c = count(*) by d',
        'from x | where not a in ("q") and process.name like "y*"',
      ],
    }[id as 'eql' | 'esql'];
    const ops = ['eq', 'contains', 'starts_with', 'ends_with', 'wildcard', 'regex_match', 'is_null', 'is_not_null', 'gt'] as const;
    const rows: fc.Arbitrary<Addition> = fc.record({
      polarity: fc.constantFrom('indicator' as const, 'exclusion' as const),
      field: fc.constantFrom('process.name', 'a', 'my-field.x', 'event.code'),
      op: fc.constantFrom(...ops),
      value: text.filter((of) => of !== ''),
    });
    let added = 0;
    fc.assert(
      fc.property(fc.constantFrom(...hosts), rows, (host, drawn) => {
        const value = drawn.op === 'gt' ? '5' : drawn.op.startsWith('is_') ? '' : drawn.value;
        const row = { ...drawn, value };
        const edits = language.add(host, row, context);
        if (edits === null) return;
        added++;
        const query = edited(host, edits);
        const { predicate, diagnostics } = language.analyse(query, context);
        expect(
          diagnostics.filter(({ severity }) => severity === 'error'),
          query,
        ).toEqual([]);
        const wanted = canonicalise(rowTest(row, 'lucene'), plain)[0];
        const [before, after] = [host, query].map((of) => {
          const found: string[] = [];
          if (of !== '')
            walkTests(language.analyse(of, context).predicate, (test, negated) => {
              for (const triple of canonicalise(test, plain)) found.push(JSON.stringify([triple, negated]));
            });
          return found.sort();
        });
        const more = after!.filter((one, index) => after!.indexOf(one) === index && !before!.includes(one));
        const sought = JSON.stringify([wanted, row.polarity === 'exclusion']);
        expect(after, query).toContain(sought);
        expect(
          more.filter((one) => one !== sought),
          query,
        ).toEqual([]);
        expect(
          before!.every((one) => after!.includes(one)),
          query,
        ).toBe(true);
        expect(predicate).toBeDefined();
      }),
      { numRuns: 500 },
    );
    expect(added).toBeGreaterThan(200);
  });
});
