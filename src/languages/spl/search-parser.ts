import type { Span } from '../../model';
import { joinOf } from '../../model';
import type { SplLexeme } from './lexer';
import { fixOf, isSign, isStop, joined, paint, type Reader, SIGNS, wordOf } from './reader';
import type { SearchNode, SearchValue, Word } from './tree';
import { isFunction } from './vocabulary';

type Stop = (token: SplLexeme) => boolean;

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

export function strayParenthesis(reader: Reader, token: SplLexeme): void {
  reader.remark('spl/stray-parenthesis', 'error', token, 'This parenthesis closes nothing.', fixOf('Remove the parenthesis', token, ''));
}

/** Remarks a parenthesis that is not closed; the fix closes it where its reading ended. */
export function closeMissing(reader: Reader, open: SplLexeme): void {
  const end = { start: reader.cursor.last, end: reader.cursor.last };
  reader.remark(
    'spl/unclosed-parenthesis',
    'error',
    open,
    'This parenthesis is not closed.',
    open.macro === undefined ? fixOf('Close the parenthesis', end, ')') : undefined,
  );
}

/** Subsearch := '[' Pipeline ']' */
export function parseSubsearch(reader: Reader): SearchNode & { kind: 'subsearch' | 'broken' } {
  const { cursor } = reader;
  const open = cursor.next();
  const pipeline = reader.deeper(() => reader.parsePipeline());
  const close = cursor.take(']');
  if (close === null) reader.remark('spl/unclosed-bracket', 'error', open, 'This subsearch is not closed: a ] is missing.');
  const span = { start: open.start, end: Math.max(close?.end ?? cursor.last, open.end) };
  return pipeline === null ? { kind: 'broken', ...span } : { kind: 'subsearch', ...span, pipeline: { ...pipeline, ...span } };
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
    return { kind: 'compare', ...joinOf(first, value), field, sign, value, ...macroOf(first) };
  }
  const isNegated = reader.wordAt() === 'not' && reader.wordAt(1) === 'in' && cursor.peek(2).kind === '(';
  if (isNegated || (reader.wordAt() === 'in' && cursor.peek(1).kind === '(')) {
    paint(first, 'field');
    if (isNegated) takeOperator(reader, 'not');
    paint(cursor.next(), 'keyword');
    const values = takeList(reader, stop);
    const span = { start: first.start, end: Math.max(cursor.last, first.end) };
    const node: SearchNode = { kind: 'in', ...span, field: wordOf(reader, first), values, ...macroOf(first) };
    return isNegated ? { kind: 'not', ...span, of: node } : node;
  }
  const word = wordOf(reader, first);
  if (first.kind === 'word' && cursor.isAt('(') && cursor.peek().glued && isFunction(word.text) && word.text !== 'in') {
    reader.remark('spl/function-in-search', 'warning', first, `${word.text}( ) is a function of where and eval; a search reads it as words.`);
  }
  return { kind: 'term', start: first.start, end: first.end, word, ...macroOf(first) };
}

const macroOf = (token: SplLexeme): { macro?: string } => (token.macro === undefined ? {} : { macro: token.macro });

/** Directive := ('TERM' | 'CASE') '(' Argument ')' */
function parseDirective(reader: Reader, name: SplLexeme): SearchNode {
  const { cursor } = reader;
  const directive = reader.textOf(name) === 'CASE' ? 'CASE' : 'TERM';
  paint(name, 'function');
  const open = cursor.next();
  const argument = cursor.take('argument');
  if (open.open) closeMissing(reader, open);
  else cursor.take(')');
  const span = { start: name.start, end: Math.max(cursor.last, name.end) };
  if (argument === null) return { kind: 'broken', ...span };
  return { kind: 'term', ...span, word: argumentWord(reader, argument), directive, ...macroOf(name) };
}

/** What TERM( ) holds, without the quotes some put around it. */
function argumentWord(reader: Reader, argument: SplLexeme): Word {
  const text = reader.textOf(argument).trim();
  const bare = text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
  return { start: argument.start, end: argument.end, text: bare };
}

/** Value := Text | Word { glued } | Directive | Macro | Subsearch */
function takeValue(reader: Reader, stop: Stop): SearchValue {
  const { cursor } = reader;
  const token = cursor.peek();
  if (token.kind === 'word' && cursor.peek(1).kind === '(' && cursor.peek(2).kind === 'argument') {
    const term = parseDirective(reader, cursor.next());
    return term.kind === 'term' ? term.word : { start: term.start, end: term.end, unknown: 'group', name: 'list of values' };
  }
  switch (token.kind) {
    case 'macro':
      cursor.next();
      return { start: token.start, end: token.end, unknown: 'macro', name: reader.textOf(token) };
    case '[': {
      const { start, end } = parseSubsearch(reader);
      return { start, end, unknown: 'subsearch', name: 'subsearch' };
    }
    case '(':
      reader.remark('spl/unexpected', 'error', token, 'A comparison takes one value; write field IN (a, b) for several.');
      parseGroup(reader, stop, cursor.next());
      return { start: token.start, end: Math.max(cursor.last, token.end), unknown: 'group', name: 'list of values' };
    default:
      return takeGlued(reader, stop);
  }
}

/** A value runs to the next blank, through signs and empty parentheses; a call of a function belongs to it whole. */
function takeGlued(reader: Reader, stop: Stop): Word {
  const { cursor } = reader;
  const first = cursor.next();
  const words: Word[] = [wordOf(reader, first)];
  while (!stop(cursor.peek())) {
    const token = cursor.peek();
    if (!token.glued) break;
    if (token.kind === '(') {
      const isEmpty = cursor.peek(1).kind === ')' && cursor.peek(1).glued;
      const isCall = first.kind === 'word' && words.length === 1 && isFunction(words[0]!.text);
      if (isCall) return takeCall(reader, first);
      if (!isEmpty) break;
      words.push(wordOf(reader, cursor.next()));
    } else if (first.kind === 'string') {
      if (token.kind !== 'word') break;
      if (isSign(cursor.peek(1))) {
        reader.remark(
          'spl/missing-blank',
          'warning',
          token,
          'A blank is missing before this comparison.',
          fixOf('Insert a blank', { start: token.start, end: token.start }, ' '),
        );
        break;
      }
      if (!reader.textOf(token).startsWith('*')) break;
    } else if (token.kind !== 'word' && token.kind !== 'string' && !isSign(token) && !(token.kind === ')' && words.at(-1)!.text === '(')) break;
    words.push(wordOf(reader, cursor.next()));
  }
  if (first.kind !== 'string') paint(first, /^-?\d+(?:\.\d+)?$/.test(words[0]!.text) && words.length === 1 ? 'number' : 'string');
  return joined(words);
}

/** `relative_time(now(), "-1d")` in the place of a value: its text, up to the parenthesis that closes it. */
function takeCall(reader: Reader, first: SplLexeme): Word {
  const { cursor } = reader;
  const texts = [reader.textOf(first)];
  let open = 0;
  paint(first, 'function');
  do {
    const token = cursor.next();
    if (token.kind === '(') open++;
    if (token.kind === ')') open--;
    texts.push(token.glued || texts.length === 0 ? reader.textOf(token) : ` ${reader.textOf(token)}`);
  } while (open > 0 && !isStop(cursor.peek()));
  return { start: first.start, end: cursor.last, text: texts.join(''), isExpression: true, ...macroOf(first) };
}

/** List := '(' Value { ',' Value } ')' */
function takeList(reader: Reader, stop: Stop): readonly SearchValue[] {
  const { cursor } = reader;
  const open = cursor.next();
  const values: SearchValue[] = [];
  for (;;) {
    const token = cursor.peek();
    if (token.kind === ')') {
      cursor.next();
      return values;
    }
    // A comparison inside a list means that the list has lost its parenthesis.
    if (stop(token) || (token.kind === 'word' && isSign(cursor.peek(1)))) {
      closeMissing(reader, open);
      return values;
    }
    const word = reader.wordAt();
    if (token.kind === ',') cursor.next();
    else if (word === '.' || word === ';' || word === 'or' || word === 'and') {
      cursor.next();
      reader.remark('spl/missing-comma', 'error', token, 'The values of IN are parted by commas.', fixOf('Write a comma', token, ','));
    } else if (token.kind === 'word' || token.kind === 'string' || token.kind === 'macro' || token.kind === '[')
      values.push(takeValue(reader, (next) => stop(next) || next.kind === ')'));
    else {
      cursor.next();
      if (token.kind !== '(') reader.remark('spl/unexpected', 'error', token, 'The values of IN are words or quoted texts parted by commas.');
    }
  }
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
