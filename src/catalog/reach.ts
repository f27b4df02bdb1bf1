import type { GuidePlace, Polarity, ReachHere, RuleRow, Triple, TripleReach } from '../model';
import { lowerBound } from '../syntax/binary-search';
import type { Catalog } from './catalog';
import { passingOf } from './filters';
import { listAt } from './store/columns';
import { truncateValue } from './store/truncate';
import type { RuleColumns } from './store/rule-columns';
import { KINDS, POLARITIES } from './store/stored-format';
import { rowOf, type MetadataColumns } from './store/metadata-columns';
import { binarySearch, placeOfString } from './store/strings';
import { perVendorOf, type Postings, reachOf } from './postings';
import { rulesUnder } from './techniques';

const NOWHERE: ReachHere = { total: 0, perVendor: [0, 0, 0, 0], here: 0 };
/** The reach of what no rule has. */
export const NO_REACH: TripleReach = { ...NOWHERE, excluding: NOWHERE };

/** The number of a triple; -1 when no rule has it. A value longer than the catalog keeps is cut first. */
export function numberOf(facts: RuleColumns, triple: Triple): number {
  const field = binarySearch(facts.fields, triple.field);
  const value = placeOfString(facts.strings, truncateValue(triple.value));
  const kind = KINDS.indexOf(triple.kind);
  if (field < 0 || value < 0) return -1;
  const { tripleFields, tripleKinds, tripleValues } = facts;
  const orderAt = (at: number): number => tripleFields[at]! - field || tripleKinds[at]! - kind || tripleValues[at]! - value;
  const number = lowerBound(0, tripleFields.length, (at) => orderAt(at) >= 0);
  return number < tripleFields.length && orderAt(number) === 0 ? number : -1;
}

/** How many of the rules that guides count look for each triple, and exclude it: in all, of each vendor, and in a guide. */
export function reachesOf({ list, facts, indicators, exclusions }: Catalog, triples: readonly Triple[], under: GuidePlace | null): readonly TripleReach[] {
  const here = rulesHere(list, under);
  const counted = (postings: Postings, number: number): ReachHere => ({
    total: reachOf(postings, number),
    perVendor: perVendorOf(postings, number),
    here: here === null ? 0 : listAt(postings.rules, number).reduce((sum, rule) => sum + Number(here.has(rule)), 0),
  });
  return triples.map((triple) => {
    const number = numberOf(facts, triple);
    return number < 0 ? NO_REACH : { ...counted(indicators, number), excluding: counted(exclusions, number) };
  });
}

/** The rules a guide counts; null: those of the whole catalog. */
export function rulesHere(list: MetadataColumns, under: GuidePlace | null): ReadonlySet<number> | null {
  return under === null ? null : new Set(rulesUnder(list, under.technique, under.filters.subTechniques).filter(passingOf(list, under.filters).all));
}

/** The rules that have a triple with this polarity, those of a guide where one is given. */
export function rulesOfTriple(catalog: Catalog, triple: Triple, polarity: Polarity, under: GuidePlace | null): readonly RuleRow[] {
  const number = numberOf(catalog.facts, triple);
  if (number < 0) return [];
  const here = rulesHere(catalog.list, under);
  const rules =
    polarity === 'indicator'
      ? listAt(catalog.indicators.rules, number)
      : polarity === 'exclusion'
        ? listAt(catalog.exclusions.rules, number)
        : scan(catalog, number, polarity);
  return Array.from(rules)
    .filter((rule) => here === null || here.has(rule))
    .map((rule) => rowOf(catalog.list, rule));
}

/** The rare polarities have no postings: all readings are looked through. */
function scan({ list, facts }: Catalog, triple: number, polarity: Polarity): number[] {
  const found: number[] = [];
  for (let rule = 0; rule < list.count; rule++) if (list.counted[rule] === 1 && hasTriple(facts, rule, triple, polarity)) found.push(rule);
  return found;
}

/** Whether a rule has the triple of this number, with this polarity. */
export function hasTriple(facts: RuleColumns, rule: number, triple: number, polarity: Polarity): boolean {
  const first = facts.leafValueStarts[facts.leafStarts[rule]!]!;
  const last = facts.leafValueStarts[facts.leafStarts[rule + 1]!]!;
  if (!facts.leafValueTriples.subarray(first, last).includes(triple + 1)) return false;
  const place = POLARITIES.indexOf(polarity);
  for (let leaf = facts.leafStarts[rule]!; leaf < facts.leafStarts[rule + 1]!; leaf++) {
    if (facts.leafPolarities[leaf] !== place) continue;
    if (facts.leafValueTriples.subarray(facts.leafValueStarts[leaf]!, facts.leafValueStarts[leaf + 1]!).includes(triple + 1)) return true;
  }
  return false;
}
