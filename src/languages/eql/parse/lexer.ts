import type { Token, TokenType } from '../../../model';
import type { Lexeme } from '../../../syntax/cursor';
import { lineEnd } from '../../../syntax/line-end';

type EqlKind =
  | 'word'
  /** A name after a dot: no keyword, whatever it is called. */
  | 'part'
  /** `$entry`: an element of an array. */
  | 'variable'
  | 'quoted-name'
  | 'string'
  | 'raw'
  | 'number'
  | 'duration'
  | 'sign'
  | 'compare'
  | '='
  | ':'
  | '('
  | ')'
  | '['
  | ']'
  | ','
  | '.'
  | '|'
  | '!'
  | '?'
  | '~'
  | 'comment'
  | 'invalid'
  | 'end';

export interface EqlLexeme extends Lexeme {
  readonly kind: EqlKind;
  /** A text, a quoted name or a comment whose end is missing. */
  readonly open?: true;
}

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
/** A letter, `_` or `@`. */
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 64;

/** Lexemes of an EQL text, comments included, ending in the end token. */
export function lex(text: string): readonly EqlLexeme[] {
  const lexemes: EqlLexeme[] = [];
  const put = (kind: EqlKind, start: number, end: number, isOpen = false): number => {
    lexemes.push(isOpen ? { kind, start, end, open: true } : { kind, start, end });
    return end;
  };
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (isBlank(code)) at++;
    else if (isLetter(code)) at = put(isPart(lexemes) ? 'part' : 'word', at, wordEnd(text, at));
    else if (code === 36 && isLetter(text.charCodeAt(at + 1))) at = put('variable', at, wordEnd(text, at));
    else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)) && !followsName(text, at))) at = lexNumber(text, at, put);
    else at = lexSign(text, at, put);
  }
  lexemes.push({ kind: 'end', start: text.length, end: text.length });
  return lexemes;
}

/** Whether a word here goes on a name: `a.b`, `a[0].b`, `$x.b`. */
function isPart(lexemes: readonly EqlLexeme[]): boolean {
  let at = lexemes.length - 1;
  const isComment = (): boolean => lexemes[at]?.kind === 'comment';
  while (isComment()) at--;
  if (lexemes[at]?.kind !== '.') return false;
  at--;
  while (isComment()) at--;
  const before = lexemes[at]?.kind;
  return before === 'word' || before === 'part' || before === 'quoted-name' || before === ']' || before === 'variable';
}

type Put = (kind: EqlKind, start: number, end: number, isOpen?: boolean) => number;

function wordEnd(text: string, start: number): number {
  let at = start + 1;
  while (isLetter(text.charCodeAt(at)) || isDigit(text.charCodeAt(at))) at++;
  return at;
}

/** A dot after a name, a bracket or a quote is part of a path: `a.0`. */
const followsName = (text: string, at: number): boolean => at > 0 && /[\w@\])`]/.test(text[at - 1]!);

// Number := Digits ('.' Digits)? ([eE] [+-]? Digits)?   Duration := Number Letters
function lexNumber(text: string, start: number, put: Put): number {
  NUMBER.lastIndex = start;
  let at = start + (NUMBER.exec(text)?.[0].length ?? 1);
  if (!isLetter(text.charCodeAt(at))) return put('number', start, at);
  at = wordEnd(text, at);
  return put('duration', start, at);
}
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?/y;

function lexSign(text: string, start: number, put: Put): number {
  const two = text.slice(start, start + 2);
  switch (text[start]) {
    case '"':
      return text.startsWith('"""', start) ? lexRaw(text, start, put) : lexQuoted(text, start, '"', 'string', put);
    case "'":
      return lexQuoted(text, start, "'", 'string', put);
    case '`':
      return lexQuoted(text, start, '`', 'quoted-name', put);
    case '/': {
      if (two === '//') return put('comment', start, lineEnd(text, start));
      if (two !== '/*') return put('sign', start, start + 1);
      const end = text.indexOf('*/', start + 2);
      return put('comment', start, end < 0 ? text.length : end + 2, end < 0);
    }
    case '=':
    case '<':
    case '>':
      return two === '==' || two === '<=' || two === '>=' ? put('compare', start, start + 2) : put(text[start] === '=' ? '=' : 'compare', start, start + 1);
    case '!':
      return two === '!=' ? put('compare', start, start + 2) : put('!', start, start + 1);
    case '+':
    case '-':
    case '*':
    case '%':
      return put('sign', start, start + 1);
    case ':':
    case '(':
    case ')':
    case '[':
    case ']':
    case ',':
    case '.':
    case '|':
    case '?':
    case '~':
      return put(text[start] as EqlKind, start, start + 1);
    default:
      return put('invalid', start, start + (text.codePointAt(start)! > 0xffff ? 2 : 1));
  }
}

/** A text or name on one line; an open one ends with the line. */
function lexQuoted(text: string, start: number, quote: string, kind: EqlKind, put: Put): number {
  let at = start + 1;
  const isDoubled = (): boolean => quote === '`' && text[at] === '`' && text[at + 1] === '`';
  while (at < text.length && text[at] !== '\n' && (text[at] !== quote || isDoubled())) {
    at += isDoubled() || (quote !== '`' && text[at] === '\\' && at + 1 < text.length && text[at + 1] !== '\n') ? 2 : 1;
  }
  const isOpen = text[at] !== quote;
  return put(kind, start, isOpen ? at : at + 1, isOpen);
}

/** Raw := '"""' … '"""', with up to two more quotes before the end. */
function lexRaw(text: string, start: number, put: Put): number {
  let end = text.indexOf('"""', start + 3);
  if (end < 0) return put('raw', start, text.length, true);
  for (let more = 0; more < 2 && text[end + 3] === '"'; more++) end++;
  return put('raw', start, end + 3);
}

const KEYWORDS: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'where',
  'sequence',
  'sample',
  'join',
  'by',
  'with',
  'until',
  'like',
  'regex',
  'maxspan',
  'runs',
  'as',
  'of',
  'any',
]);
const CONSTANTS: ReadonlySet<string> = new Set(['true', 'false', 'null']);

const TYPES: Readonly<Record<EqlKind, TokenType>> = {
  word: 'field',
  part: 'field',
  variable: 'field',
  'quoted-name': 'field',
  string: 'string',
  raw: 'string',
  number: 'number',
  duration: 'constant',
  sign: 'operator',
  compare: 'operator',
  '=': 'operator',
  ':': 'operator',
  '(': 'punctuation',
  ')': 'punctuation',
  '[': 'punctuation',
  ']': 'punctuation',
  ',': 'punctuation',
  '.': 'field',
  '|': 'operator',
  '!': 'operator',
  '?': 'operator',
  '~': 'operator',
  comment: 'comment',
  invalid: 'invalid',
  end: 'invalid',
};

/** Editor tokens. A name is a field unless a keyword, a constant, a function, an event's category or a pipe stands in its place. */
export function tokensOf(text: string, lexemes: readonly EqlLexeme[]): readonly Token[] {
  const tokens: Token[] = [];
  const solid = lexemes.filter(({ kind }) => kind !== 'comment');
  let index = 0;
  for (const lexeme of lexemes) {
    if (lexeme.kind === 'end') break;
    if (lexeme.kind === 'comment') {
      tokens.push({ type: 'comment', start: lexeme.start, end: lexeme.end });
      continue;
    }
    const before = solid[index - 1];
    const after = solid[index + 1]!;
    index++;
    const type =
      lexeme.kind === 'word'
        ? wordType(text, lexeme, before, after, solid[index + 1])
        : lexeme.kind === '.' && after.kind !== 'part'
          ? 'punctuation'
          : TYPES[lexeme.kind];
    tokens.push({ type, start: lexeme.start, end: lexeme.end });
  }
  return tokens;
}

function wordType(text: string, word: EqlLexeme, before: EqlLexeme | undefined, after: EqlLexeme, next: EqlLexeme | undefined): TokenType {
  const name = text.slice(word.start, word.end);
  if (before?.kind === '|') return 'key';
  if (after.kind === 'word' && text.slice(after.start, after.end) === 'where') return 'key';
  if (KEYWORDS.has(name) || /^(?:AND|OR|NOT|IN)$/i.test(name)) return 'keyword';
  if (CONSTANTS.has(name)) return 'constant';
  return after.kind === '(' || (after.kind === '~' && next?.kind === '(') ? 'function' : 'field';
}

export interface Decoded {
  readonly text: string;
  /** Offsets in `text` of `*` and `?` that were not written as escapes. */
  readonly wild: readonly number[];
  /** Place in the source of the first escape that is none; -1 when all are well. */
  readonly wrong: number;
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', '"': '"', "'": "'", '\\': '\\' };

/** What a text literal holds. */
export function decode(text: string, lexeme: EqlLexeme): Decoded {
  const width = lexeme.kind === 'raw' ? 3 : 1;
  const from = lexeme.start + width;
  const inner = text.slice(from, lexeme.open ? lexeme.end : lexeme.end - width);
  let wrong = -1;
  let decoded = inner;
  if (lexeme.kind !== 'raw' && inner.includes('\\')) {
    decoded = inner.replace(/\\(?:u\{([0-9a-fA-F]{1,8})\}|([\s\S]?))/g, (whole, hex: string | undefined, next: string | undefined, offset: number) => {
      const code = hex === undefined ? -1 : Number.parseInt(hex, 16);
      const plain =
        hex === undefined
          ? ESCAPES[next ?? '']
          : hex.length >= 2 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
            ? String.fromCodePoint(code)
            : undefined;
      if (plain === undefined && wrong < 0) wrong = from + offset;
      return plain ?? whole;
    });
  }
  const wild: number[] = [];
  for (let at = 0; at < decoded.length; at++) if (decoded[at] === '*' || decoded[at] === '?') wild.push(at);
  return { text: decoded, wild, wrong };
}

/** The name in backticks, doubled ones halved. */
export const unquoteName = (text: string, lexeme: EqlLexeme): string =>
  text.slice(lexeme.start + 1, lexeme.open ? lexeme.end : lexeme.end - 1).replaceAll('``', '`');
