import { LIST_OPERATORS, RANGE_OPERATORS, RESERVED, STRING_OPERATORS, TIMESPAN_UNITS } from '../vocabulary';
import type { KustoLexeme } from './lexer';
import { type Reader, expected, isCommand, isMark } from './reader';

/** How tightly infix operators bind, loosest first. */
export const OR = 1;
export const AND = 2;
export const EQUAL = 3;
export const RELATION = 4;
const SUM = 5;
const PRODUCT = 6;
export const TEXT = 7;
const POWERS: ReadonlyMap<string, number> = new Map<string, number>([
  ['or', OR],
  ['and', AND],
  ...['==', '!=', '<>', ...LIST_OPERATORS, ...RANGE_OPERATORS].map((op) => [op, EQUAL] as const),
  ...['<', '<=', '>', '>='].map((op) => [op, RELATION] as const),
  ...['+', '-'].map((op) => [op, SUM] as const),
  ...['*', '/', '%'].map((op) => [op, PRODUCT] as const),
  ...['=~', '!~', ...STRING_OPERATORS].map((op) => [op, TEXT] as const),
]);

/** Whether a word stands between operands. */
export const isOperator = (word: string): boolean => POWERS.has(word);

/** How tightly the lexeme binds as an infix operator; 0 when it is none here. */
export function powerOf(reader: Reader, token: KustoLexeme): number {
  if (token.kind === 'name') return POWERS.get(token.text) ?? 0;
  if (token.kind !== 'punctuation') return 0;
  if (token.text === '/' && (reader.reading === 'source' || isHalfComment(reader, token))) return 0;
  if (token.text === ':' && reader.reading === 'search') return TEXT;
  if (token.text === '=' && reader.reading === 'condition') return EQUAL;
  return POWERS.get(token.text) ?? 0;
}

/** A lone slash at the text's end, or at a line's start with two words after it, is no division but a comment that is being typed. */
function isHalfComment({ cursor }: Reader, slash: KustoLexeme): boolean {
  const [first, second] = [cursor.peek(1), cursor.peek(2)];
  if (first.kind === 'end') return true;
  return slash.breaks > 0 && first.kind === 'name' && second.kind === 'name' && second.breaks === 0 && !POWERS.has(second.text);
}

/** Remarks a missing comma when another expression follows on. */
export function isMissingComma(reader: Reader): boolean {
  const token = reader.cursor.peek();
  if (!(
    token.kind === 'string' ||
    token.kind === 'number' ||
    token.kind === 'timespan' ||
    token.kind === 'typed' ||
    (token.kind === 'name' && !RESERVED.has(token.text))
  ))
    return false;
  if (reader.failedAt === token.start) return false;
  const isUnit = TIMESPAN_UNITS.has(token.text) && token.breaks === 0 && reader.cursor.peek(-1).kind === 'number';
  expected(
    reader,
    isUnit
      ? `A stretch of time is one word: \`${reader.text.slice(reader.cursor.peek(-1).start, reader.cursor.last)}${token.text}\`.`
      : 'A comma is missing before this.',
  );
  return true;
}

/** Whether the current lexeme could begin an expression. */
export function startsExpression(reader: Reader): boolean {
  const token = reader.cursor.peek();
  if (token.kind === 'punctuation') return '([{-+'.includes(token.text);
  return token.kind === 'name' ? !isClauseWord(token) : token.kind !== 'end' && token.kind !== 'invalid';
}

/** Words that stand between expressions and never begin one. */
export const isClauseWord = ({ text }: KustoLexeme): boolean =>
  (POWERS.has(text) && text !== 'matches') || text === 'by' || text === 'of' || text === 'to' || text === 'asc' || text === 'desc' || text === 'as';

/** Operators that may begin a query or a sub-query, without a source before them. */
const HEADS: ReadonlySet<string> = new Set(['union', 'print', 'search', 'find', 'range', 'evaluate', 'macro-expand']);

/** Whether an operator that needs no source begins here: `range(…)` is a function, `range x from` is not. */
export function startsOperator(reader: Reader): boolean {
  const token = reader.cursor.peek();
  if (token.kind !== 'name' || !HEADS.has(token.text)) return false;
  return (token.text !== 'range' && token.text !== 'evaluate') || reader.cursor.peek(1).kind === 'name';
}

/** Whether a new query begins here: after an empty line, with a name, an operator that needs no source, a bracket or a statement's word. */
export function isQueryStart(reader: Reader): boolean {
  const token = reader.cursor.peek();
  if (token.breaks !== 2) return false;
  if (isCommand(token)) return startsOperator(reader);
  return token.kind === 'name' || isMark(reader, '(') || isMark(reader, '[');
}

/** `*` stands for all columns before a comparison and alone as an argument. */
export function isStarPlace(reader: Reader): boolean {
  const after = reader.cursor.peek(1);
  if (reader.reading === 'search') return true;
  return after.text === ')' || after.text === ',' || (powerOf(reader, after) >= EQUAL && powerOf(reader, after) !== SUM && powerOf(reader, after) !== PRODUCT);
}

/** Reads one item after another between commas. A forgotten comma is remarked; a command or a word in `stops` ends the list. */
export function readList<T>(reader: Reader, read: () => T, stops: readonly string[] = []): readonly T[] {
  const { cursor } = reader;
  const items: T[] = [];
  for (;;) {
    items.push(read());
    const token = cursor.peek();
    if (isMark(reader, ',')) {
      cursor.next();
      continue;
    }
    if (token.kind === 'name' && (stops.includes(token.text) || isCommand(token))) return items;
    // What begins a line may be a new step whose pipe is missing, unless it goes on like a list.
    if (reader.depth === 0 && token.breaks > 0 && !isMark(reader, ',', 1) && !isMark(reader, '=', 1)) return items;
    if (!isMissingComma(reader)) return items;
  }
}
