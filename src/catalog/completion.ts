import { familyWriting, VENDORS } from '../knowledge/families';
import { canonicalField, localField } from '../knowledge/fields';
import type { Taxonomy } from '../model';
import type { Catalog } from './catalog';
import { distinctCounter } from './distinct-counter';
import { POLARITIES } from './store/stored-format';
import { binarySearch, placeOfString } from './store/strings';

/** A text that rules use, and how many do. */
export interface Used {
  readonly text: string;
  readonly rules: number;
}

const THRESHOLD = POLARITIES.indexOf('threshold');

/** Field names as a taxonomy's own rules write them, and what it calls the fields that only others use; the most used first. */
export function fieldsIn({ list, facts }: Catalog, taxonomy: Taxonomy): readonly Used[] {
  const own = VENDORS.indexOf(familyWriting(taxonomy)?.id ?? '');
  const written = distinctCounter(facts.strings.length);
  const elsewhere = distinctCounter(facts.fields.length);
  for (let rule = 0; rule < list.count; rule++) {
    for (let leaf = facts.leafStarts[rule]!; leaf < facts.leafStarts[rule + 1]!; leaf++) {
      if (facts.leafPolarities[leaf] === THRESHOLD) continue;
      if (list.vendors[rule] === own) {
        if (facts.leafFields[leaf]! > 0) written.add(facts.leafFields[leaf]! - 1, rule);
        continue;
      }
      for (let reading = facts.leafValueStarts[leaf]!; reading < facts.leafValueStarts[leaf + 1]!; reading++) {
        const triple = facts.leafValueTriples[reading]! - 1;
        if (triple >= 0) elsewhere.add(facts.tripleFields[triple]!, rule);
      }
    }
  }
  const found = new Map(written.counts().map(([text, rules]) => [facts.strings[text]!, rules]));
  for (const [field, rules] of elsewhere.counts()) {
    const name = localField(taxonomy, [], facts.fields[field]!);
    if (name !== null && !found.has(name)) found.set(name, rules);
  }
  return ranked(found);
}

/** Values that rules compare a field with, the field named as the taxonomy does: as its own rules write them, then the canonical ones of other vendors' rules. */
export function valuesIn({ list, facts, indicators }: Catalog, taxonomy: Taxonomy, scopes: readonly string[], field: string): readonly Used[] {
  const own = VENDORS.indexOf(familyWriting(taxonomy)?.id ?? '');
  const name = placeOfString(facts.strings, field) + 1;
  const written = distinctCounter(facts.strings.length);
  for (let rule = 0; name > 0 && rule < list.count; rule++) {
    if (list.vendors[rule] !== own) continue;
    for (let leaf = facts.leafStarts[rule]!; leaf < facts.leafStarts[rule + 1]!; leaf++) {
      if (facts.leafFields[leaf] !== name || facts.leafPolarities[leaf] === THRESHOLD) continue;
      for (let reading = facts.leafValueStarts[leaf]!; reading < facts.leafValueStarts[leaf + 1]!; reading++)
        if (facts.leafValueTexts[reading]! > 0) written.add(facts.leafValueTexts[reading]! - 1, rule);
    }
  }
  const found = new Map(written.counts().map(([text, rules]) => [facts.strings[text]!, rules]));
  const known = new Set([...found.keys()].map((value) => value.toLowerCase()));
  const canonical = binarySearch(facts.fields, canonicalField(taxonomy, scopes, field));
  for (let triple = 0; canonical >= 0 && triple < facts.tripleFields.length; triple++) {
    if (facts.tripleFields[triple] !== canonical) continue;
    const value = facts.strings[facts.tripleValues[triple]!]!;
    const reach = indicators.rules.starts[triple + 1]! - indicators.rules.starts[triple]! - indicators.perVendor[triple * VENDORS.length + own]!;
    if (reach > 0 && value !== '' && !known.has(value)) found.set(value, (found.get(value) ?? 0) + reach);
  }
  return ranked(found);
}

const ranked = (found: ReadonlyMap<string, number>): readonly Used[] =>
  [...found].map(([text, rules]) => ({ text, rules })).sort((a, b) => b.rules - a.rules || (a.text < b.text ? -1 : 1));

/** The first that begin with the prefix, letters' case aside, at the front or at a part: `net` begins `\net.exe`, `name` begins `process.name`. */
export function beginningWith(used: readonly Used[], prefix: string, limit: number): readonly Used[] {
  const start = prefix.toLowerCase();
  const found: Used[] = [];
  for (const one of used) {
    if (found.length >= limit) break;
    if (start === '' || begins(one.text.toLowerCase(), start)) found.push(one);
  }
  return found;
}

function begins(text: string, start: string): boolean {
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) if (at === 0 || !/[a-z0-9]/.test(text[at - 1]!)) return true;
  return false;
}
