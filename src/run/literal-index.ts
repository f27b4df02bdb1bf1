import type { Row } from './dialect';
import { numberOf } from './dialect/textual';
import { isBag, isList, textOf, type Value } from './value';
import { isPlain, SHORTEST, type Literal, type AskedLiterals } from './asked-literals';

/** From literals to the numbers of those that require one of them. */
interface LiteralIndex {
  /** Those of which no literal is known. */
  readonly always: readonly number[];
  /** Calls for each other that may say something of the row, some more than once. */
  candidates(row: Row, look: (number: number) => void): void;
}

/** Where a literal hangs: at three of its characters, those that are rarest among all literals. */
interface Entry {
  readonly text: string;
  readonly offset: number;
  readonly numbers: number[];
}

/** Parts of texts by the three characters they hang at. `bits` says of most other characters at once that nothing hangs there. */
interface Grams {
  readonly byKey: Map<number, Entry[]>;
  readonly bits: Uint32Array;
}

/** What is looked for in the values of one field. */
interface FieldIndex {
  readonly equal: Map<string, number[]>;
  readonly grams: Grams;
  readonly present: number[];
  readonly foreign: number[];
  /** All that look for a text in it. */
  readonly all: number[];
}

const NONE: readonly number[] = [];
const BITS = 1 << 16;
const newGrams = (): Grams => ({ byKey: new Map(), bits: new Uint32Array(BITS / 32) });

/** An index of lists by their place in the list. Values that are looked into are folded as the literals are. */
export function literalIndexOf(lists: readonly AskedLiterals[]): LiteralIndex {
  const fields = new Map<string, FieldIndex>();
  const everywhere = newGrams();
  const always: number[] = [];
  const foreign: number[] = [];
  const counts = gramCounts(lists);
  lists.forEach((asked, number) => {
    if (asked === null) return void always.push(number);
    for (const literal of asked) {
      if (literal.field !== null) putIn(fieldIn(fields, literal.field), literal, number, counts);
      else if (literal.kind === 'foreign') foreign.push(number);
      else addGram(everywhere, literal.text, number, counts);
    }
  });
  return {
    always,
    candidates(row, look) {
      visit(row, '', fields, look);
      if (everywhere.byKey.size > 0 || foreign.length > 0) lookAnywhere(row, everywhere, foreign, look);
    },
  };
}

/** A name with blanks in it may stand without them in the event, and the other way round. */
const bare = (name: string): string => (name.includes(' ') ? name.replaceAll(' ', '') : name);

function fieldIn(fields: Map<string, FieldIndex>, name: string): FieldIndex {
  const key = bare(name);
  let own = fields.get(key);
  if (own === undefined) fields.set(key, (own = { equal: new Map(), grams: newGrams(), present: [], foreign: [], all: [] }));
  return own;
}

function putIn(field: FieldIndex, { kind, text }: Literal, number: number, counts: ReadonlyMap<number, number>): void {
  if (field.all.at(-1) !== number) field.all.push(number);
  if (kind === 'present') field.present.push(number);
  else if (kind === 'foreign') field.foreign.push(number);
  else if (kind === 'part') addGram(field.grams, text, number, counts);
  else {
    const known = field.equal.get(text);
    if (known === undefined) field.equal.set(text, [number]);
    else if (known.at(-1) !== number) known.push(number);
  }
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
  const equal = field.equal.get(text);
  if (equal !== undefined) lookAll(equal, look);
  const number = field.equal.size === 0 ? null : numberOf(text);
  if (number !== null && String(number) !== text) lookAll(field.equal.get(String(number)) ?? NONE, look);
  if (field.grams.byKey.size > 0) scan(text, field.grams, look);
  if (field.foreign.length > 0 && !isPlain(text)) lookAll(field.foreign, look);
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

const keyAt = (text: string, at: number): number =>
  ((text.charCodeAt(at) & 0x3ff) << 20) | ((text.charCodeAt(at + 1) & 0x3ff) << 10) | (text.charCodeAt(at + 2) & 0x3ff);

const bitOf = (key: number): number => Math.imul(key, 0x9e3779b1) >>> 16;

/** One pass: at each place the literals that hang at its three characters are compared with what stands there. */
function scan(text: string, { byKey, bits }: Grams, look: (number: number) => void): void {
  if (text.length < SHORTEST) return;
  let key = ((text.charCodeAt(0) & 0x3ff) << 10) | (text.charCodeAt(1) & 0x3ff);
  for (let at = 0; at + SHORTEST <= text.length; at++) {
    key = ((key << 10) | (text.charCodeAt(at + 2) & 0x3ff)) & 0x3fffffff;
    const bit = bitOf(key);
    if ((bits[bit >>> 5]! & (1 << (bit & 31))) === 0) continue;
    const entries = byKey.get(key);
    if (entries === undefined) continue;
    for (const entry of entries) if (at >= entry.offset && text.startsWith(entry.text, at - entry.offset)) lookAll(entry.numbers, look);
  }
}

function gramCounts(lists: readonly AskedLiterals[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const asked of lists)
    for (const { text, kind } of asked ?? [])
      if (kind === 'part') for (let at = 0; at + SHORTEST <= text.length; at++) counts.set(keyAt(text, at), (counts.get(keyAt(text, at)) ?? 0) + 1);
  return counts;
}

function addGram({ byKey, bits }: Grams, text: string, number: number, counts: ReadonlyMap<number, number>): void {
  let offset = 0;
  for (let at = 1; at + SHORTEST <= text.length; at++) if ((counts.get(keyAt(text, at)) ?? 0) < (counts.get(keyAt(text, offset)) ?? 0)) offset = at;
  const key = keyAt(text, offset);
  const bit = bitOf(key);
  bits[bit >>> 5]! |= 1 << (bit & 31);
  let entries = byKey.get(key);
  if (entries === undefined) byKey.set(key, (entries = []));
  const known = entries.find((entry) => entry.text === text && entry.offset === offset);
  if (known === undefined) entries.push({ text, offset, numbers: [number] });
  else if (known.numbers.at(-1) !== number) known.numbers.push(number);
}
