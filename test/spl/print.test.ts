import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalise } from '../../src/analysis/canonicalise';
import { fieldNames } from '../../src/knowledge/fields';
import { LANGUAGES } from '../../src/languages/registry';
import { spl } from '../../src/languages/spl';
import type { Addition, Operator, Predicate } from '../../src/model';
import { edited } from '../../src/syntax/edits';
import { rowTest } from '../../src/syntax/row-test';
import { walkTests } from '../../src/syntax/walk';
import { inputsOf } from '../support/cases';
import { meaningOf, samePredicate } from '../support/same-predicate';

const context = { languages: LANGUAGES };
const names = fieldNames('cim', []);
const HERE = { start: 0, end: 0 };

const text = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 }),
  fc.constantFrom('C:\\temp\\', 'a "b"', 'x\\"y', '100%', 'a_b', '10.0.0.0/8', '-5', '`x`', 'a|b', "it's"),
);
const name = fc.constantFrom('user', 'process_name', 'a.b{}.c', 'a b', 'not', 'x-y');
const ops: readonly Operator[] = ['eq', 'contains', 'starts_with', 'ends_with', 'gt', 'regex_match', 'is_null', 'is_not_null'];

describe('a printed predicate', () => {
  const check = (predicate: Predicate): void => {
    const printed = spl.print!(predicate);
    if ('refused' in printed) {
      expect(printed.refused.length).toBeGreaterThan(0);
      return;
    }
    const read = spl.analyse(printed.text, context).predicate;
    if (!samePredicate(read, predicate))
      expect.fail(`${printed.text}\nreads back as ${JSON.stringify(meaningOf(read))}\nnot ${JSON.stringify(meaningOf(predicate))}`);
  };

  it('reads back as itself, for every case and each of its parts', { timeout: 60_000 }, () => {
    for (const input of inputsOf('spl')) {
      const { predicate } = spl.analyse(input, context);
      check(predicate);
      if (predicate.kind === 'all' || predicate.kind === 'any') predicate.of.forEach(check);
    }
  });

  const leaf: fc.Arbitrary<Predicate> = fc
    .record({ op: fc.constantFrom(...ops.filter((op) => op !== 'regex_match')), field: name, value: text })
    .map(({ op, field, value }) => {
      const test = rowTest({ polarity: 'indicator', field, op, value }, 'pcre');
      return { ...test, values: test.values.map((one) => (one.kind === 'literal' && op === 'eq' ? { ...one, type: 'string' as const } : one)) };
    });
  const { tree } = fc.letrec<{ tree: Predicate }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc
        .record({ kind: fc.constantFrom('all' as const, 'any' as const), of: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) })
        .map(({ kind, of }): Predicate => ({ kind, span: HERE, of })),
      tie('tree').map((of): Predicate => ({ kind: 'not', span: HERE, of })),
    ),
  }));

  it('reads back as itself, for predicates made up', { timeout: 60_000 }, () => {
    fc.assert(fc.property(tree, check), { numRuns: 500 });
  });
});

describe('a row that is added', () => {
  const texts = [
    '',
    'index=a x=1',
    'index=a NOT user="root" | stats count by user',
    'user IN (a, b)',
    '| where match(user, "x") AND y=1',
    '| tstats count from datamodel=Endpoint.Processes where Processes.x=1 by Processes.user',
  ];
  const row: fc.Arbitrary<Addition> = fc.record({ polarity: fc.constantFrom('indicator', 'exclusion'), field: name, op: fc.constantFrom(...ops), value: text });

  it('reads back as that row, without an error, beside all that was there', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(row, fc.constantFrom(...texts), (addition, before) => {
        if (addition.op === 'gt' && !/^-?\d+$/.test(addition.value)) return;
        const edits = spl.add(before, addition, context);
        if (edits === null) return;
        const after = edited(before, edits);
        const counted = (source: string): readonly string[] => {
          const found: string[] = [];
          walkTests(spl.analyse(source, context).predicate, (test, negated) => {
            for (const triple of canonicalise(test, names)) if (triple !== null) found.push(JSON.stringify([negated, triple.field, triple.kind, triple.value]));
          });
          return found;
        };
        const errors = (source: string): number => spl.analyse(source, context).diagnostics.filter(({ severity }) => severity === 'error').length;
        // In a text a quote needs a backslash, and a regular expression keeps it.
        const value = addition.op === 'regex_match' ? addition.value.replace(/\\[^]|"/g, (part) => (part === '"' ? '\\"' : part)) : addition.value;
        const wanted = canonicalise(rowTest({ ...addition, value }, 'pcre'), names).map((triple) =>
          JSON.stringify([addition.polarity === 'exclusion', triple!.field, triple!.kind, triple!.value]),
        );
        expect({ after, errors: errors(after) }).toEqual({ after, errors: errors(before) });
        expect({ after, rows: counted(after).toSorted() }).toEqual({ after, rows: [...counted(before), ...wanted].toSorted() });
      }),
      { numRuns: 400 },
    );
  });
});
