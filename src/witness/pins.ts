import type { EventValue, Operand, Predicate, Span, Test } from '../model';

/** The comparison that a field has exactly this value. */
export const equalTo = (name: string, value: EventValue, span: Span): Test => ({
  kind: 'test',
  span,
  left: { kind: 'field', name, span },
  compare: 'equals',
  values: [
    {
      kind: 'literal',
      span,
      type: typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string',
      text: typeof value === 'object' ? JSON.stringify(value) : String(value),
    },
  ],
  case: 'exact',
  missing: 'false',
  word: 'eq',
});

/** Comparisons that fields have these values, those that have one. */
export const pinsFrom = (names: readonly (string | null)[], values: readonly (EventValue | undefined)[], span: Span): readonly Test[] =>
  names.flatMap((name, at) => (name === null || values[at] === undefined ? [] : [equalTo(name, values[at], span)]));

/** What an operand that is asked for its truth asks. */
export const conditionOf = (of: Operand): Predicate => (of.kind === 'condition' ? of.of : { ...equalTo('', true, of.span), left: of });

/** The comparison that there is something. */
export const isThere = (of: Operand): Test => ({
  kind: 'test',
  span: of.span,
  left: of,
  compare: 'exists',
  values: [],
  case: 'exact',
  missing: 'false',
  word: 'is_not_null',
});

const KEYS = new WeakMap<Predicate | Operand, string>();

/** What says the same has the same key, wherever it stands. */
export function keyOf(said: Predicate | Operand): string {
  let key = KEYS.get(said);
  if (key === undefined) KEYS.set(said, (key = JSON.stringify(said, (name, value: unknown) => (name === 'span' || name === 'operator' ? undefined : value))));
  return key;
}

/** The comparison that two operands are equal; none where that is known, or one of them is not. */
export const equalsOf = (left: Operand | null, right: Operand | null, span: Span): readonly Test[] =>
  left === null || right === null || keyOf(left) === keyOf(right)
    ? []
    : [{ kind: 'test', span, left, compare: 'equals', values: [right], case: 'exact', missing: 'false', word: 'field_eq' }];
