import { timeOfEvent } from './event-time';
import type { Bag } from './value';

/** Counts along a stretch of time, in milliseconds since 1970. */
interface TimeStrip {
  readonly from: number;
  readonly to: number;
  readonly parts: readonly number[];
}

const PARTS = 48;

/** When rows were, in equal parts of the time from the first to the last; null where none says, or all were at once. */
export function timeStripOf(rows: readonly Bag[]): TimeStrip | null {
  const times = rows.flatMap((row) => {
    const nanos = timeOfEvent(row);
    return nanos === null ? [] : [Number(nanos / 1_000_000n)];
  });
  const from = times.reduce((least, at) => Math.min(least, at), Infinity);
  const to = times.reduce((most, at) => Math.max(most, at), -Infinity);
  if (!(from < to)) return null;
  const parts = Array.from({ length: PARTS }, () => 0);
  for (const at of times) parts[Math.min(PARTS - 1, Math.floor(((at - from) / (to - from)) * PARTS))]!++;
  return { from, to, parts };
}
