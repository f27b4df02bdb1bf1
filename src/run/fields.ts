import { isBag, isList, type Bag, type Value } from './value';

/** Reads a field of an event or row; undefined: there is none. Several values come as a list. */
export type Reader = (row: Bag) => Value | undefined;

/**
 * A dotted name is a flat key, or a path through objects; arrays on the way give the values of each of their objects.
 * A name that differs by blanks only is the same (`Threat Name` is `ThreatName`), as some writers of Windows events take them out.
 */
export function readerOf(name: string): Reader {
  const cuts = cutsOf(name);
  const plain: Reader = cuts.length > 0 ? (row) => valueAt(row, name, cuts) : (row) => (Object.hasOwn(row, name) ? row[name] : undefined);
  const bare = name.replaceAll(' ', '');
  return (row) => {
    const value = plain(row);
    if (value !== undefined) return value;
    const spaced = spacedOf(row);
    if (spaced === null) return bare === name ? undefined : plain === undefined ? undefined : Object.hasOwn(row, bare) ? row[bare] : undefined;
    const key = spaced.get(bare);
    return key === undefined ? undefined : row[key];
  };
}

/** A row that was looked at does not change: what the last one has is kept. */
export function remembered(read: Reader): Reader {
  let last: Bag | null = null;
  let value: ReturnType<Reader>;
  return (row) => {
    if (row !== last) {
      value = read(row);
      last = row;
    }
    return value;
  };
}

/** One reader a name, which reads a row once, whoever asks for the name. */
export function readersOf(make: (name: string) => Reader): (name: string) => Reader {
  const readers = new Map<string, Reader>();
  return (name) => {
    let reader = readers.get(name);
    if (reader === undefined) readers.set(name, (reader = remembered(make(name))));
    return reader;
  };
}

/** A dotted name as a column, or a path from one through objects and, by number, arrays (`x.k.0`, `x.-1` from the end). */
export function pathReaderOf(name: string): Reader {
  const cuts = cutsOf(name);
  return (row) => {
    if (Object.hasOwn(row, name)) return row[name];
    for (const { head, rest } of cuts) if (Object.hasOwn(row, head)) return along(row[head]!, rest.split('.'));
    return undefined;
  };
}

/** A dotted name cut in two at each of its dots, the longest head first: what stands flat says more than what is nested. */
interface Cut {
  readonly head: string;
  readonly rest: string;
}

function cutsOf(name: string): readonly Cut[] {
  const cuts: Cut[] = [];
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) cuts.push({ head: name.slice(0, dot), rest: name.slice(dot + 1) });
  return cuts;
}

function along(value: Value, steps: readonly string[]): Value | undefined {
  for (const step of steps) {
    if (isBag(value)) {
      if (!Object.hasOwn(value, step)) return undefined;
      value = value[step]!;
    } else if (isList(value) && /^-?\d+$/.test(step)) {
      const item = value.at(Number(step));
      if (item === undefined) return undefined;
      value = item;
    } else return undefined;
  }
  return value;
}

/** The keys with blanks in them by what they are without; null where no key has one. Events are asked for many fields, so it is kept. */
const spaced = new WeakMap<Bag, ReadonlyMap<string, string> | null>();

function spacedOf(row: Bag): ReadonlyMap<string, string> | null {
  let found = spaced.get(row);
  if (found === undefined) {
    const keys = Object.keys(row).filter((key) => key.includes(' '));
    spaced.set(row, (found = keys.length === 0 ? null : new Map(keys.map((key) => [key.replaceAll(' ', ''), key]))));
  }
  return found;
}

function valueAt(bag: Bag, name: string, cuts = cutsOf(name)): Value | undefined {
  if (Object.hasOwn(bag, name)) return bag[name];
  for (const { head, rest } of cuts) {
    const inner = Object.hasOwn(bag, head) ? within(bag[head]!, rest) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function within(value: Value, rest: string): Value | undefined {
  if (isBag(value)) return valueAt(value, rest);
  if (!isList(value)) return undefined;
  const found: Value[] = [];
  for (const item of value) {
    const inner = within(item, rest);
    if (inner === undefined) continue;
    if (isList(inner)) for (const one of inner) found.push(one);
    else found.push(inner);
  }
  return found.length === 0 ? undefined : found;
}

/** A single value of an event, with the dotted name of its field. */
interface Single {
  readonly name: string;
  readonly value: Value;
}

/** What the last row holds: one row is asked many things in a row. No step changes one that was looked at. */
let last: { readonly row: Bag; readonly singles: readonly Single[] } | null = null;

/** Every single value of an event, those in arrays and objects too. */
export function singlesOf(row: Bag): readonly Single[] {
  if (last?.row !== row) last = { row, singles: gathered(row, '', []) };
  return last.singles;
}

function gathered(value: Value, name: string, found: Single[]): readonly Single[] {
  if (isList(value)) for (const item of value) gathered(item, name, found);
  else if (isBag(value)) {
    for (const key in value) if (Object.hasOwn(value, key)) gathered(value[key]!, name === '' ? key : `${name}.${key}`, found);
  } else if (value !== null) found.push({ name, value });
  return found;
}

/** Every field whose dotted name fits a pattern, all their values together. */
export function wildReaderOf(fits: (name: string) => boolean): Reader {
  return (row) => {
    const found = singlesOf(row).flatMap(({ name, value }) => (fits(name) ? [value] : []));
    return found.length === 0 ? undefined : found.length === 1 ? found[0] : found;
  };
}
