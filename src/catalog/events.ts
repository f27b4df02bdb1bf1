import { currentOf } from '../knowledge/attack';
import { channelOf, eventTitle, isKnownProvider, whereOf } from '../knowledge/events';
import {
  type EventFacts,
  type EventField,
  type EventRef,
  type EventsAnswer,
  type EventSummary,
  type Platform,
  PLATFORMS,
  type ProviderSummary,
} from '../model';
import type { Catalog } from './catalog';
import { invert, listAt } from './store/columns';
import type { Count } from './distinct-counter';
import { countRules } from './guide-counts';
import { type MetadataColumns, rowOf } from './store/metadata-columns';
import { tally } from './postings';
import { tripleOf } from './rule';
import { byText } from '../syntax/by-text';

/** Values shown of a field that an event's rules filter on, and patterns shown of an event. */
const VALUES = 10;
const PATTERNS = 20;

/** Event → the rules that cover it and that guides count, ascending. */
export type EventRules = readonly (readonly number[])[];

export function eventRulesOf({ facts, list }: Catalog): EventRules {
  const covered = invert(facts.events, facts.eventTable.length);
  return facts.eventTable.map((_, event) => Array.from(listAt(covered, event)).filter((rule) => list.counted[rule] === 1));
}

/** Every event that a rule covers, by number of rules, then provider and ID; its providers, by number of rules, then name. */
export function eventsOf(catalog: Catalog, rules: EventRules): EventsAnswer {
  const events = catalog.facts.eventTable.map((event, number) => summaryOf(catalog, event, rules[number]!)).filter((event) => event.rules > 0);
  const covering = new Map<string, { events: number; readonly rules: Set<number> }>();
  catalog.facts.eventTable.forEach(({ provider }, number) => {
    if (rules[number]!.length === 0) return;
    const known = covering.get(provider) ?? { events: 0, rules: new Set() };
    covering.set(provider, known);
    known.events++;
    for (const rule of rules[number]!) known.rules.add(rule);
  });
  return {
    events: events.sort((a, b) => b.rules - a.rules || byText(a.provider, b.provider) || byText(a.id, b.id)),
    providers: [...covering]
      .map(([name, read]): ProviderSummary => ({
        name,
        platform: platformOf(catalog, name, read.rules),
        channel: channelOf(name),
        events: read.events,
        rules: read.rules.size,
        perVendor: tally(catalog.list.vendors, read.rules),
      }))
      .sort((a, b) => b.rules - a.rules || byText(a.name, b.name)),
  };
}

/** So many of a provider's rules are on a platform where it is the provider's. */
const MOST = 0.75;

/** Where a provider's events come from: what is known of it, else where most of its rules are; null where it is not one platform. */
function platformOf({ list }: Catalog, provider: string, rules: ReadonlySet<number>): Platform | null {
  if (isKnownProvider(provider)) {
    const [only, ...others] = whereOf(provider).platforms;
    return others.length === 0 ? (only ?? null) : null;
  }
  const on = [...rules].map((rule) => list.platforms[rule]!);
  return PLATFORMS.find((_, bit) => on.filter((bits) => bits & (1 << bit)).length >= MOST * rules.size) ?? null;
}

function summaryOf({ list }: Catalog, event: EventRef, rules: readonly number[]): EventSummary {
  return { ...event, rules: rules.length, perVendor: tally(list.vendors, rules), techniques: new Set(rules.flatMap((rule) => taggedIn(list, rule))).size };
}

/** The techniques of a rule under today's IDs, each once. */
const taggedIn = (list: MetadataColumns, rule: number): readonly string[] => [
  ...new Set(Array.from(listAt(list.techniques, rule), (word) => currentOf(list.words[word]!))),
];

/** What the catalog says about one event; null when no rule covers it and nobody knows what it is called. */
export function eventFactsOf(catalog: Catalog, rules: EventRules, provider: string, id: string): EventFacts | null {
  const { facts, list } = catalog;
  const number = facts.eventTable.findIndex((event) => event.provider === provider && event.id === id);
  const covering = rules[number] ?? [];
  const title = eventTitle(provider, id);
  if (covering.length === 0 && title === '') return null;
  const counts = countRules(facts, covering);
  const tagged = new Map<string, number>();
  for (const rule of covering) for (const id of taggedIn(list, rule)) tagged.set(id, (tagged.get(id) ?? 0) + 1);
  return {
    ...summaryOf(catalog, facts.eventTable[number] ?? { provider, id, title }, covering),
    channel: channelOf(provider),
    taggedWith: [...tagged].sort((a, b) => b[1] - a[1] || byText(a[0], b[0])),
    fields: fieldsOf(
      catalog,
      counts.fields.map(({ field, rules: count }) => [field, count]),
      counts.indicators,
    ),
    patterns: patternsOf(catalog, covering),
    rows: covering.map((rule) => rowOf(list, rule)),
  };
}

/** Fields by number of rules, then name, each with its commonest values. */
function fieldsOf({ facts }: Catalog, fields: readonly Count[], indicators: readonly Count[]): EventField[] {
  const values = new Map<number, Count[]>();
  for (const count of indicators) {
    const field = facts.tripleFields[count[0]]!;
    const known = values.get(field);
    if (known === undefined) values.set(field, [count]);
    else known.push(count);
  }
  return [...fields]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .map(([field, rules]) => ({
      field: facts.fields[field]!,
      rules,
      values: (values.get(field) ?? [])
        .sort((a, b) => b[1] - a[1] || a[0] - b[0])
        .slice(0, VALUES)
        .map(([triple, count]) => {
          const { kind, value } = tripleOf(facts, triple);
          return { kind, value, rules: count };
        }),
    }));
}

/** The sets of two and more events that rules cover, by number of rules, the smaller first. */
function patternsOf({ facts }: Catalog, rules: readonly number[]): EventFacts['patterns'] {
  const sets = new Map<string, { readonly events: readonly number[]; rules: number }>();
  for (const rule of rules) {
    const events = [...new Set(listAt(facts.events, rule))].sort((a, b) => a - b);
    if (events.length < 2) continue;
    const known = sets.get(events.join());
    if (known === undefined) sets.set(events.join(), { events, rules: 1 });
    else known.rules++;
  }
  return [...sets.values()]
    .sort((a, b) => b.rules - a.rules || a.events.length - b.events.length || byText(a.events.join(), b.events.join()))
    .slice(0, PATTERNS)
    .map((set) => ({ events: set.events.map((event) => facts.eventTable[event]!), rules: set.rules }));
}
