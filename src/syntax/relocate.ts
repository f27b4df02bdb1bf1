import type { Span } from '../model';

/** Maps an offset of an inner text (a decoded query) to the document it stands in. Monotonic. */
export type SourceMap = (offset: number) => number;

/** The inner text is a verbatim slice that starts at `base`. */
export const shiftedBy =
  (base: number): SourceMap =>
  (offset) =>
    offset + base;

/**
 * A copy of plain data in which every object with numeric `start` and `end` is moved by the map.
 * Objects that were the same object stay the same object, but for bare places: tests are found by identity.
 * `mapEnd` maps ends of stretches that are not empty. As a rule an end belongs to the last character inside, so that a folded
 * line break after it is not swallowed; where a character is written by several (an escape), its end is where the next one begins.
 */
export function relocate<T>(data: T, map: SourceMap, mapEnd: SourceMap = (offset) => map(offset - 1) + 1): T {
  const seen = new Map<object, unknown>();
  const moved = (value: unknown): unknown => (typeof value === 'object' && value !== null ? (isPlace(value) ? placed(value) : move(value)) : value);
  const placed = ({ start, end }: Span): Span => ({ start: map(start), end: end > start ? mapEnd(end) : map(end) });
  const move = (value: object): unknown => {
    const known = seen.get(value);
    if (known !== undefined) return known;
    if (Array.isArray(value)) {
      const copy: unknown[] = [];
      seen.set(value, copy);
      for (const item of value) copy.push(moved(item));
      return copy;
    }
    const copy: Record<string, unknown> = {};
    seen.set(value, copy);
    for (const key in value) copy[key] = moved((value as Record<string, unknown>)[key]);
    const { start, end } = value as Partial<Span>;
    return typeof start === 'number' && typeof end === 'number' ? Object.assign(copy, placed({ start, end })) : copy;
  };
  return moved(data) as T;
}

/** Whether an object is a place and nothing else, as most of an analysis are. */
export function isPlace(value: object): value is Span {
  for (const key in value) if (key !== 'start' && key !== 'end') return false;
  const { start, end } = value as Partial<Span>;
  return typeof start === 'number' && typeof end === 'number';
}
