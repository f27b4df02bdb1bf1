import type { Token, TokenType } from '../../../model';
import type { Lexeme } from '../../../syntax/cursor';

export type LuceneKind =
  '(' | ')' | '[' | ']' | '{' | '}' | ':' | 'compare' | 'and' | 'or' | 'not' | 'plus' | 'minus' | 'to' | 'word' | 'phrase' | 'regex' | 'suffix' | 'end';

export interface LuceneLexeme extends Lexeme {
  readonly kind: LuceneKind;
  readonly open?: true;
}

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff || code === 0x3000;
const WORDS: Readonly<Record<string, LuceneKind>> = { AND: 'and', OR: 'or', NOT: 'not', TO: 'to', '&&': 'and', '||': 'or' };

/** Lexemes of a Lucene text without blanks, ending in the end token. */
export function lex(text: string): readonly LuceneLexeme[] {
  const lexemes: LuceneLexeme[] = [];
  let at = 0;
  const put = (kind: LuceneKind, start: number, isOpen = false): void => {
    lexemes.push(isOpen ? { kind, start, end: at, open: true } : { kind, start, end: at });
  };
  while (at < text.length) {
    const start = at;
    const character = text[at]!;
    if (isBlank(text.charCodeAt(at))) at++;
    else if ('()[]{}:'.includes(character)) {
      at++;
      put(character as LuceneKind, start);
    } else if (character === '<' || character === '>') {
      at += text[at + 1] === '=' ? 2 : 1;
      put('compare', start);
    } else if (character === '"') {
      at++;
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' && at + 1 < text.length ? 2 : 1;
      const isOpen = text[at] !== '"';
      at = Math.min(isOpen ? at : at + 1, text.length);
      put('phrase', start, isOpen);
    } else if (character === '/') {
      // A slash behind a backslash ends the expression only where no other does: the longest reading counts.
      at++;
      let kept = -1;
      while (at < text.length && text[at] !== '\n' && (text[at] !== '/' || text[at - 1] === '\\')) {
        if (text[at] === '/') kept = at;
        at++;
      }
      const isOpen = text[at] !== '/' && kept < 0;
      if (text[at] === '/') at++;
      else if (kept >= 0) at = kept + 1;
      put('regex', start, isOpen);
    } else if (character === '~' || character === '^') {
      at++;
      while (at < text.length && /[\d.]/.test(text[at]!)) at++;
      put('suffix', start);
    } else if ((character === '+' || character === '-' || character === '!') && !VALUE_FOLLOWS.has(lexemes.at(-1)?.kind)) {
      at++;
      put(character === '+' ? 'plus' : character === '-' ? 'minus' : 'not', start);
    } else {
      while (at < text.length && !isBlank(text.charCodeAt(at)) && !'()[]{}:"~^'.includes(text[at]!)) at += text[at] === '\\' && at + 1 < text.length ? 2 : 1;
      const length = at - start;
      put((length <= 3 ? WORDS[text.slice(start, at)] : undefined) ?? 'word', start);
    }
  }
  lexemes.push({ kind: 'end', start: text.length, end: text.length });
  return lexemes;
}

/** After these a sign is the value's own, as it is of negative numbers. */
const VALUE_FOLLOWS: ReadonlySet<LuceneKind | undefined> = new Set<LuceneKind>([':', 'compare', '[', '{', 'to']);

const TYPES: Readonly<Record<LuceneKind, TokenType>> = {
  '(': 'punctuation',
  ')': 'punctuation',
  '[': 'punctuation',
  ']': 'punctuation',
  '{': 'punctuation',
  '}': 'punctuation',
  ':': 'operator',
  compare: 'operator',
  and: 'keyword',
  or: 'keyword',
  not: 'keyword',
  plus: 'operator',
  minus: 'operator',
  to: 'keyword',
  word: 'string',
  phrase: 'string',
  regex: 'regex',
  suffix: 'modifier',
  end: 'invalid',
};

/** Editor tokens: a word before a colon is a field. */
export function tokensOf(text: string, lexemes: readonly LuceneLexeme[]): readonly Token[] {
  return lexemes.slice(0, -1).map(({ kind, start, end }, index) => {
    if (kind !== 'word') return { type: TYPES[kind], start, end };
    if (lexemes[index + 1]!.kind === ':') return { type: 'field', start, end };
    return { type: /^-?\d+(?:\.\d+)?$/.test(text.slice(start, Math.min(end, start + 40))) ? 'number' : 'string', start, end };
  });
}
