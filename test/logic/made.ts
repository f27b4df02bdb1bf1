import fc from 'fast-check';
import type { GlobPart, Missing, Predicate, Test } from '../../src/model';

const HERE = { start: 0, end: 0 };

/** A small event: a field has one value or none. */
export type SmallEvent = Readonly<Record<string, string | undefined>>;

type Verdict = boolean | null;

/** What a predicate gives on a small event, by the letter of the model: slow, and written apart from what it tests. Null: not known. */
export function verdictOf(predicate: Predicate, event: SmallEvent): Verdict {
  switch (predicate.kind) {
    case 'all': {
      const of = predicate.of.map((part) => verdictOf(part, event));
      return of.includes(false) ? false : of.includes(null) ? null : true;
    }
    case 'any': {
      const of = predicate.of.map((part) => verdictOf(part, event));
      return of.includes(true) ? true : of.includes(null) ? null : false;
    }
    case 'not': {
      const of = verdictOf(predicate.of, event);
      return of === null ? null : !of;
    }
    case 'unread':
      return null;
    case 'test':
      return testVerdict(predicate, event);
    default:
      return predicate satisfies never;
  }
}

function testVerdict(test: Test, event: SmallEvent): Verdict {
  const value = test.left?.kind === 'field' ? event[test.left.name] : undefined;
  if (test.compare === 'exists') return value !== undefined;
  if (test.compare === 'absent') return value === undefined;
  if (value === undefined) return test.missing === 'unknown' ? null : test.missing === 'true';
  const fold = (text: string): string => (test.case === 'fold' ? text.toLowerCase() : text);
  const fits = (operand: Test['values'][number]): boolean => {
    if (operand.kind === 'literal') {
      const number = Number(operand.text);
      if (test.compare === 'less') return value !== '' && Number(value) < number;
      if (test.compare === 'at-most') return value !== '' && Number(value) <= number;
      if (test.compare === 'greater') return value !== '' && Number(value) > number;
      if (test.compare === 'at-least') return value !== '' && Number(value) >= number;
      return fold(value) === fold(operand.text);
    }
    return operand.kind === 'glob' && globFits(operand.parts, fold(value), fold);
  };
  return test.every === true ? test.values.every(fits) : test.values.some(fits);
}

function globFits(parts: readonly GlobPart[], text: string, fold: (text: string) => string): boolean {
  const [first, ...rest] = parts;
  if (first === undefined) return text === '';
  if (first === 'any-run') return Array.from({ length: text.length + 1 }, (_, at) => at).some((at) => globFits(rest, text.slice(at), fold));
  if (first === 'any-char') return text !== '' && globFits(rest, text.slice(1), fold);
  const plain = 'text' in first ? fold(first.text) : '';
  return text.startsWith(plain) && globFits(rest, text.slice(plain.length), fold);
}

const letters = fc.array(fc.constantFrom('a', 'A', 'b', '\\', '1'), { maxLength: 3 }).map((chars) => chars.join(''));
const digits = fc.constantFrom('0', '1', '2', '3', '10');
export const smallValue = fc.oneof(letters, digits);
const FIELDS = ['F', 'G'] as const;

export const smallEvent: fc.Arbitrary<SmallEvent> = fc.record({
  F: fc.option(smallValue, { nil: undefined }),
  G: fc.option(smallValue, { nil: undefined }),
});

const operand = fc.oneof(
  smallValue.map((text) => ({ kind: 'literal' as const, span: HERE, type: 'string' as const, text })),
  fc
    .array(
      fc.oneof(
        fc.constant('any-run' as const),
        fc.constant('any-char' as const),
        letters.filter((text) => text !== '').map((text) => ({ text })),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map((parts) => ({ kind: 'glob' as const, span: HERE, parts })),
);
const left = fc.constantFrom(...FIELDS).map((name) => ({ kind: 'field' as const, name, span: HERE }));
const missing = fc.constantFrom<Missing>('false', 'true', 'unknown');
const caseOf = fc.constantFrom('exact' as const, 'fold' as const);

const textTest: fc.Arbitrary<Predicate> = fc
  .record({
    left,
    values: fc.array(operand, { minLength: 1, maxLength: 3 }),
    case: caseOf,
    missing,
    every: fc.option(fc.constant(true as const), { nil: undefined }),
  })
  .map(({ every, ...test }) => ({ kind: 'test', span: HERE, compare: 'equals', word: 'eq', ...test, ...(every === undefined ? null : { every }) }));
const orderTest: fc.Arbitrary<Predicate> = fc
  .record({ left, compare: fc.constantFrom('less' as const, 'at-most' as const, 'greater' as const, 'at-least' as const), text: digits, missing })
  .map(({ text, ...test }) => ({
    kind: 'test',
    span: HERE,
    word: 'lt',
    case: 'fold',
    values: [{ kind: 'literal', span: HERE, type: 'number', text }],
    ...test,
  }));
const presence: fc.Arbitrary<Predicate> = fc.record({ left, compare: fc.constantFrom('exists' as const, 'absent' as const) }).map((test) => ({
  kind: 'test',
  span: HERE,
  word: test.compare === 'exists' ? 'is_not_null' : 'is_null',
  case: 'fold',
  missing: 'false',
  values: [],
  ...test,
}));

/** Predicates over two fields, three levels deep. */
export const smallPredicate: fc.Arbitrary<Predicate> = fc.letrec<{ node: Predicate }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    textTest,
    orderTest,
    presence,
    fc.constant<Predicate>({ kind: 'unread', span: HERE, reason: 'unmodelled' }),
    tie('node').map((of): Predicate => ({ kind: 'not', span: HERE, of })),
    fc.array(tie('node'), { maxLength: 3 }).map((of): Predicate => ({ kind: 'all', span: HERE, of })),
    fc.array(tie('node'), { maxLength: 3 }).map((of): Predicate => ({ kind: 'any', span: HERE, of })),
  ),
})).node;
