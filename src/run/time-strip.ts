import { timeOfEvent } from './event-time';
import type { Bag } from './value';

/** Counts along a stretch of time, in milliseconds since 1970. */
interface TimeStrip {
  readonly from: number;
  readonly to: number;
  readonly parts: readonly number[];
  /** The part in which each of the first rows lies; null: it says no time. */
  readonly of: readonly (number | null)[];
}

const PARTS = 48;

/** When rows were, in equal parts of the time from the first to the last; null where none says, or all were at once. `told`: rows of which the part is told. */
export function timeStripOf(rows: readonly Bag[], told: number): TimeStrip | null {
  const times = rows.map((row) => {
    const nanos = timeOfEvent(row);
    return nanos === null ? null : Number(nanos / 1_000_000n);
  });
  const from = times.reduce<number>((least, at) => Math.min(least, at ?? least), Infinity);
  const to = times.reduce<number>((most, at) => Math.max(most, at ?? most), -Infinity);
  if (!(from < to)) return null;
  const partOf = (at: number): number => Math.min(PARTS - 1, Math.floor(((at - from) / (to - from)) * PARTS));
  const parts = Array.from({ length: PARTS }, () => 0);
  for (const at of times) if (at !== null) parts[partOf(at)]!++;
  return { from, to, parts, of: times.slice(0, told).map((at) => (at === null ? null : partOf(at))) };
}
