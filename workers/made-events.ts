import type { MadeCases, MadeEvents, Rule } from '../src/model';
import { witnessOf } from '../src/witness/witness';

/** A person waits for the events; those of most rules take a hundredth of it. */
const MOST_MILLISECONDS = 200;

/** Events made of a rule at a moment, in milliseconds since 1970. */
export function madeEvents(rule: Rule, rules: readonly Rule[], at: number): MadeEvents {
  const end = performance.now() + MOST_MILLISECONDS;
  const found = witnessOf(rule, rules, BigInt(at) * 1_000_000n, () => performance.now() > end);
  if (found.withheld !== undefined) return found;
  const { events, misses, without } = found;
  return {
    events,
    misses: misses.map(({ condition, events: near }) => ({ condition, events: near })),
    without: without.map(({ condition, why }) => ({ condition, why })),
  };
}

/** The same, each to be judged by itself. */
export function madeCases(rule: Rule, rules: readonly Rule[]): MadeCases {
  const at = Date.now();
  const made = madeEvents(rule, rules, at);
  if (made.withheld !== undefined) return { cases: [], withheld: made.withheld };
  return { cases: [{ id: '', events: made.events, at }, ...made.misses.map(({ condition, events }) => ({ id: condition, events, at }))], withheld: null };
}
