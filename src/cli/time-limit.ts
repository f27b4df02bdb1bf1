import { Script } from 'node:vm';

let job: (() => void) | null = null;
const NAME = '__rulewrightJob';
const script = new Script(`globalThis.${NAME}()`);

/** What `work` gives, or null when it takes longer than some milliseconds: one text must not hold up thousands of others. What it throws, this throws. */
export function withinTime<T>(milliseconds: number, work: () => T): { readonly value: T } | null {
  let result: { readonly value: T } | null = null;
  job = () => {
    result = { value: work() };
  };
  Object.defineProperty(globalThis, NAME, { value: () => job?.(), configurable: true });
  try {
    script.runInThisContext({ timeout: milliseconds });
    return result;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null;
    throw error;
  } finally {
    job = null;
  }
}
