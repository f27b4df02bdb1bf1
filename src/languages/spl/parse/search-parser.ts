import { joinOf, type Span } from '../../../model';
import { placeOf } from '../../../syntax/predicates';
import { closeMissing, parseSubsearch, strayParenthesis } from './brackets';
import type { SplLexeme } from './lexer';
import { fixOf, isSign, isStop, paint, type Reader, SIGNS, wordOf } from './reader';
import { remarkTerm, remarkValue } from './search-slips';
import { parseDirective, type Stop, takeList, takeValue } from './search-values';
import type { SearchNode } from '../tree';
import { isFunction } from '../vocabulary';

/** Where a search stands may end earlier than the command: at `by` in tstats. */
export function parseSearch(reader: Reader, stop: Stop = isStop): SearchNode | null {
  return parseConjunction(reader, stop, false);
}

/** Conjunction := Disjunction { ['AND'] Disjunction } */
function parseConjunction(reader: Reader, stop: Stop, isGroup: boolean): SearchNode | null {
  const { cursor } = reader;
  const parts: SearchNode[] = [];
  while (!stop(cursor.peek())) {
    const token = cursor.peek();
    if (token.kind === ')') {
      if (isGroup) break;
      cursor.next();
      strayParenthesis(reader, token);
      // What was read so far is one side of an OR that follows.
      if (reader.wordAt() === 'or' && parts.length > 0) parts.push(parseDisjunction(reader, stop, and(parts.splice(0)))!);
      continue;
    }
    if (token.kind === ',') {
      cursor.next();
      const next = operatorAt(reader);
      if (next !== 'and' && next !== 'or') continue;
      reader.remark('spl/unexpected', 'warning', token, 'A comma is not expected here.', fixOf('Remove the comma', token, ''));
      if (next === 'or' && parts.length > 0) parts.push(parseDisjunction(reader, stop, parts.pop()!)!);
      continue;
    }
    const operator = operatorAt(reader);
    if (operator === 'and' || operator === 'or') {
      takeOperator(reader, operator);
      const isSecond = parts.length > 0 && operator === 'and' && !isOperandEnd(reader, stop) && !isBinary(reader);
      if (!isSecond) reader.remark('spl/missing-operand', 'error', token, `${operator.toUpperCase()} needs a condition on both sides.`);
      continue;
    }
    const part = parseDisjunction(reader, stop, null);
    if (part !== null) parts.push(part);
  }
  return parts.length === 0 ? null : and(parts);
}

/** A conjunction of one part is that part. */
export const and = (parts: readonly SearchNode[]): SearchNode =>
  parts.length === 1 ? parts[0]! : { kind: 'and', ...joinOf(parts[0]!, parts.at(-1)!), of: parts };

/** What holds of every event: an empty group, a macro that stands for nothing. */
const truth = (at: Span): SearchNode => ({ kind: 'and', start: at.start, end: at.end, of: [] });

const isOperandEnd = (reader: Reader, stop: Stop): boolean => stop(reader.cursor.peek()) || reader.cursor.isAt(')');
const isBinary = (reader: Reader): boolean => ['and', 'or'].includes(operatorAt(reader) ?? '');

/** Disjunction := Negation { 'OR' Negation } */
function parseDisjunction(reader: Reader, stop: Stop, first: SearchNode | null): SearchNode | null {
  const { cursor } = reader;
  const begin = cursor.peek();
  let left = first ?? parseNegation(reader, stop);
  let parts: SearchNode[] | null = null;
  while (operatorAt(reader) === 'or') {
    const sign = cursor.peek();
    takeOperator(reader, 'or');
    if (isOperandEnd(reader, stop) || isBinary(reader)) {
      reader.remark('spl/missing-operand', 'error', sign, 'OR needs a condition on both sides.');
      continue;
    }
    const right = parseNegation(reader, stop);
    parts ??= [left ?? truth(begin)];
    parts.push(right ?? truth(sign));
    left = null;
  }
  return parts === null ? left : { kind: 'or', ...joinOf(parts[0]!, parts.at(-1)!), of: parts };
}

/** Negation := { 'NOT' } Primary */
function parseNegation(reader: Reader, stop: Stop): SearchNode | null {
  const { cursor } = reader;
  const begin = cursor.peek();
  let isNegated = false;
  while (operatorAt(reader) === 'not') {
    takeOperator(reader, 'not');
    isNegated = !isNegated;
    if (isOperandEnd(reader, stop) || isBinary(reader)) {
      reader.remark('spl/missing-operand', 'error', begin, 'NOT needs a condition after it.');
      return null;
    }
  }
  const node = parsePrimary(reader, stop);
  return node === null || !isNegated ? node : { kind: 'not', start: begin.start, end: Math.max(node.end, begin.end), of: node };
}

/** Primary := '(' Conjunction ')' | '[' Pipeline ']' | Macro | Comparison | Membership | Directive | Term */
function parsePrimary(reader: Reader, stop: Stop): SearchNode | null {
  const { cursor } = reader;
  const token = cursor.peek();
  switch (token.kind) {
    case '(':
      cursor.next();
      return parseGroup(reader, stop, token);
    case '[':
      return parseSubsearch(reader);
    case 'macro':
      cursor.next();
      return { kind: 'macro', start: token.start, end: token.end, name: reader.textOf(token) };
    case 'word':
    case 'string':
    case 'quoted':
      return parseComparison(reader, stop, cursor.next());
    default:
      cursor.next();
      reader.remark('spl/unexpected', 'error', token, 'A comparison starts with a field name; quote this if it is text to search for.');
      return { kind: 'broken', start: token.start, end: token.end };
  }
}

/** Group := '(' Conjunction ')', its opening parenthesis taken. */
export function parseGroup(reader: Reader, stop: Stop, open: SplLexeme): SearchNode | null {
  const { cursor } = reader;
  const inner = reader.deeper(() => parseConjunction(reader, stop, true));
  if (cursor.take(')') === null) closeMissing(reader, open);
  return inner;
}

/**
 * Comparison := Name Sign Value
 * Membership := Name ['NOT'] 'IN' '(' Value { ',' Value } ')'
 * Term       := Word | Text
 */
function parseComparison(reader: Reader, stop: Stop, first: SplLexeme): SearchNode {
  const { cursor } = reader;
  if (cursor.isAt('(') && cursor.peek().glued && (cursor.peek(1).kind === 'argument' || cursor.peek().open)) return parseDirective(reader, first);
  const sign = SIGNS.get(cursor.peek().kind);
  if (sign !== undefined) {
    paint(first, 'field');
    const signToken = cursor.next();
    const field = wordOf(reader, first);
    const next = cursor.peek();
    // In `a= b=1` the value of a was never written.
    const isNextComparison = signToken.glued && !next.glued && next.kind === 'word' && cursor.peek(1).glued && isSign(cursor.peek(1));
    if (isOperandEnd(reader, stop) || isSign(next) || next.kind === ',' || isNextComparison) {
      reader.remark('spl/missing-value', 'error', signToken, `A value is missing after ${reader.textOf(signToken)}.`);
      return { kind: 'broken', start: first.start, end: signToken.end };
    }
    const value = takeValue(reader, stop);
    remarkValue(reader, field, next, value);
    return { kind: 'compare', start: first.start, end: Math.max(first.end, value.end), field, sign, operator: placeOf(signToken), value, macro: first.macro };
  }
  const isNegated = reader.wordAt() === 'not' && reader.wordAt(1) === 'in' && cursor.peek(2).kind === '(';
  if (isNegated || (reader.wordAt() === 'in' && cursor.peek(1).kind === '(')) {
    paint(first, 'field');
    if (isNegated) takeOperator(reader, 'not');
    const operator = placeOf(cursor.next());
    paint(cursor.peek(-1), 'keyword');
    const values = takeList(reader, stop);
    const span = { start: first.start, end: Math.max(cursor.last, first.end) };
    const node: SearchNode = { kind: 'in', ...span, field: wordOf(reader, first), operator, values, macro: first.macro };
    return isNegated ? { kind: 'not', ...span, of: node } : node;
  }
  const word = wordOf(reader, first);
  remarkTerm(reader, first, word);
  if (first.kind === 'word' && cursor.isAt('(') && cursor.peek().glued && isFunction(word.text) && word.text !== 'in') {
    reader.remark('spl/function-in-search', 'warning', first, `${word.text}( ) is a function of where and eval; a search reads it as words.`);
  }
  if (/^\*+$/.test(word.text)) paint(first, 'keyword');
  remarkLostPipe(reader, first);
  return { kind: 'term', start: first.start, end: first.end, word, macro: first.macro };
}

/** Commands that begin a line as nobody begins a line of words. */
const LINE_COMMANDS: ReadonlySet<string> = new Set(
  'stats eventstats streamstats tstats timechart chart eval where rex regex table fields rename lookup dedup fillnull bin bucket join transaction inputlookup mvexpand spath'.split(
    ' ',
  ),
);

/** A command's name at the beginning of a line, with what a command takes behind it, has lost its pipe: Splunk searches for it as a word. */
function remarkLostPipe(reader: Reader, first: SplLexeme): void {
  const { cursor } = reader;
  if (first.kind !== 'word' || first.macro !== undefined || first.glued || cursor.peek(-2) === first) return;
  const name = reader.textOf(first).toLowerCase();
  const next = cursor.peek();
  if (!LINE_COMMANDS.has(name) || (next.kind !== 'word' && next.kind !== 'string') || first.start === 0) return;
  const before = reader.sourceOf({ start: Math.max(0, first.start - 80), end: first.start });
  if (!/\n[ \t]*$/.test(before)) return;
  const at = { start: first.start, end: first.start };
  reader.remark(
    'spl/missing-pipe',
    'warning',
    first,
    `Without a pipe before it, ${name} is a word to search for, and so is all that follows.`,
    fixOf('Insert a pipe', at, '| '),
  );
}

type OperatorWord = 'and' | 'or' | 'not';

/** The operator word at the cursor; a word that is compared is a field, whatever its name. */
function operatorAt(reader: Reader): OperatorWord | null {
  const token = reader.cursor.peek();
  const length = token.text?.length ?? token.end - token.start;
  if (token.kind !== 'word' || length < 2 || length > 3) return null;
  const word = reader.wordAt();
  if (word !== 'and' && word !== 'or' && word !== 'not') return null;
  return isSign(reader.cursor.peek(1)) ? null : word;
}

/** Takes an operator word; in small letters it is only a word to Splunk. */
function takeOperator(reader: Reader, operator: OperatorWord): void {
  const token = reader.cursor.next();
  paint(token, 'keyword');
  const upper = operator.toUpperCase();
  if (reader.textOf(token) === upper) return;
  reader.remark(
    'spl/lower-case-operator',
    'warning',
    token,
    `Splunk reads "${reader.textOf(token)}" as a word to search for; as an operator it is ${upper}.`,
    fixOf(`Write ${upper}`, token, upper),
  );
}
