import type { RegexDialect, Span } from '../model';

/** One piece of a regular expression, at its place; the pieces of an expression cover it without a gap. */
export type RegexPiece = Span &
  (
    | { readonly kind: 'char'; readonly char: string }
    | { readonly kind: 'any' }
    /** `[…]`; its members are `classMembers`. */
    | { readonly kind: 'class'; readonly isNegated: boolean; readonly isClosed: boolean }
    /** A backslash with a letter or digit, and what belongs to it (`\x41`, `\p{L}`, `\k<name>`); the letter is empty where the expression ends. */
    | { readonly kind: 'escape'; readonly letter: string }
    /** `\Q…\E`, and in Lucene `"…"`. */
    | { readonly kind: 'quote'; readonly text: string; readonly isClosed: boolean }
    /** `^`, `$`, or the letter of `\b`, `\B`, `\A`, `\z`, `\Z`. */
    | { readonly kind: 'edge'; readonly sign: string }
    /** A bracket; `name` is that of `(?<name>`, `flags` are those of `(?i:`, each empty where there are none. */
    | { readonly kind: 'open'; readonly group: RegexGroup; readonly name: string; readonly flags: string }
    | { readonly kind: 'close' }
    | { readonly kind: 'or' }
    | { readonly kind: 'repeat'; readonly least: number; readonly most: number; readonly manner: 'greedy' | 'lazy' | 'possessive' }
    /** `(?i)`: flags for what follows. */
    | { readonly kind: 'flags'; readonly letters: string }
    /** `(?#…)` and verbs, `(*…)`. */
    | { readonly kind: 'comment'; readonly isClosed: boolean }
    /** Another group's text or pattern: `(?P=name)`, `(?&name)`, `(?R)`, `(?1)`. */
    | { readonly kind: 'reference' }
    /** An operator that only Lucene has: `@`, `#`, `~`, `&`, `<`. */
    | { readonly kind: 'operator'; readonly sign: string }
  );

/** `plain` keeps nothing: `(?:`, `(?i:`, `(?|`; `unknown` is a question mark with nothing known behind it. */
type RegexGroup = 'capture' | 'plain' | 'look' | 'atomic' | 'unknown';

const ESCAPE =
  /\\(?:x(?:\{[\da-fA-F]{1,8}\}|[\da-fA-F]{1,2})|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[pP](?:\{[^{}]{0,60}\}|[A-Za-z])|N\{[^{}]{0,80}\}|[kg](?:<\w{1,80}>|\{-?\w{1,80}\}|'\w{1,80}')|c[A-Za-z]|[0-3][0-7]{2}|0[0-7]?|[1-9]\d?|[^])?/uy;
const REPEAT = /[*+?]|\{\d{1,6}(?:,\d{0,6})?\}/y;
const PYTHON_REPEAT = /[*+?]|\{(?:\d{1,9}(?:,\d{0,9})?|,\d{0,9})\}/y;
const FLAGS = /\(\?([a-zA-Z^]*(?:-[a-zA-Z]+)?)([:)])/y;
const NAMED = /\(\?(?:P?<([A-Za-z_]\w{0,80})>|'([A-Za-z_]\w{0,80})')/y;
const REFERENCE = /\(\?(?:P[=>]\w{1,80}|&\w{1,80}|R|[+-]?\d{1,4})\)/y;
const VERB = /\(\*[A-Z_:a-z]{1,40}\)/y;
const POSIX = /\[([:.=])[^\][\\]{1,16}\1\]/y;

/** What a sticky pattern finds at an offset. */
function at(pattern: RegExp, source: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(source);
}

/**
 * A regular expression in pieces, as far as its dialect matters: Python has no quoting, no verbs and no classes of POSIX, and a count may lack its lower bound;
 * Lucene quotes in `"…"`, has operators of its own and no edges; the others are read alike. Total and linear: any text has some pieces.
 */
export function regexPieces(source: string, dialect: RegexDialect): readonly RegexPiece[] {
  const pieces: RegexPiece[] = [];
  for (let start = 0; start < source.length; start = pieces.at(-1)!.end) pieces.push(pieceAt(source, start, dialect));
  return pieces;
}

/** The letters of all flags that are set inside an expression, wherever they hold. */
export const inlineFlags = (pieces: readonly RegexPiece[]): string =>
  pieces.map((piece) => (piece.kind === 'flags' ? piece.letters : piece.kind === 'open' ? piece.flags : '').replace(/-.*/, '')).join('');

/** The flags at the head of an expression, `(?i)(?s)` or `(?is)`, which hold for all of it, and the rest. */
export function regexHead(text: string): { readonly flags: string; readonly rest: string } {
  const [head] = /^(?:\(\?[a-z]+\))*/.exec(text)!;
  return { flags: head.replace(/[^a-z]/g, ''), rest: text.slice(head.length) };
}

/** Whether letters' case counts nowhere in an expression, as its head says. */
export const ignoresCase = (text: string): boolean => regexHead(text).flags.includes('i');

function pieceAt(source: string, start: number, dialect: RegexDialect): RegexPiece {
  const char = source[start]!;
  const one = { start, end: start + 1 };
  switch (char) {
    case '\\':
      return escapeAt(source, start, dialect, false);
    case '[':
      return classAt(source, start, dialect);
    case '(':
      return openAt(source, start, dialect);
    case ')':
      return { ...one, kind: 'close' };
    case '|':
      return { ...one, kind: 'or' };
    case '.':
      return { ...one, kind: 'any' };
    case '^':
    case '$':
      // The whole value must fit in Lucene: there they are plain characters.
      return dialect === 'lucene' ? { ...one, kind: 'char', char } : { ...one, kind: 'edge', sign: char };
    case '*':
    case '+':
    case '?':
    case '{':
      return repeatAt(source, start, dialect) ?? { ...one, kind: 'char', char };
  }
  if (dialect === 'lucene') {
    if (char === '"') {
      const end = source.indexOf('"', start + 1);
      return { start, end: end < 0 ? source.length : end + 1, kind: 'quote', text: source.slice(start + 1, end < 0 ? undefined : end), isClosed: end >= 0 };
    }
    if ('@#~&<'.includes(char)) return { ...one, kind: 'operator', sign: char };
  }
  return charAt(source, start, start);
}

/** The code point at an offset, as a piece that may begin with its backslash. */
function charAt(source: string, start: number, offset: number): RegexPiece {
  const char = String.fromCodePoint(source.codePointAt(offset)!);
  return { start, end: offset + char.length, kind: 'char', char };
}

function escapeAt(source: string, start: number, dialect: RegexDialect, isMember: boolean): RegexPiece {
  const letter = source[start + 1] ?? '';
  const isPlain = letter !== '' && (dialect === 'lucene' ? !/[dDwWsS\d]/.test(letter) : !/[A-Za-z0-9]/.test(letter));
  if (isPlain) return charAt(source, start, start + 1);
  if (letter === 'Q' && dialect !== 'python' && !isMember) {
    const end = source.indexOf('\\E', start + 2);
    return { start, end: end < 0 ? source.length : end + 2, kind: 'quote', text: source.slice(start + 2, end < 0 ? undefined : end), isClosed: end >= 0 };
  }
  const end = start + at(ESCAPE, source, start)![0].length;
  return !isMember && 'bBAzZ'.includes(letter) && letter !== '' ? { start, end, kind: 'edge', sign: letter } : { start, end, kind: 'escape', letter };
}

/** A quantifier, with the sign behind it that makes it lazy or possessive; a brace that is none stands for itself. */
function repeatAt(source: string, start: number, dialect: RegexDialect): RegexPiece | null {
  const found = at(dialect === 'python' ? PYTHON_REPEAT : REPEAT, source, start);
  if (found === null) return null;
  const [text] = found;
  const [low = '', high] = text.slice(1, -1).split(',');
  const [least, most] =
    text === '*' ? [0, Infinity] : text === '+' ? [1, Infinity] : text === '?' ? [0, 1] : [Number(low), high === undefined ? Number(low) : high === '' ? Infinity : Number(high)]; // prettier-ignore
  const end = start + text.length;
  const sign = dialect === 'lucene' ? undefined : source[end];
  const manner = sign === '?' ? 'lazy' : sign === '+' ? 'possessive' : 'greedy';
  return { start, end: manner === 'greedy' ? end : end + 1, kind: 'repeat', least, most, manner };
}

function openAt(source: string, start: number, dialect: RegexDialect): RegexPiece {
  const open = (length: number, group: RegexGroup, { name = '', flags = '' } = {}): RegexPiece => ({
    start,
    end: start + length,
    kind: 'open',
    group,
    name,
    flags,
  });
  if (source[start + 1] !== '?') {
    const verb = dialect === 'pcre' ? at(VERB, source, start) : null;
    return verb === null ? open(1, 'capture') : { start, end: start + verb[0].length, kind: 'comment', isClosed: true };
  }
  switch (source[start + 2]) {
    case '#': {
      const end = source.indexOf(')', start);
      return { start, end: end < 0 ? source.length : end + 1, kind: 'comment', isClosed: end >= 0 };
    }
    case ':':
    case '|':
      return open(3, 'plain');
    case '>':
      return open(3, 'atomic');
    case '=':
    case '!':
      return open(3, 'look');
    case '<':
      if (source[start + 3] === '=' || source[start + 3] === '!') return open(4, 'look');
  }
  const named = at(NAMED, source, start);
  if (named !== null) return open(named[0].length, 'capture', { name: named[1] ?? named[2] ?? '' });
  const reference = at(REFERENCE, source, start);
  if (reference !== null) return { start, end: start + reference[0].length, kind: 'reference' };
  const flags = at(FLAGS, source, start);
  if (flags === null) return open(2, 'unknown');
  const [text, letters = ''] = flags;
  return flags[2] === ':' ? open(text.length, 'plain', { flags: letters }) : { start, end: start + text.length, kind: 'flags', letters };
}

/** A class up to its closing bracket; one that comes first is a member, but in Lucene. */
function classAt(source: string, start: number, dialect: RegexDialect): RegexPiece {
  const isNegated = source[start + 1] === '^';
  let end = start + (isNegated ? 2 : 1);
  if (source[end] === ']' && dialect !== 'lucene') end++;
  while (end < source.length && source[end] !== ']') end += memberLength(source, end, dialect);
  const isClosed = end < source.length;
  return { start, end: isClosed ? end + 1 : source.length, kind: 'class', isNegated, isClosed };
}

const posixAt = (source: string, offset: number, dialect: RegexDialect): RegExpExecArray | null =>
  dialect !== 'python' && dialect !== 'lucene' && source[offset] === '[' ? at(POSIX, source, offset) : null;

const memberLength = (source: string, offset: number, dialect: RegexDialect): number =>
  source[offset] === '\\' ? escapeAt(source, offset, dialect, true).end - offset : (posixAt(source, offset, dialect)?.[0].length ?? 1);

/** A member of a class: a character, an escape, or a class of POSIX such as `[:alpha:]`. A dash between two is a range to whom asks. */
export type ClassMember = Span &
  ({ readonly kind: 'char'; readonly char: string } | { readonly kind: 'escape'; readonly letter: string } | { readonly kind: 'posix' });

/** The members of a class, in order, each at its place in the expression. */
export function classMembers(
  source: string,
  { start, end, isNegated, isClosed }: Extract<RegexPiece, { kind: 'class' }>,
  dialect: RegexDialect,
): readonly ClassMember[] {
  const members: ClassMember[] = [];
  const last = isClosed ? end - 1 : end;
  for (let offset = start + (isNegated ? 2 : 1); offset < last; offset = members.at(-1)!.end) {
    const posix = posixAt(source, offset, dialect);
    if (posix !== null) members.push({ start: offset, end: offset + posix[0].length, kind: 'posix' });
    else members.push((source[offset] === '\\' ? escapeAt(source, offset, dialect, true) : charAt(source, offset, offset)) as ClassMember);
  }
  return members;
}

/** One member of a class, or the two ends of a range: a dash between two makes one, a dash at an edge stands for itself. */
export function memberRanges(source: string, members: readonly ClassMember[]): readonly { readonly low: ClassMember; readonly high: ClassMember | null }[] {
  const ranges: { low: ClassMember; high: ClassMember | null }[] = [];
  for (let at = 0; at < members.length; at++) {
    const [low, dash, high] = members.slice(at, at + 3);
    const isRange = high !== undefined && source.slice(dash!.start, dash!.end) === '-';
    ranges.push({ low: low!, high: isRange ? high : null });
    if (isRange) at += 2;
  }
  return ranges;
}

const CONTROLS: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, e: 27 };

/** The code point that a member of a class stands for, or an escape outside one that is no back-reference; null where it stands for several, or for none. */
export function codePointOf(source: string, member: ClassMember): number | null {
  if (member.kind === 'char') return member.char.codePointAt(0)!;
  if (member.kind === 'posix') return null;
  const written = source.slice(member.start + 1, member.end);
  const hex = /^[xuU]\{?([\da-fA-F]+)/.exec(written)?.[1];
  const code = hex !== undefined ? Number.parseInt(hex, 16) : /^[0-7]+$/.test(written) ? Number.parseInt(written, 8) : CONTROLS[written];
  return code === undefined || code > 0x10ffff ? null : code;
}

/** A text as an expression in whose dialect soever. */
export const plainText = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
