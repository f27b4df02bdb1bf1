// npm run growth [-- --only FORMAT --shape WORD --work WORK]: how the time to read, convert and judge pathological documents grows from 64 to 512 KB; an exponent of 1 is linear.
import { parseArgs } from 'node:util';
import { FORMATS } from '../../src/formats/registry';
import { millisecondsFor, WORKS } from './measure';
import { shapesOf, type Shape } from './shapes';

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, shape: { type: 'string', default: '' }, work: { type: 'string', default: '' } },
});
const [SMALL, LARGE] = [65_536, 524_288];
/** Below this nothing can be told from a clock. */
const LEAST = 20;
/** What grows faster is measured again, and told where it does so twice. */
const STEEP = 1.2;
/** What takes longer than this on a small text is not tried on a large one; longer on a large one is told. */
const [MOST_SMALL, MOST_LARGE] = [1_500, 4_000];

let failures = 0;
for (const [name, prepared] of Object.entries(WORKS)) {
  if (!name.includes(values.work)) continue;
  for (const format of FORMATS.values()) {
    if (!format.id.includes(values.only)) continue;
    const steepest = { name: '', exponent: 0 };
    const slowest = { name: '', ms: 0 };
    let shapes = 0;
    for (const [shapeName, shape] of shapesOf(format.id)) {
      if (!shapeName.includes(values.shape)) continue;
      shapes++;
      const { times, exponent, failure } = grownTwice((text) => prepared(format, text), shape);
      const large = times.at(-1) ?? 0;
      if (exponent > steepest.exponent) Object.assign(steepest, { name: shapeName, exponent });
      if (large > slowest.ms) Object.assign(slowest, { name: shapeName, ms: large });
      if (failure === null && exponent <= STEEP && large <= MOST_LARGE) continue;
      failures++;
      const told = failure ?? `${times.map((ms) => ms.toFixed(0).padStart(8)).join('')} ms  exponent ${exponent.toFixed(2)}`;
      console.log(`${name.padEnd(8)}${format.id.padEnd(14)} ${shapeName.padEnd(36)} ${told}`);
    }
    console.log(`| ${name} | ${format.id} | ${shapes} | ${steepest.exponent.toFixed(2)} | ${steepest.name} | ${slowest.ms.toFixed(0)} ms | ${slowest.name} |`);
  }
}
process.exit(failures === 0 ? 0 : 1);

interface Grown {
  readonly times: readonly number[];
  /** Infinite where the large text was not tried; 0 where nothing can be told. */
  readonly exponent: number;
  readonly failure: string | null;
}

function grownTwice(prepared: (text: string) => () => void, shape: Shape): Grown {
  const first = grown(prepared, shape);
  if (first.failure !== null || first.exponent <= STEEP) return first;
  const second = grown(prepared, shape);
  return second.exponent < first.exponent ? second : first;
}

function grown(prepared: (text: string) => () => void, shape: Shape): Grown {
  const times: number[] = [];
  try {
    for (const size of [SMALL / 8, SMALL, LARGE]) {
      const ms = millisecondsFor(shape(size), prepared);
      times.push(ms);
      if (ms > MOST_SMALL && size < LARGE) break;
    }
  } catch (error) {
    return { times, exponent: 0, failure: `FAILS ${String(error).slice(0, 150)}` };
  }
  const [, small = 0, large = Infinity] = times;
  return { times, exponent: large < LEAST * 4 ? 0 : Math.log2(large / Math.max(small, LEAST / 8)) / 3, failure: null };
}
