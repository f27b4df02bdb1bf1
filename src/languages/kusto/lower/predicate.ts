import type { Operator, Predicate, Span, Test, Value } from '../../../model';
import { type WrittenField, exactTest } from '../../../syntax/written-test';
import { adviseOn } from '../lint/advice';
import type { Expr } from '../tree';
import { type Place, textOf } from './environment';
import { fieldOf, hasColumn, plainField } from './field';
import { readSubqueries } from './subquery';
import { isNumeric, typeOf } from './type';
import { valuesOf } from './value';

interface Comparison {
  readonly op: Operator;
  readonly isNegated: boolean;
  readonly caseSensitive: boolean;
  readonly token: boolean;
  readonly every: boolean;
  readonly modifiers?: readonly string[];
}

const plain = (op: Operator): Comparison => ({ op, isNegated: false, caseSensitive: false, token: false, every: false });
const cased = (op: Operator): Comparison => ({ ...plain(op), caseSensitive: true });
const not = (comparison: Comparison): Comparison => ({ ...comparison, isNegated: true });
const term: Comparison = { ...plain('contains'), token: true };

/** What each operator of the language asks. */
const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['==', cased('eq')],
  ['!=', not(cased('eq'))],
  ['<>', not(cased('eq'))],
  ['=~', plain('eq')],
  ['!~', not(plain('eq'))],
  ['<', plain('lt')],
  ['<=', plain('le')],
  ['>', plain('gt')],
  ['>=', plain('ge')],
  [':', term],
  ['like', plain('like')],
  ['notlike', not(plain('like'))],
  ['likecs', cased('like')],
  ['notlikecs', not(cased('like'))],
  ['containscs', cased('contains')],
  ['notcontains', not(plain('contains'))],
  ['notcontainscs', not(cased('contains'))],
  ['matches regex', cased('regex_match')],
  ...signed('between', plain('between')),
  ...signed('in', cased('in')),
  ...signed('in~', plain('in')),
  ['has_any', term],
  ['has_all', { ...term, every: true }],
  ...bothCases('has', term),
  ...bothCases('hasprefix', { ...term, modifiers: ['hasprefix'] }),
  ...bothCases('hassuffix', { ...term, modifiers: ['hassuffix'] }),
  ...bothCases('contains', plain('contains')),
  ...bothCases('startswith', plain('starts_with')),
  ...bothCases('endswith', plain('ends_with')),
]);

function signed(word: string, comparison: Comparison): readonly (readonly [string, Comparison])[] {
  return [
    [word, comparison],
    [`!${word}`, not(comparison)],
  ];
}
function bothCases(word: string, comparison: Comparison): readonly (readonly [string, Comparison])[] {
  return [...signed(word, comparison), ...signed(`${word}_cs`, { ...comparison, caseSensitive: true })];
}

/** A condition as a predicate. Sub-queries in it become branches of the place's stage. */
export function predicateOf(expr: Expr, place: Place): Predicate {
  const { span } = expr;
  switch (expr.kind) {
    case 'group':
      return predicateOf(expr.of, place);
    case 'chain':
      if (expr.op === 'arithmetic') return opaque(span, 'arithmetic');
      return { kind: expr.op === 'and' ? 'all' : 'any', span, of: expr.of.map((part) => predicateOf(part, place)) };
    case 'call':
      return predicateOfCall(expr, place);
    case 'compare':
      return predicateOfComparison(expr, place);
    case 'among':
      return predicateOfList(expr, place);
    case 'between': {
      const comparison = COMPARISONS.get(expr.op)!;
      return testOf(comparison, span, expr.left, [...valuesOf(expr.low, place).slice(0, 1), ...valuesOf(expr.high, place).slice(0, 1)], place);
    }
    case 'literal':
      if (expr.type === 'boolean') return { kind: expr.text === 'true' ? 'all' : 'any', span, of: [] };
      place.lowering.terms.push({ name: textOf(place.lowering, span), span });
      return opaque(span, 'search term');
    case 'star':
      return { kind: 'all', span, of: [] };
    case 'name':
    case 'path':
      return exactTest({ kind: 'test', span, field: fieldOf(expr, place), op: 'eq', values: [{ text: 'true', span, type: 'boolean' }], caseSensitive: false });
    case 'error':
      return { kind: 'unread', span, reason: 'syntax-error' };
    case 'list':
    case 'bag':
    case 'type':
    case 'unary':
    case 'assign':
    case 'query':
    case 'datatable':
    case 'external':
      readSubqueries(expr, place, 'demanded');
      return opaque(span, 'expression');
    default:
      return expr satisfies never;
  }
}

const opaque = (span: Span, note: string): Predicate => ({ kind: 'unread', span, reason: 'unmodelled', note });

const EMPTY = plain('is_null');
const NULL_TESTS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ...['isempty', 'isnull'].map((name) => [name, EMPTY] as const),
  ...['isnotempty', 'isnotnull', 'notempty', 'notnull'].map((name) => [name, plain('is_not_null')] as const),
]);
/** Functions that say whether an address lies in a network, or a text holds one. */
const NETWORK_TESTS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ...['ipv4_is_match', 'ipv6_is_match', 'ipv4_is_in_range', 'ipv6_is_in_range', 'ipv4_is_in_any_range', 'ipv6_is_in_any_range'].map(
    (name) => [name, plain('cidr_match')] as const,
  ),
  ...['has_ipv4', 'has_any_ipv4'].map((name) => [name, term] as const),
  ...['has_ipv4_prefix', 'has_any_ipv4_prefix'].map((name) => [name, { ...term, modifiers: ['hasprefix'] }] as const),
]);

function predicateOfCall(expr: Extract<Expr, { kind: 'call' }>, place: Place): Predicate {
  const { name, args, span } = expr;
  const [first, ...rest] = args;
  if (first === undefined) return opaque(span, `${name}()`);
  if (name === 'not' && rest.length === 0) return { kind: 'not', span, of: predicateOf(first, place) };
  const nullTest = NULL_TESTS.get(name);
  if (nullTest !== undefined && rest.length === 0) return testOf(nullTest, span, first, [], place);
  const network = NETWORK_TESTS.get(name);
  if (network !== undefined) {
    const left = hasColumn(first, place) ? first : rest.find((arg) => hasColumn(arg, place));
    const others = args.filter((arg) => arg !== left && !(name === 'ipv4_is_match' && arg === args[2]));
    if (left !== undefined && others.length > 0)
      return testOf(
        network,
        span,
        left,
        others.flatMap((arg) => valuesOf(arg, place)),
        place,
      );
  }
  if (name === 'set_has_element' && rest.length === 1 && plainField(first) !== null) return testOf(cased('eq'), span, first, valuesOf(rest[0]!, place), place);
  if (name === 'tobool' || name === 'toboolean') return testOf(plain('eq'), span, first, [{ text: 'true', span, type: 'boolean' }], place);
  for (const arg of args) readSubqueries(arg, place, 'demanded');
  return opaque(span, `${name}()`);
}

const FLIPPED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
const SYMMETRIC: ReadonlySet<string> = new Set(['==', '!=', '<>', '=~', '!~', '<', '<=', '>', '>=']);

function predicateOfComparison(expr: Extract<Expr, { kind: 'compare' }>, place: Place): Predicate {
  const { span } = expr;
  let { op, left, right } = expr;
  if (left.kind === 'error' || right.kind === 'error') return { kind: 'unread', span, reason: 'syntax-error' };
  if (!hasColumn(left, place) && hasColumn(right, place)) {
    if (!SYMMETRIC.has(op)) return opaque(span, 'value compared with a column');
    [left, right] = [right, left];
    op = FLIPPED[op] ?? op;
  }
  const comparison = COMPARISONS.get(op);
  if (comparison === undefined) return opaque(span, op);
  readSubqueries(right, place, comparison.isNegated ? 'absent' : 'demanded');
  const asked = booleanTest(left, right, comparison, span, place);
  if (asked !== null) return asked;
  const values = valuesOf(right, place);
  if (left === expr.left) adviseOn(expr, left, values, place);
  return testOf(comparison, span, left, values, place);
}

/** `f(x) == false` says no more than `not(f(x))`. */
function booleanTest(left: Expr, right: Expr, { op, isNegated }: Comparison, span: Span, place: Place): Predicate | null {
  if (op !== 'eq' || right.kind !== 'literal' || (right.type !== 'boolean' && right.text !== '0' && right.text !== '1')) return null;
  const isCondition =
    left.kind === 'compare' || left.kind === 'among' || left.kind === 'between' || (left.kind === 'chain' && left.op !== 'arithmetic') || left.kind === 'group';
  const isTest = left.kind === 'call' && (NULL_TESTS.has(left.name) || left.name === 'not');
  if (!isTest && !(isCondition && right.type === 'boolean')) return null;
  const asked = predicateOf(left, place);
  if (asked.kind === 'unread') return null;
  const isFalse = right.text === 'false' || right.text === '0';
  return isFalse === isNegated ? asked : { kind: 'not', span, of: asked };
}

function predicateOfList(expr: Extract<Expr, { kind: 'among' }>, place: Place): Predicate {
  const { left, items, op, span } = expr;
  const comparison = COMPARISONS.get(op)!;
  for (const item of items) readSubqueries(item, place, comparison.isNegated ? 'absent' : 'demanded');
  // `"x" in (A, B)`: one of the columns is x.
  if (!hasColumn(left, place) && comparison.op === 'in' && items.some((item) => hasColumn(item, place))) {
    const tests = items.map((item) => testOf({ ...comparison, op: 'eq', isNegated: false }, item.span, item, valuesOf(left, place), place));
    const any: Predicate = { kind: 'any', span, of: tests };
    return comparison.isNegated ? { kind: 'not', span, of: any } : any;
  }
  const values = items.flatMap((item) => valuesOf(item, place));
  adviseOn(expr, left, values, place);
  return testOf(comparison, span, left, values, place);
}

function testOf(comparison: Comparison, span: Span, left: Expr, values: readonly Value[], place: Place): Predicate {
  const { op, caseSensitive, token, every, modifiers } = comparison;
  if (left.kind === 'error') return { kind: 'unread', span, reason: 'syntax-error' };
  const isStar = left.kind === 'star';
  const field: WrittenField | null = isStar ? null : fieldOf(left, place);
  const isText = values.some(({ type }) => type === 'string' || ((type === 'expression' || type === 'field') && !isNumeric(typeOf(left, place))));
  const test: Test = exactTest({
    kind: 'test',
    span,
    field,
    op: isStar ? 'keyword' : op,
    values: op === 'regex_match' ? values.map((value) => (value.type === 'string' ? { ...value, type: 'regex' } : value)) : values,
    caseSensitive: caseSensitive && isText && !(op === 'regex_match' && values[0]?.text.startsWith('(?i)')),
    ...(every ? { every: true as const } : null),
    ...(token ? { token: true as const } : null),
    ...(modifiers === undefined ? null : { modifiers }),
  });
  return comparison.isNegated ? { kind: 'not', span, of: test } : test;
}
