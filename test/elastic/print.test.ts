import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages/registry';
import type { Addition, Operator, Predicate } from '../../src/model';
import { subjectOf, valuesOf } from '../../src/syntax/classify';
import { edited } from '../../src/syntax/edits';
import { walkTests } from '../../src/syntax/walk';
import { inputsOf } from '../support/cases';
import { damaged, uncovered } from '../support/laws';
import { samePredicate } from '../support/same-predicate';

const context = { languages: LANGUAGES };
const OPS: readonly Operator[] = ['eq', 'contains', 'starts_with', 'ends_with', 'is_not_null', 'is_null', 'gt', 'le', 'cidr_match', 'keyword'];
const PIECES = {
  kuery: [
    'a', 'process.name', 'host.*', 'user', '"x y"', '"*"', '\\*', '*', 'b*', '*c', 'and', 'or', 'not', 'not ', ' ', ' and ', ' or ', ':', ': ', '(', ')', '{', '}', '>', '<=', '5', 'now-1d', '"10.0.0.0/8"', 'source.ip', '\\"', '\\\\', 'true', '\\and', '\u00a0', 'é',
  ],
  lucene: [
    'a', 'process.name', 'host.\\*', '"x y"', '*', 'b*', '?c', ' AND ', ' OR ', ' NOT ', '-', '+', '!', ' ', ':', '(', ')', '[1 TO 5]', '{a TO *}', '>', '<=', '5', '/r.x/', '~2', '^3', '_exists_', '"10.0.0.0/8"', 'source.ip', '\\"', '\\\\', '\\:', 'true', 'TO', 'é',
  ],
} as const; // prettier-ignore

const texts = (id: keyof typeof PIECES): fc.Arbitrary<string> => fc.array(fc.constantFrom(...PIECES[id]), { maxLength: 24 }).map((parts) => parts.join(''));

const testsOf = (predicate: Predicate): readonly string[] => {
  const found: string[] = [];
  walkTests(predicate, (test, negated) => {
    for (const value of valuesOf(test).length === 0 ? [null] : valuesOf(test))
      found.push(`${negated ? 'not ' : ''}${subjectOf(test.left)?.name ?? '·'} ${test.word === 'in' ? 'eq' : test.word} ${value?.text ?? ''}`);
  });
  return found;
};

for (const id of ['kuery', 'lucene'] as const) {
  const language = LANGUAGES.get(id)!;
  const analyse = (text: string) => language.analyse(text, context);
  const hasError = (text: string): boolean => analyse(text).diagnostics.some(({ severity }) => severity === 'error');

  describe(`${id}`, () => {
    it('covers every token of its cases, of damaged ones and of random texts', { timeout: 120_000 }, () => {
      const covers = (text: string): void => {
        const missed = uncovered(text, analyse(text));
        if (missed.length > 0) expect.fail(`${missed.join('; ')} in ${JSON.stringify(text)}`);
      };
      for (const input of inputsOf(id)) {
        covers(input);
        for (const { changed } of damaged(input, 200)) covers(changed);
      }
      fc.assert(fc.property(texts(id), covers), { numRuns: 1500 });
    });

    it('prints what it read, and reads back what it prints', { timeout: 120_000 }, () => {
      let printed = 0;
      const holds = (text: string): void => {
        const { predicate } = analyse(text);
        const result = language.print!(predicate);
        if ('refused' in result) return;
        printed++;
        const back = analyse(result.text);
        if (!samePredicate(back.predicate, predicate)) expect.fail(`${JSON.stringify(text)} is printed as ${JSON.stringify(result.text)}`);
      };
      for (const input of inputsOf(id)) holds(input);
      fc.assert(fc.property(texts(id), holds), { numRuns: 2500 });
      expect(printed).toBeGreaterThan(500);
    });

    it('reads an added row as that row, and the rest as it was', { timeout: 120_000 }, () => {
      const rows: fc.Arbitrary<Addition> = fc.record({
        polarity: fc.constantFrom('indicator', 'exclusion'),
        field: fc.constantFrom('process.name', 'user.name', 'file.path', 'a b', 'source.ip'),
        op: fc.constantFrom(...OPS),
        value: fc.oneof(
          fc.constantFrom('x', '*', 'c:\\a (1)\\*?.exe', '"and" or', '5', 'a/b', 'AND', ' x ', 'not', '10.0.0.0/8'),
          fc.string({ minLength: 1, maxLength: 8 }),
        ),
      });
      const bases = fc.oneof(fc.constantFrom(...inputsOf(id)), texts(id));
      fc.assert(
        fc.property(bases, rows, (text, row) => {
          if (hasError(text)) return;
          const edits = language.add(text, row, context);
          if (edits === null) return;
          const result = edited(text, edits);
          const said = `${JSON.stringify(row)} in ${JSON.stringify(text)} gives ${JSON.stringify(result)}`;
          if (hasError(result)) expect.fail(said);
          const negated = row.polarity === 'exclusion' ? row.op !== 'is_null' : row.op === 'is_null';
          const field = row.op === 'keyword' ? '·' : row.field;
          const op = row.op === 'is_null' ? 'is_not_null' : row.op === 'cidr_match' ? 'eq' : row.op;
          const value = row.op === 'is_null' || row.op === 'is_not_null' ? '' : row.value;
          const wanted = [...testsOf(analyse(text).predicate), `${negated ? 'not ' : ''}${field} ${op} ${value}`].sort();
          if (JSON.stringify(testsOf(analyse(result).predicate).toSorted()) !== JSON.stringify(wanted)) expect.fail(said);
        }),
        { numRuns: 2000 },
      );
    });
  });
}
