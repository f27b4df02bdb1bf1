import type { FieldRef, Glob, Literal, Operand, Operator, Predicate, Span, Test, Time } from '../model';
import { joinOf } from '../model';
import { classifyGlob, globParts, singleRuns } from './glob';
import { ORDERS, type OrderWord } from './orders';
import { placeOf } from './predicates';

/*
 * Comparisons whose last word the field's type has (kuery, Lucene, Elasticsearch's query DSL). The tree says what holds of a keyword: the whole value, its
 * letters' case minded. On analysed text the same value is sought by its words, whatever their case: in a row, or any of them where a literal is marked `words`.
 * Numbers, dates and addresses are compared by what they are.
 */

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const TIME = /^(?:now(?:[-+/|].*)?|\d{4}-\d{2}(?:-\d{2}.*)?)$/;
const ONE_WORD = /^[\p{L}\p{N}_]*$/u;

/** A value as written: `wild` are the offsets of its wildcards. */
interface WrittenValue {
  readonly text: string;
  readonly wild: readonly number[];
  readonly isQuoted: boolean;
}

/** A value of a comparison for equality: a literal, or a glob where it has wildcards. */
export function valueOperand({ text, wild, isQuoted }: WrittenValue, span: Span): Literal | Glob {
  const place = placeOf(span);
  if (wild.length > 0) return { kind: 'glob', span: place, parts: singleRuns(globParts(text, wild)) };
  const type = isQuoted ? 'string' : NUMBER.test(text) ? 'number' : text === 'true' || text === 'false' ? 'boolean' : 'string';
  return { kind: 'literal', span: place, type, text, ...(type === 'string' && !isQuoted && !ONE_WORD.test(text) ? { words: true } : null) };
}

/** A bound of a range: a number, a time or a text; stars in it are plain. */
export function boundOperand({ text, isQuoted }: Omit<WrittenValue, 'wild'>, span: Span): Literal | Time {
  if (TIME.test(text)) return { kind: 'time', span: placeOf(span), text };
  return { kind: 'literal', span: placeOf(span), type: !isQuoted && NUMBER.test(text) ? 'number' : 'string', text };
}

/** A field as a language writes it; `wild` are the offsets of stars in its name that stand for any run. */
export const fieldOperand = (name: string, span: Span, wild: readonly number[] = []): FieldRef => ({
  kind: 'field',
  name,
  span: placeOf(span),
  ...(wild.length === 0 ? null : { wild }),
});

interface Place {
  readonly span: Span;
  readonly operator: Span;
}

/** The field has one of the values. One starred value is of the kind its stars say, several values are a list. `inNetwork`: they are addresses and networks. */
export function valueTest({ span, operator }: Place, left: Operand | null, values: readonly Operand[], inNetwork = false): Test {
  const [only, ...others] = values;
  const word: Operator = others.length > 0 ? 'in' : only?.kind === 'glob' ? classifyGlob(only.parts).kind : only?.kind === 'regex' ? 'regex_match' : 'eq';
  if (word === 'is_not_null') return existsTest({ span, operator: only === undefined ? operator : joinOf(operator, only.span) }, left);
  return {
    kind: 'test',
    span: placeOf(span),
    left,
    compare: word === 'regex_match' ? 'regex' : inNetwork ? 'cidr' : 'equals',
    values,
    case: 'exact',
    missing: 'false',
    word,
    operator: placeOf(operator),
  };
}

/** The field has a value; of no field: every event. */
export const existsTest = ({ span, operator }: Place, left: Operand | null): Test => ({
  kind: 'test',
  span: placeOf(span),
  left,
  compare: 'exists',
  values: [],
  case: 'fold',
  missing: 'false',
  word: 'is_not_null',
  operator: placeOf(operator),
});

/** Some field holds the value: its words where the field is analysed. */
export const freeTextTest = (span: Span, value: Operand): Test => ({
  kind: 'test',
  span: placeOf(span),
  left: null,
  compare: 'token',
  values: [value],
  case: 'fold',
  missing: 'false',
  word: 'keyword',
});

/** The field stands in this order to the bound; texts are ordered by their characters' codes. */
export function orderTest({ span, operator }: Place, left: Operand | null, word: OrderWord, bound: Operand): Test {
  const isText = bound.kind === 'literal' && bound.type === 'string';
  return {
    kind: 'test',
    span: placeOf(span),
    left,
    compare: ORDERS[word],
    values: [bound],
    case: isText ? 'exact' : 'fold',
    missing: 'false',
    word,
    operator: placeOf(operator),
  };
}

/** One of a range's ends. */
export interface RangeEnd {
  readonly value: Operand;
  readonly isOpen: boolean;
}

/** One value of the field lies between the ends; an end that is null is open, with none the field only has to be there. */
export function rangeTest(place: Place, left: FieldRef | null, from: RangeEnd | null, to: RangeEnd | null): Predicate {
  const low = from === null ? null : orderTest(place, left, from.isOpen ? 'gt' : 'ge', from.value);
  const high = to === null ? null : orderTest(place, left, to.isOpen ? 'lt' : 'le', to.value);
  if (from === null || to === null) return low ?? high ?? existsTest(place, left);
  if (!from.isOpen && !to.isOpen)
    return {
      ...low!,
      compare: 'between',
      values: [from.value, to.value],
      case: low!.case === 'exact' || high!.case === 'exact' ? 'exact' : 'fold',
      word: 'between',
    };
  return { kind: 'all', span: placeOf(place.span), of: [low!, high!], ...(left === null ? null : { same: left }) };
}
