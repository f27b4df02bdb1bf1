import { lastStart } from '../../syntax/binary-search';
import type { Needle } from './query';

/** Many texts in lower case as one, so that one scan searches them all. */
export interface Haystack {
  readonly text: string;
  /** Where each begins; one more entry marks the end. A line break stands between two. */
  readonly starts: Int32Array;
  /** Those with a character beyond Latin 1, by entry; empty in `text`, for one such character makes all of it wide, and a scan of it several times longer. */
  readonly wide: ReadonlyMap<number, string>;
}

// eslint-disable-next-line no-control-regex
const WIDE = /[^\x00-\xff]/;

export function haystackOf(texts: readonly string[]): Haystack {
  const starts = new Int32Array(texts.length + 1);
  const wide = new Map<number, string>();
  const narrow = texts.map((text, at) => {
    const isWide = WIDE.test(text);
    if (isWide) wide.set(at, text.toLowerCase());
    starts[at + 1] = starts[at]! + (isWide ? 0 : text.length) + 1;
    return isWide ? '' : text;
  });
  // All at once: a letter of Latin 1 is one letter in lower case too, so that all stay where they are.
  return { text: narrow.join('\n').toLowerCase(), starts, wide };
}

/** How well a needle is met: not at all, inside a word, at the beginning of one, as a whole word. */
type Quality = 0 | 1 | 2 | 3;

/** The quality of each text; below 2 only where `inside` words count. A needle with stars or in quotes as a value is met whole or not at all. */
export function lookUp(haystack: Haystack, needle: Needle, inside: boolean): Uint8Array {
  const found = lookUpNarrow(haystack, needle, inside);
  for (const [entry, text] of haystack.wide) found[entry] = qualityIn(text, needle, inside);
  return found;
}

function lookUpNarrow(haystack: Haystack, needle: Needle, inside: boolean): Uint8Array {
  const { text, starts } = haystack;
  const found = new Uint8Array(starts.length - 1);
  const isAnchored = needle.pieces.length > 1 || needle.isWhole;
  const literal = needle.pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
  if (literal === '') {
    if (needle.pieces.length > 1) found.fill(3);
    else if (needle.isWhole) for (let entry = 0; entry < found.length; entry++) if (starts[entry + 1]! - starts[entry]! === 1) found[entry] = 3;
    return found;
  }
  let entry = 0;
  for (let at = text.indexOf(literal); at >= 0;) {
    if (starts[entry + 1]! <= at) entry = lastStart(starts, at, entry);
    const start = starts[entry]!;
    const end = starts[entry + 1]! - 1;
    let next = at + 1;
    if (at + literal.length <= end) {
      const quality = isAnchored ? (matchesWhole(text.slice(start, end), needle.pieces) ? 3 : 0) : qualityOf(text, start, end, at, literal.length);
      if (quality > found[entry]! && (inside || quality > 1)) found[entry] = quality;
      // Anchored needles have one answer an entry, and nothing is better than a whole word.
      if (isAnchored || quality === 3) next = end;
    }
    at = text.indexOf(literal, next);
  }
  return found;
}

/** The same in those entries only in which a shorter needle was met that this one begins with: it is met in no others. */
export function lookUpIn(haystack: Haystack, needle: Needle, inside: boolean, entries: readonly number[]): Uint8Array {
  const { text, starts, wide } = haystack;
  const found = new Uint8Array(starts.length - 1);
  for (const entry of entries) found[entry] = qualityIn(wide.get(entry) ?? text.slice(starts[entry], starts[entry + 1]! - 1), needle, inside);
  return found;
}

/** How well a needle is met by one text. */
function qualityIn(text: string, { pieces, isWhole }: Needle, inside: boolean): Quality {
  if (pieces.length > 1 || isWhole) return matchesWhole(text, pieces) ? 3 : 0;
  const literal = pieces[0]!;
  let best: Quality = 0;
  for (let at = literal === '' ? -1 : text.indexOf(literal); at >= 0 && best < 3; at = text.indexOf(literal, at + 1)) {
    const quality = qualityOf(text, 0, text.length, at, literal.length);
    if (quality > best && (inside || quality > 1)) best = quality;
  }
  return best;
}

/** Whether a needle is looked for as it stands, not as a whole text and not around a star. */
export const isPart = ({ pieces, isWhole }: Needle): boolean => pieces.length === 1 && !isWhole && pieces[0] !== '';

function qualityOf(text: string, start: number, end: number, at: number, length: number): Quality {
  if (at > start && isWordCode(text.charCodeAt(at - 1)) && isWordCode(text.charCodeAt(at))) return 1;
  const after = at + length;
  return after < end && isWordCode(text.charCodeAt(after)) && isWordCode(text.charCodeAt(after - 1)) ? 2 : 3;
}

/** Letters and digits; every character outside ASCII counts as a letter. */
const isWordCode = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127;

/** The text is the pieces in order, anything between them. */
function matchesWhole(text: string, pieces: readonly string[]): boolean {
  const first = pieces[0]!;
  const last = pieces[pieces.length - 1]!;
  if (pieces.length === 1) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
