import { isBag, isList, type Bag, type Value } from './value';

/** Reads a field of an event or row; undefined: there is none. Several values come as a list. */
export type Reader = (row: Bag) => Value | undefined;

/**
 * A dotted name is a flat key, or a path through objects; arrays on the way give the values of each of their objects.
 * A name that differs by blanks only is the same (`Threat Name` is `ThreatName`), as some writers of Windows events take them out.
 */
export function readerOf(name: string): Reader {
  const plain: Reader = name.includes('.') ? (row) => valueAt(row, name) : (row) => (Object.hasOwn(row, name) ? row[name] : undefined);
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

/** A dotted name as a column, or a path from one through objects and, by number, arrays (`x.k.0`, `x.-1` from the end). */
export function pathReaderOf(name: string): Reader {
  if (!name.includes('.')) return (row) => (Object.hasOwn(row, name) ? row[name] : undefined);
  const dots: number[] = [];
  for (let at = name.indexOf('.'); at >= 0; at = name.indexOf('.', at + 1)) dots.push(at);
  return (row) => {
    if (Object.hasOwn(row, name)) return row[name];
    for (const dot of dots.toReversed()) {
      const head = name.slice(0, dot);
      if (Object.hasOwn(row, head)) return along(row[head]!, name.slice(dot + 1).split('.'));
    }
    return undefined;
  };
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

function valueAt(bag: Bag, name: string): Value | undefined {
  if (Object.hasOwn(bag, name)) return bag[name];
  // The longest key first: what stands flat says more than what is nested.
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const head = name.slice(0, dot);
    if (!Object.hasOwn(bag, head)) continue;
    const inner = within(bag[head]!, name.slice(dot + 1));
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

/** Visits every single value of an event with the dotted name of its field, those in arrays and objects too, until one says stop. */
export function someValue(value: Value, visit: (value: Value, name: string) => boolean, name = ''): boolean {
  if (value === null) return false;
  if (isList(value)) return value.some((item) => someValue(item, visit, name));
  if (isBag(value)) {
    for (const key in value) if (Object.hasOwn(value, key) && someValue(value[key]!, visit, name === '' ? key : `${name}.${key}`)) return true;
    return false;
  }
  return visit(value, name);
}

/** Every field whose dotted name fits a pattern, all their values together. */
export function wildReaderOf(fits: (name: string) => boolean): Reader {
  return (row) => {
    const found: Value[] = [];
    someValue(row, (value, name) => {
      if (fits(name)) found.push(value);
      return false;
    });
    return found.length === 0 ? undefined : found.length === 1 ? found[0] : found;
  };
}
