import { counterpartOf } from '../../../knowledge/counterparts';
import { placeOf } from '../../../syntax/predicates';
import { nearest } from '../../../syntax/nearest';
import { closeMissing, parseSubsearch, strayParenthesis } from './brackets';
import { INSIDE } from './expression-operators';
import { parseExpression } from './expression-parser';
import type { SplLexeme } from './lexer';
import { parseOption } from './option-parser';
import { fixOf, isSign, isStop, joined, paint, passedOf, type Reader, wordOf } from './reader';
import { parseSearch } from './search-parser';
import type { Aggregate, Body, Option, Passed, SearchNode, Word } from '../tree';
import { aggregateOf, AGGREGATES, isFunction } from '../vocabulary';

const isBy = (reader: Reader): boolean => {
  const word = reader.wordAt();
  return (word === 'by' || word === 'groupby') && !isSign(reader.cursor.peek(1)) && reader.cursor.peek(1).kind !== '(';
};

/** The width of the time buckets may stand behind the condition. */
const isSpan = (reader: Reader): boolean => reader.wordAt() === 'span' && reader.cursor.peek(1).kind === '=';

const isFrom = (reader: Reader): boolean => reader.wordAt() === 'from' && reader.wordAt(1) === 'datamodel';

/** Commands whose clause `where` filters what they read, or the series they draw. */
const TAKES_WHERE: ReadonlySet<string> = new Set(['tstats', 'mstats', 'mcatalog', 'timechart', 'chart', 'sitimechart', 'sichart']);

/** Stats := { Option | Aggregate | 'from' Model | 'where' Search | 'by' Names } */
export function parseStats(reader: Reader, name: string): Body {
  const { cursor } = reader;
  const aggregates: Aggregate[] = [];
  const options: Option[] = [];
  const by: Word[] = [];
  let from: Word | null = null;
  let where: SearchNode | null = null;
  let whereEnd = 0;
  const passed: Passed[] = [];
  while (!isStop(cursor.peek())) {
    const token = cursor.peek();
    const word = reader.wordAt();
    if (token.kind === ',') cursor.next();
    else if (token.kind === 'macro') passed.push(passedOf(reader, cursor.next()));
    else if (isBy(reader) || (word === 'over' && cursor.peek(1).kind === 'word')) {
      paint(cursor.next(), 'keyword');
      parseNames(reader, by, options, passed);
    } else if (word === 'where' && cursor.peek(1).kind !== '=') {
      if (!TAKES_WHERE.has(name))
        reader.remark(
          'spl/unexpected',
          'error',
          token,
          `${name} has no where: put a pipe before it.`,
          fixOf('Insert a pipe', { start: token.start, end: token.start }, '| '),
        );
      paint(cursor.next(), 'keyword');
      where = parseSearch(reader, (next) => isStop(next) || (next === cursor.peek() && (isBy(reader) || isSpan(reader) || isFrom(reader))));
      whereEnd = cursor.last;
    } else if (word === 'from' && cursor.peek(1).kind === 'word') {
      if (where !== null) reader.remark('spl/unexpected', 'error', token, `from stands before where in ${name}.`);
      paint(cursor.next(), 'keyword');
      from = parseModel(reader);
    } else if (word === 'datamodel' && cursor.peek(1).kind === '=') from = parseModel(reader);
    else if (token.kind === 'word' && cursor.peek(1).kind === '=') options.push(parseOption(reader));
    else if (token.kind === 'word') aggregates.push(parseAggregate(reader));
    else if (token.kind === '[') {
      const { start, end } = parseSubsearch(reader);
      passed.push({ start, end, name: 'subsearch' });
    } else {
      cursor.next();
      if (token.kind === ')') strayParenthesis(reader, token);
      else if (token.kind !== 'string') reader.remark('spl/unexpected', 'error', token, 'A function such as count or values(field) is expected here.');
    }
  }
  return { form: 'stats', aggregates, by, options, from, where, whereEnd, passed };
}

/** Model := ['datamodel' ['=']] Name */
function parseModel(reader: Reader): Word | null {
  const { cursor } = reader;
  if (reader.wordAt() === 'datamodel') {
    paint(cursor.next(), 'modifier');
    if (cursor.isAt('=')) cursor.next();
  }
  if (!cursor.isAt('word', 'string')) return null;
  const token = cursor.next();
  paint(token, 'constant');
  return wordOf(reader, token);
}

/** Names := Name { [','] Name | Option } */
function parseNames(reader: Reader, names: Word[], options: Option[], passed: Passed[]): void {
  const { cursor } = reader;
  while (!isStop(cursor.peek()) && !isBy(reader) && reader.wordAt() !== 'where') {
    const token = cursor.peek();
    if (token.kind === 'word' && cursor.peek(1).kind === '=') options.push(parseOption(reader));
    else {
      cursor.next();
      if (token.kind === 'macro') passed.push(passedOf(reader, token));
      if (isSign(token)) {
        reader.remark('spl/unexpected', 'error', token, 'Fields stand after by; to keep some groups write | where … behind them.');
        while (!isStop(cursor.peek())) cursor.next();
        return;
      }
      if (token.kind !== 'word' && token.kind !== 'string' && token.kind !== 'quoted') continue;
      const word = reader.textOf(token).toLowerCase();
      if (token.kind === 'word' && token.macro === undefined && names.length > 0 && (word === 'and' || word === '&') && !isStop(cursor.peek())) {
        paint(token, 'invalid');
        reader.remark(
          'spl/and-in-list',
          'error',
          token,
          `Fields after by are parted by commas or blanks: ${reader.textOf(token)} is taken for a field here.`,
          fixOf('Write a comma', token, ','),
        );
        continue;
      }
      paint(token, 'field');
      names.push(cursor.isAt('(') && cursor.peek().glued ? takePrefix(reader, token) : wordOf(reader, token));
    }
  }
}

/** Prefix := 'PREFIX' '(' Name '=' ')': the terms of the index that begin with it, without it; the column keeps the name as written. */
function takePrefix(reader: Reader, name: SplLexeme): Word {
  const { cursor } = reader;
  paint(name, 'function');
  const open = cursor.next();
  while (!isStop(cursor.peek()) && !cursor.isAt(')')) paint(cursor.next(), 'field');
  if (cursor.take(')') === null) closeMissing(reader, open);
  const span = { start: name.start, end: Math.max(cursor.last, open.end) };
  return { ...span, text: name.macro === undefined ? reader.sourceOf(span) : reader.textOf(name), macro: name.macro };
}

/** Aggregate := Name ['(' Argument ')'] ['as' Name] */
function parseAggregate(reader: Reader): Aggregate {
  const { cursor } = reader;
  const name = cursor.next();
  const written = reader.textOf(name);
  let argument: Argument = { text: '', of: null };
  const isLone = !cursor.isAt('(');
  if (!isLone) {
    paint(name, 'function');
    const open = cursor.next();
    argument = parseArgument(reader, open);
  } else paint(name, aggregateOf(written) === undefined ? 'field' : 'function');
  if (aggregateOf(written) === undefined) remarkMisspelt(reader, name, written, isLone);
  let alias: Word | null = null;
  if (reader.wordAt() === 'as') {
    paint(cursor.next(), 'keyword');
    if (cursor.isAt('word', 'string', 'quoted') && !(reader.wordAt() === 'by' && cursor.peek(1).kind === 'word')) {
      const words = [cursor.next()];
      paint(words[0]!, 'field');
      // A name such as `flags(inheritance)` without the quotes it needs.
      while (!isStop(cursor.peek()) && cursor.peek().glued && cursor.isAt('(', ')', 'word')) words.push(cursor.next());
      alias = joined(words.map((word) => wordOf(reader, word)));
    } else reader.remark('spl/missing-value', 'error', name, 'A name is missing after as.');
  }
  const { text, of } = argument;
  return { start: name.start, end: Math.max(cursor.last, name.end), name: written, nameSpan: placeOf(name), argument: text, of, alias };
}

/** An aggregate nobody knows may be an add-on's; one that is a slip away from a known one is not. */
function remarkMisspelt(reader: Reader, name: SplLexeme, written: string, isLone: boolean): void {
  if (name.macro !== undefined) return;
  const meant = counterpartOf('spl', written, 'aggregates') ?? nearest(written, AGGREGATES.keys());
  if (meant === undefined && isLone && written.toLowerCase() !== 'sparkline' && /^\w+$/.test(written))
    return reader.remark('spl/unexpected', 'error', name, `${written} is no function here: fields to group by stand after by.`);
  if (meant !== undefined)
    reader.remark('spl/unknown-function', 'warning', name, `There is no aggregate ${written}. Is ${meant} meant?`, fixOf(`Write ${meant}`, name, meant));
}

/** An argument as written, and what it is. */
interface Argument {
  readonly text: string;
  readonly of: Aggregate['of'];
}

/** Argument := 'eval' '(' Expression ')' | text up to the closing parenthesis */
function parseArgument(reader: Reader, open: SplLexeme): Argument {
  const { cursor } = reader;
  const texts: string[] = [];
  const words: Word[] = [];
  let of: Aggregate['of'] = null;
  const take = (): void => {
    const token = cursor.next();
    texts.push(token.glued || texts.length === 0 ? reader.textOf(token) : ` ${reader.textOf(token)}`);
    if (token.kind === 'word') paint(token, 'field');
    words.push(wordOf(reader, token));
  };
  if (reader.wordAt() === 'eval' && cursor.peek(1).kind === '(') {
    paint(cursor.next(), 'function');
    const inner = cursor.next();
    const start = cursor.peek().start;
    of = { kind: 'eval', expression: parseExpression(reader, INSIDE) };
    texts.push(`eval(${reader.sourceOf({ start, end: Math.max(cursor.last, start) })})`);
    if (cursor.take(')') === null) closeMissing(reader, inner);
  }
  if (
    of === null &&
    cursor.isAt('word') &&
    cursor.peek(1).kind === '(' &&
    isFunction(reader.textOf(cursor.peek())) &&
    aggregateOf(reader.textOf(cursor.peek())) === undefined
  )
    reader.remark('spl/unexpected', 'error', cursor.peek(), 'A function of fields stands in eval( … ) here.');
  let depth = 0;
  while (!isStop(cursor.peek()) && (depth > 0 || !cursor.isAt(')'))) {
    if (cursor.isAt('(')) depth++;
    if (cursor.isAt(')')) depth--;
    take();
  }
  if (cursor.take(')') === null) closeMissing(reader, open);
  if (of === null && words.length > 0) of = { kind: 'field', word: joined(words) };
  return { text: texts.join(''), of };
}
