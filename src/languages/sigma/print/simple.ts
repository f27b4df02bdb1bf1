import type { Literal, Operand, Predicate, Refusal, Test } from '../../../model';
import { allOf, anyOf, isTrue, notOf, truthAt } from '../../../syntax/predicates';

/**
 * The predicate with every test made one of at most one value, and what Sigma has no word for said by what it has: an absent field by `exists`,
 * ranges by two bounds. `refused` takes what cannot be said. Under an odd number of negations (`negated`) a comparison that gives nothing
 * of an absent field must not make the whole true, so there it holds.
 */
export function simplified(predicate: Predicate, negated: boolean, refused: Refusal[]): Predicate {
  switch (predicate.kind) {
    case 'all':
    case 'any': {
      const parts = predicate.of.map((part) => simplified(part, negated, refused));
      if (predicate.kind === 'any' && parts.some(isTrue)) return truthAt(predicate.span);
      return predicate.kind === 'all'
        ? allOf(
            parts.filter((part) => !isTrue(part)),
            predicate.span,
          )
        : anyOf(parts, predicate.span);
    }
    case 'not':
      return notOf(simplified(predicate.of, !negated, refused), predicate.span);
    case 'test':
      return simpleTest(predicate, negated, refused);
    case 'unread':
      refused.push({
        span: { start: predicate.span.start, end: predicate.span.end },
        why: `this part is not read${predicate.note === undefined ? '' : `: ${predicate.note}`}`,
      });
      return predicate;
    default:
      return predicate satisfies never;
  }
}

function simpleTest(test: Test, negated: boolean, refused: Refusal[]): Predicate {
  const { span, compare, left } = test;
  if (test.over === 'all') refused.push({ span: { start: span.start, end: span.end }, why: 'Sigma cannot ask that all of several values of a field fit' });
  const one = (part: Pick<Test, 'compare' | 'values' | 'word'>, missing: Test['missing'] = 'false'): Test => ({
    kind: 'test',
    span,
    left,
    ...part,
    case: test.case,
    missing,
    ...(test.every ? { every: true } : null),
    ...(test.modifiers === undefined ? null : { modifiers: test.modifiers }),
  });
  const absent = one({ compare: 'absent', values: [], word: 'is_null' }, 'true');
  const text: Literal = { kind: 'literal', span, type: 'string', text: '' };
  const isEmpty = one({ compare: 'equals', values: [text], word: 'eq' });
  switch (compare) {
    case 'exists':
    case 'absent':
      return test;
    case 'filled':
      return allOf([one({ compare: 'exists', values: [], word: 'is_not_null' }), notOf(isEmpty, span)], span);
    case 'empty':
      return anyOf([absent, isEmpty], span);
    case 'between':
      return allOf(
        test.values
          .slice(0, 2)
          .map((value, at) => one(at === 0 ? { compare: 'at-least', values: [value], word: 'ge' } : { compare: 'at-most', values: [value], word: 'le' })),
        span,
      );
    case 'equals':
    case 'regex':
    case 'cidr':
    case 'token':
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least': {
      const values = test.values.flatMap((value): readonly Operand[] => (value.kind === 'list' ? value.of : [value]));
      const tests = values.map((value): Test =>
        compare === 'equals' && value.kind === 'literal' && value.type === 'null'
          ? one({ compare: 'absent', values: [value], word: 'is_null' }, 'true')
          : one({ compare, values: [value], word: test.word }),
      );
      if (tests.length === 0) refused.push({ span: { start: span.start, end: span.end }, why: 'this comparison has no value' });
      const joined = test.every ? allOf(tests, span) : anyOf(tests, span);
      const holdsAbsent = left !== null && (test.missing === 'true' || (test.missing === 'unknown' && negated));
      return holdsAbsent ? anyOf([joined, absent], span) : joined;
    }
    default:
      return compare satisfies never;
  }
}
