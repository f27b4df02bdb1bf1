import type { Fix, Span, TokenType } from '../../../model';
import { type Cursor, cursorOf } from '../../../syntax/cursor';
import { MAX_DEPTH } from '../../../syntax/infix';
import { type OddCharacter, oddCharactersOf, remarkOnOdd } from '../../../syntax/odd-characters';
import { DIAGNOSTICS, type KustoCode } from '../diagnostics';
import type { Expr, Name, Op, Pipeline, Statement } from '../tree';
import { ALIASES, OPERATORS } from '../vocabulary';
import type { KustoLexeme } from './lexer';

type PlainWant = 'source' | 'operator' | 'expression' | 'comparison' | 'pipe' | 'name' | 'type' | 'join-kind' | 'render-kind' | 'plugin' | 'key' | 'statement';

/** What could stand where the text ends: completion parses the text before the cursor and asks for these. */
export type Want =
  | { readonly kind: PlainWant }
  | { readonly kind: 'keyword'; readonly words: readonly string[] }
  /** The right side of a comparison with this expression. */
  | { readonly kind: 'value'; readonly of: Expr; readonly op: string };

/** A pipeline that is being read. */
export interface OpenPipeline {
  source: Expr | null;
  readonly ops: Op[];
}

/** The rules of the grammar that files below them need: it is recursive, and files must not import each other in a circle. */
export interface Grammar {
  readonly expression: (reader: Reader) => Expr;
  /** An expression with a name before it or not: `name = expression`. */
  readonly named: (reader: Reader) => Expr;
  /** An expression that no `and` or `or` joins. */
  readonly comparison: (reader: Reader) => Expr;
  /** An expression without infix operators. */
  readonly unary: (reader: Reader) => Expr;
  /** What pipes follow an expression; null: an operator begins at once. An expression that no pipe follows stays what it is. */
  readonly piped: (reader: Reader, source: Expr | null) => Expr;
  /** A sub-query that begins with an operator. */
  readonly sub: (reader: Reader) => Pipeline;
}

/** The parser's hands: the cursor, the depth of brackets, what is open, and what the text's end would take. */
export interface Reader {
  readonly text: string;
  readonly cursor: Cursor<KustoLexeme>;
  readonly grammar: Grammar;
  depth: number;
  /** Where the last remark on a missing thing was made: one per lexeme. */
  failedAt: number;
  /** Names that `let` has bound so far, for colours. */
  readonly lets: Set<string>;
  /** In a `search`, `column:text` is a comparison; in a condition, `=` can only be a mistaken `==`; where a query begins, nothing is divided. */
  reading: 'search' | 'condition' | 'source' | null;
  /** Statements read so far, outer blocks first. */
  readonly blocks: Statement[][];
  readonly pipelines: OpenPipeline[];
  readonly wants: Want[];
  /** The pipelines that were open when the text's end was first met, outermost first; null before that. */
  openAtEnd: readonly OpenPipeline[] | null;
  /** The statements before the text's end, those of outer blocks first. */
  statementsAtEnd: readonly Statement[];
  /** The words of the operators that are being read, innermost last. */
  readonly operators: string[];
  operatorAtEnd: string;
}

export function readerOf(text: string, lexemes: readonly KustoLexeme[], grammar: Grammar): Reader {
  return {
    text,
    cursor: cursorOf(text, lexemes),
    grammar,
    depth: 0,
    failedAt: -1,
    lets: new Set(),
    reading: null,
    blocks: [],
    pipelines: [],
    wants: [],
    openAtEnd: null,
    statementsAtEnd: [],
    operators: [],
    operatorAtEnd: '',
  };
}

export const isWord = (reader: Reader, word: string): boolean => {
  const token = reader.cursor.peek();
  return token.kind === 'name' && token.text === word;
};
export const isMark = (reader: Reader, mark: string, ahead = 0): boolean => {
  const token = reader.cursor.peek(ahead);
  return token.kind === 'punctuation' && token.text === mark;
};

/** Takes the current lexeme and says how it is shown. */
export function takeAs(reader: Reader, colour: TokenType | null): KustoLexeme {
  const token = reader.cursor.next();
  if (colour !== null) token.colour = colour;
  return token;
}

/** A slip is read as the operator that is meant, by all who look at it from here on. */
export function readAs(token: KustoLexeme, meant: string): true {
  token.kind = 'name';
  token.text = meant;
  return true;
}

export function takeWord(reader: Reader, word: string): KustoLexeme | null {
  if (isWord(reader, word)) return takeAs(reader, 'keyword');
  if (reader.cursor.isEnd()) want(reader, { kind: 'keyword', words: [word] });
  return null;
}
export const takeMark = (reader: Reader, mark: string): KustoLexeme | null => (isMark(reader, mark) ? reader.cursor.next() : null);

/** Wants that leave room for nothing else: what the parser asks for after them only tells how it recovers. */
const ONLY: ReadonlySet<Want['kind']> = new Set(['join-kind', 'key', 'operator', 'plugin', 'render-kind', 'type', 'value']);

/** Notes what could stand here when here is the text's end. */
export function want(reader: Reader, wanted: Want | PlainWant): void {
  if (!reader.cursor.isEnd() || ONLY.has(reader.wants.at(-1)?.kind ?? 'name')) return;
  reader.wants.push(typeof wanted === 'string' ? { kind: wanted } : wanted);
  if (reader.openAtEnd !== null) return;
  reader.openAtEnd = reader.pipelines.map(({ source, ops }) => ({ source, ops: [...ops] }));
  reader.statementsAtEnd = reader.blocks.flat();
  reader.operatorAtEnd = reader.operators.at(-1) ?? '';
}

export function remark(reader: Reader, code: KustoCode, span: Span, message: string, fix?: Fix): void {
  reader.cursor.remark(code, DIAGNOSTICS[code].severity, span, message, fix);
}

/** Where something is missing: at the current lexeme, or at the one before it when the line or the text ends between them. */
export function placeOf(reader: Reader): Span {
  const token = reader.cursor.peek();
  if (reader.cursor.last === 0 || (token.kind !== 'end' && token.breaks === 0)) return token;
  const before = reader.cursor.peek(-1);
  return before.text === ';' && token.kind !== 'end' ? token : before;
}

const LOOKALIKES: Readonly<Record<string, string>> = { '“': '"', '”': '"', '„': '"', '‘': "'", '’': "'", '–': '-', '—': '-', '≥': '>=', '≤': '<=', '≠': '!=' };

/** What a character looks like, by the word it stands in. */
function oddAt(text: string, { start, end }: Span): OddCharacter | undefined {
  const before = /\w{0,40}$/.exec(text.slice(Math.max(0, start - 40), start))![0].length;
  const after = /^\w{0,40}/.exec(text.slice(end, end + 40))![0].length;
  return oddCharactersOf(text, { start: start - before, end: end + after }).find(({ span }) => span.start === start);
}

/** Remarks that something is missing before the current lexeme, once per lexeme; takes nothing. */
export function expected(reader: Reader, message: string, code: KustoCode = 'kusto/expected'): void {
  const token = reader.cursor.peek();
  if (reader.failedAt === token.start) return;
  reader.failedAt = token.start;
  if (token.kind !== 'invalid') return remark(reader, code, placeOf(reader), message);
  const char = reader.text.slice(token.start, token.end);
  const meant = LOOKALIKES[char];
  const odd = meant === undefined ? oddAt(reader.text, token) : undefined;
  if (odd !== undefined) {
    const { message, fix } = remarkOnOdd(odd);
    return remark(reader, 'kusto/character', token, message, fix);
  }
  if (meant === undefined) return remark(reader, 'kusto/character', token, `${char} has no meaning in a query.`);
  remark(reader, 'kusto/character', token, `${char} has no meaning in a query; ${meant} was probably meant.`, {
    title: `Write ${meant}`,
    edits: [{ span: { start: token.start, end: token.end }, text: meant }],
  });
}

/** Remarks that the current lexeme has no business here. */
export function unexpected(reader: Reader, message: string): void {
  const token = reader.cursor.peek();
  if (reader.failedAt === token.start) return;
  reader.failedAt = token.start;
  remark(reader, 'kusto/expected', token, message);
}

/** Takes the closing bracket, or remarks that it is missing. */
export function close(reader: Reader, mark: ')' | ']' | '}'): void {
  if (takeMark(reader, mark) === null) expected(reader, `A \`${mark}\` is missing here.`);
}

const OPENERS = '([{';
const CLOSERS = ')]}';

/** Skips to the next pipe (`overLines`: and to nothing else, whatever a line begins with), semicolon or closing bracket, over whole brackets, or to a command at a line's start. Returns what was skipped, or null. */
export function skip(reader: Reader, overLines = false): Span | null {
  const { cursor } = reader;
  const start = cursor.peek().start;
  let nested = 0;
  let isFirst = true;
  while (!cursor.isEnd()) {
    const token = cursor.peek();
    if (token.kind === 'punctuation') {
      if (OPENERS.includes(token.text)) nested++;
      else if (CLOSERS.includes(token.text)) {
        if (nested === 0) break;
        nested--;
      } else if (nested === 0 && (token.text === '|' || token.text === ';')) break;
    } else if (nested === 0 && !isFirst && !overLines && token.breaks > 0 && isCommand(token)) break;
    cursor.next();
    isFirst = false;
  }
  return cursor.last > start ? { start, end: cursor.last } : null;
}

export const isCommand = (token: KustoLexeme): boolean => token.kind === 'name' && (OPERATORS.has(token.text) || ALIASES.has(token.text));

/** Reads what stands in brackets unless they nest too deep; then remarks it, skips to the closing bracket and gives null. */
export function nested<T>(reader: Reader, read: () => T): T | null {
  if (reader.depth >= MAX_DEPTH) {
    expected(reader, `Brackets nest deeper than ${MAX_DEPTH} levels here; this is not analysed.`, 'kusto/too-deep');
    skip(reader);
    return null;
  }
  reader.depth++;
  const answer = read();
  reader.depth--;
  return answer;
}

/** A name: an identifier, or any text in `['…']`. Null, with a remark, when there is none. */
export function readName(reader: Reader, what: string, colour: TokenType = 'field'): Name | null {
  const { cursor } = reader;
  want(reader, 'name');
  const token = cursor.peek();
  if (token.kind === 'name') {
    takeAs(reader, colour);
    return { name: token.text, span: { start: token.start, end: token.end } };
  }
  const quoted = cursor.peek(1);
  if (isMark(reader, '[') && quoted.kind === 'string' && isMark(reader, ']', 2)) {
    cursor.next();
    takeAs(reader, colour);
    cursor.next();
    return { name: reader.text.slice(quoted.start + 1, quoted.end - 1), span: { start: token.start, end: cursor.last } };
  }
  expected(reader, `${what} is missing here.`);
  return null;
}
