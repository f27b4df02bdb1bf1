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

/** What takes longer is left: no rule does. */
const MOST_SECONDS = 20;

/** What `work` gives, or in words why it gives nothing: no text may end a run over thousands of others, nor hold it up. `doing` names it at the start of a sentence. */
export function attempted<T>(doing: string, work: () => T, seconds = MOST_SECONDS): { readonly value: T } | { readonly why: string } {
  try {
    return withinTime(seconds * 1_000, work) ?? { why: `${doing} took more than ${seconds} seconds and was left` };
  } catch (error) {
    return { why: `${doing} failed, which is a defect of this program: ${error instanceof Error ? error.message : String(error)}` };
  }
}
