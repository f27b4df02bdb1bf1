import type { Diagnostic, Span, Token, TokenType } from '../../model';
import { MAX_DEPTH } from '../../syntax/infix';
import { escaped, verbatim } from './decode';
import type { ElasticRemark } from './remarks';
import { tableAt, type DocumentNode, type ListNode, type TableNode, type TextNode } from './tree';

/** A document, read: the root table, the editor's tokens in order, and what is wrong with its form. */
export interface ReadDocument {
  readonly root: TableNode;
  readonly tokens: readonly Token[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  readonly tokens: Token[];
  readonly diagnostics: Diagnostic[];
}

/** Reads TOML 1.0 with places. Total: a line that cannot be read is remarked and left out, an open text ends before the next table header. */
export function readToml(text: string): ReadDocument {
  const reader: Reader = { text, at: text.charCodeAt(0) === 0xfeff ? 1 : 0, depth: 0, tokens: [], diagnostics: [] };
  const root = tableAt(0, text.length);
  let table = root;
  for (skipBlank(reader); reader.at < text.length; skipBlank(reader)) {
    if (text[reader.at] === '[') table = readHeader(reader, root) ?? table;
    else readPair(reader, table);
    endLine(reader);
    table.end = Math.max(table.end, reader.at);
  }
  return { root, tokens: reader.tokens, diagnostics: reader.diagnostics };
}

const put = (reader: Reader, type: TokenType, start: number, end: number): void => {
  if (end > start) reader.tokens.push({ type, start, end });
};

function fail(reader: Reader, code: ElasticRemark, span: Span, message: string): void {
  const { start, end } = span;
  reader.diagnostics.push({ code, severity: 'error', span: { start, end }, message });
}

const isLineEnd = (character: string | undefined): boolean => character === undefined || character === '\n' || character === '\r';

function skipSpaces(reader: Reader): void {
  while (reader.text[reader.at] === ' ' || reader.text[reader.at] === '\t') reader.at++;
}

/** Skips blanks, line breaks and comments. */
function skipBlank(reader: Reader): void {
  for (;;) {
    const character = reader.text[reader.at];
    if (character === '#') skipComment(reader);
    else if (character === ' ' || character === '\t' || character === '\n' || character === '\r') reader.at++;
    else return;
  }
}

function skipComment(reader: Reader): void {
  const start = reader.at;
  while (!isLineEnd(reader.text[reader.at])) reader.at++;
  put(reader, 'comment', start, reader.at);
}

function skipLine(reader: Reader): void {
  while (!isLineEnd(reader.text[reader.at])) reader.at++;
}

function endLine(reader: Reader): void {
  skipSpaces(reader);
  if (reader.text[reader.at] === '#') skipComment(reader);
  if (isLineEnd(reader.text[reader.at])) return;
  const start = reader.at;
  skipLine(reader);
  fail(reader, 'elastic/syntax', { start, end: reader.at }, 'Expected the end of the line.');
}

// Header := '[' Keys ']' | '[[' Keys ']]'
function readHeader(reader: Reader, root: TableNode): TableNode | null {
  const start = reader.at;
  const isList = reader.text[start + 1] === '[';
  reader.at += isList ? 2 : 1;
  const keys = readKeys(reader);
  const close = isList ? ']]' : ']';
  const isClosed = reader.text.startsWith(close, reader.at);
  if (isClosed) reader.at += close.length;
  else fail(reader, 'elastic/syntax', { start, end: reader.at }, `Expected \`${close}\` at the end of the table's name.`);
  put(reader, 'key', start, reader.at);
  if (keys === null) return null;
  let table = root;
  keys.forEach((key, index) => {
    table = tableUnder(table, key, isList && index === keys.length - 1, start);
  });
  return table;
}

/** The table below a key: the last of a list of tables, made when it is missing. What is no table gives way. */
function tableUnder(table: TableNode, key: Key, isNewInList: boolean, start: number): TableNode {
  const known = table.entries.get(key.name)?.value;
  const made = tableAt(start, key.end);
  table.end = Math.max(table.end, key.end);
  if (isNewInList) {
    if (known?.kind === 'list') known.items.push(made);
    else table.entries.set(key.name, { key, value: { kind: 'list', start, end: key.end, items: [made] } });
    return made;
  }
  const last = known?.kind === 'list' ? known.items.at(-1) : known;
  if (last?.kind === 'table') return last;
  table.entries.set(key.name, { key, value: made });
  return made;
}

interface Key extends Span {
  readonly name: string;
}

// Keys := Key ('.' Key)*   Key := Bare | Quoted
function readKeys(reader: Reader): readonly Key[] | null {
  const { text } = reader;
  const keys: Key[] = [];
  for (;;) {
    skipSpaces(reader);
    const start = reader.at;
    const quote = text[start];
    if (quote === '"' || quote === "'") {
      const node = readLine(reader, quote);
      keys.push({ name: node.value, start, end: reader.at });
    } else {
      while (isBare(text.charCodeAt(reader.at))) reader.at++;
      if (reader.at === start) {
        fail(reader, 'elastic/syntax', { start, end: Math.min(start + 1, text.length) }, 'Expected a key: letters, digits, `_` and `-`, or a text in quotes.');
        return null;
      }
      keys.push({ name: text.slice(start, reader.at), start, end: reader.at });
    }
    skipSpaces(reader);
    if (text[reader.at] !== '.') return keys;
    reader.at++;
  }
}

/** A letter, a digit, `_` or `-`. */
const isBare = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45;

// Pair := Keys '=' Value
function readPair(reader: Reader, into: TableNode): void {
  const { text } = reader;
  const start = reader.at;
  const keys = readKeys(reader);
  if (keys === null) return skipLine(reader);
  put(reader, 'key', start, keys.at(-1)!.end);
  if (text[reader.at] !== '=') {
    fail(reader, 'elastic/syntax', { start, end: reader.at }, 'Expected `=` and a value after the key.');
    return skipLine(reader);
  }
  put(reader, 'operator', reader.at, ++reader.at);
  skipSpaces(reader);
  const value = readValue(reader);
  if (value === null) return;
  let table = into;
  for (const key of keys.slice(0, -1)) table = tableUnder(table, key, false, start);
  const last = keys.at(-1)!;
  if (table.entries.has(last.name)) fail(reader, 'elastic/duplicate-key', last, `\`${last.name}\` is written twice in this table; the first one holds.`);
  else table.entries.set(last.name, { key: { start: keys[0]!.start, end: last.end }, value });
  table.end = Math.max(table.end, reader.at);
}

// Value := Text | List | Inline | Scalar
function readValue(reader: Reader): DocumentNode | null {
  const { text, at } = reader;
  const character = text[at];
  if (character === '"' || character === "'") {
    return text.startsWith(character.repeat(3), at) ? readBlock(reader, character) : readString(reader, character);
  }
  if (character === '[' || character === '{') {
    if (reader.depth >= MAX_DEPTH) {
      skipLine(reader);
      fail(reader, 'elastic/too-deep', { start: at, end: reader.at }, `More than ${MAX_DEPTH} lists inside each other are not read.`);
      return null;
    }
    reader.depth++;
    const node = character === '[' ? readList(reader) : readInline(reader);
    reader.depth--;
    return node;
  }
  while (!isLineEnd(text[reader.at]) && !',]}#'.includes(text[reader.at]!)) reader.at++;
  const source = text.slice(at, reader.at).trimEnd();
  reader.at = at + source.length;
  if (!/^(?:true|false|[-+]?(?:inf|nan|\d[\w.:+-]*)|\d{4}-\d\d-\d\d \d[\d:.+Z-]*)$/.test(source)) {
    fail(
      reader,
      'elastic/syntax',
      { start: at, end: reader.at },
      source === '' ? 'Expected a value.' : 'Expected a text in quotes, a number, `true`, `false`, a date, a list or a table.',
    );
    if (source === '') return null;
  }
  put(reader, /^[tf]/.test(source) ? 'constant' : 'number', at, reader.at);
  return { kind: 'scalar', start: at, end: reader.at, source };
}

// List := '[' (Value ',')* Value? ']'
function readList(reader: Reader): ListNode {
  const start = reader.at;
  const items: DocumentNode[] = [];
  put(reader, 'punctuation', start, ++reader.at);
  for (;;) {
    skipBlank(reader);
    if (reader.text[reader.at] === ']') {
      put(reader, 'punctuation', reader.at, ++reader.at);
      break;
    }
    // A key or a header where a value should stand: the list was left open.
    if (reader.at >= reader.text.length || startsLine(reader)) {
      fail(reader, 'elastic/unclosed', { start, end: start + 1 }, 'This list is not closed: expected `]`.');
      reader.at = lineEndBefore(reader);
      break;
    }
    const before = reader.at;
    const item = readValue(reader);
    if (item !== null) items.push(item);
    skipBlank(reader);
    if (reader.text[reader.at] === ',') put(reader, 'punctuation', reader.at, ++reader.at);
    else if (reader.text[reader.at] !== ']' && !startsLine(reader)) {
      if (reader.at < reader.text.length) fail(reader, 'elastic/syntax', { start: reader.at, end: reader.at + 1 }, 'Expected `,` or `]`.');
      if (reader.at === before) reader.at++;
    }
  }
  return { kind: 'list', start, end: reader.at, items };
}

/** Whether a line `key = …` or `[header]` begins here, which no list holds. */
function startsLine(reader: Reader): boolean {
  const { text, at } = reader;
  if (at > 0 && text[at - 1] !== '\n') return false;
  PAIR_OR_HEADER.lastIndex = at;
  return PAIR_OR_HEADER.test(text);
}
const PAIR_OR_HEADER = /[A-Za-z][\w-]{0,60} ?=|\[\[?[A-Za-z][\w.-]{0,120}\]\]?[ \t]*(?=[\r\n]|$)/y;
/** Headers of rule files: no text between quotes holds such a line, so a text that seems to was left open before it. */
const RULE_HEADER = /\n\[\[?(?:rule|metadata|hunt|transform)(?:\.[\w."$-]{1,120})?\]\]?[ \t]*(?=[\r\n]|$)/g;
const HEADER_LINE = /\n\[\[?[A-Za-z][\w."$-]{0,120}\]\]?[ \t]*(?=[\r\n]|$)/g;

function lineEndBefore(reader: Reader): number {
  let at = reader.at;
  while (at > 0 && /\s/.test(reader.text[at - 1]!)) at--;
  return at;
}

// Inline := '{' (Pair ',')* Pair? '}'
function readInline(reader: Reader): TableNode {
  const { text } = reader;
  const table = tableAt(reader.at);
  put(reader, 'punctuation', reader.at, ++reader.at);
  for (;;) {
    skipBlank(reader);
    if (text[reader.at] === '}') {
      put(reader, 'punctuation', reader.at, ++reader.at);
      break;
    }
    if (reader.at >= text.length || (startsLine(reader) && text[reader.at] === '[')) {
      fail(reader, 'elastic/unclosed', { start: table.start, end: table.start + 1 }, 'This table is not closed: expected `}`.');
      break;
    }
    const before = reader.at;
    readPair(reader, table);
    skipBlank(reader);
    if (text[reader.at] === ',') put(reader, 'punctuation', reader.at, ++reader.at);
    else if (text[reader.at] !== '}' && reader.at === before) reader.at++;
  }
  table.end = reader.at;
  return table;
}

const wrongEscape =
  (reader: Reader) =>
  (span: Span): void =>
    fail(reader, 'elastic/escape', span, 'TOML has no such escape: a plain backslash is written `\\\\`, or the text in single quotes.');

function readString(reader: Reader, quote: '"' | "'"): TextNode {
  const node = readLine(reader, quote);
  put(reader, 'string', node.start, node.end);
  return node;
}

/** A text on one line; an open one ends with the line. */
function readLine(reader: Reader, quote: '"' | "'"): TextNode {
  const { text, at: start } = reader;
  let at = start + 1;
  while (!isLineEnd(text[at]) && text[at] !== quote) at += quote === '"' && text[at] === '\\' && !isLineEnd(text[at + 1]) ? 2 : 1;
  const isClosed = text[at] === quote;
  if (!isClosed) fail(reader, 'elastic/unclosed', { start, end: start + 1 }, `This text is not closed: expected \`${quote}\` before the end of the line.`);
  reader.at = isClosed ? at + 1 : at;
  const span = { start, end: reader.at };
  const content = { start: start + 1, end: at };
  return quote === '"' ? escaped(text, span, content, wrongEscape(reader)) : verbatim(text, span, content);
}

/** A text between three quotes; an open one ends before the next table header. */
function readBlock(reader: Reader, quote: '"' | "'"): TextNode {
  const { text, at: start } = reader;
  const fence = quote.repeat(3);
  let from = start + 3;
  if (text[from] === '\r' && text[from + 1] === '\n') from += 2;
  else if (text[from] === '\n') from++;
  let end = blockEnd(text, from, quote, fence);
  RULE_HEADER.lastIndex = Math.max(start, from - 1);
  const isClosed = end >= 0 && !((RULE_HEADER.exec(text)?.index ?? Infinity) < end);
  if (isClosed) {
    // Up to two more quotes belong to the text.
    for (let more = 0; more < 2 && text[end + 3] === quote; more++) end++;
    reader.at = end + 3;
  } else {
    HEADER_LINE.lastIndex = Math.max(start, from - 1);
    const header = HEADER_LINE.exec(text);
    end = header === null ? text.length : Math.max(from, header.index);
    reader.at = end;
    fail(reader, 'elastic/unclosed', { start, end: start + 3 }, `This text is not closed: expected \`${fence}\`.`);
  }
  put(reader, 'string', start, reader.at);
  const span = { start, end: reader.at };
  const content = { start: Math.min(from, end), end };
  return quote === '"' ? escaped(text, span, content, wrongEscape(reader)) : verbatim(text, span, content);
}

function blockEnd(text: string, from: number, quote: '"' | "'", fence: string): number {
  let end = text.indexOf(fence, from);
  while (quote === '"' && end >= 0 && isEscaped(text, end, from)) end = text.indexOf(fence, end + 1);
  return end;
}

function isEscaped(text: string, at: number, from: number): boolean {
  let slashes = 0;
  while (at - slashes - 1 >= from && text[at - slashes - 1] === '\\') slashes++;
  return slashes % 2 === 1;
}
