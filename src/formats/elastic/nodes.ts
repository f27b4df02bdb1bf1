import type { AST } from 'toml-eslint-parser';
import type { Diagnostic, Span, Token, TokenType } from '../../model';
import { escaped, verbatim } from './decode';
import { tableAt, type DocumentNode, type TableNode, type TextNode } from './tree';

/** The tree of a document while it is built; what the parser read is added to it piece by piece. */
export interface Growth {
  readonly text: string;
  readonly root: TableNode;
  readonly tokens: Token[];
  readonly diagnostics: Diagnostic[];
  /** The table that pairs go to. */
  table: TableNode;
  /** Tables that a header has named. */
  readonly named: Set<TableNode>;
  /** Where the text of the piece that is added begins and ends in the document. */
  piece: Span;
}

export const growthOf = (text: string, diagnostics: readonly Diagnostic[]): Growth => {
  const root = tableAt(0, text.length);
  return { text, root, tokens: [], diagnostics: [...diagnostics], table: root, named: new Set(), piece: { start: 0, end: text.length } };
};

/** Adds what the parser read of a stretch of the document. What it read behind the stretch's end was put there to close it. */
export function addParsed(growth: Growth, program: AST.TOMLProgram, piece: Span): void {
  growth.piece = piece;
  const keys = new Map<number, number>();
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLTable') addTable(growth, node, keys);
    else addPair(growth, growth.table, node, keys);
  }
  addTokens(growth, program.tokens, keys);
}

const TOKEN_TYPES: Readonly<Record<AST.TokenType, TokenType>> = {
  Punctuator: 'punctuation',
  Bare: 'key',
  BasicString: 'string',
  MultiLineBasicString: 'string',
  LiteralString: 'string',
  MultiLineLiteralString: 'string',
  Integer: 'number',
  Float: 'number',
  Boolean: 'constant',
  OffsetDateTime: 'number',
  LocalDateTime: 'number',
  LocalDate: 'number',
  LocalTime: 'number',
};

/** A key or a header is one token. */
function addTokens({ piece, tokens, text }: Growth, parsed: readonly AST.Token[], keys: ReadonlyMap<number, number>): void {
  let past = piece.start;
  for (const token of parsed) {
    const start = piece.start + token.range[0];
    if (start < past || start >= piece.end) continue;
    const key = keys.get(start);
    past = Math.min(key ?? piece.start + token.range[1], piece.end);
    const type = key !== undefined ? 'key' : token.value === '=' ? 'operator' : TOKEN_TYPES[token.type];
    // The parser was given a quote in place of the line's end that left the text open.
    if (type === 'string' && isLineEnd(text[past - 1])) past--;
    tokens.push({ type, start, end: past });
  }
}

const isLineEnd = (character: string | undefined): boolean => character === '\n' || character === '\r';

const spanIn = ({ piece }: Growth, { range }: AST.HasLocs): Span => ({
  start: Math.min(piece.start + range[0], piece.end),
  end: Math.min(piece.start + range[1], piece.end),
});

interface Key extends Span {
  readonly name: string;
}
const keysOf = (growth: Growth, { keys }: AST.TOMLKey): readonly Key[] =>
  keys.map((key) => ({ name: key.type === 'TOMLBare' ? key.name : key.value, ...spanIn(growth, key) }));

function addTable(growth: Growth, node: AST.TOMLTable, tokenEnds: Map<number, number>): void {
  const keys = keysOf(growth, node.key);
  const last = keys.at(-1)!;
  const { start } = spanIn(growth, node);
  const close = growth.text.indexOf(']', last.end);
  const end = close < 0 || close >= growth.piece.end ? last.end : Math.min(close + (node.kind === 'array' ? 2 : 1), growth.piece.end);
  tokenEnds.set(start, end);
  let table = growth.root;
  keys.forEach((key, index) => {
    table = tableUnder(table, key, node.kind === 'array' && index === keys.length - 1, start);
  });
  if (growth.named.has(table)) remarkTwice(growth, last, `The table \`${last.name}\` is named twice: it holds what stands in both places.`);
  growth.named.add(table);
  growth.table = table;
  for (const pair of node.body) addPair(growth, table, pair, tokenEnds);
  table.end = Math.max(table.end, end);
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

function addPair(growth: Growth, into: TableNode, node: AST.TOMLKeyValue, tokenEnds: Map<number, number>): void {
  const place = spanIn(growth, node.key);
  tokenEnds.set(place.start, place.end);
  const value = valueOf(growth, node.value, tokenEnds);
  const keys = keysOf(growth, node.key);
  let table = into;
  for (const key of keys.slice(0, -1)) table = tableUnder(table, key, false, place.start);
  const last = keys.at(-1)!;
  if (table.entries.has(last.name)) remarkTwice(growth, last, `\`${last.name}\` is written twice in this table; the first one holds.`);
  else table.entries.set(last.name, { key: place, value });
  table.end = Math.max(table.end, value.end);
}

function remarkTwice({ diagnostics }: Growth, { start, end }: Span, message: string): void {
  diagnostics.push({ code: 'elastic/duplicate-key', severity: 'error', span: { start, end }, message });
}

function valueOf(growth: Growth, node: AST.TOMLContentNode, tokenEnds: Map<number, number>): DocumentNode {
  const { start, end } = spanIn(growth, node);
  switch (node.type) {
    case 'TOMLArray':
      return { kind: 'list', start, end, items: node.elements.map((item) => valueOf(growth, item, tokenEnds)) };
    case 'TOMLInlineTable': {
      const table = tableAt(start, end);
      for (const pair of node.body) addPair(growth, table, pair, tokenEnds);
      return table;
    }
    case 'TOMLValue':
      return node.kind === 'string' ? textOf(growth, node) : { kind: 'scalar', start, end, source: growth.text.slice(start, end) };
    default:
      return node satisfies never;
  }
}

/** Decoded here and not by the parser, for the way back to the document. */
function textOf(growth: Growth, node: AST.TOMLStringValue): TextNode {
  const { text, piece } = growth;
  const { start, end } = spanIn(growth, node);
  const size = node.multiline ? 3 : 1;
  const contentEnd = Math.min(piece.start + node.range[1] - size, piece.end);
  let from = start + size;
  if (node.multiline && text[from] === '\r' && text[from + 1] === '\n') from += 2;
  else if (node.multiline && text[from] === '\n') from++;
  const span = { start, end: isLineEnd(text[contentEnd]) ? contentEnd : end };
  const content = { start: Math.min(from, contentEnd), end: contentEnd };
  if (node.style === 'literal') return verbatim(text, span, content);
  return escaped(text, span, content, (place) => {
    const message = 'TOML has no such escape: a plain backslash is written `\\\\`, or the text in single quotes.';
    growth.diagnostics.push({ code: 'elastic/escape', severity: 'error', span: place, message });
  });
}
