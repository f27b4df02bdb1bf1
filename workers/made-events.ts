import { firingRuleOf } from '../src/analysis/compare';
import { reportOf } from '../src/analysis/report';
import type { FiringRule, MadeCases, MadeEvents, NotSingle, Partings, Rule } from '../src/model';
import { witnessOfFiring } from '../src/witness/firing';
import { withoutUnknownNames } from '../src/syntax/predicates';
import { partingsOf, type Party } from '../src/witness/parting';
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

/**
 * Events made of two rules now that only one of them matches: of one in a document, with those it names, and of one of the catalog, or of two of those.
 * Macros and lists that are not known are left aside, as where the two are compared.
 */
export function madePartings(own: { readonly rule: Rule; readonly rules: readonly Rule[] } | CatalogRule, other: CatalogRule): Partings {
  const now = BigInt(Date.now()) * 1_000_000n;
  const party = (said: CatalogRule): Party => {
    if (typeof said === 'string') return { rule: said, made: { withheld: NOT_SINGLE[said] } };
    const rule = { ...said, predicate: withoutUnknownNames(said.predicate) };
    return { rule, made: witnessOfFiring(rule, now, fromNow()) };
  };
  if (typeof own === 'string' || !('rules' in own)) return partingsOf(party(own), party(other), now);
  const ofText = witnessOf(own.rule, own.rules, now, fromNow());
  const ofMeaning = party(firingRuleOf(reportOf(own.rule)));
  return partingsOf(ofText.withheld === undefined ? { ...ofMeaning, made: ofText } : ofMeaning, party(other), now);
}

type CatalogRule = FiringRule | NotSingle;

const NOT_SINGLE: Readonly<Record<NotSingle, string>> = {
  several: 'it counts, joins or waits for more than one event',
  nothing: 'nothing is known that it asks of an event',
};
