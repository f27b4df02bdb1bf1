import type { Expr, Option, Pipeline, SortKey } from '../tree';
import { startsExpression, startsOperator } from './lookahead';
import { type Reader, close, expected, isMark, isWord, nested, skip, takeAs, takeMark, want } from './reader';

const NONE: readonly Option[] = [];

// Options = { name [ '.' name ] '=' Value }
/** Settings before an operator's arguments. Only the names given are read, since columns may be assigned in the same way. */
export function readOptions(reader: Reader, names: readonly string[]): readonly Option[] {
  let options: Option[] | null = null;
  for (;;) {
    const token = reader.cursor.peek();
    if (token.kind === 'end') want(reader, { kind: 'keyword', words: names.filter((name) => name !== 'hint') });
    if (token.kind !== 'name' || !names.includes(token.text)) return options ?? NONE;
    if (!isMark(reader, '=', 1) && !(token.text === 'hint' && isMark(reader, '.', 1))) return options ?? NONE;
    (options ??= []).push(readOption(reader));
  }
}

function readOption(reader: Reader): Option {
  const { cursor } = reader;
  const first = takeAs(reader, 'modifier');
  let name = first.text;
  while (takeMark(reader, '.') !== null) name += `.${takeAs(reader, 'modifier').text}`;
  if (takeMark(reader, '=') === null) expected(reader, 'An equals sign is missing here.');
  if (name === 'kind') want(reader, 'join-kind');
  const from = cursor.peek().start;
  if (cursor.peek().kind === 'name') {
    takeAs(reader, 'modifier');
    while (isMark(reader, '.')) {
      cursor.next();
      takeAs(reader, 'modifier');
    }
  } else if (startsExpression(reader)) reader.grammar.unary(reader);
  else expected(reader, `The value of \`${name}\` is missing here.`);
  return { name, value: reader.text.slice(Math.min(from, cursor.last), cursor.last), span: { start: first.start, end: cursor.last } };
}

/** Settings without brackets after the kind of a drawing, whatever their names. */
export function readLooseOptions(reader: Reader): readonly Option[] {
  const options: Option[] = [];
  while (reader.cursor.peek().kind === 'name' && isMark(reader, '=', 1)) options.push(readOption(reader));
  return options;
}

// 'with' '(' name '=' Value { [ ',' ] name '=' Value } ')'
export function readWithOptions(reader: Reader): readonly Option[] {
  if (!isWord(reader, 'with')) return [];
  takeAs(reader, 'keyword');
  if (takeMark(reader, '(') === null) {
    expected(reader, 'The settings after `with` stand in brackets.');
    return [];
  }
  const options: Option[] = [];
  while (reader.cursor.peek().kind === 'name') {
    options.push(readOption(reader));
    while (isMark(reader, ',')) {
      reader.cursor.next();
      if (isMark(reader, ')')) {
        expected(reader, 'A setting is missing after the comma.');
        break;
      }
      // A setting may have several values: `ycolumns=a, b`.
      if (reader.cursor.peek().kind === 'name' && !isMark(reader, '=', 1) && !isMark(reader, '.', 1)) takeAs(reader, 'field');
      else break;
    }
    if (reader.cursor.peek().kind === 'name' && reader.cursor.peek(-1).text !== ',') expected(reader, 'A comma is missing before this setting.');
  }
  if (!isMark(reader, ')') && !reader.cursor.isEnd()) {
    expected(reader, 'A setting is `name=value`.');
    skip(reader);
  }
  close(reader, ')');
  return options;
}

// SortKey = Expression [ 'asc' | 'desc' ] [ 'nulls' ( 'first' | 'last' ) ]
export function readSortKey(reader: Reader, read: (reader: Reader) => Expr): SortKey {
  const { start } = reader.cursor.peek();
  const key = read(reader);
  const found: { -readonly [Key in keyof SortKey]: SortKey[Key] } = { of: key, span: key.span };
  if (key.kind !== 'error') want(reader, { kind: 'keyword', words: ['asc', 'desc', 'nulls first', 'nulls last'] });
  const { text } = reader.cursor.peek();
  if (text === 'asc' || text === 'desc' || text === 'granny') {
    takeAs(reader, 'keyword');
    if (text === 'granny') {
      takeMark(reader, '-');
      takeAs(reader, 'keyword');
    }
    found.order = text === 'desc' ? 'desc' : 'asc';
  }
  if (isWord(reader, 'nulls')) {
    takeAs(reader, 'keyword');
    if (isWord(reader, 'first') || isWord(reader, 'last')) found.nulls = takeAs(reader, 'keyword').text === 'first' ? 'first' : 'last';
    else expected(reader, '`first` or `last` is missing after `nulls`.');
  }
  found.span = { start: Math.min(start, key.span.start), end: Math.max(key.span.end, reader.cursor.last) };
  return found;
}

// Table = name with '*' | Expression without infix operators | '(' Piped ')'
/** A table, or a name in which `*` stands for any text. */
export function readTable(reader: Reader): Expr {
  const { cursor } = reader;
  const first = cursor.peek();
  const start = first.start;
  const isJoined = (ahead: number): boolean => {
    const token = cursor.peek(ahead);
    return (
      token.start === cursor.peek(ahead - 1).end &&
      (isMark(reader, '*', ahead) || ((token.kind === 'name' || token.kind === 'number') && isMark(reader, '*', ahead - 1)))
    );
  };
  if (isMark(reader, '*') || (first.kind === 'name' && isJoined(1))) {
    let parts = 1;
    while (isJoined(parts)) parts++;
    for (let part = 0; part < parts; part++) takeAs(reader, 'constant');
    return { kind: 'star', span: { start, end: cursor.last }, name: reader.text.slice(start, cursor.last) };
  }
  want(reader, 'source');
  const table = readSource(reader);
  // `database("x").Device*`
  const rest = cursor.peek();
  if (table.kind !== 'path' || !isMark(reader, '*') || rest.start !== cursor.last) return table;
  cursor.next();
  return { kind: 'star', span: { start, end: cursor.last }, name: `${reader.text.slice(table.steps.at(-1)!.span.start, table.steps.at(-1)!.span.end)}*` };
}

/** A table, a function that gives one, or a query in brackets; a plain name is shown as a table unless `let` bound it. */
export function readSource(reader: Reader): Expr {
  const token = reader.cursor.peek();
  const source = reader.grammar.unary(reader);
  if (source.kind === 'name' && !reader.lets.has(source.name)) token.colour = 'constant';
  return source;
}

/** A sub-query in brackets; null, with a remark, when there is none. */
export function readSub(reader: Reader, open: '(' | '{', end: ')' | '}'): Pipeline | null {
  if (takeMark(reader, open) === null) {
    expected(reader, `A sub-query in brackets is missing here: \`${open} where … ${end}\`.`);
    return null;
  }
  const sub = nested(reader, () => {
    if (open === '(') return reader.grammar.sub(reader);
    const piped = reader.grammar.piped(reader, startsOperator(reader) ? null : reader.grammar.expression(reader));
    return piped.kind === 'query' ? piped.pipeline : { span: piped.span, source: piped, ops: [] };
  });
  close(reader, end);
  return sub;
}
