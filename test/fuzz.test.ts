import { describe, expect, it } from 'vitest';
import { TARGETS } from './fuzz/targets';

/** Inputs a target; `npm run fuzz` draws them for as long as one likes. */
const INPUTS = 1_000;

// The same inputs each time. How long one takes is not judged here: the machine that runs this is busy.
describe('whatever is given, there is an answer, in its place, with nothing lost', () => {
  for (const [at, target] of TARGETS.entries())
    it(target.name, { timeout: 240_000 }, async () => {
      for (let round = 0; round < INPUTS; round++) {
        const { broken, shown } = await target.run(1_000_003 * (at + 1) + round);
        if (broken.length > 0) expect.fail(`${broken.slice(0, 3).join('; ')}\nin ${JSON.stringify(shown())}`);
      }
    });
});
