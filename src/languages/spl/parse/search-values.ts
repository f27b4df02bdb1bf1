import { closeMissing, parseSubsearch } from './brackets';
import type { SplLexeme } from './lexer';
import { fixOf, isSign, isStop, joined, paint, type Reader, wordOf } from './reader';
import type { SearchNode, SearchValue, Word } from '../tree';
import { isFunction } from '../vocabulary';

export type Stop = (token: SplLexeme) => boolean;

/** Directive := ('TERM' | 'CASE') '(' Argument ')' */
export function parseDirective(reader: Reader, name: SplLexeme): SearchNode {
  const { cursor } = reader;
  const directive = reader.textOf(name) === 'CASE' ? 'CASE' : 'TERM';
  paint(name, 'function');
  const open = cursor.next();
  const argument = cursor.take('argument');
  if (open.open) closeMissing(reader, open);
  else cursor.take(')');
  const span = { start: name.start, end: Math.max(cursor.last, name.end) };
  if (argument === null) return { kind: 'broken', ...span };
  return { kind: 'term', ...span, word: argumentWord(reader, argument), directive, macro: name.macro };
}

/** What TERM( ) holds, without the quotes some put around it. */
function argumentWord(reader: Reader, argument: SplLexeme): Word {
  const text = reader.textOf(argument).trim();
  const bare = text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
  return { start: argument.start, end: argument.end, text: bare };
}

/** Value := Text | Word { glued } | Directive | Macro | Subsearch */
export function takeValue(reader: Reader, stop: Stop): SearchValue {
  const { cursor } = reader;
  const token = cursor.peek();
  if (token.kind === 'word' && cursor.peek(1).kind === '(' && cursor.peek(2).kind === 'argument') {
    const term = parseDirective(reader, cursor.next());
    return term.kind === 'term'
      ? { ...term.word, start: term.start, end: term.end }
      : { start: term.start, end: term.end, unknown: 'group', name: 'list of values' };
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
      skipGroup(reader);
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
      if (!reader.textOf(token).startsWith('*')) {
        if (/^\w/.test(reader.textOf(token)) && cursor.peek(1).kind === 'string' && cursor.peek(1).glued)
          reader.remark('spl/stray-quote', 'error', token, 'The quote before this ends the text: within a text a quote is written \\".');
        break;
      }
    } else if (token.kind !== 'word' && token.kind !== 'string' && !isSign(token) && !(token.kind === ')' && words.at(-1)!.text === '(')) break;
    words.push(wordOf(reader, cursor.next()));
  }
  // Nothing but stars asks whether there is a value, and is none.
  if (words.length === 1 && /^\*+$/.test(words[0]!.text)) paint(first, 'keyword');
  else if (first.kind !== 'string') paint(first, /^-?\d+(?:\.\d+)?$/.test(words[0]!.text) && words.length === 1 ? 'number' : 'string');
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
  return { start: first.start, end: cursor.last, text: texts.join(''), isExpression: true, macro: first.macro };
}

/** List := '(' Value { ',' Value } ')' */
export function takeList(reader: Reader, stop: Stop): readonly SearchValue[] {
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
      paint(cursor.next(), 'punctuation');
      reader.remark('spl/missing-comma', 'error', token, 'The values of IN are parted by commas.', fixOf('Write a comma', token, ','));
    } else if (token.kind === 'word' || token.kind === 'string' || token.kind === 'macro' || token.kind === '[')
      values.push(takeValue(reader, (next) => stop(next) || next.kind === ')'));
    else {
      cursor.next();
      if (token.kind !== '(') reader.remark('spl/unexpected', 'error', token, 'The values of IN are words or quoted texts parted by commas.');
    }
  }
}

/** Passes over parentheses and what they hold. */
function skipGroup({ cursor }: Reader): void {
  let depth = 0;
  do {
    const { kind } = cursor.next();
    depth += kind === '(' ? 1 : kind === ')' ? -1 : 0;
  } while (depth > 0 && !isStop(cursor.peek()));
}
