import { describe, expect, it } from 'vitest';
import { FORMATS } from '../src/formats/registry';
import { millisecondsFor, WORKS } from './growth/measure';
import { SHAPES } from './growth/shapes';

const [SHORT, LONG] = [4_096, 32_768];
/** Eight times the text takes eight times the time, or sixty-four where something is quadratic; a busy machine blurs that. Under this nothing can be told. */
const LEAST = 80;

// `npm run growth` goes to 512 KB, and tells the exponents.
describe('whole documents of shapes that could take long', () => {
  for (const [id, shapes] of Object.entries(SHAPES)) {
    const format = FORMATS.get(id)!;
    const read = (text: string) => WORKS['read']!(format, text);
    it(`of ${format.label} are read in time that goes with their length`, { timeout: 240_000, retry: 2 }, () => {
      for (const [name, shape] of Object.entries(shapes)) {
        const long = millisecondsFor(shape(LONG), read);
        if (long < LEAST) continue;
        const short = millisecondsFor(shape(SHORT), read);
        if (long / short > 40) expect.fail(`${name}: ${short.toFixed(1)} ms for ${SHORT} characters, ${long.toFixed(1)} ms for ${LONG}`);
      }
    });
  }
});
