import type { Packed } from '../model';

/** What a code says, in its lowest bits; above them a number, a length or a place in a list. */
const [NULL, UNDEFINED, FALSE, TRUE, INTEGER, NUMBER, TEXT, LIST, OBJECT, KNOWN, SAME] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
const TAG_BITS = 4;
const TAG = (1 << TAG_BITS) - 1;
const LARGEST = 2 ** (31 - TAG_BITS);

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What earlier data holds in this place: the two are walked side by side. A prototype is no field. */
const within = (before: unknown, key: string | number): unknown => (isObject(before) && key !== '__proto__' ? (before as Fields)[key] : undefined);

/**
 * Packs null, undefined, booleans, numbers, texts, lists and objects of them: a thread unpacks it in a third of the time that taking it object by object does.
 * Objects that stand in several places are the same object on the other side too. `before`: data whose like the other side holds, never changed since; what
 * equals it in its place is only said to, and stays the very object that stands there.
 */
export function packed<T>(data: T, before?: T): Packed<T> {
  const codes: number[] = [];
  const numbers: number[] = [];
  const texts = new Map<string, number>();
  const shapes: (readonly string[])[] = [];
  /** Places of shapes by their first key. */
  const byFirst = new Map<string | undefined, number[]>();
  const known = new Map<object, number>();
  const compare = comparing();
  const put = (tag: number, value: number): void => void codes.push((value << TAG_BITS) | tag);

  const putText = (text: string): void => {
    let at = texts.get(text);
    if (at === undefined) texts.set(text, (at = texts.size));
    put(TEXT, at);
  };
  const shapeOf = (keys: readonly string[]): number => {
    let places = byFirst.get(keys[0]);
    if (places === undefined) byFirst.set(keys[0], (places = []));
    const found = places.find((place) => isSame(shapes[place]!, keys));
    if (found !== undefined) return found;
    places.push(shapes.length);
    return shapes.push(keys) - 1;
  };
  /** Puts what stands in an object, which differs from the earlier one first at the place that the comparison came to. */
  const putAll = (value: object, old: object, keys: readonly (string | number)[] | null, length: number): void => {
    const first = compare.first();
    let equal = 0;
    for (let at = 0; at < length; at++) {
      const key = keys === null ? at : keys[at]!;
      const [inner, was] = [(value as Fields)[key], within(old, key)];
      if (at < first || (at !== first && compare.isEqual(inner, was))) {
        equal++;
        continue;
      }
      if (equal > 0) put(SAME, equal);
      equal = 0;
      putValue(inner, was);
    }
    if (equal > 0) put(SAME, equal);
  };
  const putObject = (value: object, old: unknown): void => {
    const place = known.get(value);
    if (place !== undefined) return put(KNOWN, place);
    const isList = Array.isArray(value);
    const keys = isList ? null : Object.keys(value);
    const length = isList ? value.length : keys!.length;
    put(isList ? LIST : OBJECT, isList ? length : shapeOf(keys!));
    if (isObject(old)) putAll(value, old, keys, length);
    else if (isList) for (const inner of value) putValue(inner, undefined);
    else for (const key of keys!) putValue((value as Fields)[key], undefined);
    known.set(value, known.size);
  };
  const putValue = (value: unknown, old: unknown): void => {
    if (typeof value === 'string') putText(value);
    else if (typeof value === 'number') {
      if (Number.isInteger(value) && !Object.is(value, -0) && value >= -LARGEST && value < LARGEST) put(INTEGER, value);
      else put(NUMBER, numbers.push(value) - 1);
    } else if (isObject(value)) putObject(value, old);
    else put(value === null ? NULL : value === undefined ? UNDEFINED : value === true ? TRUE : FALSE, 0);
  };

  if (before !== undefined && compare.isEqual(data, before)) put(SAME, 1);
  else putValue(data, before);
  return { codes: new Int32Array(codes), texts: [...texts.keys()], numbers, shapes };
}

interface Comparing {
  isEqual(value: unknown, old: unknown): boolean;
  /** After two were found to differ: the place where they first do, then the place within that, and so on inwards. */
  first(): number;
}

/** Compares data deeply, each object once: where two differ, it keeps the way to the first difference. */
function comparing(): Comparing {
  /** Innermost first. */
  const way: number[] = [];
  /** Lists beside the earlier ones they equal, so that what is shared over and over is walked once. */
  const same = new Map<object, object>();
  const differs = (at: number): false => {
    way.push(at);
    return false;
  };
  /** Nothing within differs. */
  const differsFrom = (at: number): false => {
    way.length = 0;
    return differs(at);
  };
  const isEqualList = (list: readonly unknown[], old: readonly unknown[]): boolean => {
    if (same.get(list) === old) return true;
    for (let at = 0; at < list.length && at < old.length; at++) if (!isEqual(list[at], old[at])) return differs(at);
    if (list.length !== old.length) return differsFrom(Math.min(list.length, old.length));
    same.set(list, old);
    return true;
  };
  const isEqualFields = (value: Fields, old: Fields): boolean => {
    let at = 0;
    for (const key in value) {
      if (!isEqual(value[key], within(old, key))) return differs(at);
      if (value[key] === undefined && !Object.hasOwn(old, key)) return differsFrom(at);
      at++;
    }
    for (const _ in old) at--;
    // It may have had more fields.
    return at === 0 || differsFrom(Infinity);
  };
  const isEqual = (value: unknown, old: unknown): boolean => {
    if (Object.is(value, old)) return true;
    if (isObject(value) && isObject(old) && Array.isArray(value) === Array.isArray(old))
      return Array.isArray(value) ? isEqualList(value, old as readonly unknown[]) : isEqualFields(value as Fields, old as Fields);
    way.length = 0;
    return false;
  };
  return { isEqual, first: () => way.pop() ?? -1 };
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((key, at) => key === b[at]);

/** The data that was packed; `before`: the like of what it was packed with. */
export function unpacked<T>({ codes, texts, numbers, shapes }: Packed<T>, before?: T): T {
  const known: unknown[] = [];
  let next = 0;
  /** How many more places hold what they held. */
  let equal = 0;
  const take = (old: unknown): unknown => {
    if (equal > 0) {
      equal--;
      return old;
    }
    const code = codes[next++]!;
    const value = code >> TAG_BITS;
    switch (code & TAG) {
      case SAME:
        equal = value - 1;
        return old;
      case NULL:
        return null;
      case FALSE:
        return false;
      case TRUE:
        return true;
      case INTEGER:
        return value;
      case NUMBER:
        return numbers[value];
      case TEXT:
        return texts[value];
      case LIST: {
        const list: unknown[] = [];
        for (let at = 0; at < value; at++) list.push(take(within(old, at)));
        known.push(list);
        return list;
      }
      case OBJECT: {
        const object: Fields = {};
        for (const key of shapes[value]!) {
          const inner = take(within(old, key));
          if (key === '__proto__') Object.defineProperty(object, key, { value: inner, writable: true, enumerable: true, configurable: true });
          else object[key] = inner;
        }
        known.push(object);
        return object;
      }
      case KNOWN:
        return known[value];
      default:
        return undefined;
    }
  };
  return take(before) as T;
}
