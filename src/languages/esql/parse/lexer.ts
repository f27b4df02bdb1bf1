import type { Token, TokenType } from '../../../model';
import type { Lexeme } from '../../../syntax/cursor';
import { lineEnd } from '../../../syntax/line-end';

type EsqlKind =
  | 'word'
  /** A name after a dot: no keyword, whatever it is called. */
  | 'part'
  | 'quoted-name'
  | 'string'
  | 'raw'
  | 'single'
  | 'number'
  | 'parameter'
  | 'sign'
  | 'compare'
  | '='
  | ':'
  | '::'
  | '('
  | ')'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '.'
  | '|'
  | ';'
  | '->'
  | 'comment'
  | 'invalid'
  | 'end';

export interface EsqlLexeme extends Lexeme {
  readonly kind: EsqlKind;
  /** A text, a quoted name or a comment whose end is missing. */
  readonly open?: true;
}

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
/** A letter, `_` or `@`. */
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 64;

type Put = (kind: EsqlKind, start: number, end: number, isOpen?: boolean) => number;

/** Lexemes of an ES|QL text, comments included, ending in the end token. */
export function lex(text: string): readonly EsqlLexeme[] {
  const lexemes: EsqlLexeme[] = [];
  const put: Put = (kind, start, end, isOpen = false) => {
    lexemes.push(isOpen ? { kind, start, end, open: true } : { kind, start, end });
    return end;
  };
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (isBlank(code)) at++;
    else if (isLetter(code)) at = put(isPart(lexemes) ? 'part' : 'word', at, wordEnd(text, at + 1));
    else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)) && !/[\w@`]/.test(text[at - 1] ?? ' '))) {
      NUMBER.lastIndex = at;
      at = put('number', at, at + NUMBER.exec(text)![0].length);
    } else at = lexSign(text, at, put);
  }
  lexemes.push({ kind: 'end', start: text.length, end: text.length });
  return lexemes;
}

// DECIMAL_LITERAL may end in its dot: `5000.`
const NUMBER = /(?:\d+(?:\.\d+|\.(?![\w@`.]))?|\.\d+)(?:[eE][-+]?\d+)?/y;

/** Whether a word here goes on a name: `a.b`. */
function isPart(lexemes: readonly EsqlLexeme[]): boolean {
  let at = lexemes.length - 1;
  const isComment = (): boolean => lexemes[at]?.kind === 'comment';
  while (isComment()) at--;
  if (lexemes[at]?.kind !== '.') return false;
  at--;
  while (isComment()) at--;
  const before = lexemes[at]?.kind;
  return before === 'word' || before === 'part' || before === 'quoted-name' || before === 'parameter' || before === 'number';
}

function wordEnd(text: string, start: number): number {
  let at = start;
  while (isLetter(text.charCodeAt(at)) || isDigit(text.charCodeAt(at))) at++;
  return at;
}

function lexSign(text: string, start: number, put: Put): number {
  const two = text.slice(start, start + 2);
  switch (text[start]) {
    case '"':
      return text.startsWith('"""', start) ? lexRaw(text, start, put) : lexQuoted(text, start, 'string', put);
    case "'":
      return lexQuoted(text, start, 'single', put);
    case '`':
      return lexQuoted(text, start, 'quoted-name', put);
    case '/':
      return two === '//' || two === '/*' ? lexComment(text, start, two, put) : put('sign', start, start + 1);
    case '=':
      return two === '==' || two === '=~' ? put('compare', start, start + 2) : put('=', start, start + 1);
    case '<':
    case '>':
      return put('compare', start, start + (two[1] === '=' ? 2 : 1));
    case '!':
      return two === '!=' ? put('compare', start, start + 2) : put('invalid', start, start + 1);
    case ':':
      return two === '::' ? put('::', start, start + 2) : put(':', start, start + 1);
    case '?':
      return put('parameter', start, wordEnd(text, start + (two === '??' ? 2 : 1)));
    case '-':
      return two === '->' ? put('->', start, start + 2) : put('sign', start, start + 1);
    case '+':
    case '*':
    case '%':
      return put('sign', start, start + 1);
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
    case ',':
    case '.':
    case '|':
    case ';':
      return put(text[start] as EsqlKind, start, start + 1);
    default:
      return put('invalid', start, start + (text.codePointAt(start)! > 0xffff ? 2 : 1));
  }
}

function lexComment(text: string, start: number, opening: string, put: Put): number {
  if (opening === '//') return put('comment', start, lineEnd(text, start));
  const end = text.indexOf('*/', start + 2);
  return put('comment', start, end < 0 ? text.length : end + 2, end < 0);
}

const QUOTES = { string: '"', single: "'", 'quoted-name': '`' } as const;

/** A text or name on one line; an open one ends with the line. */
function lexQuoted(text: string, start: number, kind: keyof typeof QUOTES, put: Put): number {
  const quote = QUOTES[kind];
  let at = start + 1;
  while (at < text.length && text[at] !== '\n' && (text[at] !== quote || (kind === 'quoted-name' && text[at + 1] === quote))) {
    at += text[at] === quote || (kind !== 'quoted-name' && text[at] === '\\' && at + 1 < text.length && text[at + 1] !== '\n') ? 2 : 1;
  }
  const isOpen = text[at] !== quote;
  return put(kind, start, isOpen ? Math.min(at, text.length) : at + 1, isOpen);
}

/** Raw := '"""' … '"""', with up to two more quotes before the end. */
function lexRaw(text: string, start: number, put: Put): number {
  let end = text.indexOf('"""', start + 3);
  if (end < 0) return put('raw', start, text.length, true);
  for (let more = 0; more < 2 && text[end + 3] === '"'; more++) end++;
  return put('raw', start, end + 3);
}

const KEYWORDS: ReadonlySet<string> = new Set('and or not in is like rlike by metadata on with as where asc desc nulls first last limit then'.split(' '));

const TYPES: Readonly<Record<EsqlKind, TokenType>> = {
  word: 'field',
  part: 'field',
  'quoted-name': 'field',
  string: 'string',
  raw: 'string',
  single: 'string',
  number: 'number',
  parameter: 'macro',
  sign: 'operator',
  compare: 'operator',
  '=': 'operator',
  ':': 'operator',
  '::': 'operator',
  '(': 'punctuation',
  ')': 'punctuation',
  '[': 'punctuation',
  ']': 'punctuation',
  '{': 'punctuation',
  '}': 'punctuation',
  ',': 'punctuation',
  '.': 'punctuation',
  '|': 'operator',
  ';': 'punctuation',
  '->': 'operator',
  comment: 'comment',
  invalid: 'invalid',
  end: 'invalid',
};

const TIME_UNIT = /^(?:millisecond|second|minute|hour|day|week|month|quarter|year)s?$|^(?:ms|s|sec|min|m|h|d|w|mo|q|y|yr)$/i;
export const isTimeUnit = (word: string): boolean => word.length < 13 && TIME_UNIT.test(word);

/** Editor tokens; `commands`: places of command words; `tables`: places of index patterns, which are coloured as a whole. */
export function tokensOf(text: string, lexemes: readonly EsqlLexeme[], commands: ReadonlySet<number>, tables: ReadonlyMap<number, number>): readonly Token[] {
  const tokens: Token[] = [];
  let covered = 0;
  lexemes.forEach((lexeme, index) => {
    const { kind, start, end } = lexeme;
    if (kind === 'end' || start < covered) return;
    const table = tables.get(start);
    covered = table ?? end;
    const type = table !== undefined ? 'macro' : commands.has(start) ? 'key' : kind === 'word' ? wordType(text, lexemes, index) : TYPES[kind];
    tokens.push({ type, start, end: covered });
  });
  return tokens;
}

function wordType(text: string, lexemes: readonly EsqlLexeme[], index: number): TokenType {
  const before = lexemes[index - 1]?.kind;
  const after = lexemes[index + 1]?.kind;
  if (after === '.') return 'field';
  const { start, end } = lexemes[index]!;
  const word = text.slice(start, Math.min(end, start + 20)).toLowerCase();
  if (before === '::') return 'modifier';
  if (before === 'number' && isTimeUnit(word)) return 'constant';
  if (word === 'true' || word === 'false' || word === 'null') return 'constant';
  if (KEYWORDS.has(word)) return 'keyword';
  // A text in another language follows.
  if (after === '(' && (word === 'kql' || word === 'qstr')) return 'keyword';
  return after === '(' ? 'function' : 'field';
}
