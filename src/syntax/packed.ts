import type { Packed } from '../model';

/** What a code says, in its lowest bits; above them a number, a length or a place in a list. */
const [NULL, UNDEFINED, FALSE, TRUE, INTEGER, NUMBER, TEXT, LIST, OBJECT, KNOWN] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const TAG_BITS = 4;
const TAG = (1 << TAG_BITS) - 1;
const LARGEST = 2 ** (31 - TAG_BITS);

/**
 * Packs null, undefined, booleans, numbers, texts, lists and objects of them: a thread unpacks it in a third of the time that taking it object by object does.
 * Objects that stand in several places are the same object on the other side too.
 */
export function packed<T>(data: T): Packed<T> {
  const codes: number[] = [];
  const numbers: number[] = [];
  const texts = new Map<string, number>();
  const shapes: (readonly string[])[] = [];
  /** Places of shapes by their first key. */
  const byFirst = new Map<string | undefined, number[]>();
  const known = new Map<object, number>();
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
  const putObject = (value: object): void => {
    const before = known.get(value);
    if (before !== undefined) return put(KNOWN, before);
    known.set(value, known.size);
    if (Array.isArray(value)) {
      put(LIST, value.length);
      for (const item of value) putValue(item);
      return;
    }
    const keys = Object.keys(value);
    put(OBJECT, shapeOf(keys));
    for (const key of keys) putValue((value as Record<string, unknown>)[key]);
  };
  const putValue = (value: unknown): void => {
    if (typeof value === 'string') putText(value);
    else if (typeof value === 'number') {
      if (Number.isInteger(value) && !Object.is(value, -0) && value >= -LARGEST && value < LARGEST) put(INTEGER, value);
      else put(NUMBER, numbers.push(value) - 1);
    } else if (typeof value === 'object' && value !== null) putObject(value);
    else put(value === null ? NULL : value === undefined ? UNDEFINED : value === true ? TRUE : FALSE, 0);
  };

  putValue(data);
  return { codes: new Int32Array(codes), texts: [...texts.keys()], numbers, shapes };
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((key, at) => key === b[at]);

/** The data that was packed. */
export function unpacked<T>({ codes, texts, numbers, shapes }: Packed<T>): T {
  const known: unknown[] = [];
  let next = 0;
  const take = (): unknown => {
    const code = codes[next++]!;
    const value = code >> TAG_BITS;
    switch (code & TAG) {
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
        known.push(list);
        for (let left = value; left > 0; left--) list.push(take());
        return list;
      }
      case OBJECT: {
        const object: Record<string, unknown> = {};
        known.push(object);
        for (const key of shapes[value]!) {
          if (key === '__proto__') Object.defineProperty(object, key, { value: take(), writable: true, enumerable: true, configurable: true });
          else object[key] = take();
        }
        return object;
      }
      case KNOWN:
        return known[value];
      default:
        return undefined;
    }
  };
  return take() as T;
}
