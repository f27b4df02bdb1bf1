import type { EventValue } from '../model';
import { isIso, type Way } from './pieces';

/** What stands between pieces of a text: first nothing but what they share, then a blank, then other signs. */
const BETWEEN = ['', ' ', 'a', '\\', '/'] as const;

/** Pieces that a value is made of: each is laid against all before it. */
const MOST_PIECES = 1_000;

/** Values made of one way for each comparison of a field: texts that hold all pieces, or the whole value that one asks for. */
export function* valuesFrom(ways: readonly Way[]): Generator<EventValue> {
  for (const way of ways) if ('value' in way) yield way.value;
  const pieces = ways.flatMap((way) => ('pieces' in way ? way.pieces : []));
  if (pieces.length === 0 || pieces.length > MOST_PIECES) return;
  const exact = pieces.find(({ atStart, atEnd }) => atStart && atEnd);
  if (exact !== undefined) {
    yield exact.text;
    return;
  }
  const longest = (texts: readonly string[]): string => texts.reduce((best, text) => (text.length > best.length ? text : best), '');
  const head = longest(pieces.flatMap(({ text, atStart }) => (atStart ? [text] : [])));
  const tail = longest(pieces.flatMap(({ text, atEnd }) => (atEnd ? [text] : [])));
  // The longest first: what a text holds already needs no place of its own.
  const middles: string[] = [];
  const byLength = ways.map((way) =>
    'pieces' in way ? way.pieces.flatMap(({ text, atStart, atEnd }) => (atStart || atEnd || text === '' ? [] : [text])) : [],
  );
  for (const texts of byLength.toSorted((a, b) => b.join('').length - a.join('').length))
    if (!holdsInOrder(head, texts) && !holdsInOrder(tail, texts) && !holdsInOrder(joined(middles, null), texts)) middles.push(...texts);
  const made = new Set<string>();
  const put = function* (text: string): Generator<EventValue> {
    if (!made.has(text)) yield text;
    made.add(text);
  };
  const order = [head, ...middles, tail].filter((text) => text !== '');
  const plain = joined(order, null);
  // A name is more than its ending.
  if (head === '' && /^\.\w+$/.test(plain)) yield* put(`example${plain}`);
  yield* put(plain);
  // Between two slashes stands a folder.
  yield* put(joined(order, 'example', /[\\/]$/));
  for (const between of BETWEEN) yield* put(joined(order, between));
  if (tail === '' || head === '')
    for (const other of ['a', ' ', '1', '.', '\n']) {
      if (head === '') yield* put(other + plain);
      if (tail === '') yield* put(plain + other);
      if (head === '' && tail === '') yield* put(other + plain + other);
    }
  if (middles.length > 1)
    for (const between of ['', ' '] as const)
      yield* put(
        joined(
          [head, ...middles.toReversed(), tail].filter((text) => text !== ''),
          between,
        ),
      );
}

/** Whether the texts stand in another one after another, letters' case aside. */
function holdsInOrder(outer: string, texts: readonly string[]): boolean {
  const folded = outer.toLowerCase();
  let at = 0;
  for (const text of texts) {
    const found = folded.indexOf(text.toLowerCase(), at);
    if (found < 0) return false;
    at = found + text.length;
  }
  return true;
}

/** Texts one after another; `between` null: what the end of one shares with the beginning of the next stands once, else a blank parts words. */
function joined(texts: readonly string[], between: string | null, after = /$/): string {
  return texts.reduce((whole, text) => {
    if (between !== null) return whole === '' || !after.test(whole) ? whole + text : whole + between + text;
    if (whole === '') return text;
    const shared = overlap(whole, text);
    if (shared > 0) return whole + text.slice(shared);
    return /\w$/.test(whole) && /^[\w-]/.test(text) ? `${whole} ${text}` : whole + text;
  }, '');
}

/** How much of the end of one text is the beginning of the other. */
function overlap(left: string, right: string): number {
  for (let length = Math.min(left.length, right.length, 200); length > 0; length--)
    if (left.slice(-length).toLowerCase() === right.slice(0, length).toLowerCase()) return length;
  return 0;
}

const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
/** Of networks that documentation is to use (RFC 5737), of one that all use, of a network within. */
const ADDRESSES = ['198.51.100.9', '203.0.113.7', '8.8.8.8', '10.0.0.5'];

/** Values that differ from one by little: so that a comparison it met fails. */
export function* valuesNear(value: EventValue | undefined): Generator<EventValue> {
  if (typeof value === 'number') {
    yield value + 1;
    yield value - 1;
    yield 0;
    yield value + 1000;
  } else if (typeof value === 'boolean') yield !value;
  else if (typeof value === 'string' && value !== '') {
    if (isIso(value)) {
      yield value.replace(/^\d{4}/, '2000');
      return;
    }
    if (ADDRESS.test(value)) yield* ADDRESSES;
    if (/\w\.\w+$/.test(value)) yield value.replace(/\.\w+$/, 'x$&');
    const middle = Math.floor(value.length / 2);
    yield `${value}x`;
    yield value.slice(0, middle) + value.slice(middle + 1);
    yield `x${value}`;
    yield value.slice(0, -1);
  }
  yield 'other';
}

/** Values of a field of which nothing is known but what it must not be. */
export const ANY_VALUES: readonly EventValue[] = [
  'example',
  1,
  'other',
  0,
  '203.0.113.7',
  '10.0.0.5',
  true,
  false,
  'C:\\Example\\example.exe',
  100_000,
  -1,
  '',
  [],
];
