import type { EventRule, MadeCases, MadeEvents, Parting, Rule } from '../src/model';
import { partingsOf } from '../src/witness/parting';
import { witnessOf } from '../src/witness/witness';

/** A person waits for the events; those of most rules take a hundredth of it. */
const MOST_MILLISECONDS = 200;

function fromNow(): () => boolean {
  const end = performance.now() + MOST_MILLISECONDS;
  return () => performance.now() > end;
}

/** Events made of a rule at a moment, in milliseconds since 1970. */
export function madeEvents(rule: Rule, rules: readonly Rule[], at: number): MadeEvents {
  const found = witnessOf(rule, rules, BigInt(at) * 1_000_000n, fromNow());
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

/** Events made of a rule now that it matches and another rule does not, or the other way round. */
export const madePartings = (rule: Rule, rules: readonly Rule[], other: EventRule): readonly Parting[] =>
  partingsOf(rule, rules, other, BigInt(Date.now()) * 1_000_000n, fromNow());
