import { expect } from 'vitest';
import { millisecondsOf } from '../growth/measure';

/** Under so many milliseconds nothing can be told from a clock. */
const LEAST = 60;
/** Eight times the size takes eight times the time, or sixty-four where something is squared; a busy machine blurs that. */
const MOST = 40;

/** Fails where the time of `work` grows faster than the size it is given: `size` against eight times as much, in processor time. */
export function expectLinear(name: string, work: (size: number) => unknown, size: number): void {
  work(size >> 2);
  // What remembers the last text is given another each time.
  const timeOf = (units: number): number => millisecondsOf((run) => () => void work(units + 8 * run));
  const [short, long] = [timeOf(size), timeOf(size * 8)];
  if (long > LEAST && long / short > MOST) expect.fail(`${name}: ${short.toFixed(1)} ms for ${size} units, ${long.toFixed(1)} ms for ${size * 8}`);
}
