import type { Span } from '../../../model';
import type { Column, Expr, Literal } from '../tree';
import { readWithOptions } from './clauses';
import { isMissingComma, startsExpression } from './lookahead';
import { type Reader, close, expected, isMark, nested, readName, remark, skip, takeAs, takeMark, takeWord, want } from './reader';
import { stringValue } from './strings';

/** Adjacent string literals are one string. */
export function readString(reader: Reader): Literal {
  const { cursor } = reader;
  const first = cursor.next();
  const value = stringValue(reader.text, first);
  if (cursor.peek().kind !== 'string') return literalOf(first, first.end, value.text, value.secret, undefined);
  let { text, secret } = value;
  const pieces: Span[] = [{ start: first.start, end: first.end }];
  while (cursor.peek().kind === 'string') {
    const piece = cursor.next();
    const more = stringValue(reader.text, piece);
    text += more.text;
    secret ||= more.secret;
    pieces.push({ start: piece.start, end: piece.end });
  }
  return literalOf(first, cursor.last, text, secret, pieces);
}

/** A member of a list. Two texts side by side are one value there, where a forgotten comma is likelier. */
export function listed(reader: Reader, item: Expr): Expr {
  const [first, second] = (item.kind === 'literal' && item.pieces) || [];
  if (first !== undefined && second !== undefined)
    remark(reader, 'kusto/merged-strings', second, 'Without a comma before it this text is joined to the one before: both make one value.', {
      title: 'Insert a comma',
      edits: [{ span: { start: first.end, end: first.end }, text: first.end === second.start ? ', ' : ',' }],
    });
  return item;
}

function literalOf(first: Span, end: number, text: string, secret: boolean, pieces: readonly Span[] | undefined): Literal {
  const plain: Literal = { kind: 'literal', span: { start: first.start, end }, type: 'string', text };
  if (!secret && pieces === undefined) return plain;
  return { ...plain, ...(secret ? { secret: true as const } : {}), ...(pieces === undefined ? {} : { pieces }) };
}

/** `datetime(2020-01-01)`, `int(5)`, `guid(…)`. */
export function typedLiteral(text: string, span: Span): Literal {
  const whole = text.slice(span.start, span.end);
  const open = whole.indexOf('(');
  const type = whole.slice(0, open);
  const inner = whole.slice(open + 1, whole.endsWith(')') ? -1 : undefined).trim();
  if (inner === 'null') return { kind: 'literal', span, type: 'null', text: inner, as: type };
  switch (type) {
    case 'bool':
    case 'boolean':
      return { kind: 'literal', span, type: 'boolean', text: inner.toLowerCase() };
    case 'guid':
      return { kind: 'literal', span, type: 'string', text: inner.replace(/^["']|["']$/g, ''), as: type };
    case 'date':
    case 'datetime':
    case 'time':
    case 'timespan':
      return { kind: 'literal', span, type: 'time', text: whole };
    default:
      return { kind: 'literal', span, type: 'number', text: inner, as: type };
  }
}

// 'dynamic' '(' Json ')'
export function readDynamic(reader: Reader): Expr {
  const { cursor } = reader;
  const start = takeAs(reader, 'keyword').start;
  cursor.next();
  if (isMark(reader, ')')) expected(reader, 'A value is missing here: a list, a property bag or a literal.');
  const value = readValue(reader);
  if (isMark(reader, ',')) {
    expected(reader, '`dynamic` takes one value; several are a list: `dynamic([ … ])`.');
    skip(reader);
  }
  close(reader, ')');
  return { ...value, span: { start, end: cursor.last } };
}

// Json = literal | '[' [ Json { ',' Json } ] ']' | '{' [ string ':' Json { ',' string ':' Json } ] '}'
function readValue(reader: Reader): Expr {
  const { cursor } = reader;
  const start = cursor.peek().start;
  if (isMark(reader, '[')) {
    cursor.next();
    const items = readValues(reader, ']');
    close(reader, ']');
    return { kind: 'list', span: { start, end: cursor.last }, items };
  }
  if (!isMark(reader, '{')) return reader.grammar.unary(reader);
  cursor.next();
  const items = readValues(reader, '}');
  close(reader, '}');
  return { kind: 'bag', span: { start, end: cursor.last }, items };
}

export function readValues(reader: Reader, end: ']' | '}'): readonly Expr[] {
  if (isMark(reader, end)) return [];
  return (
    nested(reader, () => {
      const items: Expr[] = [];
      do {
        if (reader.cursor.isEnd()) break;
        let value = readValue(reader);
        if (end === '}') {
          items.push(value);
          if (takeMark(reader, ':') !== null) value = readValue(reader);
          else expected(reader, 'A colon is missing between the key and its value.');
        }
        items.push(listed(reader, value));
      } while (takeMark(reader, ',') !== null || isMissingComma(reader));
      return items;
    }) ?? []
  );
}

// 'datatable' '(' Columns ')' '[' [ Expression { ',' Expression } ] ']'
export function readDataTable(reader: Reader): Expr {
  const { cursor } = reader;
  const start = takeAs(reader, 'keyword').start;
  const columns = readColumns(reader);
  const open = takeMark(reader, '[');
  if (open === null) expected(reader, 'The values of the table are missing here: `[ … ]`.');
  const cells: Expr[] = [];
  if (open !== null) {
    while (!isMark(reader, ']') && startsExpression(reader)) {
      cells.push(listed(reader, reader.grammar.expression(reader)));
      if (takeMark(reader, ',') === null && !isMissingComma(reader)) break;
    }
    close(reader, ']');
  }
  return { kind: 'datatable', span: { start, end: cursor.last }, columns, cells };
}

// 'externaldata' '(' Columns ')' '[' string { ',' string } ']' [ 'with' '(' … ')' ]
export function readExternal(reader: Reader): Expr {
  const { cursor } = reader;
  const start = takeAs(reader, 'keyword').start;
  const columns = readColumns(reader);
  const from: Expr[] = [];
  if (takeMark(reader, '[') === null) expected(reader, 'The address of the data is missing here: `[ "https://…" ]`.');
  else {
    while (startsExpression(reader)) {
      from.push(reader.grammar.expression(reader));
      if (takeMark(reader, ',') === null && !isMissingComma(reader)) break;
    }
    close(reader, ']');
  }
  readWithOptions(reader);
  return { kind: 'external', span: { start, end: cursor.last }, columns, from };
}

// 'inline_external_table' [ Columns ] 'kind' '=' name [ 'partition' 'by' Group ] [ 'pathformat' '=' Group ] [ 'dataformat' '=' name ]
//   '(' string { ',' string } ')' [ 'with' '(' … ')' ]
export function readInlineTable(reader: Reader): Expr {
  const { cursor } = reader;
  const start = takeAs(reader, 'keyword').start;
  const columns = isMark(reader, '(') ? readColumns(reader) : [];
  while (INLINE_WORDS.has(cursor.peek().text)) {
    takeAs(reader, 'keyword');
    if (takeMark(reader, '=') === null) takeWord(reader, 'by');
    if (isMark(reader, '(')) passGroup(reader);
    else takeAs(reader, 'modifier');
  }
  const from: Expr[] = [];
  if (takeMark(reader, '(') === null) expected(reader, 'The address of the data is missing here: `( "https://…" )`.');
  else {
    while (startsExpression(reader)) {
      from.push(reader.grammar.expression(reader));
      if (takeMark(reader, ',') === null && !isMissingComma(reader)) break;
    }
    close(reader, ')');
  }
  readWithOptions(reader);
  return { kind: 'external', span: { start, end: cursor.last }, columns, from };
}

const INLINE_WORDS: ReadonlySet<string> = new Set(['kind', 'partition', 'pathformat', 'dataformat']);

/** A bracket with all that stands in it: how folders are named says nothing about rows. */
function passGroup(reader: Reader): void {
  const { cursor } = reader;
  let open = 0;
  do {
    open += isMark(reader, '(') ? 1 : isMark(reader, ')') ? -1 : 0;
    cursor.next();
  } while (open > 0 && !cursor.isEnd());
}

// 'typeof' '(' ( type | [ '*' ',' ] { name ':' type } ) ')'
export function readType(reader: Reader): Extract<Expr, { kind: 'type' }> {
  const { cursor } = reader;
  const start = takeAs(reader, 'keyword').start;
  // The columns that a plugin gives.
  if (isMark(reader, '*', 1) || isMark(reader, ':', 2)) {
    readColumns(reader, 'rest');
    return { kind: 'type', span: { start, end: cursor.last }, name: 'table' };
  }
  cursor.next();
  const name = readTypeName(reader);
  close(reader, ')');
  return { kind: 'type', span: { start, end: cursor.last }, name };
}

const TYPES: ReadonlySet<string> = new Set(
  'string long int real double float bool boolean datetime DateTime date timespan time guid uuid uniqueid decimal dynamic int8 int16 int32 int64 uint8 uint16 uint uint32 uint64 ulong byte char'.split(
    ' ',
  ),
);

// Columns = '(' [ Column { ',' Column } ] ')'     Column = name ':' type
/** `defaults`: a value may stand after the type (`scan declare`). `rest`: `*` stands for the columns that are there (`evaluate`). */
export function readColumns(reader: Reader, takes?: 'defaults' | 'rest'): readonly Column[] {
  if (takeMark(reader, '(') === null) {
    expected(reader, 'The columns are missing here: `(name: type, …)`.');
    return [];
  }
  const columns: Column[] = [];
  while (!isMark(reader, ')') && !reader.cursor.isEnd()) {
    if (takes === 'rest' && takeMark(reader, '*') !== null) {
      columns.push({ name: '*', type: '', span: { start: reader.cursor.last - 1, end: reader.cursor.last } });
      if (takeMark(reader, ',') === null) break;
      continue;
    }
    const name = readName(reader, 'The name of a column');
    if (name === null) {
      skip(reader);
      break;
    }
    if (takeMark(reader, ':') === null) expected(reader, 'A colon and the type of the column are missing here.');
    const column = { ...name, type: readTypeName(reader) };
    columns.push(takes === 'defaults' && takeMark(reader, '=') !== null ? { ...column, value: reader.grammar.expression(reader) } : column);
    if (takeMark(reader, ',') === null) break;
  }
  if (!isMark(reader, ')') && !reader.cursor.isEnd()) {
    expected(reader, 'A comma or the closing bracket is missing here.');
    skip(reader);
  }
  close(reader, ')');
  return columns;
}

/** The name of a type, '' with a remark when there is none. */
export function readTypeName(reader: Reader): string {
  want(reader, 'type');
  const token = reader.cursor.peek();
  if (token.kind === 'name') {
    if (!TYPES.has(token.text))
      remark(
        reader,
        'kusto/unknown-type',
        token,
        `\`${token.text}\` is no type; types are string, long, int, real, bool, datetime, timespan, guid, decimal and dynamic.`,
      );
    return readName(reader, 'A type', 'modifier')!.name;
  }
  expected(reader, 'A type is missing here, such as `string` or `long`.');
  return '';
}
