import { lastStart } from '../../syntax/binary-search';
import { stretchesWith, type Haystack, type Part } from './haystack';
import type { Needle } from './query';

/** How well a needle is met: not at all, inside a word, at the beginning of one, as a whole word. */
type Quality = 0 | 1 | 2 | 3;

/** The quality of each text; below 2 only where `inside` words count. A needle with stars or in quotes as a value is met whole or not at all. */
export function lookUp({ size, parts }: Haystack, needle: Needle, inside: boolean): Uint8Array {
  const found = new Uint8Array(size);
  for (const part of parts) lookUpPart(found, part, needle, inside);
  return found;
}

function lookUpPart(found: Uint8Array, part: Part, needle: Needle, inside: boolean): void {
  const { numbers, starts } = part;
  const isAnchored = needle.pieces.length > 1 || needle.isWhole;
  const literal = needle.pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
  if (literal === '') {
    for (let entry = 0; isAnchored && entry < numbers.length; entry++)
      if (needle.pieces.length > 1 || starts[entry + 1]! - starts[entry]! === 1) found[numbers[entry]!] = 3;
    return;
  }
  for (const [first, last] of stretchesWith(part, needle.pieces)) {
    const offset = starts[first]!;
    const text = part.text.slice(offset, starts[last]);
    let entry = first;
    for (let at = text.indexOf(literal); at >= 0;) {
      if (starts[entry + 1]! <= offset + at) entry = lastStart(starts, offset + at, entry);
      const start = starts[entry]! - offset;
      const end = starts[entry + 1]! - 1 - offset;
      let next = at + 1;
      if (at + literal.length <= end) {
        const quality = isAnchored ? (matchesWhole(text.slice(start, end), needle.pieces) ? 3 : 0) : qualityOf(text, start, end, at, literal.length);
        const number = numbers[entry]!;
        if (quality > found[number]! && (inside || quality > 1)) found[number] = quality;
        // Anchored needles have one answer an entry, and nothing is better than a whole word.
        if (isAnchored || quality === 3) next = end;
      }
      at = text.indexOf(literal, next);
    }
  }
}

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
