import {
  DOMAINS,
  PLATFORMS,
  type DraftFacts,
  type Guide,
  type GuideEventRow,
  type GuideFieldRow,
  type GuideFilters,
  type GuideThresholdRow,
  type GuideValueRow,
} from '../model';
import type { Catalog } from './catalog';
import type { Count } from './distinct-counter';
import { truncateText } from './store/truncate';
import { passingOf } from './filters';
import { countRules, type FieldCount } from './guide-counts';
import { markingOf, type Marking } from './marking';
import { KINDS } from './store/stored-format';
import { rowOf, type MetadataColumns } from './store/metadata-columns';
import { perVendorOf, reachOf, tally } from './postings';
import { tripleOf } from './rule';
import { allUnder, ownRules, techniqueOf } from './techniques';
import { byText } from '../syntax/by-text';

/** Sample values of a field: how many, and after how many characters each is cut. */
const SAMPLES = 5;
const SAMPLE_LENGTH = 57;

/** The authoring guide of a technique (rule model, section 6), every row of it; null when neither ATT&CK nor a rule knows the ID. */
export function guideOf(catalog: Catalog, id: string, filters: GuideFilters, draft: DraftFacts | null): Guide | null {
  const { list, facts } = catalog;
  const technique = techniqueOf(list, id);
  if (technique === null) return null;
  const tagged = allUnder(list, technique.id, filters.subTechniques);
  const all = tagged.filter((rule) => list.counted[rule] === 1);
  const passes = passingOf(list, filters);
  const rules = all.filter(passes.all);
  const counts = countRules(facts, rules);
  const index = draft === null ? null : markingOf(draft);
  return {
    technique,
    under: { technique: technique.id, filters },
    shown: rules.length,
    total: all.length,
    own: ownRules(list, technique.id).length,
    unsettled: all.filter((rule) => list.unsettled[rule] === 1).length,
    uncounted: tagged.length - all.length,
    perVendor: tally(list.vendors, rules),
    fields: fieldRows(catalog, counts.fields, index),
    values: grouped(catalog, counts.indicators).map((count) => valueRow(catalog, count, 'indicator', index)),
    exclusions: byCount(counts.exclusions).map((count) => valueRow(catalog, count, 'exclusion', index)),
    thresholds: byCount(counts.thresholds).map(([triple, shared]): GuideThresholdRow => ({ ...tripleOf(facts, triple), rules: shared })),
    events: eventRows(catalog, counts.events),
    rules: rules.map((rule) => rowOf(list, rule)),
    // What a filter can be set to, under the other filters.
    platforms: facet(
      PLATFORMS,
      list.platforms,
      all.filter((rule) => passes.domain(rule) && passes.vendor(rule) && passes.settled(rule)),
    ),
    domains: facet(
      DOMAINS,
      list.domains,
      all.filter((rule) => passes.platform(rule) && passes.vendor(rule) && passes.settled(rule)),
    ),
  };
}

/** How many rules have each, the commonest first. */
function facet<T>(all: readonly T[], column: MetadataColumns['platforms'], rules: readonly number[]): (readonly [T, number])[] {
  const counts = all.map((one, bit) => [one, rules.reduce((sum, rule) => sum + ((column[rule]! >> bit) & 1), 0)] as const);
  return counts.filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
}

/** By count, then field in the order of their codes; kinds by number, then name. */
function fieldRows({ facts }: Catalog, counts: readonly FieldCount[], draft: Marking | null): GuideFieldRow[] {
  return [...counts]
    .sort((a, b) => b.rules - a.rules || a.field - b.field)
    .map(({ field, rules, how, samples }) => ({
      field: facts.fields[field]!,
      rules,
      how: byCount(how).map(([kind, shared]) => [KINDS[kind]!, shared]),
      samples: byCount(samples)
        .slice(0, SAMPLES)
        .map(([value]) => truncateText(facts.strings[value]!, SAMPLE_LENGTH)),
      mark: draft === null ? null : draft.ofField(facts.fields[field]!),
    }));
}

/** By count, then by number: triples are numbered by field, kind and value, kinds by name, strings by text. */
const byCount = (counts: readonly Count[]): Count[] => [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);

/** Triples grouped by field: fields by their best count, then name; inside by count, then value, then kind. */
function grouped({ facts }: Catalog, counts: readonly Count[]): Count[] {
  const groups = new Map<number, Count[]>();
  for (const count of counts) {
    const field = facts.tripleFields[count[0]]!;
    const group = groups.get(field);
    if (group === undefined) groups.set(field, [count]);
    else group.push(count);
  }
  for (const group of groups.values()) group.sort((a, b) => b[1] - a[1] || facts.tripleValues[a[0]]! - facts.tripleValues[b[0]]! || a[0] - b[0]);
  return [...groups].sort((a, b) => b[1][0]![1] - a[1][0]![1] || a[0] - b[0]).flatMap(([, group]) => group);
}

function valueRow(catalog: Catalog, [triple, rules]: Count, polarity: 'indicator' | 'exclusion', draft: Marking | null): GuideValueRow {
  const { field, kind, value } = tripleOf(catalog.facts, triple);
  const postings = polarity === 'indicator' ? catalog.indicators : catalog.exclusions;
  const mark = draft === null ? null : draft.ofValue({ field, kind, value }, polarity);
  // Written out: spreading the triple made this, over thousands of rows, most of a guide's time.
  return { field, kind, value, rules, reach: reachOf(postings, triple), reachPerVendor: perVendorOf(postings, triple), mark };
}

/** By count, then provider and ID: numbers by size, before names. */
function eventRows({ facts }: Catalog, counts: readonly Count[]): GuideEventRow[] {
  return counts
    .map(([event, rules]) => ({ ...facts.eventTable[event]!, rules }))
    .sort((a, b) => b.rules - a.rules || byText(a.provider, b.provider) || numberIn(a.id) - numberIn(b.id) || byText(a.id, b.id));
}

const numberIn = (id: string): number => (/^\d{1,15}$/.test(id) ? Number(id) : Number.MAX_SAFE_INTEGER);
