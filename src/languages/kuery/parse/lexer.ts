import type { Span, Token, TokenType } from '../../../model';
import type { Lexeme } from '../../../syntax/cursor';

export type KueryKind = '(' | ')' | '{' | '}' | ':' | 'range' | 'quoted' | 'word' | 'and' | 'or' | 'not' | 'end';

export interface KueryLexeme extends Lexeme {
  readonly kind: KueryKind;
  /** A quoted text whose closing quote is missing. */
  readonly open?: true;
}

const KEYWORDS: ReadonlyMap<string, KueryKind> = new Map([
  ['and', 'and'],
  ['or', 'or'],
  ['not', 'not'],
]);

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff || code === 0x2028 || code === 0x2029;

/** Ends an unquoted word: a blank or one of `( ) : < > " { }`. */
const endsWord = (code: number): boolean =>
  isBlank(code) || code === 40 || code === 41 || code === 58 || code === 60 || code === 62 || code === 34 || code === 123 || code === 125;

/** Lexemes of a kuery text without blanks, ending in the end token. */
export function lex(text: string): readonly KueryLexeme[] {
  const lexemes: KueryLexeme[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    const code = text.charCodeAt(at);
    if (isBlank(code)) {
      at++;
      continue;
    }
    const character = text[at]!;
    if (character === '(' || character === ')' || character === '{' || character === '}' || character === ':') {
      at++;
      lexemes.push({ kind: character, start, end: at });
    } else if (character === '<' || character === '>') {
      at += text[at + 1] === '=' ? 2 : 1;
      lexemes.push({ kind: 'range', start, end: at });
    } else if (character === '"') {
      at++;
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
      const isOpen = at >= text.length;
      at = Math.min(at + 1, text.length);
      lexemes.push(isOpen ? { kind: 'quoted', start, end: at, open: true } : { kind: 'quoted', start, end: at });
    } else {
      while (at < text.length && !endsWord(text.charCodeAt(at))) at += text[at] === '\\' && at + 1 < text.length ? 2 : 1;
      const length = at - start;
      const keyword = length === 2 || length === 3 ? KEYWORDS.get(text.slice(start, at).toLowerCase()) : undefined;
      lexemes.push({ kind: keyword ?? 'word', start, end: at });
    }
  }
  lexemes.push({ kind: 'end', start: text.length, end: text.length });
  return lexemes;
}

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const CONSTANT = /^(?:true|false|null|now.*)$/i;

/** Editor tokens: what stands before a colon or a comparison sign is a field. */
export function tokensOf(text: string, lexemes: readonly KueryLexeme[]): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < lexemes.length - 1;) {
    const lexeme = lexemes[at]!;
    if (lexeme.kind !== 'word' && lexeme.kind !== 'quoted') {
      const type: TokenType = lexeme.kind === ':' || lexeme.kind === 'range' ? 'operator' : lexeme.kind.length > 1 ? 'keyword' : 'punctuation';
      tokens.push({ type, start: lexeme.start, end: lexeme.end });
      at++;
      continue;
    }
    let past = at + 1;
    while (lexeme.kind === 'word' && lexemes[past]!.kind === 'word') past++;
    const after = lexemes[past]!.kind;
    // The path of a nested field is no comparison of its own.
    const role = after === 'range' ? 'field' : after !== ':' ? null : lexemes[past + 1]!.kind === '{' ? 'key' : 'field';
    for (; at < past; at++) {
      const word = lexemes[at]!;
      // A comma names a field only where it stands before the sign itself.
      const isBetween = at + 1 < past && text.slice(word.start, word.end) === ',';
      tokens.push({ type: isBetween ? 'punctuation' : (role ?? typeOf(text, word)), start: word.start, end: word.end });
    }
  }
  return tokens;
}

function typeOf(text: string, word: KueryLexeme): TokenType {
  if (word.kind === 'quoted' || word.end - word.start > 40) return 'string';
  const source = text.slice(word.start, word.end);
  if (source === ',') return 'punctuation';
  return NUMBER.test(source) ? 'number' : CONSTANT.test(source) ? 'constant' : 'string';
}

/** The decoded text of a literal, where its wildcard stars are, and escapes that mean nothing. */
export function decode(text: string, span: Span, isQuoted: boolean, isOpen: boolean): { text: string; wild: readonly number[]; wrong: readonly Span[] } {
  const start = span.start + (isQuoted ? 1 : 0);
  const end = isQuoted && !isOpen ? span.end - 1 : span.end;
  const wild: number[] = [];
  const wrong: Span[] = [];
  let decoded = '';
  let from = start;
  for (let at = start; at < end; at++) {
    if (text[at] === '*' && !isQuoted) wild.push(decoded.length + at - from);
    if (text[at] !== '\\') continue;
    const escape = escapeAt(text, at, end, isQuoted);
    if (escape === null) {
      // In quotes a backslash before anything else is itself.
      if (!isQuoted) wrong.push({ start: at, end: Math.min(at + 2, end) });
      continue;
    }
    decoded += text.slice(from, at) + escape.text;
    from = at + escape.length;
    at = from - 1;
  }
  return { text: decoded + text.slice(from, end), wild, wrong };
}

/** Escape := '\' ('t' | 'r' | 'n') | '\u' Hex Hex Hex Hex | '\' Special | '\' ('and' | 'or' | 'not') */
function escapeAt(text: string, at: number, end: number, isQuoted: boolean): { text: string; length: number } | null {
  const next = text[at + 1];
  if (next === undefined || at + 1 >= end) return null;
  if (next === '"' || next === '\\') return { text: next, length: 2 };
  if (next === 't') return { text: '\t', length: 2 };
  if (next === 'r') return { text: '\r', length: 2 };
  if (next === 'n' && (isQuoted || !/^\\not(?![\w])/i.test(text.slice(at, at + 5)))) return { text: '\n', length: 2 };
  if (next === 'u' && at + 6 <= end && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) {
    return { text: String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 6), 16)), length: 6 };
  }
  if (isQuoted) return null;
  if ('():<>*{} '.includes(next)) return { text: next, length: 2 };
  return /^\\(?:and|or|not)(?!\w)/i.test(text.slice(at, at + 5)) ? { text: '', length: 1 } : null;
}
