import { RE2JS } from 're2js';
import type { Regex, RegexDialect } from '../model';
import { type ClassMember, type RegexPiece, classMembers, inlineFlags, regexPieces } from '../syntax/regex';
import { requiredOf } from './required';
import { shortened } from '../syntax/written';

/** A regex made ready, or why we cannot tell what it says. */
export type ReadyRegex = { readonly test: (text: string) => boolean; readonly re: RE2JS; readonly refused?: never } | { readonly refused: string };

/** Compiled ones by text, dialect and flags: compiling costs as much as a hundred tests. */
const ready = new Map<string, ReadyRegex>();
const MOST = 4000;
/** A longer pattern is no one's to read. */
const LONGEST = 20_000;

/** A regex of a rule in linear time, its dialect honoured; `fold`: letters' case does not count. */
export function regexOf({ text, dialect, flags, whole }: Pick<Regex, 'text' | 'dialect' | 'flags' | 'whole'>, fold: boolean): ReadyRegex {
  const key = `${dialect} ${flags} ${fold ? 1 : 0} ${whole === true ? 1 : 0} ${text}`;
  let found = ready.get(key);
  if (found === undefined) {
    if (ready.size >= MOST) ready.clear();
    ready.set(key, (found = compile(text, dialect, flags + (fold && !flags.includes('i') ? 'i' : ''), whole === true)));
  }
  return found;
}

function compile(text: string, dialect: RegexDialect, flags: string, whole: boolean): ReadyRegex {
  if (text.length > LONGEST) return { refused: 'the regular expression is too long' };
  const pieces = regexPieces(text, dialect);
  const inline = inlineFlags(pieces);
  const translated = dialect === 're2' ? { pattern: text } : translate(text, pieces, dialect, flags.includes('m') || inline.includes('m'));
  if ('refused' in translated) return { refused: translated.refused };
  const isDotAll = flags.includes('s') || dialect === 'lucene';
  const marks = (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) | (isDotAll ? RE2JS.DOTALL : 0) | (flags.includes('m') ? RE2JS.MULTILINE : 0);
  const { pattern } = translated;
  let re: RE2JS;
  try {
    re = RE2JS.compile(pattern, marks);
  } catch (error) {
    return { refused: reasonOf(error) };
  }
  // Asked only whether, the engine takes an automaton: hundreds of times faster than where it also says what it found.
  const find = whole ? (value: string): boolean => re.testExact(value) : (value: string): boolean => re.test(value);
  const isBlind = flags.includes('i') || inline.includes('i');
  // The engine takes a step for each of the count at each character: a megabyte would take minutes.
  const run = whole ? null : anyRunIn(pieces);
  if (run !== null) return { re, test: (value) => hasRun(value, run, isDotAll) };
  const { sets, least } = requiredOf(text, dialect, flags);
  const needed = worthFinding(sets).map((set) => (isBlind ? set.map((literal) => literal.toLowerCase()) : set));
  const holds = (value: string): boolean => needed.every((set) => set.some((literal) => value.includes(literal)));
  if (!isBlind) return { re, test: (value) => value.length >= least && holds(value) && find(value) };
  // A case-blind engine folds more letters than lower-casing does (ſ is s, K is k): beyond ASCII the engine decides alone.
  if (!needed.flat().every(isAscii)) return { re, test: find };
  return { re, test: (value) => value.length >= least && (holds(value.toLowerCase()) || !isAscii(value)) && find(value) };
}

// eslint-disable-next-line no-control-regex
const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

/** How many characters an expression asks for that asks for nothing else (`.{1000,}`); null: it asks something else. */
function anyRunIn([any, repeat, ...rest]: readonly RegexPiece[]): number | null {
  return any?.kind === 'any' && repeat?.kind === 'repeat' && repeat.manner !== 'possessive' && rest.length === 0 ? repeat.least : null;
}

/** Whether so many characters stand in one line, or in all of the text. */
function hasRun(text: string, least: number, isWhole: boolean): boolean {
  let count = 0;
  for (const char of text) {
    if (char === '\n' && !isWhole) count = 0;
    else count++;
    if (count >= least) return true;
  }
  return least === 0;
}

const MOST_SETS = 4;

/** Sets that are worth a look before the engine is asked: short ones, those first whose shortest member is longest. */
const worthFinding = (sets: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  sets
    .filter(({ length }) => length > 0 && length <= 40)
    .map((set) => ({ set, worth: set.reduce((least, literal) => Math.min(least, literal.length), Infinity) - set.length / 10 }))
    .filter(({ worth }) => worth > 0)
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, MOST_SETS)
    .map(({ set }) => set);

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
  return `a regular expression we do not run: ${shortened(message, 120)}`;
}

type Translated = { readonly pattern: string } | { readonly refused: string };

/**
 * PCRE, Python, Java and .NET as RE2: `$` and `\Z` also stand before a last line break, `\s` holds the vertical tab, `\h`, `\R`, `\e` and `\uXXXX` are spelled out.
 * Lucene's, always over the whole value: `"…"` is plain text, `@` any text, `^` and `$` plain characters.
 * What needs backtracking, and what Lucene alone has (complement, intersection, ranges of numbers, the empty language), is refused by name.
 */
function translate(text: string, pieces: readonly RegexPiece[], dialect: RegexDialect, multiline: boolean): Translated {
  let pattern = '';
  for (const [index, piece] of pieces.entries()) {
    const read = dialect === 'lucene' ? luceneAsRe2(piece, repeatsBeside(pieces, index)) : perlAsRe2(text, piece, multiline);
    if (read !== null && typeof read === 'object') return read;
    pattern += read ?? pieceAsRe2(text, piece, dialect);
  }
  return { pattern };
}

/** What is written in both; null-free: the rest was told apart before. */
function pieceAsRe2(text: string, piece: RegexPiece, dialect: RegexDialect): string {
  switch (piece.kind) {
    case 'char':
      return literalOf(piece.char);
    case 'quote':
      return `(?:${RE2JS.quote(piece.text)})`;
    case 'class':
      return classAsRe2(text, piece, dialect);
    default:
      return text.slice(piece.start, piece.end);
  }
}

const literalOf = (char: string): string => (/[A-Za-z0-9_\s]/.test(char) || char > '\x7f' ? char : `\\${char}`);

function classAsRe2(text: string, piece: Extract<RegexPiece, { kind: 'class' }>, dialect: RegexDialect): string {
  if (!piece.isClosed) return text.slice(piece.start, piece.end);
  const members = classMembers(text, piece, dialect).map((member) => (isDash(text, member) ? '-' : memberAsRe2(text, member)));
  return `[${piece.isNegated ? '^' : ''}${members.join('')}]`;
}

/** A dash that may stand between the ends of a range. */
const isDash = (text: string, { start, end }: ClassMember): boolean => end - start === 1 && text[start] === '-';

function memberAsRe2(text: string, member: ClassMember): string {
  if (member.kind === 'char') return literalOf(member.char);
  const written = text.slice(member.start, member.end);
  if (member.kind === 'posix') return written;
  return { h: ' \\t\\x{a0}', s: '\\s\\v', S: '\\S', e: '\\x{1b}', b: '\\x08' }[member.letter] ?? (member.letter === 'u' ? unicodeAsRe2(written) : written);
}

const unicodeAsRe2 = (written: string): string => `\\x{${written.slice(2)}}`;

const ESCAPES: Readonly<Record<string, string>> = {
  h: '[ \\t\\x{a0}]',
  s: '[\\s\\v]',
  S: '[^\\s\\v]',
  R: '(?:\\r\\n|\\n|\\r|\\v|\\f)',
  e: '\\x{1b}',
};

/** A piece of a backtracking engine's expression that RE2 writes otherwise, or why it cannot; null where both write the same. */
function perlAsRe2(text: string, piece: RegexPiece, multiline: boolean): string | { readonly refused: string } | null {
  switch (piece.kind) {
    case 'edge':
      return piece.sign === 'Z' ? '\\n?\\z' : piece.sign === '$' && !multiline ? '(?:\\n?\\z)' : null;
    case 'escape':
      if (piece.letter === '') return { refused: 'a regular expression that ends in a backslash' };
      if (/[1-9]/.test(piece.letter)) return { refused: 'a regular expression with a back-reference' };
      if (/[kgGKXQ]/.test(piece.letter)) return { refused: `a regular expression with \\${piece.letter}` };
      if (piece.letter === 'u' && piece.end - piece.start !== 6) return { refused: 'a regular expression with an unfinished \\u' };
      if (piece.letter === 'u') return unicodeAsRe2(text.slice(piece.start, piece.end));
      return ESCAPES[piece.letter] ?? null;
    case 'open':
      if (piece.group === 'look') return { refused: 'a regular expression that looks ahead or behind' };
      if (piece.group === 'atomic') return { refused: 'a regular expression with `(?>`' };
      return piece.group === 'unknown' ? { refused: 'a regular expression with a group we do not know' } : null;
    case 'reference':
      return { refused: 'a regular expression that calls a group' };
    case 'comment':
      return '';
    case 'repeat':
      if (piece.manner === 'possessive') return { refused: 'a regular expression with a possessive quantifier' };
      // Only Python reads a count without its lower bound as one.
      return text[piece.start + 1] === ',' ? `{0,${piece.most === Infinity ? '' : piece.most}}${piece.manner === 'lazy' ? '?' : ''}` : null;
    default:
      return null;
  }
}

/** The quantifiers that stand in a row with the piece, itself among them. */
function repeatsBeside(pieces: readonly RegexPiece[], index: number): readonly Extract<RegexPiece, { kind: 'repeat' }>[] {
  return [pieces[index - 1], pieces[index], pieces[index + 1]].flatMap((piece) => (piece?.kind === 'repeat' ? [piece] : []));
}

/** The same of Lucene's; a quantifier behind a quantifier repeats what is repeated, it makes nothing lazy. */
function luceneAsRe2(piece: RegexPiece, repeats: readonly Extract<RegexPiece, { kind: 'repeat' }>[]): string | { readonly refused: string } | null {
  switch (piece.kind) {
    case 'escape':
      return piece.letter === '' ? { refused: 'a regular expression that ends in a backslash' } : /\d/.test(piece.letter) ? piece.letter : null;
    case 'quote':
      return piece.isClosed ? null : { refused: 'a regular expression with an open quote' };
    case 'operator':
      return piece.sign === '@' ? '.*' : { refused: `a regular expression with the operator \`${piece.sign}\`` };
    case 'open':
      return piece.group === 'capture' ? null : { refused: 'a regular expression with a group that Lucene does not have' };
    case 'flags':
    case 'comment':
    case 'reference':
      return { refused: 'a regular expression with a group that Lucene does not have' };
    case 'repeat':
      if (repeats.length === 1) return null;
      if (repeats.length > 2 || repeats.some(isCounted)) return { refused: 'a regular expression with quantifiers in a row' };
      if (piece === repeats[0]) return '';
      return repeats[0]!.least === 1 && repeats[1]!.least === 1 ? '+' : repeats[0]!.most === 1 && repeats[1]!.most === 1 ? '?' : '*';
    default:
      return null;
  }
}

/** Whether it says how often, in braces. */
const isCounted = ({ start, end }: RegexPiece): boolean => end - start > 1;
