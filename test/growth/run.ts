// npm run growth [-- --only FORMAT]: how the time to read pathological documents grows from 64 to 512 KB; an exponent of 1 is linear.
import { parseArgs } from 'node:util';
import { FORMATS } from '../../src/formats/registry';
import { millisecondsOf, readAll } from './measure';
import { shapesOf } from './shapes';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, shape: { type: 'string', default: '' } } });
const [SMALL, LARGE] = [65_536, 524_288];
/** Below this nothing can be told from a clock. */
const LEAST = 20;

let steepest = { name: '', exponent: 0 };
let shapes = 0;
for (const format of FORMATS.values()) {
  if (!format.id.includes(values.only)) continue;
  for (const [name, shape] of shapesOf(format.id)) {
    if (!name.includes(values.shape)) continue;
    shapes++;
    const times: number[] = [];
    try {
      for (const size of [SMALL / 8, SMALL, LARGE]) {
        const text = shape(size);
        const ms = millisecondsOf(() => readAll(format, text));
        times.push(ms);
        if (ms > 1_500 && size < LARGE) break;
      }
    } catch (error) {
      console.log(`${format.id.padEnd(14)} ${name.padEnd(36)} FAILS ${String(error).slice(0, 150)}`);
      continue;
    }
    const [, small = 0, large = Infinity] = times;
    const exponent = large < LEAST * 4 ? 0 : Math.log2(large / Math.max(small, LEAST / 8)) / 3;
    if (exponent > steepest.exponent) steepest = { name: `${format.id}: ${name}`, exponent };
    if (exponent > 1.2 || large > 4_000)
      console.log(`${format.id.padEnd(14)} ${name.padEnd(36)} ${times.map((ms) => ms.toFixed(0).padStart(8)).join('')} ms  exponent ${exponent.toFixed(2)}`);
  }
}
console.log(`${shapes} shapes; steepest ${steepest.exponent.toFixed(2)} (${steepest.name})`);
