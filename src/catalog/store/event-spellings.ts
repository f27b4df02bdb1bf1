import type { CatalogRule } from './encode';

/** The rules with one spelling for each event: letters' case aside, its commonest, of equals the first. Sources spell `SYSCALL` and `syscall`, and mean one event. */
export function withOneSpelling(rules: readonly CatalogRule[]): readonly CatalogRule[] {
  const counts = new Map<string, Map<string, number>>();
  for (const { events } of rules)
    for (const { provider, id } of events) {
      const spellings = counts.get(foldedOf(provider, id)) ?? new Map<string, number>();
      spellings.set(id, (spellings.get(id) ?? 0) + 1);
      counts.set(foldedOf(provider, id), spellings);
    }
  const commonest = new Map([...counts].filter(([, spellings]) => spellings.size > 1).map(([folded, spellings]) => [folded, commonestOf(spellings)]));
  if (commonest.size === 0) return rules;
  return rules.map((rule) =>
    rule.events.some(({ provider, id }) => commonest.has(foldedOf(provider, id)))
      ? { ...rule, events: distinct(rule.events.map((event) => ({ ...event, id: commonest.get(foldedOf(event.provider, event.id)) ?? event.id }))) }
      : rule,
  );
}

const foldedOf = (provider: string, id: string): string => `${provider}\u0000${id.toLowerCase()}`;

const commonestOf = (spellings: ReadonlyMap<string, number>): string =>
  [...spellings].reduce((best, one) => (one[1] > best[1] || (one[1] === best[1] && one[0] < best[0]) ? one : best))[0];

function distinct(events: CatalogRule['events']): CatalogRule['events'] {
  const seen = new Set<string>();
  return events.filter(({ provider, id }) => !seen.has(`${provider}\u0000${id}`) && seen.add(`${provider}\u0000${id}`));
}
