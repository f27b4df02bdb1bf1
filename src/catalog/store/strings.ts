import { byText } from '../../syntax/by-text';
import { lowerBound } from '../../syntax/binary-search';
import { packInts, unpackInts, checkRange, checkTexts } from './columns';
import type { Table } from './table';

/**
 * ASCII letters in lower case, all else as it is. Not `toLowerCase`: what that makes of other letters depends on the Unicode version of whoever runs it,
 * and the writer and every reader of a catalog must agree on the order.
 */
export const folded = (text: string): string => (/[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text);

/** Distinct texts, ordered without regard to the case of ASCII letters, then by UTF-16 codes: like texts stand together, capitals first. */
export function tableOfStrings(texts: Iterable<string>): Table<string> {
  const entries = [...new Set(texts)]
    .map((text) => [folded(text), text] as const)
    .sort((a, b) => byText(a[0], b[0]) || byText(a[1], b[1]))
    .map(([, text]) => text);
  const places = new Map(entries.map((text, place) => [text, place]));
  return { entries, placeOf: (text) => places.get(text)! };
}

/** The table of strings as stored: a text in lower case whose capitalised form stands before it is left out, and 1 after that form says so. */
export interface StoredStrings {
  readonly texts: readonly string[];
  readonly lowers: string;
}

export function packStrings(entries: readonly string[]): StoredStrings {
  const texts: string[] = [];
  const lowers: number[] = [];
  for (const text of entries) {
    const before = texts.length - 1;
    if (before >= 0 && folded(texts[before]!) === text) lowers[before] = 1;
    else {
      texts.push(text);
      lowers.push(0);
    }
  }
  return { texts, lowers: packInts(lowers) };
}

export function unpackStrings({ texts, lowers }: StoredStrings): string[] {
  checkTexts(texts);
  const hasLower = checkRange(unpackInts(lowers), texts.length, 2);
  const entries: string[] = [];
  texts.forEach((text, at) => {
    entries.push(text);
    if (hasLower[at] === 1) entries.push(folded(text));
  });
  return entries;
}

/** The place of a text in such a table; -1 when it is not there. */
export function placeOfString(entries: readonly string[], text: string): number {
  const lower = folded(text);
  const place = lowerBound(0, entries.length, (at) => (byText(folded(entries[at]!), lower) || byText(entries[at]!, text)) >= 0);
  return entries[place] === text ? place : -1;
}

/** The place of a text among texts ordered by their UTF-16 codes; -1 when it is not there. */
export function binarySearch(texts: readonly string[], text: string): number {
  const place = lowerBound(0, texts.length, (at) => texts[at]! >= text);
  return texts[place] === text ? place : -1;
}
