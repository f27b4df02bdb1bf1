import { EVAL, INSIDE, parseExpression, WHERE } from './expression-parser';
import type { SplLexeme } from './lexer';
import { fixOf, isSign, isStop, joined, paint, type Reader, wordOf } from './reader';
import { and, closeMissing, parseGroup, parseSearch, parseSubsearch, strayParenthesis } from './search-parser';
import type { Aggregate, Assignment, Body, Option, Pipeline, SearchNode, Word } from './tree';
import { aggregateOf, type Form } from './vocabulary';

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
      return parseStats(reader);
    case 'words':
      return parseWords(reader, name);
    default:
      return form satisfies never;
  }
}

/** Eval := Assignment { ',' Assignment };  Assignment := Name '=' Expression */
function parseEval(reader: Reader): Body {
  const { cursor } = reader;
  const assignments: Assignment[] = [];
  let isParted = true;
  while (!isStop(cursor.peek())) {
    if (cursor.take(',') !== null) {
      isParted = true;
      continue;
    }
    const token = cursor.peek();
    if (token.kind === 'macro') {
      cursor.next();
      continue;
    }
    const isName = token.kind === 'word' || token.kind === 'string' || token.kind === 'quoted';
    if (!isName || cursor.peek(1).kind !== '=') {
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
    cursor.next();
    paint(token, 'field');
    const equals = cursor.next();
    const value = parseExpression(reader, EVAL);
    if (value === null) reader.remark('spl/missing-value', 'error', equals, 'An expression is missing after =.');
    else assignments.push({ start: token.start, end: Math.max(cursor.last, token.end), target: wordOf(reader, token), value });
  }
  return { form: 'eval', assignments };
}

/** Regex := [Name ('=' | '!=')] Pattern */
function parseRegex(reader: Reader): Body {
  const { cursor } = reader;
  let field: Word | null = null;
  let isNegated = false;
  if (isSign(cursor.peek(1)) && !isStop(cursor.peek())) {
    const name = cursor.next();
    paint(name, 'field');
    field = wordOf(reader, name);
    isNegated = cursor.peek().kind === '!=';
    cursor.next();
  }
  const first = cursor.peek();
  if (isStop(first)) {
    reader.remark('spl/missing-value', 'error', field ?? first, 'regex takes field="pattern", or a pattern alone.');
    return { form: 'regex', field, isNegated, pattern: null };
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
  skipRest(reader, 'regex takes one pattern.');
  return { form: 'regex', field, isNegated, pattern: joined(words) };
}

/** Passes over what a command does not take; macros may stand anywhere. */
function skipRest(reader: Reader, message: string): void {
  const { cursor } = reader;
  while (cursor.isAt('macro', ',', ')')) {
    const token = cursor.next();
    if (token.kind === ')') strayParenthesis(reader, token);
  }
  if (isStop(cursor.peek())) return;
  reader.remark('spl/unexpected', 'error', cursor.peek(), message);
  while (!isStop(cursor.peek())) cursor.next();
}

const isBy = (reader: Reader): boolean => {
  const word = reader.wordAt();
  return (word === 'by' || word === 'groupby') && !isSign(reader.cursor.peek(1)) && reader.cursor.peek(1).kind !== '(';
};

/** Stats := { Option | Aggregate | 'from' Model | 'where' Search | 'by' Names } */
function parseStats(reader: Reader): Body {
  const { cursor } = reader;
  const aggregates: Aggregate[] = [];
  const options: Option[] = [];
  const by: Word[] = [];
  let from: Word | null = null;
  let where: SearchNode | null = null;
  let whereEnd = 0;
  while (!isStop(cursor.peek())) {
    const token = cursor.peek();
    const word = reader.wordAt();
    if (token.kind === ',' || token.kind === 'macro') cursor.next();
    else if (isBy(reader) || (word === 'over' && cursor.peek(1).kind === 'word')) {
      paint(cursor.next(), 'keyword');
      parseNames(reader, by, options);
    } else if (word === 'where' && cursor.peek(1).kind !== '=') {
      paint(cursor.next(), 'keyword');
      where = parseSearch(reader, (next) => isStop(next) || (next === cursor.peek() && isBy(reader)));
      whereEnd = cursor.last;
    } else if (word === 'from' && cursor.peek(1).kind === 'word') {
      paint(cursor.next(), 'keyword');
      from = parseModel(reader);
    } else if (word === 'datamodel' && cursor.peek(1).kind === '=') from = parseModel(reader);
    else if (token.kind === 'word' && cursor.peek(1).kind === '=') options.push(parseOption(reader));
    else if (token.kind === 'word') aggregates.push(parseAggregate(reader));
    else if (token.kind === '[') parseSubsearch(reader);
    else {
      cursor.next();
      if (token.kind === ')') strayParenthesis(reader, token);
      else if (token.kind !== 'string') reader.remark('spl/unexpected', 'error', token, 'A function such as count or values(field) is expected here.');
    }
  }
  return { form: 'stats', aggregates, by, options, from, where, whereEnd };
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
function parseNames(reader: Reader, names: Word[], options: Option[]): void {
  const { cursor } = reader;
  while (!isStop(cursor.peek()) && !isBy(reader) && reader.wordAt() !== 'where') {
    const token = cursor.peek();
    if (token.kind === 'word' && cursor.peek(1).kind === '=') options.push(parseOption(reader));
    else {
      cursor.next();
      if (token.kind !== 'word' && token.kind !== 'string' && token.kind !== 'quoted') continue;
      paint(token, 'field');
      names.push(wordOf(reader, token));
    }
  }
}

/** Aggregate := Name ['(' Argument ')'] ['as' Name] */
function parseAggregate(reader: Reader): Aggregate {
  const { cursor } = reader;
  const name = cursor.next();
  const written = reader.textOf(name);
  let argument = '';
  if (cursor.isAt('(')) {
    paint(name, 'function');
    const open = cursor.next();
    argument = parseArgument(reader, open);
  } else paint(name, aggregateOf(written) === undefined ? 'field' : 'function');
  let alias: Word | null = null;
  if (reader.wordAt() === 'as') {
    paint(cursor.next(), 'keyword');
    if (cursor.isAt('word', 'string', 'quoted')) {
      const words = [cursor.next()];
      paint(words[0]!, 'field');
      // A name such as `flags(inheritance)` without the quotes it needs.
      while (!isStop(cursor.peek()) && cursor.peek().glued && cursor.isAt('(', ')', 'word')) words.push(cursor.next());
      alias = joined(words.map((word) => wordOf(reader, word)));
    } else reader.remark('spl/missing-value', 'error', name, 'A name is missing after as.');
  }
  return { start: name.start, end: Math.max(cursor.last, name.end), name: written, argument, alias };
}

/** Argument := 'eval' '(' Expression ')' | text up to the closing parenthesis; gives it as written. */
function parseArgument(reader: Reader, open: SplLexeme): string {
  const { cursor } = reader;
  const texts: string[] = [];
  const take = (): void => {
    const token = cursor.next();
    texts.push(token.glued || texts.length === 0 ? reader.textOf(token) : ` ${reader.textOf(token)}`);
    if (token.kind === 'word') paint(token, 'field');
  };
  if (reader.wordAt() === 'eval' && cursor.peek(1).kind === '(') {
    paint(cursor.next(), 'function');
    const inner = cursor.next();
    const start = cursor.peek().start;
    parseExpression(reader, INSIDE);
    texts.push(`eval(${reader.sourceOf({ start, end: Math.max(cursor.last, start) })})`);
    if (cursor.take(')') === null) closeMissing(reader, inner);
  }
  let depth = 0;
  while (!isStop(cursor.peek()) && (depth > 0 || !cursor.isAt(')'))) {
    if (cursor.isAt('(')) depth++;
    if (cursor.isAt(')')) depth--;
    take();
  }
  if (cursor.take(')') === null) closeMissing(reader, open);
  return texts.join('');
}

/** Option := Name '=' Value; a value may be quoted, or a condition in parentheses. */
function parseOption(reader: Reader): Option {
  const { cursor } = reader;
  const name = cursor.next();
  paint(name, 'modifier');
  cursor.next();
  const words: Word[] = [];
  let depth = 0;
  while (!isStop(cursor.peek())) {
    const token = cursor.peek();
    const isPart = words.length === 0 || depth > 0 || (token.glued && token.kind !== ',' && token.kind !== ')' && token.kind !== '[' && token.kind !== 'macro');
    if (!isPart) break;
    if (token.kind === '(') depth++;
    if (token.kind === ')') depth--;
    if (depth < 0) break;
    cursor.next();
    const word = wordOf(reader, token);
    if (token.kind === 'word') paint(token, /^-?[\d.]+\w*$/.test(word.text) ? 'number' : 'constant');
    words.push(words.length > 0 && !token.glued ? { ...word, text: ` ${word.text}` } : word);
  }
  const nameWord = wordOf(reader, name);
  const value = words.length === 0 ? { start: name.end, end: name.end, text: '' } : joined(words);
  return { start: name.start, end: Math.max(cursor.last, name.end), name: nameWord.text.toLowerCase(), nameSpan: { start: name.start, end: name.end }, value };
}

const KEYWORDS: ReadonlySet<string> = new Set(['as', 'by', 'output', 'outputnew', 'with', 'in', 'over', 'where', 'into', 'from', 'sortby']);

/** Words := { Option | Subsearch | Name | Text }; the commands tell them apart later. */
function parseWords(reader: Reader, name: string): Body {
  const { cursor } = reader;
  const words: Word[] = [];
  const options: Option[] = [];
  const subsearches: Pipeline[] = [];
  const conditions: SearchNode[] = [];
  while (!isStop(cursor.peek())) {
    const token = cursor.peek();
    if (token.kind === '[') {
      const node = parseSubsearch(reader);
      if (node.kind === 'subsearch') subsearches.push(node.pipeline);
    } else if (name === 'transaction' && (reader.wordAt() === 'startswith' || reader.wordAt() === 'endswith') && cursor.peek(2).kind === '(') {
      paint(cursor.next(), 'modifier');
      cursor.next();
      const condition = parseGroup(reader, isStop, cursor.next());
      if (condition !== null) conditions.push(condition);
    } else if (token.kind === 'word' && cursor.peek(1).kind === '=') options.push(parseOption(reader));
    else if (name === 'inputlookup' && reader.wordAt() === 'where') {
      paint(cursor.next(), 'keyword');
      const where = parseSearch(reader);
      if (where !== null) conditions.push(where);
    } else if (token.kind === 'word' || token.kind === 'string' || token.kind === 'quoted') words.push(parseName(reader, words.length === 0 && name === 'rex'));
    else cursor.next();
  }
  return { form: 'words', words, options, where: conditions.length === 0 ? null : and(conditions), subsearches };
}

/** Name := Word ['(' … ')'], such as `ctime(x)` of convert. */
function parseName(reader: Reader, isPattern: boolean): Word {
  const { cursor } = reader;
  const first = cursor.next();
  const words = [wordOf(reader, first)];
  if (first.kind === 'string') {
    if (isPattern) paint(first, 'regex');
    return words[0]!;
  }
  paint(first, KEYWORDS.has(words[0]!.text.toLowerCase()) ? 'keyword' : /^-?\d+$/.test(words[0]!.text) ? 'number' : 'field');
  if (!cursor.isAt('(') || !cursor.peek().glued) return words[0]!;
  while (!isStop(cursor.peek()) && cursor.peek().glued && !cursor.isAt(',', '[', 'macro')) {
    const token = cursor.next();
    words.push(wordOf(reader, token));
    if (token.kind === ')') break;
  }
  return joined(words);
}
