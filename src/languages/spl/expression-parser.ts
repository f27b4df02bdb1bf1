import type { Span } from '../../model';
import { joinOf } from '../../model';
import { parseInfix } from '../../syntax/infix';
import type { SplLexeme } from './lexer';
import { fixOf, isStop, paint, type Reader, SIGNS, wordOf } from './reader';
import { closeMissing, parseSubsearch, strayParenthesis } from './search-parser';
import type { ComparisonSign, Expression } from './tree';
import { FUNCTIONS, isFunction, nearest } from './vocabulary';

/** Where an expression ends. In eval, `name =` begins the next assignment, whether or not a comma was written. */
interface Scope {
  readonly isInside: boolean;
  readonly endsAtAssignment: boolean;
}
export const WHERE: Scope = { isInside: false, endsAtAssignment: false };
export const EVAL: Scope = { isInside: false, endsAtAssignment: true };
/** In parentheses: a closing one or a comma ends it too. */
export const INSIDE: Scope = { isInside: true, endsAtAssignment: false };

const isEnd = (scope: Scope, token: SplLexeme): boolean => isStop(token) || (scope.isInside && (token.kind === ')' || token.kind === ','));

/** Binding powers: OR and XOR, then AND, then NOT, then comparisons, then sums, then products. */
const POWER = { or: 1, and: 2, not: 3, compare: 4, sum: 5, product: 6, sign: 7 } as const;

type Operator =
  | { readonly kind: 'or' | 'xor' | 'and' | 'like' | 'contains' | 'in' | 'implied' }
  | { readonly kind: 'not in' | 'not like' }
  | { readonly kind: 'compare'; readonly sign: ComparisonSign }
  | { readonly kind: 'compute' };

/** Nodes while they are built: a chain of one operator grows in place, so that its depth is one. */
type Growing = Expression & { closed?: true };

/** Expression := Operand { Operator Operand }, up to a comma or what `scope` says; null where nothing stands. */
export function parseExpression(reader: Reader, scope: Scope): Expression | null {
  const { cursor } = reader;
  let whole: Growing | null = null;
  for (;;) {
    const token = cursor.peek();
    if (isEnd(scope, token) || token.kind === ',') return whole;
    if (token.kind === ')') {
      cursor.next();
      strayParenthesis(reader, token);
      continue;
    }
    const begun: Growing | null = whole;
    whole = parseOperators(reader, scope, begun === null ? () => parseOperand(reader, scope) : () => begun);
    if (cursor.peek() === token) return whole;
  }
}

function parseOperators(reader: Reader, scope: Scope, operand: () => Growing, floor = 0): Growing {
  let isFirst = true;
  const next = (): Growing => {
    if (!isFirst) return parseOperand(reader, scope);
    isFirst = false;
    return operand();
  };
  return parseInfix<Growing, Operator>(
    next,
    () => operatorAt(reader, scope),
    (left, operator, right) => combine(reader, left, operator, right),
    floor,
  );
}

/** Operand := { 'NOT' | '!' | '-' | '+' } Primary; NOT takes the comparison after it. */
function parseOperand(reader: Reader, scope: Scope): Growing {
  const { cursor } = reader;
  const begin = cursor.peek();
  let nots = 0;
  let isNegative = false;
  for (;;) {
    const token = cursor.peek();
    if (isNot(reader)) {
      paint(cursor.next(), 'keyword');
      isNegative = false;
      nots++;
    } else if (token.kind === 'operator' && '-+'.includes(reader.textOf(token))) {
      cursor.next();
      isNegative = reader.textOf(token) === '-' ? !isNegative : isNegative;
    } else break;
  }
  if (nots === 0) {
    const primary = parsePrimary(reader);
    return isNegative ? { kind: 'minus', start: begin.start, end: Math.max(primary.end, begin.end), of: primary } : primary;
  }
  const of = parseOperators(reader, scope, () => parsePrimary(reader), POWER.not);
  return nots % 2 === 0 ? of : { kind: 'not', start: begin.start, end: Math.max(of.end, begin.end), of };
}

/** NOT, also glued to the function it negates, and `!`. */
function isNot(reader: Reader): boolean {
  const token = reader.cursor.peek();
  if (token.kind === 'operator') return reader.textOf(token) === '!';
  if (reader.wordAt() !== 'not' || reader.cursor.isEnd()) return false;
  const next = reader.cursor.peek(1);
  if (next.glued && next.kind === 'word') remarkGlued(reader, token, next);
  return !SIGNS.has(next.kind);
}

function remarkGlued(reader: Reader, operator: SplLexeme, next: SplLexeme): void {
  const at = { start: next.start, end: next.start };
  reader.remark(
    'spl/glued-operator',
    'error',
    { start: operator.start, end: next.end },
    `A blank is missing between ${reader.textOf(operator)} and ${reader.textOf(next)}.`,
    fixOf('Insert a blank', at, ' '),
  );
}

const WORD_OPERATORS: ReadonlyMap<string, { readonly power: number; readonly op: Operator }> = new Map([
  ['or', { power: POWER.or, op: { kind: 'or' } }],
  ['xor', { power: POWER.or, op: { kind: 'xor' } }],
  ['and', { power: POWER.and, op: { kind: 'and' } }],
  ['like', { power: POWER.compare, op: { kind: 'like' } }],
  ['in', { power: POWER.compare, op: { kind: 'in' } }],
  ['contains', { power: POWER.compare, op: { kind: 'contains' } }],
]);
const COMPUTED: ReadonlyMap<string, number> = new Map([
  ['+', POWER.sum],
  ['-', POWER.sum],
  ['.', POWER.sum],
  ['*', POWER.product],
  ['/', POWER.product],
  ['%', POWER.product],
]);
const IMPLIED = { power: POWER.and, op: { kind: 'implied' } } as const;

function operatorAt(reader: Reader, scope: Scope): { readonly power: number; readonly op: Operator } | null {
  const { cursor } = reader;
  // A macro between conditions stands for text that nobody here knows.
  while (cursor.isAt('macro')) cursor.next();
  const token = cursor.peek();
  if (isEnd(scope, token)) return null;
  const sign = SIGNS.get(token.kind);
  if (sign !== undefined) return { power: POWER.compare, op: { kind: 'compare', sign } };
  switch (token.kind) {
    case 'operator': {
      const power = COMPUTED.get(reader.textOf(token));
      if (power !== undefined) return { power, op: { kind: 'compute' } };
      // Anything else begins no operand: it is remarked where an operand is wanted.
      return IMPLIED;
    }
    case 'word': {
      const word = reader.wordAt();
      if (isAssignment(reader, scope)) return null;
      if (word === 'like' && cursor.peek(1).kind === '(' && cursor.peek(1).glued) return IMPLIED;
      if (word === 'contains' && cursor.peek(1).kind !== 'string') return IMPLIED;
      if (word === 'not' && (reader.wordAt(1) === 'in' || reader.wordAt(1) === 'like'))
        return { power: POWER.compare, op: { kind: reader.wordAt(1) === 'in' ? 'not in' : 'not like' } };
      return WORD_OPERATORS.get(word) ?? IMPLIED;
    }
    case 'string':
    case 'quoted':
      return isAssignment(reader, scope) ? null : IMPLIED;
    case '(':
      return IMPLIED;
    default:
      return null;
  }
}

const isAssignment = (reader: Reader, scope: Scope): boolean => scope.endsAtAssignment && reader.cursor.peek(1).kind === '=';

function combine(reader: Reader, left: Growing, operator: Operator, right: () => Growing): Growing {
  const { cursor } = reader;
  const token = cursor.peek();
  if (operator.kind !== 'implied') {
    paint(cursor.next(), token.kind === 'word' ? 'keyword' : 'operator');
    if (operator.kind === 'not in' || operator.kind === 'not like') paint(cursor.next(), 'keyword');
    const next = cursor.peek();
    if (token.kind === 'word' && next.glued && next.kind === 'word') remarkGlued(reader, token, next);
  }
  switch (operator.kind) {
    case 'or':
    case 'xor':
    case 'and':
      return grown(left, operator.kind, operandAfter(reader, token, right));
    case 'implied': {
      if (token.kind !== 'operator')
        reader.remark(
          'spl/missing-operator',
          'error',
          token,
          'AND or OR is missing before this.',
          fixOf('Insert AND', { start: token.start, end: token.start }, 'AND '),
        );
      return grown(left, 'and', right());
    }
    case 'compute': {
      const other = operandAfter(reader, token, right);
      return { kind: 'compute', ...joinOf(left, other), sign: reader.textOf(token), left: flat(left), right: other };
    }
    case 'compare':
    case 'like':
    case 'not like':
    case 'contains': {
      const other = operandAfter(reader, token, right);
      const span = joinOf(left, other);
      if (left.closed === undefined && COMPARED.has(left.kind)) {
        reader.remark('spl/unexpected', 'error', token, 'A comparison cannot be compared again; AND or a parenthesis is missing.');
        return { kind: 'broken', ...span };
      }
      if (operator.kind === 'compare') return { kind: 'compare', ...span, sign: operator.sign, left, right: other };
      if (operator.kind === 'contains') {
        reader.remark('spl/word-operator', 'error', token, 'SPL has no operator contains; like( ) with % around the text, or match( ), says it.');
        return { kind: 'contains', ...span, left, right: other };
      }
      const like: Growing = { kind: 'like', ...span, left, right: other };
      return operator.kind === 'like' ? like : { kind: 'not', ...span, of: like };
    }
    case 'in':
    case 'not in': {
      const values = cursor.isAt('(') ? parseArguments(reader) : [];
      const span = { start: left.start, end: Math.max(cursor.last, left.end) };
      const node: Growing = { kind: 'in', ...span, left, values };
      return operator.kind === 'in' ? node : { kind: 'not', ...span, of: node };
    }
    default:
      return operator satisfies never;
  }
}

const COMPARED: ReadonlySet<Expression['kind']> = new Set(['compare', 'like', 'contains', 'in', 'broken']);

function operandAfter(reader: Reader, operator: SplLexeme, right: () => Growing): Growing {
  const token = reader.cursor.peek();
  if (!isEnd(INSIDE, token)) return right();
  reader.remark('spl/missing-operand', 'error', operator, `Something is missing after ${reader.textOf(operator)}.`);
  return { kind: 'broken', start: operator.start, end: operator.end };
}

/** Adds to a chain of the same operator, or begins one. */
function grown(left: Growing, kind: 'and' | 'or' | 'xor', right: Growing): Growing {
  if (left.kind === kind && left.closed === undefined) {
    (left.of as Expression[]).push(right);
    return Object.assign(left, { end: Math.max(left.end, right.end) });
  }
  return { kind, ...joinOf(left, right), of: [left, right] };
}

/** A sum of sums need not remember its parts: only its text and the fields at its ends are asked for. */
const flat = (left: Growing): Expression =>
  left.kind === 'compute' && left.closed === undefined ? { kind: 'broken', start: left.start, end: left.end } : left;

/** Primary := '(' Expression ')' | Text | Number | Field | Name '(' Arguments ')' | Macro */
function parsePrimary(reader: Reader): Growing {
  const { cursor } = reader;
  const token = cursor.peek();
  const span: Span = { start: token.start, end: token.end };
  const isOperator = (reader.wordAt() === 'or' || reader.wordAt() === 'and') && !SIGNS.has(cursor.peek(1).kind);
  if (isEnd(INSIDE, token) || isOperator) {
    reader.remark('spl/missing-operand', 'error', span, 'A condition or a value is missing here.');
    return { kind: 'broken', start: token.start, end: token.start };
  }
  switch (token.kind) {
    case '(': {
      cursor.next();
      const inner = reader.deeper(() => parseInside(reader));
      if (inner === null) reader.remark('spl/missing-operand', 'error', span, 'A condition is missing in these parentheses.');
      if (cursor.take(')') === null) closeMissing(reader, token);
      return { ...(inner ?? { kind: 'broken', ...span }), start: token.start, end: Math.max(cursor.last, token.end), closed: true };
    }
    case 'string':
      cursor.next();
      return { kind: 'text', ...span, word: wordOf(reader, token), ...macroOf(token) };
    case 'quoted':
      cursor.next();
      return { kind: 'field', ...span, word: wordOf(reader, token), ...macroOf(token) };
    case 'macro':
      cursor.next();
      return { kind: 'macro', ...span, name: reader.textOf(token) };
    case 'word':
      cursor.next();
      return cursor.isAt('(') ? parseCall(reader, token) : nameOrNumber(reader, token);
    case '[': {
      const { start, end } = parseSubsearch(reader);
      return { kind: 'macro', start, end, name: 'subsearch' };
    }
    default:
      cursor.next();
      reader.remark('spl/unexpected', 'error', token, 'A field, a text in double quotes, a number or a function is expected here.');
      return { kind: 'broken', ...span };
  }
}

/** An expression up to the parenthesis or comma that ends it. */
function parseInside(reader: Reader): Growing | null {
  if (isEnd(INSIDE, reader.cursor.peek())) return null;
  return parseOperators(reader, INSIDE, () => parseOperand(reader, INSIDE));
}

const macroOf = (token: SplLexeme): { macro?: string } => (token.macro === undefined ? {} : { macro: token.macro });

function nameOrNumber(reader: Reader, token: SplLexeme): Growing {
  const word = wordOf(reader, token);
  const span = { start: token.start, end: token.end };
  if (/^\.?\d[\d.]*(?:[eE]\d+)?$/.test(word.text)) {
    paint(token, 'number');
    return { kind: 'number', ...span, word, ...macroOf(token) };
  }
  paint(token, /^(?:true|false|null)$/i.test(word.text) ? 'constant' : 'field');
  return { kind: 'field', ...span, word, ...macroOf(token) };
}

/** Call := Name '(' [Expression { ',' Expression }] ')' */
function parseCall(reader: Reader, name: SplLexeme): Growing {
  const { cursor } = reader;
  const written = reader.textOf(name);
  paint(name, 'function');
  if (!isFunction(written) && name.macro === undefined) {
    const meant = nearest(written, FUNCTIONS.keys());
    const hint = meant === undefined ? '' : ` Is ${meant}( ) meant?`;
    reader.remark(
      'spl/unknown-function',
      'warning',
      name,
      `eval has no function ${written}( ).${hint}`,
      meant === undefined ? undefined : fixOf(`Write ${meant}`, name, meant),
    );
  }
  const of = parseArguments(reader, PATTERNED.has(written.toLowerCase()));
  return { kind: 'call', start: name.start, end: Math.max(cursor.last, name.end), name: written.toLowerCase(), of, ...macroOf(name) };
}

/** Functions whose second argument is a regular expression. */
const PATTERNED: ReadonlySet<string> = new Set(['match', 'replace', 'mvfind']);

/** Arguments := '(' [Expression { ',' Expression }] ')' */
function parseArguments(reader: Reader, hasPattern = false): readonly Expression[] {
  const { cursor } = reader;
  const open = cursor.next();
  const of: Expression[] = [];
  reader.deeper(() => {
    while (!isStop(cursor.peek()) && !cursor.isAt(')')) {
      if (cursor.take(',') !== null) continue;
      const before = cursor.peek();
      if (hasPattern && of.length === 1 && before.kind === 'string') paint(before, 'regex');
      const argument = parseInside(reader);
      if (argument !== null) of.push(argument);
      // A token nobody takes would hold this loop for ever.
      if (cursor.peek() === before) cursor.next();
    }
  });
  if (cursor.take(')') === null) closeMissing(reader, open);
  return of;
}
