import { isNamedField } from '../knowledge/fields';
import { VENDORS } from '../knowledge/families';
import type { Vendor } from '../model';
import type { Catalog } from './catalog';
import { distinctCounter } from './distinct-counter';
import { POLARITIES } from './store/stored-format';

/** A field that rules compare, as they write it, with the name it counts under and how many rules do. */
export interface UsedField {
  readonly written: string;
  readonly canonical: string;
  readonly rules: number;
}

const THRESHOLD = POLARITIES.indexOf('threshold');

/** The fields that rules of a log source (its whole text, letters' case aside) compare, the most used first; computed ones are left out. Linear in the catalog. */
export function fieldsOfLogsource(catalog: Catalog, logsource: string): readonly UsedField[] {
  const { list, facts } = catalog;
  const asked = logsource.toLowerCase();
  const isAsked = facts.strings.map((text) => text.toLowerCase() === asked);
  const rules = Array.from({ length: list.count }, (_, rule) => rule).filter((rule) => list.counted[rule] === 1 && isAsked[facts.logsources[rule]!]);
  return usedBy(catalog, rules);
}

/** Fields of a vendor's rules that have no row in the table of fields, with at least so many rules. */
export function unnamedFields(catalog: Catalog, vendor: Vendor, least: number): readonly UsedField[] {
  const place = VENDORS.indexOf(vendor);
  const rules = Array.from({ length: catalog.list.count }, (_, rule) => rule).filter((rule) => catalog.list.vendors[rule] === place);
  return usedBy(catalog, rules).filter((field) => field.rules >= least && !isNamedField(field.canonical));
}

function usedBy({ facts }: Catalog, rules: readonly number[]): UsedField[] {
  const pairs = distinctCounter(facts.strings.length);
  const canonical = new Map<number, number>();
  for (const rule of rules)
    for (let leaf = facts.leafStarts[rule]!; leaf < facts.leafStarts[rule + 1]!; leaf++) {
      if (facts.leafPolarities[leaf] === THRESHOLD || facts.leafFields[leaf] === 0) continue;
      const triple = facts.leafValueTriples[facts.leafValueStarts[leaf]!]! - 1;
      if (triple < 0) continue;
      pairs.add(facts.leafFields[leaf]! - 1, rule);
      canonical.set(facts.leafFields[leaf]! - 1, facts.tripleFields[triple]!);
    }
  return pairs
    .counts()
    .map(([written, count]) => ({ written: facts.strings[written]!, canonical: facts.fields[canonical.get(written)!]!, rules: count }))
    .sort((a, b) => b.rules - a.rules || (a.written < b.written ? -1 : 1));
}
