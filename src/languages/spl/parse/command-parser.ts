import type { Span } from '../../../model';
import { placeOf } from '../../../syntax/predicates';
import { closeMissing, parseSubsearch, strayParenthesis } from './brackets';
import { EVAL, INSIDE, WHERE } from './expression-operators';
import { parseExpression } from './expression-parser';
import type { SplLexeme } from './lexer';
import { parseOption } from './option-parser';
import { fixOf, isSign, isStop, joined, paint, passedOf, type Reader, wordOf } from './reader';
import { and, parseGroup, parseSearch } from './search-parser';
import { parseStats } from './stats-parser';
import type { Assignment, Body, Bound, Option, Passed, Pipeline, SearchNode, Word } from '../tree';
import type { Form } from '../vocabulary';

/** What stands after a command's name, up to the pipe. */
export function parseBody(reader: Reader, form: Form, name: string): Body {
  switch (form) {
    case 'search':
      return { form, search: parseSearch(reader) };
    case 'where':
      return { form, expression: parseExpression(reader, WHERE) };
    case 'eval':
      return parseEval(reader);
    case 'regex':
      return parseRegex(reader);
    case 'stats':
      return parseStats(reader, name);
    case 'words':
      return parseWords(reader, name);
    default:
      return form satisfies never;
  }
}

/** How many tokens the name before the next `=` has: `a-b=1`, `a.b=1` and `-time=1` are one name, as nothing is computed on that side; 0 where none stands there. */
function targetLength({ cursor, textOf }: Reader): number {
  const { kind } = cursor.peek();
  const isMinus = kind === 'operator' && textOf(cursor.peek()) === '-' && cursor.peek(1).glued && cursor.peek(1).kind === 'word';
  if (kind !== 'word' && kind !== 'string' && kind !== 'quoted' && !isMinus) return 0;
  let length = 1;
  for (
    let next = cursor.peek(length);
    next.glued && (next.kind === 'word' || (next.kind === 'operator' && '-.'.includes(textOf(next))));
    next = cursor.peek(length)
  )
    length++;
  return cursor.peek(length).kind === '=' ? length : 0;
}

function takeField({ cursor }: Reader): SplLexeme {
  const token = cursor.next();
  paint(token, 'field');
  return token;
}

/** Eval := Assignment { ',' Assignment };  Assignment := Name '=' Expression */
function parseEval(reader: Reader): Body {
  const { cursor } = reader;
  const assignments: Assignment[] = [];
  const passed: Passed[] = [];
  let isParted = true;
  while (!isStop(cursor.peek())) {
    if (cursor.take(',') !== null) {
      isParted = true;
      continue;
    }
    const token = cursor.peek();
    if (token.kind === 'macro') {
      passed.push(passedOf(reader, cursor.next()));
      continue;
    }
    const length = targetLength(reader);
    if (length === 0) {
      reader.remark('spl/unexpected', 'error', token, 'eval takes name=expression, several parted by commas.');
      parseExpression(reader, EVAL);
      if (cursor.peek() === token) cursor.next();
      continue;
    }
    if (!isParted)
      reader.remark(
        'spl/missing-comma',
        'error',
        token,
        'A comma is missing before this assignment.',
        fixOf('Insert a comma', { start: token.start, end: token.start }, ', '),
      );
    isParted = false;
    const target = joined(Array.from({ length }, () => wordOf(reader, takeField(reader))));
    const equals = cursor.next();
    const value = parseExpression(reader, EVAL);
    if (value === null) reader.remark('spl/missing-value', 'error', equals, 'An expression is missing after =.');
    else assignments.push({ start: token.start, end: Math.max(cursor.last, token.end), target, value });
  }
  return { form: 'eval', assignments, passed };
}

/** Regex := [Name ('=' | '!=')] Pattern */
function parseRegex(reader: Reader): Body {
  const { cursor } = reader;
  let field: Word | null = null;
  let isNegated = false;
  let operator: Span | null = null;
  if (isSign(cursor.peek(1)) && !isStop(cursor.peek())) {
    const name = cursor.next();
    paint(name, 'field');
    field = wordOf(reader, name);
    isNegated = cursor.peek().kind === '!=';
    operator = placeOf(cursor.next());
  }
  const first = cursor.peek();
  if (isStop(first)) {
    reader.remark('spl/missing-value', 'error', field ?? first, 'regex takes field="pattern", or a pattern alone.');
    return { form: 'regex', field, isNegated, operator, pattern: null, passed: [] };
  }
  if (first.kind === 'word' && cursor.peek(1).kind === 'string' && cursor.peek(1).glued) {
    reader.remark('spl/unexpected', 'error', cursor.next(), 'regex takes field="pattern" or field!="pattern".');
  }
  const words: Word[] = [];
  const isQuoted = cursor.isAt('string');
  do {
    const token = cursor.next();
    paint(token, 'regex');
    words.push(wordOf(reader, token));
  } while (!isStop(cursor.peek()) && cursor.peek().glued && !isQuoted);
  const passed = skipRest(reader, 'regex takes one pattern.');
  return { form: 'regex', field, isNegated, operator, pattern: joined(words), passed };
}

/** Passes over what a command does not take; gives the macros, which may stand anywhere. */
function skipRest(reader: Reader, message: string): readonly Passed[] {
  const { cursor } = reader;
  const passed: Passed[] = [];
  while (cursor.isAt('macro', ',', ')')) {
    const token = cursor.next();
    if (token.kind === ')') strayParenthesis(reader, token);
    if (token.kind === 'macro') passed.push(passedOf(reader, token));
  }
  if (isStop(cursor.peek())) return passed;
  reader.remark('spl/unexpected', 'error', cursor.peek(), message);
  while (!isStop(cursor.peek())) cursor.next();
  return passed;
}

const KEYWORDS: ReadonlySet<string> = new Set(['datamodel', 'as', 'by', 'output', 'outputnew', 'with', 'in', 'over', 'where', 'into', 'from', 'sortby']);

/** Commands that take a whole search. */
const SUBSEARCHING: ReadonlySet<string> = new Set(['append', 'appendcols', 'join', 'multisearch', 'set']);

/** Words := { Option | Subsearch | Name | Text }; the commands tell them apart later. */
function parseWords(reader: Reader, name: string): Body {
  const { cursor } = reader;
  const words: Word[] = [];
  const options: Option[] = [];
  const subsearches: Pipeline[] = [];
  const conditions: SearchNode[] = [];
  const bounds: Bound[] = [];
  const passed: Passed[] = [];
  while (!isStop(cursor.peek())) {
    const token = cursor.peek();
    if (token.kind === '[') {
      const node = parseSubsearch(reader);
      if (node.kind === 'subsearch') subsearches.push(node.pipeline);
    } else if (name === 'transaction' && (reader.wordAt() === 'startswith' || reader.wordAt() === 'endswith') && cursor.peek(2).kind === '(') {
      const bound = reader.wordAt()!;
      paint(cursor.next(), 'modifier');
      cursor.next();
      const search = parseGroup(reader, isStop, cursor.next());
      if (search !== null) bounds.push({ name: bound, of: { kind: 'search', search } });
    } else if (
      name === 'transaction' &&
      (reader.wordAt() === 'startswith' || reader.wordAt() === 'endswith') &&
      reader.wordAt(2) === 'eval' &&
      cursor.peek(3).kind === '('
    ) {
      const bound = reader.wordAt()!;
      paint(cursor.next(), 'modifier');
      cursor.next();
      paint(cursor.next(), 'function');
      const open = cursor.next();
      const expression = reader.deeper(() => parseExpression(reader, INSIDE));
      if (expression !== null) bounds.push({ name: bound, of: { kind: 'eval', expression } });
      if (cursor.take(')') === null) closeMissing(reader, open);
    } else if (name === 'rex' && words.length === 0 && (token.kind === '(' || token.kind === 'string')) words.push(parsePattern(reader));
    else if (token.kind === 'word' && cursor.peek(1).kind === '=') options.push(parseOption(reader));
    else if (name === 'inputlookup' && reader.wordAt() === 'where') {
      paint(cursor.next(), 'keyword');
      const where = parseSearch(reader);
      if (where !== null) conditions.push(where);
    } else if (token.kind === 'word' || token.kind === 'string' || token.kind === 'quoted') words.push(parseName(reader));
    else {
      cursor.next();
      if (token.kind === 'macro') passed.push(passedOf(reader, token));
      else if (token.kind === '(' && SUBSEARCHING.has(name))
        reader.remark('spl/unexpected', 'error', token, `The search of ${name} stands in square brackets: [search …].`);
    }
  }
  return { form: 'words', words, options, where: conditions.length === 0 ? null : and(conditions), subsearches, bounds, passed };
}

/** A pattern goes on to the next blank: quotes may stand around a part of it. */
function parsePattern(reader: Reader): Word {
  const { cursor } = reader;
  const { start } = cursor.peek();
  const parts: Word[] = [];
  do {
    paint(cursor.peek(), 'regex');
    parts.push(wordOf(reader, cursor.next()));
  } while (!isStop(cursor.peek()) && cursor.peek().glued && !cursor.isAt('macro'));
  if (parts.length === 1) return parts[0]!;
  const raw = parts.map((part) => part.raw ?? part.text).join('');
  return { start, end: cursor.last, text: raw, raw, quotes: 'text', macro: parts[0]!.macro };
}

/** Name := Word ['(' … ')'], such as `ctime(x)` of convert. */
function parseName(reader: Reader): Word {
  const { cursor } = reader;
  const first = cursor.next();
  const words = [wordOf(reader, first)];
  if (first.kind === 'string') {
    return words[0]!;
  }
  paint(
    first,
    /^[+-]$/.test(words[0]!.text)
      ? 'operator'
      : KEYWORDS.has(words[0]!.text.toLowerCase().replace(/:$/, ''))
        ? 'keyword'
        : /^-?\d+$/.test(words[0]!.text)
          ? 'number'
          : 'field',
  );
  if (!cursor.isAt('(') || !cursor.peek().glued) return words[0]!;
  while (!isStop(cursor.peek()) && cursor.peek().glued && !cursor.isAt(',', '[', 'macro')) {
    const token = cursor.next();
    words.push(wordOf(reader, token));
    if (token.kind === ')') return joined(words);
  }
  closeMissing(reader, cursor.peek(1 - words.length));
  return joined(words);
}
