import { expect } from 'vitest';
import { millisecondsOf } from '../growth/measure';

/** Under so many milliseconds nothing can be told from a clock. */
const LEAST = 60;
/** Eight times the size takes eight times the time, or sixty-four where something is squared; a busy machine blurs that. */
const MOST = 40;

/** Fails where the time of `work` grows faster than the size it is given: `size` against eight times as much, in processor time. */
export function expectLinear(name: string, work: (size: number) => unknown, size: number): void {
  work(size >> 2);
  const [short, long] = [size, size * 8].map((units) => millisecondsOf(() => void work(units))) as [number, number];
  if (long > LEAST && long / short > MOST) expect.fail(`${name}: ${short.toFixed(1)} ms for ${size} units, ${long.toFixed(1)} ms for ${size * 8}`);
}
