import type { Row } from './dialect';
import { fileNameOf } from './glob-match';
import { numberOf } from './dialect/textual';
import { isBag, isList, textOf, type Value } from './value';
import { isPlain, type Literal } from './asked-literals';

/** Literals one of which is required; null: none are known. */
type LiteralSet = readonly Literal[] | null;

/** From literals to the numbers of those that require one of them. */
interface LiteralIndex {
  /** Those of which no literal is known. */
  readonly always: readonly number[];
  /** Calls for each other that may say something of the row, some more than once. */
  candidates(row: Row, look: (number: number) => void): void;
}

/** Where a literal hangs: at four of its characters, those that are rarest among all literals; at its first two where it has no four. */
interface Entry {
  readonly text: string;
  readonly offset: number;
  readonly numbers: number[];
}

/** Parts of texts by the characters they hang at. The bits say of most other characters at once that nothing hangs there. */
interface Grams {
  readonly byText: Map<string, Entry>;
  readonly fours: Map<number, Entry[]>;
  readonly fourBits: Uint32Array;
  readonly pairs: Map<number, Entry[]>;
  readonly pairBits: Uint32Array;
}

/** What is looked for in the values of one field. */
interface FieldIndex {
  readonly equal: Map<string, number[]>;
  /** By the file name at the end of a path. */
  readonly named: Map<string, number[]>;
  readonly grams: Grams;
  readonly present: number[];
  readonly foreign: number[];
  /** All that look for a text in it. */
  readonly all: number[];
}

const NONE: readonly number[] = [];
const newGrams = (): Grams => ({
  byText: new Map(),
  fours: new Map(),
  fourBits: new Uint32Array((1 << FOUR_BITS) / 32),
  pairs: new Map(),
  pairBits: new Uint32Array((PAIR + 1) / 32),
});

/** An index of sets of literals by their place in the list; null: nothing is known to be required. Values that are looked into are folded as the literals are. */
export function literalIndexOf(sets: readonly LiteralSet[]): LiteralIndex {
  const fields = new Map<string, FieldIndex>();
  const everywhere = newGrams();
  const always: number[] = [];
  const foreign: number[] = [];
  const counts = gramCounts(sets);
  sets.forEach((asked, number) => {
    if (asked === null) return void always.push(number);
    for (const literal of asked) {
      if (literal.field !== null) putIn(fieldIn(fields, literal.field), literal, number, counts);
      else if (literal.kind === 'foreign') put(foreign, number);
      else addGram(everywhere, literal.text, number, counts);
    }
  });
  return {
    always,
    candidates(row, look) {
      visit(row, '', fields, look);
      if (everywhere.byText.size > 0 || foreign.length > 0) lookAnywhere(row, everywhere, foreign, look);
    },
  };
}

/** A name with blanks in it may stand without them in the event, and the other way round. */
const bare = (name: string): string => (name.includes(' ') ? name.replaceAll(' ', '') : name);

function fieldIn(fields: Map<string, FieldIndex>, name: string): FieldIndex {
  const key = bare(name);
  let own = fields.get(key);
  if (own === undefined) fields.set(key, (own = { equal: new Map(), named: new Map(), grams: newGrams(), present: [], foreign: [], all: [] }));
  return own;
}

function putIn(field: FieldIndex, { kind, text }: Literal, number: number, counts: ReadonlyMap<number, number>): void {
  put(field.all, number);
  if (kind === 'present') put(field.present, number);
  else if (kind === 'foreign') put(field.foreign, number);
  else if (kind === 'part') addGram(field.grams, text, number, counts);
  else putUnder(kind === 'name' ? field.named : field.equal, text, number);
}

/** Numbers come in order: each stands in a list once. */
function put(numbers: number[], number: number): void {
  if (numbers.at(-1) !== number) numbers.push(number);
}

function putUnder<K>(lists: Map<K, number[]>, key: K, number: number): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [number]);
  else put(known, number);
}

/** Every field of the row under its dotted name, those inside others too. */
function visit(bag: Row, path: string, fields: ReadonlyMap<string, FieldIndex>, look: (number: number) => void): void {
  for (const key in bag) {
    if (!Object.hasOwn(bag, key)) continue;
    const value = bag[key]!;
    const name = path === '' ? key : `${path}.${key}`;
    const field = fields.get(bare(name));
    if (field !== undefined) lookAt(value, field, look);
    if (typeof value === 'object' && value !== null) visitInside(value, name, fields, look);
  }
}

function visitInside(value: Value, name: string, fields: ReadonlyMap<string, FieldIndex>, look: (number: number) => void): void {
  if (isBag(value)) visit(value, name, fields, look);
  else if (isList(value)) for (const item of value) if (typeof item === 'object' && item !== null) visitInside(item, name, fields, look);
}

const lookAll = (numbers: readonly number[], look: (number: number) => void): void => {
  for (const number of numbers) look(number);
};

function lookAt(value: Value, field: FieldIndex, look: (number: number) => void): void {
  lookAll(field.present, look);
  if (value === null) return;
  // Languages differ in what they make of several values: as one text they have other signs in it.
  if (typeof value === 'object' && (isList(value) || isBag(value))) return lookAll(field.all, look);
  const text = textOf(value).toLowerCase();
  if (field.equal.size > 0) lookUnder(field.equal, text, look);
  if (field.named.size > 0) lookUnder(field.named, fileNameOf(text), look);
  if (field.grams.byText.size > 0) scan(text, field.grams, look);
  if (field.foreign.length > 0 && !isPlain(text)) lookAll(field.foreign, look);
}

/** Numbers are found by their plain form too, however the event writes them. */
function lookUnder(lists: ReadonlyMap<string, readonly number[]>, text: string, look: (number: number) => void): void {
  const equal = lists.get(text);
  if (equal !== undefined) lookAll(equal, look);
  const number = numberOf(text);
  if (number !== null && String(number) !== text) lookAll(lists.get(String(number)) ?? NONE, look);
}

/** Each value of the row, in lists and objects too: words may stand in any of them. */
function lookAnywhere(value: Value, grams: Grams, foreign: readonly number[], look: (number: number) => void): void {
  if (value === null) return;
  if (isList(value)) {
    for (const item of value) lookAnywhere(item, grams, foreign, look);
  } else if (isBag(value)) {
    for (const key in value) if (Object.hasOwn(value, key)) lookAnywhere(value[key]!, grams, foreign, look);
  } else {
    const text = textOf(value).toLowerCase();
    scan(text, grams, look);
    if (foreign.length > 0 && !isPlain(text)) lookAll(foreign, look);
  }
}

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
function scan(text: string, { fours, fourBits, pairs, pairBits }: Grams, look: (number: number) => void): void {
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

function gramCounts(sets: readonly LiteralSet[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const asked of sets)
    for (const { text, kind } of asked ?? [])
      if (kind === 'part') for (let at = 0; at + 4 <= text.length; at++) counts.set(keyAt(text, at, 4), (counts.get(keyAt(text, at, 4)) ?? 0) + 1);
  return counts;
}

function addGram(grams: Grams, text: string, number: number, counts: ReadonlyMap<number, number>): void {
  const known = grams.byText.get(text);
  if (known !== undefined) return put(known.numbers, number);
  let offset = 0;
  const commonness = (at: number): number => counts.get(keyAt(text, at, 4)) ?? 0;
  for (let at = 1; at + 4 <= text.length; at++) if (commonness(at) < commonness(offset)) offset = at;
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
