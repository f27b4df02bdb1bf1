import type { Span, Token, TokenType } from '../../../model';
import { DASHED, NEGATABLE, TIMESPAN_UNITS, TYPED_LITERALS } from '../vocabulary';
import { type Flaw, curlyEnd, isCurly, quoteAt, stringEnd } from './strings';
import { lineEnd } from '../../../syntax/line-end';

type KustoKind =
  | 'name' // an identifier, a keyword, a word operator (`in~`, `!has`), a dashed command (`mv-expand`)
  | 'string'
  | 'number'
  | 'timespan'
  | 'typed' // `datetime(…)`, `guid(…)`, `int(…)`: the type, its brackets and what stands in them
  | 'punctuation'
  | 'invalid'
  | 'end';

export interface KustoLexeme extends Span {
  kind: KustoKind;
  /** Names, operators and punctuation as written, or as what a slip is read as; '' for every other kind. */
  text: string;
  /** How it stands to the lexeme before it: 0 on the same line, 1 on a later one, 2 with an empty line between. */
  readonly breaks: 0 | 1 | 2;
  /** How the editor shows it; the parser names what it recognises. */
  colour: TokenType | null;
}

export interface Lexed {
  /** Without trivia, ending in the end lexeme. */
  readonly lexemes: readonly KustoLexeme[];
  readonly comments: readonly Span[];
  readonly flaws: readonly Flaw[];
}

const START = 1;
const PART = 2;
const DIGIT = 4;
const SPACE = 8;
/** What each ASCII character can be part of. */
const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(char)) return START | PART;
  if (/\d/.test(char)) return PART | DIGIT;
  return code <= 32 ? SPACE : 0;
});
const classOf = (code: number): number => (code < 128 ? CLASSES[code]! : 0);
/** Blanks beyond ASCII: no-break and typographic spaces, zero-width characters, the byte order mark. */
const isOddSpace = (code: number): boolean =>
  code === 0xa0 ||
  code === 0x1680 ||
  code === 0x180e ||
  (code >= 0x2000 && code <= 0x200f) ||
  (code >= 0x2028 && code <= 0x202f) ||
  code === 0x205f ||
  code === 0x2060 ||
  code === 0x3000 ||
  code === 0xfeff;

interface Mark {
  readonly text: string;
  readonly colour: TokenType;
}

const marksOf = (texts: readonly string[], colour: TokenType): readonly Mark[] => texts.map((text) => ({ text, colour }));
const MARKS: readonly Mark[] = [
  ...marksOf(['==', '=~', '=>', '!=', '!~', '<>', '<=', '>='], 'operator'),
  ...marksOf(['..'], 'punctuation'),
  ...marksOf([...'=<>+-*/%'], 'operator'),
  ...marksOf([...'|;,.:()[]{}?'], 'punctuation'),
];
/** By the first character's code, longer ones first; undefined where no mark begins. */
const MARKS_BY_CODE: readonly (readonly Mark[] | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const own = MARKS.filter(({ text }) => text.charCodeAt(0) === code);
  return own.length === 0 ? undefined : own;
});

/** The mark that stands at a place; null when none does. */
function markAt(text: string, at: number, code: number): Mark | null {
  const marks = MARKS_BY_CODE[code];
  if (marks === undefined) return null;
  for (let which = 0; which < marks.length; which++) {
    const mark = marks[which]!;
    if (mark.text.length === 1 || mark.text.charCodeAt(1) === text.charCodeAt(at + 1)) return mark;
  }
  return null;
}

/** The words of a query with their places; total and linear. Never throws. */
export function lex(text: string): Lexed {
  const lexemes: KustoLexeme[] = [];
  const comments: Span[] = [];
  const flaws: Flaw[] = [];
  const length = text.length;
  let at = 0;
  let breaks = 0;
  /** Line breaks met since anything but blanks. */
  let run = 0;

  const push = (kind: KustoKind, start: number, end: number, word: string, colour: TokenType | null): void => {
    lexemes.push({ kind, start, end, text: word, breaks: breaks as 0 | 1 | 2, colour });
    breaks = 0;
    run = 0;
    at = end;
  };

  while (at < length) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) {
      if (code === 10 || text.charCodeAt(at + 1) !== 10) run++;
      breaks = run > 1 || breaks === 2 ? 2 : 1;
      at++;
      continue;
    }
    const klass = classOf(code);
    if (klass & SPACE || (code > 127 && isOddSpace(code))) {
      at++;
      continue;
    }
    const start = at;
    // A line that begins with `#` is a directive to the client, no part of the query.
    if ((code === 47 && text.charCodeAt(at + 1) === 47) || (code === 35 && (breaks > 0 || lexemes.length === 0))) {
      at = lineEnd(text, at);
      comments.push({ start, end: at });
      run = 0;
      continue;
    }
    const quote = klass & START && (code | 32) !== 104 ? -1 : quoteAt(text, at);
    const curly = isCurly(code) ? curlyEnd(text, at) : -1;
    if (curly >= 0) {
      flaws.push({ what: 'curly-quotes', start, end: curly });
      push('string', start, curly, '', 'string');
    } else if (quote >= 0) {
      push('string', start, stringEnd(text, start, quote, flaws), '', 'string');
    } else if (klass & START) {
      scanName(start);
    } else if (klass & DIGIT) {
      scanNumber(start);
    } else if (code === 36 && classOf(text.charCodeAt(at + 1)) & START) {
      const end = nameEnd(text, at + 1);
      push('name', start, end, text.slice(start, end), null);
    } else if (code === 33 && classOf(text.charCodeAt(at + 1)) & START) {
      const end = nameEnd(text, at + 1);
      const word = text.slice(at + 1, end);
      const last = word === 'in' && text[end] === '~' ? end + 1 : end;
      if (NEGATABLE.has(word)) push('name', start, last, text.slice(start, last), 'operator');
      else push('invalid', start, start + 1, '!', 'invalid');
    } else {
      const mark = markAt(text, at, code);
      if (mark === null) push('invalid', start, start + (text.codePointAt(start)! > 0xffff ? 2 : 1), text[start]!, 'invalid');
      else push('punctuation', start, start + mark.text.length, mark.text, mark.colour);
    }
  }
  lexemes.push({ kind: 'end', start: length, end: length, text: '', breaks: breaks as 0 | 1 | 2, colour: null });
  return { lexemes, comments, flaws };

  function scanName(start: number): void {
    let end = nameEnd(text, start);
    const word = text.slice(start, end);
    const next = text.charCodeAt(end);
    if (next === 45) {
      const dashed = DASHED.get(word)?.find((candidate) => text.startsWith(candidate, start) && !(classOf(text.charCodeAt(start + candidate.length)) & PART));
      if (dashed !== undefined) return push('name', start, start + dashed.length, dashed, null);
    } else if (next === 126 && word === 'in') {
      return push('name', start, end + 1, 'in~', 'operator');
    } else if (next === 40 && TYPED_LITERALS.has(word)) {
      end = typedEnd(start, end);
      return push('typed', start, end, '', 'constant');
    }
    push('name', start, end, word, null);
  }

  function typedEnd(start: number, open: number): number {
    for (let end = open + 1; end < length; end++) {
      const code = text.charCodeAt(end);
      if (code === 41) return end + 1;
      if (code === 10 || code === 13) break;
    }
    flaws.push({ what: 'unclosed-literal', start, end: open + 1 });
    return lineEnd(text, open);
  }

  function scanNumber(start: number): void {
    if (text.charCodeAt(start) === 48 && (text.charCodeAt(start + 1) | 32) === 120) {
      const past = nameEnd(text, start);
      if (/^[\da-f]+$/i.test(text.slice(start + 2, past))) return push('number', start, past, '', 'number');
    }
    let end = digitsEnd(text, start);
    const afterDot = text.charCodeAt(end + 1);
    if (text.charCodeAt(end) === 46 && afterDot !== 46 && afterDot !== 91 && !(classOf(afterDot) & START)) end = digitsEnd(text, end + 1);
    const isWhole = end === digitsEnd(text, start);
    if ((text.charCodeAt(end) | 32) === 101) {
      const sign = text.charCodeAt(end + 1) === 43 || text.charCodeAt(end + 1) === 45 ? 2 : 1;
      if (classOf(text.charCodeAt(end + sign)) & DIGIT) end = digitsEnd(text, end + sign);
    }
    const tail = nameEnd(text, end);
    if (tail === end) return push('number', start, end, '', 'number');
    if (TIMESPAN_UNITS.has(text.slice(end, tail))) return push('timespan', start, tail, '', 'constant');
    // `7zip` and `0xZ` are names; `1.5x` is a number before one.
    if (isWhole) push('name', start, tail, text.slice(start, tail), null);
    else push('number', start, end, '', 'number');
  }
}

const nameEnd = (text: string, from: number): number => {
  let at = from;
  while (classOf(text.charCodeAt(at)) & PART) at++;
  return at;
};
const digitsEnd = (text: string, from: number): number => {
  let at = from;
  while (classOf(text.charCodeAt(at)) & DIGIT) at++;
  return at;
};

/** What the editor colours, in order: lexemes as the parser named them, and comments. */
export function tokensOf({ lexemes, comments }: Lexed): readonly Token[] {
  const tokens: Token[] = [];
  let comment = 0;
  for (const { start, end, colour } of lexemes) {
    for (; comment < comments.length && comments[comment]!.start < start; comment++) tokens.push({ ...comments[comment]!, type: 'comment' });
    if (colour !== null && end > start) tokens.push({ start, end, type: colour });
  }
  for (; comment < comments.length; comment++) tokens.push({ ...comments[comment]!, type: 'comment' });
  return tokens;
}
