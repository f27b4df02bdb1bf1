import fc from 'fast-check';
import { TestRunner } from 'vitest';

const { LAWS_SEED = '1', LAWS_SEEDS = '1' } = process.env;

/** Runs a test that draws inputs with so many seeds, one that draws none once. */
export default class extends TestRunner {
  async runTask(test: Parameters<typeof TestRunner.getTestFn>[0]): Promise<void> {
    const first = Number(LAWS_SEED);
    let draws = true;
    for (let seed = first; draws && seed < first + Number(LAWS_SEEDS); seed++) {
      draws = false;
      fc.configureGlobal({
        get seed() {
          draws = true;
          return seed;
        },
      });
      try {
        await TestRunner.getTestFn(test)();
      } catch (error) {
        if (draws && error instanceof Error) error.message = `LAWS_SEED=${seed}: ${error.message}`;
        throw error;
      }
    }
  }
}
