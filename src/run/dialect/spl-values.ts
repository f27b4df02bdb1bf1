import { isBag, isJson, isList, isNumber, textOf, type Value } from '../value';
import { numberOf } from './textual';

/** A number as Splunk shows it. */
const shownNumber = (value: number): string => {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  return String(value);
};

/** A single value as text; null of several and of none. */
export function splText(value: Value | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return shownNumber(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isList(value)) return value.length === 1 ? splText(value[0]) : null;
  return isBag(value) ? JSON.stringify(value) : textOf(value);
}

/** A number, or a text that is one. */
export const splNumber = (value: Value | undefined): number | null =>
  value === undefined || value === null ? null : isList(value) ? (value.length === 1 ? splNumber(value[0]) : null) : numberOf(value);

/** Several values as a list, one as itself, none as null. */
export const mvOf = (values: readonly Value[]): Value => (values.length === 0 ? null : values.length === 1 ? values[0]! : values);

/** The values of one that may be several. */
export const valuesIn = (value: Value | undefined): readonly Value[] => (value === undefined || value === null ? [] : isList(value) ? value : [value]);

/** By number where both are numbers, else by text. */
export function splOrder(left: Value, right: Value): number {
  const [a, b] = [splNumber(left), splNumber(right)];
  if (a !== null && b !== null) return a - b;
  const [x, y] = [splText(left) ?? '', splText(right) ?? ''];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** JSON read; undefined for a text that is none. */
export function jsonOf(value: Value | undefined): Value | undefined {
  if (isJson(value)) return value.value;
  if (isBag(value) || isList(value)) return value;
  if (typeof value !== 'string') return isNumber(value) || typeof value === 'boolean' ? value : undefined;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return undefined;
  }
}

/** What stands at a path such as `a.b{0}.c`, `a{}.b` (all members); undefined: nothing. */
export function atPath(value: Value, path: string): readonly Value[] {
  let found: readonly Value[] = [value];
  for (const [, name, index] of path.matchAll(/([^.{}]+)|\{(\d*)\}/g)) {
    found = found.flatMap((one): readonly Value[] => {
      if (name !== undefined) {
        if (isBag(one)) return Object.hasOwn(one, name) ? [one[name]!] : [];
        return [];
      }
      if (!isList(one)) return [];
      return index === '' ? one : one[Number(index)] === undefined ? [] : [one[Number(index)]!];
    });
  }
  return found;
}

/** A value of JSON as a field holds it: objects and arrays as JSON text. */
export const fieldOfJson = (value: Value): Value =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : typeof value === 'boolean' ? String(value) : value;

/** What the stars between these parts stand for in a text, the first as short as can be; null where it does not fit. */
export function heldByStars(text: string, parts: readonly string[]): readonly string[] | null {
  const [first, ...rest] = parts;
  if (rest.length === 0) return text === first ? [] : null;
  if (!text.startsWith(first!)) return null;
  const held: string[] = [];
  let at = first!.length;
  for (const [index, part] of rest.entries()) {
    const found = index === rest.length - 1 ? text.length - part.length : text.indexOf(part, at);
    if (found < at || !text.startsWith(part, found)) return null;
    held.push(text.slice(at, found));
    at = found + part.length;
  }
  return held;
}
