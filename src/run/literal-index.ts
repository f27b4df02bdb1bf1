import type { Row } from './dialect';
import { fileNameOf } from './glob-match';
import { numberOf } from './dialect/textual';
import { isBag, isList, textOf, type Value } from './value';
import { isPlain, type Literal } from './asked-literals';
import { addGram, commonness, type Grams, lookAll, newGrams, put, scan } from './grams';

/** Literals one of which is required; null: none are known. */
type LiteralSet = readonly Literal[] | null;

/** From literals to the numbers of those that require one of them. */
interface LiteralIndex {
  /** Those of which no literal is known. */
  readonly always: readonly number[];
  /** Calls for each other that may say something of the row, some more than once. */
  candidates(row: Row, look: (number: number) => void): void;
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
/** An index of sets of literals by their place in the list; null: nothing is known to be required. Values that are looked into are folded as the literals are. */
export function literalIndexOf(sets: readonly LiteralSet[]): LiteralIndex {
  const fields = new Map<string, FieldIndex>();
  const everywhere = newGrams();
  const always: number[] = [];
  const foreign: number[] = [];
  const counts = commonness(sets.flatMap((asked) => (asked ?? []).flatMap(({ kind, text }) => (kind === 'part' ? [text] : []))));
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

function lookAt(value: Value, field: FieldIndex, look: (number: number) => void): void {
  lookAll(field.present, look);
  if (value === null) return;
  // Languages differ in what they make of several values (as one text they have other signs in it) and of truth values, which may be numbers.
  if (typeof value === 'boolean') return lookAll(field.all, look);
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
