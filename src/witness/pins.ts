import type { EventValue, Operand, Span, Test } from '../model';

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
