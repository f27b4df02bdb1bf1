/** Where a literal hangs: at four of its characters, those that are rarest among all literals; at its first two where it has no four. */
interface Entry {
  readonly text: string;
  readonly offset: number;
  readonly numbers: number[];
}

/** Parts of texts by the characters they hang at. The bits say of most other characters at once that nothing hangs there. */
export interface Grams {
  readonly byText: Map<string, Entry>;
  readonly fours: Map<number, Entry[]>;
  readonly fourBits: Uint32Array;
  readonly pairs: Map<number, Entry[]>;
  readonly pairBits: Uint32Array;
}

export const newGrams = (): Grams => ({
  byText: new Map(),
  fours: new Map(),
  fourBits: new Uint32Array((1 << FOUR_BITS) / 32),
  pairs: new Map(),
  pairBits: new Uint32Array((PAIR + 1) / 32),
});

/** Numbers come in order: each stands in a list once. */
export function put(numbers: number[], number: number): void {
  if (numbers.at(-1) !== number) numbers.push(number);
}

export const lookAll = (numbers: readonly number[], look: (number: number) => void): void => {
  for (const number of numbers) look(number);
};

/** Seven bits a character: all that literals are made of; what else an event holds is compared in full. */
const CHAR = 7;
const FOUR = (1 << (4 * CHAR)) - 1;
const PAIR = (1 << (2 * CHAR)) - 1;
const FOUR_BITS = 16;
const LOW = (1 << CHAR) - 1;

const keyAt = (text: string, at: number, length: 2 | 4): number => {
  let key = 0;
  for (let place = at; place < at + length; place++) key = (key << CHAR) | (text.charCodeAt(place) & LOW);
  return key;
};

const bitOf = (key: number): number => Math.imul(key, 0x9e3779b1) >>> (32 - FOUR_BITS);
const isSet = (bits: Uint32Array, bit: number): boolean => (bits[bit >>> 5]! & (1 << (bit & 31))) !== 0;

/** One pass: at each place the literals that hang at the characters before it are compared with what stands there. */
export function scan(text: string, { fours, fourBits, pairs, pairBits }: Grams, look: (number: number) => void): void {
  let key = 0;
  for (let end = 1; end <= text.length; end++) {
    key = ((key << CHAR) | (text.charCodeAt(end - 1) & LOW)) & FOUR;
    if (isSet(pairBits, key & PAIR) && end >= 2) lookFrom(text, end - 2, pairs.get(key & PAIR), look);
    if (isSet(fourBits, bitOf(key)) && end >= 4) lookFrom(text, end - 4, fours.get(key), look);
  }
}

function lookFrom(text: string, at: number, entries: readonly Entry[] | undefined, look: (number: number) => void): void {
  if (entries === undefined) return;
  for (const { text: literal, offset, numbers } of entries) if (at >= offset && text.startsWith(literal, at - offset)) lookAll(numbers, look);
}

/** How often each four characters stand in texts. */
export function commonness(texts: readonly string[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const text of texts)
    for (let at = 0; at + 4 <= text.length; at++) {
      const key = keyAt(text, at, 4);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  return counts;
}

export function addGram(grams: Grams, text: string, number: number, counts: ReadonlyMap<number, number>): void {
  const known = grams.byText.get(text);
  if (known !== undefined) return put(known.numbers, number);
  let offset = 0;
  let least = Infinity;
  for (let at = 0; at + 4 <= text.length && least > 1; at++) {
    const count = counts.get(keyAt(text, at, 4)) ?? 0;
    if (count < least) [least, offset] = [count, at];
  }
  const entry: Entry = { text, offset, numbers: [number] };
  const length = text.length < 4 ? 2 : 4;
  const key = keyAt(text, offset, length);
  const [byKey, bits, bit] = length === 2 ? [grams.pairs, grams.pairBits, key] : [grams.fours, grams.fourBits, bitOf(key)];
  bits[bit >>> 5]! |= 1 << (bit & 31);
  grams.byText.set(text, entry);
  const hung = byKey.get(key);
  if (hung === undefined) byKey.set(key, [entry]);
  else hung.push(entry);
}

/** Whether a text holds one of several, of at least two characters each: one pass over it, however many they are. */
export function holdsOneOf(texts: readonly string[]): (text: string) => boolean {
  if (texts.length === 0) return () => false;
  const grams = newGrams();
  const counts = commonness(texts);
  for (const text of texts) addGram(grams, text, 0, counts);
  return (text) => {
    let isHeld = false;
    scan(text, grams, () => (isHeld = true));
    return isHeld;
  };
}
