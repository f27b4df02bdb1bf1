import { proxy, wrap } from 'comlink';
import type { SamplesApi, SamplesQuestion } from '../../../src/model';
import type { Figure } from '../measure';
import type { FiresBench } from './fires';

const ROUNDS = 3;

const measures = {
  /** All rules of the catalog in a thread of their own. */
  fires: (...given: Parameters<FiresBench['figures']>): Promise<readonly Figure[]> =>
    wrap<FiresBench>(new Worker(new URL('./fires.ts', import.meta.url), { type: 'module' })).figures(...given),

  /** Milliseconds until the page has the verdicts of each rule, read anew, on all samples, and the rows of the table: the best of some rounds. */
  async keystrokes(samples: string, rules: readonly SamplesQuestion[]): Promise<readonly number[]> {
    const thread = wrap<SamplesApi>(new Worker(new URL('../../../workers/samples.ts', import.meta.url), { type: 'module' }));
    await thread.read(
      [new File([samples], 'events.ndjson')],
      proxy(() => undefined),
    );
    const best = rules.map(() => Infinity);
    for (let round = 0; round < ROUNDS; round++)
      for (const [at, rule] of rules.entries()) {
        const from = performance.now();
        await thread.judge(rule);
        await thread.rows({ only: null, find: '' }, [], 0, samples.length);
        best[at] = Math.min(best[at]!, performance.now() - from);
      }
    return best;
  },
};

/** What the page has for the bench that opens it. */
export interface Measures {
  readonly measures: typeof measures;
}

Object.assign(globalThis, { measures } satisfies Measures);
