import { canonicalField } from '../knowledge/fields';
import type { Event, FiringRule, Test } from '../model';
import { readyEventRule } from '../run/event-rule';
import { TRUE } from '../run/truth';
import type { Bag } from '../run/value';
import { allOf } from '../syntax/predicates';
import { conditionsOf, searchFor, type Witness } from './judged';
import { isThere } from './pins';
import { alike, notFound } from './witness';

/** A small event that fires a rule, and near misses, made of what is known of it beside its text; `now`: nanoseconds since 1970. */
export function witnessOfFiring(rule: FiringRule, now: bigint, isLate: () => boolean): Witness {
  const source = { taxonomy: rule.taxonomy, meta: { logsource: rule.logsource, scopes: [] } };
  const search = searchFor(rule.language, source, now, isLate);
  const judging = { names: rule.taxonomy, types: new Map(), now, ignoreLogsource: true };
  const [asked, whole] = [readyEventRule(rule, judging), readyEventRule(withGroups(rule), judging)];
  if (search === null || asked === null || whole === null) return { withheld: 'it asks nothing of single events that is judged' };
  // Bounds of time are taken as met: nothing is left of them.
  const conditions = conditionsOf(asked.predicate).filter(({ kind }) => kind !== 'all');
  const found = alike(
    { source, fires: ([event]: readonly Event[]) => whole.truth(event as Bag) === TRUE },
    search,
    [
      ...conditions.map((one) => ({ predicate: one, written: one, side: 0 })),
      ...groupsOf(rule).map((one) => ({ predicate: one, written: one, side: 0, isSilent: true as const })),
    ],
    (fields) => [fields],
  );
  return found ?? { withheld: notFound(conditions) };
}

/** The rule with what it sums up by among its conditions: rows without that are left out. */
export function withGroups(rule: FiringRule): FiringRule {
  const groups = groupsOf(rule);
  return groups.length === 0 ? rule : { ...rule, predicate: allOf([rule.predicate, ...groups], rule.predicate.span) };
}

const groupsOf = ({ taxonomy, predicate: { span }, groupBy }: FiringRule): readonly Test[] =>
  (groupBy ?? []).map((name) => isThere({ kind: 'field', name, span, canonical: canonicalField(taxonomy, [], name) }));
