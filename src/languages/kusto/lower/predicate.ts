import type { Compare, Missing, Operand, Operator, Predicate, Span, Test } from '../../../model';
import { singleRuns } from '../../../syntax/glob';
import { flipped, ORDER_SIGNS, ORDER_WORDS, orderOf } from '../../../syntax/orders';
import { anyOf, notOf, truthAt, unread } from '../../../syntax/predicates';
import { ignoresCase } from '../../../syntax/regex';
import { adviseOn } from '../lint/advice';
import type { Expr } from '../tree';
import { FUNCTIONS } from '../vocabulary';
import { type Place, boundIn, remarkAt } from './environment';
import { hasColumn, isColumn, plainField } from './field';
import { bodyOf, CONDITIONS, deeper, globOf, MOST_LETS, movedTo, operandOf, valuesIn } from './operand';
import { columnIn } from './scope';
import { readSubqueries } from './subquery';

/** What an operator asks of a value: `around` says which ends of a pattern are open. */
interface Comparison {
  readonly word: Operator;
  readonly compare: Compare;
  readonly isNegated: boolean;
  readonly isCased: boolean;
  readonly around?: 'both' | 'before' | 'after';
  readonly every?: true;
  readonly modifiers?: readonly string[];
}

const plain = (word: Operator, compare: Compare = 'equals'): Comparison => ({ word, compare, isNegated: false, isCased: false });
const cased = (comparison: Comparison): Comparison => ({ ...comparison, isCased: true });
const not = (comparison: Comparison): Comparison => ({ ...comparison, isNegated: true });
const EQUAL = plain('eq');
const TERM = plain('contains', 'token');
const LIKE = plain('like');
const CONTAINS: Comparison = { ...plain('contains'), around: 'both' };

/** What each operator of the language asks. */
const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['==', cased(EQUAL)],
  ['!=', not(cased(EQUAL))],
  ['<>', not(cased(EQUAL))],
  ['=~', EQUAL],
  ['!~', not(EQUAL)],
  ...Object.values(ORDER_SIGNS).map((sign) => [sign, plain(ORDER_WORDS[orderOf(sign)], orderOf(sign))] as const),
  [':', TERM],
  ['like', LIKE],
  ['notlike', not(LIKE)],
  ['likecs', cased(LIKE)],
  ['notlikecs', not(cased(LIKE))],
  ['containscs', cased(CONTAINS)],
  ['notcontains', not(CONTAINS)],
  ['notcontainscs', not(cased(CONTAINS))],
  ...signed('matches regex', cased(plain('regex_match', 'regex'))),
  ...signed('between', plain('between', 'between')),
  ...signed('in', cased(plain('in'))),
  ...signed('in~', plain('in')),
  ...signed('has_any', TERM),
  ...signed('has_all', { ...TERM, every: true }),
  ...bothCases('has', TERM),
  ...bothCases('hasprefix', { ...TERM, around: 'after', modifiers: ['hasprefix'] }),
  ...bothCases('hassuffix', { ...TERM, around: 'before', modifiers: ['hassuffix'] }),
  ...bothCases('contains', CONTAINS),
  ...bothCases('startswith', { ...plain('starts_with'), around: 'after' }),
  ...bothCases('endswith', { ...plain('ends_with'), around: 'before' }),
]);

function signed(word: string, comparison: Comparison): readonly (readonly [string, Comparison])[] {
  return [
    [word, comparison],
    [`!${word}`, not(comparison)],
  ];
}
function bothCases(word: string, comparison: Comparison): readonly (readonly [string, Comparison])[] {
  return [...signed(word, comparison), ...signed(`${word}_cs`, cased(comparison))];
}

/** A condition as a predicate. Sub-queries in it become branches of the place's stage. */
export function predicateOf(expr: Expr, place: Place): Predicate {
  const { span } = expr;
  switch (expr.kind) {
    case 'group': {
      // In a loop: brackets in functions that call each other would go deeper than a stack does.
      let inner = expr.of;
      while (inner.kind === 'group') inner = inner.of;
      return predicateOf(inner, place);
    }
    case 'chain':
      if (expr.op === 'arithmetic') return unread(span, 'unmodelled', 'arithmetic');
      return { kind: expr.op === 'and' ? 'all' : 'any', span, of: expr.of.map((part) => predicateOf(part, place)) };
    case 'call':
      return predicateOfCall(expr, place);
    case 'compare':
      return predicateOfComparison(expr, place);
    case 'among':
      return predicateOfList(expr, place);
    case 'between':
      for (const end of [expr.low, expr.high]) readSubqueries(end, place, 'optional');
      return testOf(COMPARISONS.get(expr.op)!, span, expr.left, [operandOf(expr.low, place), operandOf(expr.high, place)], place, expr.opSpan);
    case 'literal':
      if (expr.type === 'boolean') return truthAt(span, expr.text === 'true');
      return place.search !== undefined ? termOf(expr, span, place.search) : unread(span, 'unmodelled', 'a value alone');
    case 'star':
      return truthAt(span);
    case 'name': {
      const bound = isColumn(expr.name, place) ? null : boundIn(place.environment, expr.name);
      if (bound === null) return isTrueOf(expr, span, place, 'unknown');
      if (bound.kind === 'value' && place.lets <= MOST_LETS && place.lowering.spendValues(1 + ((bound.expr.span.end - bound.expr.span.start) >> 5)))
        return movedTo(predicateOf(bound.expr, deeper(place, bound.environment)), span, bound.name);
      return unread(span, bound.kind === 'parameter' ? 'unknown' : 'unmodelled', `\`${expr.name}\``);
    }
    case 'path':
      return isTrueOf(expr, span, place, 'unknown');
    case 'error':
      return unread(span, 'syntax-error');
    case 'list':
    case 'bag':
    case 'type':
    case 'unary':
    case 'assign':
    case 'query':
    case 'datatable':
    case 'external':
      readSubqueries(expr, place, 'demanded');
      return unread(span, 'unmodelled', 'expression');
    default:
      return expr satisfies never;
  }
}

/** A text of a `search` is a term of any column; stars in it stand for any text. */
function termOf({ text, type }: Extract<Expr, { kind: 'literal' }>, span: Span, letters: Test['case']): Predicate {
  // Which columns of numbers a fraction is looked for in is nowhere said.
  if (type === 'number' && text.includes('.')) return unread(span, 'unmodelled', 'a search of a fraction');
  const pieces = text.split('*');
  const parts = pieces.flatMap((piece, index) => [...(index > 0 ? (['any-run'] as const) : []), ...(piece === '' ? [] : [{ text: piece }])]);
  const runs = singleRuns(parts);
  return {
    kind: 'test',
    span,
    left: null,
    compare: 'token',
    values: [pieces.length === 1 ? { kind: 'literal', span, type: 'string', text } : { kind: 'glob', span, parts: runs }],
    case: letters,
    missing: 'false',
    word: 'term',
  };
}

/** `x` alone and `tobool(x)` ask whether it is true; of no value they say nothing, `x == true` says no. */
const isTrueOf = (expr: Expr, span: Span, place: Place, missing: Missing): Predicate => ({
  kind: 'test',
  span,
  left: operandOf(expr, place),
  compare: 'equals',
  values: [{ kind: 'literal', span, type: 'boolean', text: 'true' }],
  case: 'fold',
  missing,
  word: 'eq',
});

const NULL_TESTS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['isempty', plain('is_null', 'empty')],
  ['isnull', { ...plain('is_null', 'absent'), modifiers: ['isnull'] }],
  ...['isnotempty', 'notempty'].map((name) => [name, plain('is_not_null', 'filled')] as const),
  ...['isnotnull', 'notnull'].map((name) => [name, { ...plain('is_not_null', 'exists'), modifiers: ['isnotnull'] }] as const),
]);

/** Functions that say whether an address lies in a network, or a text holds one. */
const NETWORK_TESTS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['ipv4_is_in_range', plain('cidr_match', 'cidr')],
  ...['ipv4_is_match', 'ipv6_is_match', 'ipv6_is_in_range', 'ipv4_is_in_any_range', 'ipv6_is_in_any_range'].map(
    (name) => [name, { ...plain('cidr_match', 'cidr'), modifiers: [name] }] as const,
  ),
  ...['has_ipv4', 'has_any_ipv4'].map((name) => [name, { ...TERM, modifiers: [name] }] as const),
  ...['has_ipv4_prefix', 'has_any_ipv4_prefix'].map((name) => [name, { ...TERM, around: 'after' as const, modifiers: [name] }] as const),
]);

function predicateOfCall(expr: Extract<Expr, { kind: 'call' }>, place: Place): Predicate {
  const { name, args, span, nameSpan } = expr;
  const [first, ...rest] = args;
  if (first === undefined) return unread(span, 'unmodelled', `${name}()`);
  if (name === 'not' && rest.length === 0) return notOf(predicateOf(first, place), span);
  const nullTest = NULL_TESTS.get(name);
  if (nullTest !== undefined && rest.length === 0) return testOf(nullTest, span, first, [], place, nameSpan);
  const network = networkTest(expr, place);
  if (network !== null) return network;
  if (name === 'set_has_element' && rest.length === 1 && plainField(first) !== null)
    return testOf({ ...cased(EQUAL), modifiers: [name] }, span, first, [operandOf(rest[0]!, place)], place, nameSpan);
  if (name === 'tobool' || name === 'toboolean') return isTrueOf(expr, span, place, 'unknown');
  const chosen = choiceOf(expr, place);
  if (chosen !== null) return chosen;
  const body = bodyOf(expr, place);
  if (body !== null) return movedTo(predicateOf(body.expr, { ...body.place, branches: place.branches }), span, null);
  for (const arg of args) readSubqueries(arg, place, 'demanded');
  const known = FUNCTIONS.get(name);
  if (known?.gives === 'bool' && !CONDITIONS.has(name) && boundIn(place.environment, name) === null && hasColumn(expr, place))
    return isTrueOf(expr, span, place, 'unknown');
  return unread(span, known === undefined ? 'unknown' : 'unmodelled', `${name}()`);
}

/** `ipv4_is_match(x, "10.0.0.0", 8)` asks for 10.0.0.0/8. */
function networkTest({ name, args, span, nameSpan }: Extract<Expr, { kind: 'call' }>, place: Place): Predicate | null {
  const comparison = NETWORK_TESTS.get(name);
  if (comparison === undefined) return null;
  const isMatch = name === 'ipv4_is_match' || name === 'ipv6_is_match';
  const length = isMatch ? args[2] : undefined;
  const sides = length === undefined ? args : args.slice(0, 2);
  const left = sides.find((arg) => hasColumn(arg, place));
  const values = valuesIn(
    sides.filter((arg) => arg !== left),
    place,
  );
  if (left === undefined || values.length === 0 || (values.length > 1 && !name.includes('_any_'))) return null;
  if (length === undefined) return testOf(comparison, span, left, values, place, nameSpan);
  const [value] = values;
  const bits = operandOf(length, place);
  if (value?.kind !== 'literal' || bits.kind !== 'literal' || !/^\d{1,3}$/.test(bits.text)) return null;
  // The narrower of two lengths counts for nothing: addresses are compared as far as the shorter prefix goes.
  const [address = '', own] = value.text.split('/');
  const prefix = own === undefined ? bits.text : String(Math.min(Number(own), Number(bits.text)));
  const isBefore = value.span.start < length.span.start && value.span.end <= length.span.start;
  const at = isBefore ? { start: value.span.start, end: length.span.end } : value.span;
  return testOf(comparison, span, left, [{ ...value, span: at, text: `${address}/${prefix}` }], place, nameSpan);
}

/** `iff(c, a, b)` as a condition: c and a, or not c and b. Only where c is never unknown, and the answers are conditions. */
function choiceOf({ name, args, span }: Extract<Expr, { kind: 'call' }>, place: Place): Predicate | null {
  if (name !== 'iff' && name !== 'iif' && name !== 'case') return null;
  if (args.length < 3 || args.length % 2 === 0 || args.length > 15 || (name !== 'case' && args.length !== 3)) return null;
  const parts = args.map((arg) => predicateOf(arg, place));
  const branches: Predicate[] = [];
  const before: Predicate[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const asked = parts[at]!;
    if (!isSure(asked)) return null;
    branches.push({ kind: 'all', span, of: [...before, asked, parts[at + 1]!] });
    before.push(notOf(asked, asked.span));
  }
  branches.push({ kind: 'all', span, of: [...before, parts.at(-1)!] });
  return parts.some(({ kind }) => kind === 'unread') ? null : { kind: 'any', span, of: branches };
}

/** Whether a condition is true or false of every row. */
function isSure(predicate: Predicate): boolean {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return predicate.of.every(isSure);
    case 'not':
      return isSure(predicate.of);
    case 'test':
      return predicate.missing !== 'unknown';
    case 'unread':
      return false;
    default:
      return predicate satisfies never;
  }
}

const SYMMETRIC: ReadonlySet<string> = new Set(['==', '!=', '<>', '=~', '!~', '<', '<=', '>', '>=']);

function predicateOfComparison(expr: Extract<Expr, { kind: 'compare' }>, place: Place): Predicate {
  const { span } = expr;
  let { op, left, right } = expr;
  if (left.kind === 'error' || right.kind === 'error') return unread(span, 'syntax-error');
  if (!hasColumn(left, place) && hasColumn(right, place)) {
    if (!SYMMETRIC.has(op)) return unread(span, 'unmodelled', 'a value compared with a column');
    [left, right] = [right, left];
    op = flipped(op);
  }
  const comparison = COMPARISONS.get(op);
  if (comparison === undefined) return unread(span, 'unmodelled', op);
  if (left.kind === 'call') readSubqueries(left, place, 'optional');
  readSubqueries(right, place, comparison.isNegated ? 'absent' : 'demanded');
  const asked = booleanTest(left, right, comparison, span, place);
  if (asked !== null) return asked;
  const value = operandOf(right, place);
  if (left === expr.left) adviseOn(expr, left, value.kind === 'list' ? value.of : [value], place);
  return testOf(comparison, span, left, [value], place, expr.opSpan);
}

/** `f(x) == false` says no more than `not(f(x))`. */
function booleanTest(left: Expr, right: Expr, { word, isNegated }: Comparison, span: Span, place: Place): Predicate | null {
  if (word !== 'eq' || right.kind !== 'literal' || (right.type !== 'boolean' && right.text !== '0' && right.text !== '1')) return null;
  const isCondition =
    left.kind === 'compare' || left.kind === 'among' || left.kind === 'between' || (left.kind === 'chain' && left.op !== 'arithmetic') || left.kind === 'group';
  const isTest = left.kind === 'call' && CONDITIONS.has(left.name);
  if (!isTest && !(isCondition && right.type === 'boolean')) return null;
  const asked = predicateOf(left, place);
  if (asked.kind === 'unread') return null;
  const isFalse = right.text === 'false' || right.text === '0';
  const isKept = isFalse === isNegated;
  // The truth value stays in its place.
  if (asked.kind !== 'test')
    return isKept ? { kind: 'all', span, of: [asked, truthAt(right.span)] } : { kind: 'any', span, of: [notOf(asked, span), truthAt(right.span, false)] };
  const test: Test = { ...asked, operator: { start: asked.operator?.start ?? asked.span.start, end: right.span.end } };
  return isKept ? test : notOf(test, span);
}

/** A value that stands there as a whole: what is calculated of parts is compared like a column. */
const isOneValue = (expr: Expr): boolean => (expr.kind === 'group' ? isOneValue(expr.of) : expr.kind === 'literal' || expr.kind === 'name');

function predicateOfList(expr: Extract<Expr, { kind: 'among' }>, place: Place): Predicate {
  const { left, items, op, span, opSpan } = expr;
  const comparison = COMPARISONS.get(op)!;
  for (const item of items) readSubqueries(item, place, comparison.isNegated ? 'absent' : 'demanded');
  // `"x" in (A, B)`: one of the columns is x.
  if (isOneValue(left) && !hasColumn(left, place) && comparison.word === 'in' && items.some((item) => hasColumn(item, place))) {
    const value = operandOf(left, place);
    const tests = items.map((item) => testOf({ ...comparison, word: 'eq', isNegated: false }, item.span, item, [value], place, opSpan));
    const any = anyOf(tests, span);
    return comparison.isNegated ? notOf(any, span) : any;
  }
  if (comparison.word === 'in' && items.length === 1) adviseOnFirstColumn(items[0]!, left, place);
  const values = valuesIn(items, place);
  adviseOn(expr, left, values, place);
  return testOf(comparison, span, left, values, place, opSpan);
}

/** Words that two names share: `AccountObjectId` and `UserId` one. */
function sharedWords(a: string, b: string): number {
  const words = (name: string): readonly string[] => (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
  const those = new Set(words(b));
  return words(a).filter((word) => those.has(word)).length;
}

/** `x in (query)` compares with the query's first column, even where another column is nearer to what is asked. */
function adviseOnFirstColumn(item: Expr, left: Expr, place: Place): void {
  if (item.kind === 'group') return adviseOnFirstColumn(item.of, left, place);
  const bound = item.kind === 'name' && !isColumn(item.name, place) ? boundIn(place.environment, item.name) : null;
  if (bound?.kind !== 'query' || bound.query.table !== null) return;
  const { own, isOpen, bases } = bound.query.scope;
  const [first, ...others] = own.keys();
  const asked = plainField(left)?.root;
  if (isOpen || bases.length > 0 || first === undefined || asked === undefined) return;
  const likeness = sharedWords(first, asked);
  if (!others.some((name) => sharedWords(name, asked) > likeness)) return;
  remarkAt(place.lowering, 'kusto/first-column', item.span, `\`in\` compares with the first column of \`${bound.query.name}\`, which is \`${first}\`.`);
}

function testOf(comparison: Comparison, span: Span, left: Expr, given: readonly Operand[], place: Place, operator: Span): Predicate {
  const { compare, every, modifiers, around, isNegated } = comparison;
  if (left.kind === 'error') return unread(span, 'syntax-error');
  const isStar = left.kind === 'star' && left.name === '*';
  const side = isStar ? null : operandOf(left, place);
  const values = given.map((value) => valueOf(value, comparison, around));
  const [only] = values;
  const test: Test = {
    kind: 'test',
    span: { start: span.start, end: span.end },
    left: side,
    compare,
    values,
    ...(every === undefined ? null : { every }),
    case: isCased(comparison, values) ? 'exact' : 'fold',
    missing: missingOf(comparison, values, left, place),
    word: isStar ? 'keyword' : comparison.word === 'eq' && only?.kind === 'field' && values.length === 1 ? 'field_eq' : comparison.word,
    // A list of nothing stands with its operator.
    operator: { start: operator.start, end: values.length === 0 && compare === 'equals' ? span.end : operator.end },
    ...(modifiers === undefined ? null : { modifiers }),
  };
  return isNegated ? notOf(test, span) : test;
}

function valueOf(value: Operand, { compare, word }: Comparison, around: Comparison['around']): Operand {
  if (word === 'like') return unread(value.span, 'unmodelled', 'like pattern', 'text' in value ? value.text : undefined);
  if (compare === 'regex') {
    if (value.kind !== 'literal') return value;
    const { span, text, origin } = value;
    return { kind: 'regex', span, text, dialect: 're2', flags: '', ...(origin === undefined ? null : { origin }) };
  }
  return around === undefined ? value : globOf(value, around !== 'after', around !== 'before');
}

/** Letters' case counts for texts alone, and for what could be one. */
function isCased({ isCased: minds, compare }: Comparison, values: readonly Operand[]): boolean {
  if (!minds) return false;
  if (compare === 'regex') return !(values[0]?.kind === 'regex' && ignoresCase(values[0].text));
  return values.some((value) => value.kind !== 'time' && (value.kind !== 'literal' || value.type === 'string'));
}

/** What a comparison says of no value: a text column has '' then, an equality with a number is false, an order is neither true nor false. */
function missingOf({ compare, word, every }: Comparison, values: readonly Operand[], left: Expr, place: Place): Missing {
  switch (compare) {
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least':
    case 'between':
    case 'cidr':
      return 'unknown';
    case 'empty':
      return 'true';
    case 'filled':
      return 'false';
    // A text is never null.
    case 'absent':
    case 'exists': {
      const isText = left.kind === 'name' && isColumn(left.name, place) && columnIn(place.scope, left.name)?.type === 'string';
      return (compare === 'absent') === isText ? 'false' : 'true';
    }
    case 'equals':
    case 'token':
    case 'regex': {
      if (word === 'like') return 'unknown';
      const answers = values.map(fitsNothing);
      if (every === true) return answers.every((answer) => answer === 'true') ? 'true' : answers.includes('false') ? 'false' : 'unknown';
      return answers.includes('true') ? 'true' : answers.includes('unknown') ? 'unknown' : 'false';
    }
    default:
      return compare satisfies never;
  }
}

/** Whether '' is the value, fits the pattern, matches. */
export function fitsNothing(value: Operand): Missing {
  switch (value.kind) {
    case 'literal':
      return value.type === 'string' && value.text === '' ? 'true' : value.type === 'null' ? 'unknown' : 'false';
    case 'glob':
      return value.parts.some((part) => typeof part === 'object' && 'of' in part)
        ? 'unknown'
        : value.parts.every((part) => part === 'any-run')
          ? 'true'
          : 'false';
    case 'regex':
      return matchesNothing(value.text);
    case 'time':
      return 'false';
    case 'field':
    case 'call':
    case 'list':
    case 'condition':
    case 'unread':
      return 'unknown';
    default:
      return value satisfies never;
  }
}

function matchesNothing(pattern: string): Missing {
  try {
    return new RegExp(pattern.replace(/^(?:\(\?[imsU]+\))+/, '')).test('') ? 'true' : 'false';
  } catch {
    return 'unknown';
  }
}
