import type { Diagnostic, Span, Token, TokenType } from '../../model';
import { MAX_DEPTH } from '../../syntax/infix';
import { escaped } from './decode';
import type { ElasticDiagnostic } from './diagnostics';
import { tableAt, type DocumentNode, type TextNode } from './tree';

interface Reader {
  readonly text: string;
  readonly end: number;
  at: number;
  depth: number;
  readonly tokens: Token[];
  readonly diagnostics: Diagnostic[];
}

/** Reads one JSON value that begins at `start` and ends before `end`, with places. Total: what cannot be read is remarked and left out. */
export function readJson(
  text: string,
  start: number,
  end: number,
): { readonly node: DocumentNode | null; readonly tokens: readonly Token[]; readonly diagnostics: readonly Diagnostic[] } {
  const reader: Reader = { text, end, at: start, depth: 0, tokens: [], diagnostics: [] };
  skipBlank(reader);
  const node = readValue(reader);
  skipBlank(reader);
  if (reader.at < end) fail(reader, 'elastic/syntax', { start: reader.at, end }, 'Expected the end of the line.');
  return { node, tokens: reader.tokens, diagnostics: reader.diagnostics };
}

const put = (reader: Reader, type: TokenType, start: number, end: number): void => {
  if (end > start) reader.tokens.push({ type, start, end });
};

function fail(reader: Reader, code: ElasticDiagnostic, { start, end }: Span, message: string): void {
  reader.diagnostics.push({ code, severity: 'error', span: { start, end }, message });
}

const here = (reader: Reader): Span => ({ start: reader.at, end: Math.min(reader.at + 1, reader.end) });

const peek = (reader: Reader): string => (reader.at < reader.end ? reader.text[reader.at]! : '');

function skipBlank(reader: Reader): void {
  while (reader.at < reader.end && ' \t\r\n'.includes(reader.text[reader.at]!)) reader.at++;
}

// Value := Object | Array | String | Number | 'true' | 'false' | 'null'
function readValue(reader: Reader): DocumentNode | null {
  const start = reader.at;
  const character = peek(reader);
  if (character === '"') {
    const node = readString(reader);
    put(reader, 'string', node.start, node.end);
    return node;
  }
  if (character === '{' || character === '[') {
    if (reader.depth >= MAX_DEPTH) {
      reader.at = reader.end;
      fail(reader, 'elastic/too-deep', { start, end: reader.end }, `More than ${MAX_DEPTH} lists inside each other are not read.`);
      return null;
    }
    reader.depth++;
    const node = readMembers(reader, character);
    reader.depth--;
    return node;
  }
  while (/[\w.+-]/.test(peek(reader))) reader.at++;
  const source = reader.text.slice(start, reader.at);
  if (source === '') {
    fail(reader, 'elastic/syntax', here(reader), 'Expected a value.');
    return null;
  }
  if (!/^(?:true|false|null|-?\d[\d.eE+-]*)$/.test(source))
    fail(reader, 'elastic/syntax', { start, end: reader.at }, 'Expected a text in quotes, a number, `true`, `false` or `null`.');
  put(reader, /^[tfn]/.test(source) ? 'constant' : 'number', start, reader.at);
  return source === 'null' ? null : { kind: 'scalar', start, end: reader.at, source };
}

// Object := '{' (String ':' Value ',')* '}'   Array := '[' (Value ',')* ']'
function readMembers(reader: Reader, open: '{' | '['): DocumentNode {
  const start = reader.at;
  const close = open === '{' ? '}' : ']';
  const table = tableAt(start);
  const items: DocumentNode[] = [];
  put(reader, 'punctuation', start, ++reader.at);
  for (;;) {
    skipBlank(reader);
    if (peek(reader) === close) {
      put(reader, 'punctuation', reader.at, ++reader.at);
      break;
    }
    if (reader.at >= reader.end) {
      fail(reader, 'elastic/unclosed', { start, end: start + 1 }, `This \`${open}\` is not closed: expected \`${close}\`.`);
      break;
    }
    const before = reader.at;
    if (open === '[') {
      const item = readValue(reader);
      if (item !== null) items.push(item);
    } else {
      readMember(reader, table.entries);
    }
    skipBlank(reader);
    if (peek(reader) === ',') put(reader, 'punctuation', reader.at, ++reader.at);
    else if (peek(reader) !== close && reader.at < reader.end) {
      fail(reader, 'elastic/syntax', here(reader), `Expected \`,\` or \`${close}\`.`);
      if (reader.at === before) reader.at++;
    }
  }
  if (open === '[') return { kind: 'list', start, end: reader.at, items };
  table.end = reader.at;
  return table;
}

function readMember(reader: Reader, into: Map<string, { key: Span; value: DocumentNode }>): void {
  if (peek(reader) !== '"') return fail(reader, 'elastic/syntax', here(reader), 'Expected a key in quotes.');
  const key = readString(reader);
  put(reader, 'key', key.start, key.end);
  skipBlank(reader);
  if (peek(reader) !== ':') return fail(reader, 'elastic/syntax', here(reader), 'Expected `:` after the key.');
  put(reader, 'operator', reader.at, ++reader.at);
  skipBlank(reader);
  const value = readValue(reader);
  if (value !== null) into.set(key.value, { key: { start: key.start, end: key.end }, value });
}

function readString(reader: Reader): TextNode {
  const { text, end, at: start } = reader;
  let at = start + 1;
  while (at < end && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  at = Math.min(at, end);
  const isClosed = at < end;
  if (!isClosed) fail(reader, 'elastic/unclosed', { start, end: start + 1 }, 'This text is not closed: expected `"`.');
  reader.at = isClosed ? at + 1 : at;
  return escaped(text, { start, end: reader.at }, { start: start + 1, end: at }, (span) =>
    fail(reader, 'elastic/escape', span, 'JSON has no such escape: a plain backslash is written `\\\\`.'),
  );
}
