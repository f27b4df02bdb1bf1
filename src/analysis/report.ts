import type { Leaf, Report, Rule } from '../model';
import type { FieldNames } from '../knowledge/fields';
import { canonicalise } from './canonicalise';
import { eventsOf, providersOf } from './events';
import { placedTests, type PlacedTest } from './polarity';
import { domainsOf, platformsOf } from './platforms';
import { namesOf } from './scopes';
import { timeWindowOf } from './time-window';
import { subjectOf, valuesOf } from '../syntax/classify';

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

function leafOf({ test, negated, polarity, stage, composite, branch }: PlacedTest, names: FieldNames): Leaf {
  const subject = subjectOf(test.left);
  return {
    field: subject?.name ?? null,
    ...(subject === null || subject.written === null ? null : { written: subject.written }),
    ...(subject?.of === undefined ? null : { of: subject.of }),
    op: test.word,
    values: valuesOf(test),
    triples: canonicalise(test, names),
    negated,
    polarity,
    stage,
    span: test.span,
    caseSensitive: test.case === 'exact',
    every: test.every === true,
    token: test.compare === 'token' && test.left !== null,
    derived: subject?.derived === true,
    modifiers: test.modifiers ?? [],
    macro: test.macro ?? null,
    composite,
    ...(polarity === 'conditional' && branch !== null ? { branch } : null),
  };
}
