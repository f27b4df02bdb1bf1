import type { Operand, Predicate } from '../model';
import { formsOf } from '../syntax/text-forms';
import { isOpenGlob } from '../syntax/glob';
import { allOf, anyOf, placeOf, truthAt } from '../syntax/predicates';
import { globRegex } from './regexes';
import { around, isUnsayable, loseAt, loseCase, nothing, single, type Side, tidy } from './side';

/** Something sought in the whole event. */
export function anywhere(side: Side): Predicate {
  const { test, work, sign } = side;
  const { manner } = work;
  const values = test.values.flatMap((value): readonly Operand[] => (value.kind === 'list' ? value.of : [value]));
  if (test.compare === 'exists') return truthAt(test.span);
  if (manner.anywhere === null || (test.compare !== 'equals' && test.compare !== 'token')) {
    work.refuse(test.span, manner.anywhere === null ? 'a search of the whole event' : 'such a comparison with the whole event');
    return nothing(test.span);
  }
  const made = values.map((value): Predicate => {
    const forms = formsOf(value);
    if (typeof forms === 'string') work.refuse(value.span, forms);
    const all = typeof forms === 'string' ? [] : (forms ?? [value.kind === 'glob' ? value.parts : value.kind === 'literal' ? [{ text: value.text }] : null]);
    const pieces = all.flatMap((found): readonly Predicate[] => {
      const parts = found === null ? null : tidy(found);
      if (parts === null || isOpenGlob(parts)) {
        work.refuse(value.span, 'a search of the whole event for what only the event knows');
        return [];
      }
      const wantsPart = manner.anywhere === 'part';
      const given = test.compare === 'token' && !wantsPart ? parts : around(parts);
      if (wantsPart && test.compare === 'token') loseAt(work, sign, value.span, 'words', 'A word of the event is sought as a part of any value', true);
      if (!wantsPart && test.compare === 'equals') {
        if (manner.wordsDiffer !== undefined) work.lose(value.span, 'words', manner.wordsDiffer, 'either');
        if (!side.fold) loseCase(side, value.span, true);
      }
      if (wantsPart && manner.regex !== null && !manner.globs(given)) {
        const target = globRegex(given, side.fold, manner.regex, false, value.span);
        if ('why' in target) work.refuse(value.span, target.why);
        else
          return [
            {
              ...single({ ...side, test: { ...test, compare: 'regex' } }, target.regex, manner.anywhereWord, target.fold ? 'fold' : 'exact', null),
              missing: 'false',
            },
          ];
        return [];
      }
      const place = placeOf(value.span);
      if (isUnsayable(given, side, value.span)) return [];
      const plain = given.every((part) => typeof part === 'object');
      const operand: Operand = plain
        ? { kind: 'literal', span: place, type: 'string', text: given.map((part) => (typeof part === 'object' && 'text' in part ? part.text : '')).join('') }
        : { kind: 'glob', span: place, parts: given };
      return [
        {
          kind: 'test',
          span: placeOf(test.span),
          left: null,
          compare: wantsPart ? 'equals' : 'token',
          values: [operand],
          case: wantsPart && !side.fold ? 'exact' : 'fold',
          missing: 'false',
          word: manner.anywhereWord,
        },
      ];
    });
    return anyOf(pieces, value.span);
  });
  return test.every === true ? allOf(made, test.span) : anyOf(made, test.span);
}
