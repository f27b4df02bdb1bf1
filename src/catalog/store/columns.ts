/**
 * A column of integers as text: each number in digits of five bits, the lowest first, a sixth bit on all digits but the last; the alphabet is base64url.
 * It reads several times faster than a JSON list of numbers and compresses better.
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const DIGIT_OF = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 64; digit++) DIGIT_OF[ALPHABET.charCodeAt(digit)] = digit;

/** Numbers from 0 to 2³¹−1 as a column. */
export function packInts(values: ArrayLike<number>): string {
  const parts: string[] = [];
  for (let at = 0; at < values.length; at++) {
    let rest = values[at]!;
    while (rest >= 32) {
      parts.push(ALPHABET[32 | (rest & 31)]!);
      rest >>>= 5;
    }
    parts.push(ALPHABET[rest]!);
  }
  return parts.join('');
}

/** The numbers of a column. Throws on a character that is no digit and on a number that has no end. */
export function unpackInts(column: string): Int32Array {
  const values = new Int32Array(column.length);
  let filled = 0;
  let value = 0;
  let shift = 0;
  for (let at = 0; at < column.length; at++) {
    const code = column.charCodeAt(at);
    const digit = code < 128 ? DIGIT_OF[code]! : -1;
    if (digit < 0) throw new Error('a column holds a character that is no digit');
    value |= (digit & 31) << shift;
    if (digit >= 32) {
      shift += 5;
      if (shift > 30) throw new Error('a column holds a number that is too long');
    } else {
      values[filled++] = value;
      value = 0;
      shift = 0;
    }
  }
  if (shift !== 0) throw new Error('a column ends inside a number');
  return values.slice(0, filled);
}

/** Numbers as a column of differences to the one before, the sign in the lowest bit: short where neighbours are alike. */
export function packDeltas(values: ArrayLike<number>): string {
  const deltas = new Int32Array(values.length);
  let before = 0;
  for (let at = 0; at < values.length; at++) {
    const delta = values[at]! - before;
    deltas[at] = delta < 0 ? -2 * delta - 1 : 2 * delta;
    before = values[at]!;
  }
  return packInts(deltas);
}

export function unpackDeltas(column: string): Int32Array {
  const values = unpackInts(column);
  let before = 0;
  for (let at = 0; at < values.length; at++) {
    const delta = values[at]!;
    before += delta & 1 ? -((delta + 1) >> 1) : delta >> 1;
    values[at] = before;
  }
  return values;
}

/** Lists of numbers laid end to end: list `n` is `items` from `starts[n]` to `starts[n + 1]`. */
export interface Lists {
  readonly starts: Int32Array;
  readonly items: Int32Array;
}

/** Lists as stored: how long each is, and all items in order. */
export interface StoredLists {
  readonly lengths: string;
  readonly items: string;
}

export function packLists(lists: readonly (readonly number[])[]): StoredLists {
  return { lengths: packInts(lists.map((list) => list.length)), items: packDeltas(lists.flat()) };
}

export const unpackLists = (stored: StoredLists): Lists => listsOf(unpackInts(stored.lengths), unpackDeltas(stored.items));

/** Lists from their lengths and items. Throws when the lengths do not add up to the number of items. */
function listsOf(lengths: Int32Array, items: Int32Array): Lists {
  const starts = new Int32Array(lengths.length + 1);
  for (let at = 0; at < lengths.length; at++) starts[at + 1] = starts[at]! + lengths[at]!;
  if (starts[lengths.length] !== items.length) throw new Error('a column has not as many items as its lists');
  return { starts, items };
}

export const listAt = (lists: Lists, at: number): Int32Array => lists.items.subarray(lists.starts[at]!, lists.starts[at + 1]!);

/** Which lists hold each item: `invert(rule → techniques, techniques)` is technique → rules, ascending. An item named twice in one list counts once. */
export function invert({ starts: from, items: given }: Lists, items: number): Lists {
  const starts = new Int32Array(items + 1);
  const last = new Int32Array(items).fill(-1);
  for (let list = 0; list + 1 < from.length; list++)
    for (let at = from[list]!; at < from[list + 1]!; at++) {
      const item = given[at]!;
      if (last[item] !== list) starts[item + 1]!++;
      last[item] = list;
    }
  for (let item = 0; item < items; item++) starts[item + 1]! += starts[item]!;
  const next = starts.slice();
  const inverted = new Int32Array(starts[items]!);
  for (let list = 0; list + 1 < from.length; list++)
    for (let at = from[list]!; at < from[list + 1]!; at++) {
      const item = given[at]!;
      const place = next[item]!;
      if (place > starts[item]! && inverted[place - 1] === list) continue;
      inverted[place] = list;
      next[item] = place + 1;
    }
  return { starts, items: inverted };
}

/** The texts themselves, when they are a list of texts; otherwise throws. */
export function checkTexts(texts: unknown): readonly string[] {
  if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string')) throw new Error('a list of texts holds something else');
  return texts;
}

/** The column itself, when it has `count` entries of 0 to below `limit`; otherwise throws. */
export function checkRange(column: Int32Array, count: number, limit: number): Int32Array {
  if (column.length !== count) throw new Error('its columns differ in length');
  for (let at = 0; at < count; at++) if (column[at]! < 0 || column[at]! >= limit) throw new Error('a column points to nothing');
  return column;
}
