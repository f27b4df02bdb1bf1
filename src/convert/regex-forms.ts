import type { GlobPart, Regex, RegexDialect } from '../model';
import { classMembers, type ClassMember, codePointOf, memberRanges, plainText, type RegexPiece, regexPieces } from '../syntax/regex';

/*
 * What a regular expression is beside itself: a pattern with stars where it asks for no more, and, of Lucene's, which fits the whole value, one that is looked for anywhere.
 */

/**
 * The pattern with stars that the same values fit; null: the expression asks for more than that. `flags`: all that hold.
 * A bare `$` is the end of a value in the dialects alone that take no line break after it.
 */
export function globOfRegex({ dialect }: Pick<Regex, 'dialect'>, text: string, flags: ReadonlySet<string>, isWhole: boolean): readonly GlobPart[] | null {
  const pieces = [...regexPieces(text, dialect)];
  const isEdge = (piece: RegexPiece | undefined, signs: string): boolean => piece?.kind === 'edge' && signs.includes(piece.sign);
  if (flags.has('m')) return null;
  const isBegun = !isWhole && isEdge(pieces[0], '^A');
  const isEnded = !isWhole && isEdge(pieces.at(-1), dialect === 're2' ? '$z' : dialect === 'python' ? 'Z' : 'z');
  const inner = pieces.slice(isBegun ? 1 : 0, isEnded ? -1 : undefined);
  const takesBreaks = isWhole || flags.has('s');
  const parts: GlobPart[] = isWhole || isBegun ? [] : ['any-run'];
  for (const [at, piece] of inner.entries()) {
    if (piece.kind === 'char') parts.push({ text: piece.char });
    else if (piece.kind === 'escape' && codeOf(text, piece) !== null) parts.push({ text: codeOf(text, piece)! });
    else if (piece.kind === 'quote' && piece.isClosed) parts.push({ text: piece.text });
    else if (piece.kind === 'any' && takesBreaks) parts.push(isAnyTimes(inner[at + 1]) ? 'any-run' : 'any-char');
    else if (!isAnyTimes(piece) || inner[at - 1]?.kind !== 'any') return null;
  }
  if (!isWhole && !isEnded) parts.push('any-run');
  return parts;
}

/** The one character that an escape stands for; null: it stands for several, for none, or for what was found before. */
function codeOf(text: string, piece: Extract<RegexPiece, { kind: 'escape' }>): string | null {
  const code = /[1-9]/.test(piece.letter) ? null : codePointOf(text, piece);
  return code === null ? null : String.fromCodePoint(code);
}

const isAnyTimes = (piece: RegexPiece | undefined): boolean =>
  piece?.kind === 'repeat' && piece.least === 0 && piece.most === Infinity && piece.manner !== 'possessive';

/** An expression of Lucene's as one that is looked for anywhere, with whether a dot stands in it, which meets line breaks too; or why there is none. */
export function soughtAnywhere(source: string, dialect: RegexDialect): { readonly text: string; readonly hasDot: boolean } | { readonly why: string } {
  const pieces = regexPieces(source, dialect);
  const alternatives: RegexPiece[][] = [[]];
  let depth = 0;
  for (const [at, piece] of pieces.entries()) {
    if (piece.kind === 'operator' || (piece.kind === 'quote' && !piece.isClosed)) return { why: "this regular expression uses what only Lucene's dialect has" };
    if (piece.kind === 'repeat' && pieces[at - 1]?.kind === 'repeat') return { why: 'a regular expression with quantifiers side by side' };
    if (piece.kind === 'escape' && /\d/.test(piece.letter)) return { why: 'a regular expression with a back-reference' };
    if (piece.kind === 'open') depth++;
    else if (piece.kind === 'close') depth--;
    if (depth < 0) return { why: 'a regular expression with a bracket that closes nothing' };
    if (piece.kind === 'or' && depth === 0) alternatives.push([]);
    else alternatives.at(-1)!.push(piece);
  }
  let hasDot = false;
  const texts = alternatives.map((all) => {
    const isOpen = (at: number): boolean => all[at]?.kind === 'any' && isAnyTimes(all[at + 1]);
    const startsOpen = isOpen(0);
    const rest = startsOpen ? all.slice(2) : all;
    const endsOpen = startsOpen && rest.length === 0 ? true : rest.at(-2)?.kind === 'any' && isAnyTimes(rest.at(-1));
    const inner = endsOpen ? rest.slice(0, -2) : rest;
    hasDot ||= inner.some(({ kind }) => kind === 'any');
    return `${startsOpen ? '' : '^'}${inner.map((piece) => plainPiece(source, piece)).join('')}${endsOpen ? '' : '$'}`;
  });
  return { text: texts.join('|'), hasDot };
}

/** A piece of an expression of Lucene's, in which more signs stand for themselves. */
function plainPiece(source: string, piece: RegexPiece): string {
  const written = source.slice(piece.start, piece.end);
  switch (piece.kind) {
    case 'char':
      return plainText(piece.char);
    case 'quote':
      return plainText(piece.text);
    case 'class':
      // A backslash before a letter is nothing but that letter, a bracket begins no class by name, and `\s` knows fewer blanks.
      return (
        written[0] +
        written
          .slice(1, -1)
          .replace(/\\[dDwWS]|\\([A-Za-z])|\\.|\[/g, (sign, letter?: string) => (letter === 's' ? ' \\t\\n\\r' : (letter ?? (sign === '[' ? '\\[' : sign)))) +
        written.slice(-1)
      );
    default:
      return written;
  }
}

/**
 * How an expression reads whatever way it is spelled: escapes as the signs they stand for, the members of a class in order, groups as brackets and greedy
 * quantifiers, which fit the same values.
 */
export function spelledAlike(text: string, dialect: RegexDialect): string {
  return regexPieces(text, dialect)
    .map((piece) => {
      switch (piece.kind) {
        case 'char':
          return plainText(piece.char);
        case 'escape':
          return codeOf(text, piece) === null ? classText(text, [piece], false, dialect) : plainText(codeOf(text, piece)!);
        case 'class':
          return piece.isClosed ? classText(text, classMembers(text, piece, dialect), piece.isNegated, dialect) : text.slice(piece.start, piece.end);
        case 'open':
          return piece.group === 'capture' || (piece.group === 'plain' && piece.flags === '') ? '(' : text.slice(piece.start, piece.end);
        case 'repeat':
          return `{${piece.least},${piece.most}}${piece.manner === 'possessive' ? '+' : ''}`;
        default:
          return text.slice(piece.start, piece.end);
      }
    })
    .join('');
}

const SHORT: Readonly<Record<string, string>> = { d: '09', w: '09AZ__az' };
/** What `\\s` stands for, as pairs of ends; Lucene's knows neither form feed nor vertical tab. */
const blanksOf = (dialect: RegexDialect): string => (dialect === 'lucene' ? '\t\n\r\r  ' : '\t\r  ');

/** The members of a class as ranges of code points, in order and without overlap; what stands for more than that behind them as it is written. */
function classText(text: string, members: readonly ClassMember[], isNegated: boolean, dialect: RegexDialect): string {
  const others: string[] = [];
  const ranges: [low: number, high: number][] = [];
  for (const { low, high } of memberRanges(text, members)) {
    const ends = [codePointOf(text, low), codePointOf(text, high ?? low)];
    const short = low.kind === 'escape' && high === null ? (low.letter === 's' ? blanksOf(dialect) : SHORT[low.letter]) : undefined;
    if (short !== undefined) for (let at = 0; at < short.length; at += 2) ranges.push([short.charCodeAt(at), short.charCodeAt(at + 1)]);
    else if (ends[0] !== null && ends[1] !== null) ranges.push([ends[0]!, ends[1]!]);
    else others.push(text.slice(low.start, (high ?? low).end));
  }
  const merged: [number, number][] = [];
  for (const [low, high] of ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = merged.at(-1);
    if (last !== undefined && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return `[${isNegated ? '^' : ''}${merged.map((ends) => ends.join('-')).join(' ')} ${others.toSorted().join(' ')}]`;
}
