import type { Call, Compare, Missing, Operand, Operator, Predicate, Span, Test } from '../model';
import { MAX_DEPTH } from './infix';
import { placeOf, unread } from './predicates';
import { writtenAt } from './written';

/*
 * What languages lower alike in which a comparison with no value is neither true nor false: one builder of tests, and calculations.
 */

/** A comparison as its language says it; where its field has no value it is unknown, unless `missing` says otherwise. */
export const nullTest = (
  place: Span,
  left: Operand,
  compare: Compare,
  word: Operator,
  values: readonly Operand[],
  letters: Test['case'],
  operator?: Span,
  missing: Missing = 'unknown',
): Test => ({
  kind: 'test',
  span: placeOf(place),
  left,
  compare,
  values,
  case: letters,
  missing,
  word,
  ...(operator === undefined ? null : { operator: placeOf(operator) }),
});

/** A value that stands as a condition: it must be true. */
export const trueTest = (place: Span, left: Operand): Test =>
  nullTest(place, left, 'equals', 'eq', [{ kind: 'literal', span: placeOf(place), type: 'boolean', text: 'true' }], 'fold');

/** A comparison with several values of which some could not be parsed: what is lost may be another value, or anything. Null where nothing is. */
export function withLostValues<N extends Span & { readonly kind: string }>(
  place: Span,
  values: readonly N[],
  compare: (values: readonly N[]) => Predicate,
): Predicate | null {
  const lost = values.filter(({ kind }) => kind === 'lost');
  if (lost.length === 0) return null;
  if (lost.length === values.length) return unread(place, 'syntax-error');
  const rest = compare(values.filter(({ kind }) => kind !== 'lost'));
  return { kind: 'any', span: placeOf(place), of: [rest, ...lost.map((part) => unread(part, 'syntax-error'))] };
}

interface Calculation<N> extends Span {
  readonly closed?: boolean | undefined;
  readonly signs: readonly Span[];
  readonly of: readonly N[];
  readonly rank: 'sum' | 'product' | 'sign';
}

/** Signs of one rank bind to the left: `a - b + c` is `(a - b) + c`. */
export function calculationOf<N>(text: string, node: Calculation<N>, operandOf: (part: N) => Operand): Operand {
  if (node.of.length > MAX_DEPTH) return unread(node, 'limit', 'a long sum', writtenAt(text, node));
  const [first, ...rest] = node.of.map(operandOf);
  const call = (sign: Span, args: readonly Operand[], end: number): Call => {
    const span = { start: node.closed ? args[0]!.span.start : node.start, end };
    return { kind: 'call', span, fn: text.slice(sign.start, sign.end), name: placeOf(sign), args, written: writtenAt(text, span), derived: true };
  };
  if (node.rank === 'sign') return call(node.signs[0]!, [first!], node.end);
  return rest.reduce<Operand>((left, right, index) => call(node.signs[index]!, [left, right], right.span.end), first!);
}
