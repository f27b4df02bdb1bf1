import { counterpartOf } from '../../../knowledge/counterparts';
import { joinOf, type Span } from '../../../model';
import { parseInfix } from '../../../syntax/infix';
import { placeOf } from '../../../syntax/predicates';
import { countFault } from '../../../syntax/call';
import { nearest } from '../../../syntax/nearest';
import { closeMissing, parseSubsearch, strayParenthesis } from './brackets';
import { INSIDE, isEnd, isNot, type Operator, operatorAt, POWER, remarkGlued, type Scope } from './expression-operators';
import type { SplLexeme } from './lexer';
import { fixOf, isStop, paint, type Reader, SIGNS, wordOf } from './reader';
import type { Expression } from '../tree';
import { FUNCTIONS, isFunction } from '../vocabulary';

/** Nodes while they are built: a chain of one operator grows in place, so that its depth is one. */
type Growing = Expression & { closed?: true; changes?: number };

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
      if (token.kind !== 'operator' && token.kind !== 'macro' && left.kind !== 'macro')
        reader.remark(
          'spl/missing-operator',
          'error',
          token,
          'AND or OR is missing before this.',
          fixOf('Insert AND', { start: token.start, end: token.start }, 'AND '),
        );
      return grown(left, 'and', right());
    }
    case 'compute':
      return computed(left, reader.textOf(token), placeOf(token), operandAfter(reader, token, right));
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
      const place = placeOf(token);
      // A comparison of two numbers is true or false of every event.
      if (left.kind === 'number' && other.kind === 'number') for (const back of [-1, -3]) paint(cursor.peek(back), 'constant');
      if (operator.kind === 'compare') return { kind: 'compare', ...span, sign: operator.sign, operator: place, left, right: other };
      if (operator.kind === 'contains') {
        reader.remark('spl/word-operator', 'error', token, 'SPL has no operator contains; like( ) with % around the text, or match( ), says it.');
        return { kind: 'contains', ...span, operator: place, left, right: other };
      }
      const like: Growing = { kind: 'like', ...span, operator: place, left, right: other };
      return operator.kind === 'like' ? like : { kind: 'not', ...span, of: like };
    }
    case 'in':
    case 'not in': {
      const values = cursor.isAt('(') ? parseArguments(reader) : [];
      const span = { start: left.start, end: Math.max(cursor.last, left.end) };
      const node: Growing = { kind: 'in', ...span, operator: placeOf(token), left, values };
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

/** Signs that change in one chain more often than this are not read: each change is one level of the tree. */
const MOST_CHANGES = 40;

/** Adds to a chain of one sign, or begins one over what stands before it. */
function computed(left: Growing, sign: string, operator: Span, right: Growing): Growing {
  const isOpen = left.kind === 'compute' && left.closed === undefined;
  if (isOpen && left.sign === sign) {
    (left.of as Expression[]).push(right);
    return Object.assign(left, { end: Math.max(left.end, right.end) });
  }
  const changes = isOpen ? (left.changes ?? 0) + 1 : 0;
  const first: Expression = changes > MOST_CHANGES ? { kind: 'deep', start: left.start, end: left.end } : left;
  return { kind: 'compute', ...joinOf(left, right), sign, operator, of: [first, right], changes: changes > MOST_CHANGES ? 0 : changes };
}

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
      return { kind: 'text', start: token.start, end: token.end, word: wordOf(reader, token), macro: token.macro };
    case 'quoted':
      cursor.next();
      return { kind: 'field', start: token.start, end: token.end, word: wordOf(reader, token), macro: token.macro };
    case 'macro':
      cursor.next();
      return { kind: 'macro', ...span, name: reader.textOf(token) };
    case 'word':
      cursor.next();
      return cursor.isAt('(') ? parseCall(reader, token) : nameOrNumber(reader, token);
    case '[': {
      return parseSubsearch(reader);
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

function nameOrNumber(reader: Reader, token: SplLexeme): Growing {
  const word = wordOf(reader, token);
  if (/^\.?\d[\d.]*(?:[eE]\d+)?$/.test(word.text)) {
    paint(token, 'number');
    return { kind: 'number', start: token.start, end: token.end, word, macro: token.macro };
  }
  paint(token, /^(?:true|false|null)$/i.test(word.text) ? 'constant' : 'field');
  return { kind: 'field', start: token.start, end: token.end, word, macro: token.macro };
}

/** Call := Name '(' [Expression { ',' Expression }] ')' */
function parseCall(reader: Reader, name: SplLexeme): Growing {
  const { cursor } = reader;
  const written = reader.textOf(name);
  paint(name, 'function');
  if (!isFunction(written) && name.macro === undefined) {
    const meant = counterpartOf('spl', written, 'functions') ?? nearest(written, FUNCTIONS.keys());
    const hint = meant === undefined ? '' : ` Is ${meant}( ) meant?`;
    reader.remark(
      'spl/unknown-function',
      'warning',
      name,
      `eval has no function ${written}( ).${hint}`,
      meant === undefined ? undefined : fixOf(`Write ${meant}`, name, meant),
    );
  }
  const hasPattern = PATTERNED.has(written.toLowerCase());
  const of = parseArguments(reader, hasPattern);
  // A pattern behind an equals sign is told of where it is read.
  const known =
    name.macro === undefined && of.every(({ kind }) => !OPEN.has(kind)) && !(hasPattern && of[0]?.kind === 'compare')
      ? FUNCTIONS.get(written.toLowerCase())
      : undefined;
  const fault = known === undefined ? null : countFault(known, of.length);
  if (fault !== null) reader.remark('spl/arguments', 'warning', name, fault);
  else if (known?.name === 'case' && of.length % 2 === 1)
    reader.remark('spl/arguments', 'warning', name, 'case takes pairs of a condition and a value: the last has only one; write true() before what is left.');
  if (of.length === 0 && /^(?:true|false)$/i.test(written)) paint(name, 'keyword');
  return { kind: 'call', start: name.start, end: Math.max(cursor.last, name.end), name: written.toLowerCase(), nameSpan: placeOf(name), of, macro: name.macro };
}

/** What may stand for several arguments, or for one that is broken. */
const OPEN: ReadonlySet<Expression['kind']> = new Set(['macro', 'subsearch', 'broken', 'deep']);

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
