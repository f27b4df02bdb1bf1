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
 * Objects that were the same object stay the same object: tests are found by identity.
 * `mapEnd` maps ends of stretches that are not empty. As a rule an end belongs to the last character inside, so that a folded
 * line break after it is not swallowed; where a character is written by several (an escape), its end is where the next one begins.
 */
export function relocate<T>(data: T, map: SourceMap, mapEnd: SourceMap = (offset) => map(offset - 1) + 1): T {
  const seen = new Map<object, unknown>();
  const move = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const known = seen.get(value);
    if (known !== undefined) return known;
    if (Array.isArray(value)) {
      const copy: unknown[] = Array.from({ length: value.length });
      seen.set(value, copy);
      for (let i = 0; i < value.length; i++) copy[i] = move(value[i]);
      return copy;
    }
    const copy: Record<string, unknown> = {};
    seen.set(value, copy);
    for (const key in value) copy[key] = move((value as Record<string, unknown>)[key]);
    const { start, end } = value as Partial<Span>;
    if (typeof start === 'number' && typeof end === 'number') {
      copy['start'] = map(start);
      copy['end'] = end > start ? mapEnd(end) : map(end);
    }
    return copy;
  };
  return move(data) as T;
}
