import type { Leaf, Report, Rule } from '../model';
import type { FieldNames } from '../knowledge/fields';
import { canonicalise } from './canonicalise';
import { eventsOf, providersOf } from './events';
import { placedTests, type PlacedTest } from './polarity';
import { domainsOf, platformsOf } from './platforms';
import { namesOf } from './scopes';
import { timeWindowOf } from './time-window';

export { scopesOf } from './scopes';

/** Everything derived from a rule: its comparisons with their polarity and canonical triples, platforms, domains, events, time window, grouping. */
export function reportOf(rule: Rule): Report {
  const { meta, analysis, taxonomy } = rule;
  const namesAt = namesOf(rule);
  const leaves = placedTests(analysis, taxonomy).map((placed) => leafOf(placed, namesAt(placed.test.span)));
  const providers = providersOf(rule, leaves);
  return {
    rule,
    leaves,
    platforms: platformsOf(rule, leaves, providers),
    domains: domainsOf(rule, providers),
    events: eventsOf(rule, leaves, providers),
    timeWindow: timeWindowOf(rule),
    groupBy: [...new Set([...meta.groupBy, ...analysis.groupBy])].sort(),
  };
}

const leafOf = ({ test, negated, polarity, stage, composite, branch }: PlacedTest, names: FieldNames): Leaf => ({
  field: test.field?.name ?? null,
  op: test.op,
  values: test.values,
  triples: canonicalise(test, names),
  negated,
  polarity,
  stage,
  span: test.span,
  caseSensitive: test.caseSensitive,
  every: test.every === true,
  token: test.token === true,
  derived: test.field?.derived === true,
  modifiers: test.modifiers ?? [],
  macro: test.macro ?? null,
  composite,
  ...(polarity === 'conditional' && branch !== null ? { branch } : null),
});
