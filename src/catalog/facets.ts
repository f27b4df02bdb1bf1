import { DOMAINS, FACETS, PLATFORMS, RULE_KINDS, SOURCE_NAMES, VENDORS, type Facet, type Facets } from '../model';
import type { Listing } from './listing';

/** Counts the rules under each value of each facet, most first; `scoresOf` gives, for a facet, each rule's score without that facet's conditions: 0 is out. */
export function facetsOf(list: Listing, scoresOf: (facet: Facet) => Int32Array): Facets {
  const counted = (facet: Facet): Facets[Facet] => {
    const scores = scoresOf(facet);
    const counts = new Map<string, number>();
    const values = valuesOf(list, facet);
    for (let rule = 0; rule < list.count; rule++)
      if (scores[rule]! > 0) values(rule, (value) => (value === '' ? undefined : counts.set(value, (counts.get(value) ?? 0) + 1)));
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  };
  return Object.fromEntries(FACETS.map((facet) => [facet, counted(facet)])) as unknown as Facets;
}

/** Visits the values of a facet that a rule has. */
function valuesOf(list: Listing, facet: Facet): (rule: number, visit: (value: string) => void) => void {
  const one =
    (names: readonly string[], column: Int32Array) =>
    (rule: number, visit: (value: string) => void): void =>
      visit(names[column[rule]!]!);
  const bits =
    (names: readonly string[], column: Int32Array) =>
    (rule: number, visit: (value: string) => void): void =>
      names.forEach((name, bit) => {
        if (column[rule]! & (1 << bit)) visit(name);
      });
  switch (facet) {
    case 'vendor':
      return one(VENDORS, list.vendors);
    case 'source':
      return one(SOURCE_NAMES, list.sources);
    case 'kind':
      return one(RULE_KINDS, list.kinds);
    case 'severity':
      return one(list.words, list.severities);
    case 'status':
      return one(list.words, list.statuses);
    case 'language':
      return one(list.words, list.languages);
    case 'platform':
      return bits(PLATFORMS, list.platforms);
    case 'domain':
      return bits(DOMAINS, list.domains);
    case 'tactic':
      return (rule, visit) => {
        for (let at = list.tactics.starts[rule]!; at < list.tactics.starts[rule + 1]!; at++) visit(list.words[list.tactics.items[at]!]!);
      };
    default:
      return facet satisfies never;
  }
}
