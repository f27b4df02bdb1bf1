import { familyWriting, VENDORS } from '../knowledge/families';
import { canonicalField, localField } from '../knowledge/fields';
import type { Taxonomy } from '../model';
import type { Catalog } from './catalog';
import { distinctCounter } from './distinct-counter';
import { POLARITIES } from './store/stored-format';
import { placeOfString, binarySearch } from './store/strings';

/** A text that rules use, and how many rules of the whole corpus do, whatever each calls it; 0: it is only left out. */
export interface Used {
  readonly text: string;
  readonly rules: number;
}

/** Where a rule's events come from, in lower case: its container's words, and the tables, models or indices it reads. */
interface ReadFrom {
  readonly logsource: string;
  readonly scopes: readonly string[];
}

const THRESHOLD = POLARITIES.indexOf('threshold');
/** Fewer rules of one source say nothing about what it holds. */
const FEW = 5;
/** A field that one in so many rules of a source compares, or fewer, is none of its own; a name that one in so many gives a field is another source's, or a slip. */
const STRAY_FIELD = 500;
const STRAY_NAME = 10;

/**
 * Field names as a taxonomy's own rules write them, the most used first: those that rules of the same source compare; where too few read it,
 * those of all of them, and what the taxonomy calls the fields that only others use.
 */
export function fieldsIn(catalog: Catalog, taxonomy: Taxonomy, from: ReadFrom): readonly Used[] {
  const { list, facts } = catalog;
  const own = VENDORS.indexOf(familyWriting(taxonomy)?.id ?? '');
  const counts = fieldCounts(catalog);
  const reads = readersOf(catalog, own, from);
  const readers = reads.reduce((sum, read) => sum + read, 0);
  const isScoped = readers >= FEW;
  const names = new Map<number, NamedField>();
  for (let rule = 0; rule < list.count; rule++) {
    if (list.vendors[rule] !== own || (isScoped && reads[rule] === 0)) continue;
    for (let leaf = facts.leafStarts[rule]!; leaf < facts.leafStarts[rule + 1]!; leaf++) {
      const name = facts.leafFields[leaf]! - 1;
      if (name < 0 || facts.leafPolarities[leaf] === THRESHOLD || names.get(name)?.last === rule) continue;
      for (let reading = facts.leafValueStarts[leaf]!; reading < facts.leafValueStarts[leaf + 1]!; reading++) {
        const triple = facts.leafValueTriples[reading]! - 1;
        if (triple < 0) continue;
        const known = names.get(name);
        names.set(name, { field: facts.tripleFields[triple]!, rules: (known?.rules ?? 0) + 1, last: rule });
        break;
      }
    }
  }
  const found = new Map(usualNames(names, isScoped ? readers : 0).map(([name, field]) => [facts.strings[name]!, counts[field]!]));
  if (!isScoped)
    facts.fields.forEach((field, at) => {
      const name = counts[at]! > 0 ? localField(taxonomy, [], field) : null;
      if (name !== null && !found.has(name)) found.set(name, counts[at]!);
    });
  return ranked(found);
}

/** What a name stands for, in how many rules it does, and the last of them. */
interface NamedField {
  readonly field: number;
  readonly rules: number;
  readonly last: number;
}

/** Names with their fields, without what few of the `readers` compare and what few of a field's rules call it. */
function usualNames(names: ReadonlyMap<number, NamedField>, readers: number): readonly (readonly [name: number, field: number])[] {
  const most = new Map<number, number>();
  for (const { field, rules } of names.values()) most.set(field, Math.max(most.get(field) ?? 0, rules));
  return [...names].flatMap(([name, { field, rules }]) =>
    rules * STRAY_FIELD > readers && rules * STRAY_NAME >= most.get(field)! ? [[name, field] as const] : [],
  );
}

const countsOf = new WeakMap<Catalog, Int32Array>();

/** Per canonical field, how many rules compare it. */
function fieldCounts(catalog: Catalog): Int32Array {
  const known = countsOf.get(catalog);
  if (known !== undefined) return known;
  const { list, facts } = catalog;
  const counter = distinctCounter(facts.fields.length);
  for (let rule = 0; rule < list.count; rule++)
    for (let leaf = facts.leafStarts[rule]!; leaf < facts.leafStarts[rule + 1]!; leaf++) {
      if (facts.leafPolarities[leaf] === THRESHOLD) continue;
      for (let reading = facts.leafValueStarts[leaf]!; reading < facts.leafValueStarts[leaf + 1]!; reading++) {
        const triple = facts.leafValueTriples[reading]! - 1;
        if (triple >= 0) counter.add(facts.tripleFields[triple]!, rule);
      }
    }
  const counts = new Int32Array(facts.fields.length);
  for (const [field, rules] of counter.counts()) counts[field] = rules;
  countsOf.set(catalog, counts);
  return counts;
}

/** `logs-endpoint.events.process-*` and `logs-endpoint.events.process*` are one index. */
const sourceName = (name: string): string => name.toLowerCase().replace(/[-.*]+$/, '');

/** 1 for each rule of a vendor that reads from the same source: the same words of its container, or one of the tables, models or indices. */
function readersOf({ list, facts }: Catalog, own: number, { logsource, scopes }: ReadFrom): Uint8Array {
  const whole = logsource.toLowerCase();
  const names = new Set(scopes.map(sourceName));
  const fitting = new Map<number, boolean>();
  const fits = (text: number): boolean => {
    let known = fitting.get(text);
    if (known === undefined) {
      const written = facts.strings[text]!.toLowerCase();
      known = written !== '' && (written === whole || names.has(sourceName(written)) || written.split(/, | \(|\)/).some((part) => names.has(sourceName(part))));
      fitting.set(text, known);
    }
    return known;
  };
  const reads = new Uint8Array(list.count);
  for (let rule = 0; rule < list.count; rule++) {
    if (list.vendors[rule] !== own) continue;
    let isReader = fits(facts.logsources[rule]!);
    for (let at = facts.stages.starts[rule]!; !isReader && at < facts.stages.starts[rule + 1]!; at++)
      isReader = fits(facts.stageLabels[facts.stages.items[at]!]!);
    reads[rule] = Number(isReader);
  }
  return reads;
}

/** A text as it is spelled most often, and the triples of all its spellings. */
interface Value {
  spelling: number;
  times: number;
  readonly triples: Triples;
}

/** One triple, as nearly always, or several. */
interface Triples {
  readonly first: number;
  more: Set<number> | null;
}

/** Values that rules compare a field with, the field named as the taxonomy does: as its own rules write them, then the canonical ones of other vendors' rules. */
export function valuesIn(catalog: Catalog, taxonomy: Taxonomy, scopes: readonly string[], field: string): readonly Used[] {
  const { facts } = catalog;
  // Spellings of one value, letters' case aside, are one: the commonest, of equals the first.
  const found = new Map<string, Value>();
  for (const [spelling, { times, triples }] of ownSpellings(
    catalog,
    VENDORS.indexOf(familyWriting(taxonomy)?.id ?? ''),
    placeOfString(facts.strings, field) + 1,
  )) {
    const key = facts.strings[spelling]!.toLowerCase();
    const known = found.get(key);
    if (known === undefined) found.set(key, { spelling, times, triples });
    else {
      for (const triple of [triples.first, ...(triples.more ?? [])]) addTo(known.triples, triple);
      if (times > known.times || (times === known.times && spelling < known.spelling)) Object.assign(known, { spelling, times });
    }
  }
  const written = new Set(found.keys());
  const canonical = binarySearch(facts.fields, canonicalField(taxonomy, scopes, field));
  for (let triple = 0; canonical >= 0 && triple < facts.tripleFields.length; triple++) {
    if (facts.tripleFields[triple] !== canonical) continue;
    const spelling = facts.tripleValues[triple]!;
    const key = facts.strings[spelling]!.toLowerCase();
    if (key === '' || written.has(key)) continue;
    const known = found.get(key);
    if (known === undefined) found.set(key, { spelling, times: 1, triples: { first: triple, more: null } });
    else {
      addTo(known.triples, triple);
      known.spelling = Math.min(known.spelling, spelling);
    }
  }
  const count = rulesLookingFor(catalog);
  // Strings are numbered in their order, letters' case aside.
  return [...found.values()]
    .map(({ spelling, triples }) => ({ spelling, rules: count(triples) }))
    .sort((a, b) => b.rules - a.rules || a.spelling - b.spelling)
    .map(({ spelling, rules }) => ({ text: facts.strings[spelling]!, rules }));
}

/** The texts that a vendor's rules compare a field with by their numbers, each with how often and as which triples. */
function ownSpellings({ list, facts }: Catalog, vendor: number, field: number): ReadonlyMap<number, { times: number; readonly triples: Triples }> {
  const spellings = new Map<number, { times: number; readonly triples: Triples }>();
  for (let rule = 0; field > 0 && rule < list.count; rule++) {
    if (list.vendors[rule] !== vendor) continue;
    for (let leaf = facts.leafStarts[rule]!; leaf < facts.leafStarts[rule + 1]!; leaf++) {
      if (facts.leafFields[leaf] !== field || facts.leafPolarities[leaf] === THRESHOLD) continue;
      for (let reading = facts.leafValueStarts[leaf]!; reading < facts.leafValueStarts[leaf + 1]!; reading++) {
        const spelling = facts.leafValueTexts[reading]! - 1;
        const triple = facts.leafValueTriples[reading]! - 1;
        const known = spelling < 0 ? undefined : spellings.get(spelling);
        if (known !== undefined) {
          known.times++;
          addTo(known.triples, triple);
        } else if (spelling >= 0) spellings.set(spelling, { times: 1, triples: { first: triple, more: null } });
      }
    }
  }
  return spellings;
}

function addTo(triples: Triples, triple: number): void {
  if (triple !== triples.first) (triples.more ??= new Set()).add(triple);
}

/** Counts the rules of any vendor that look for one of some triples, each rule once. */
function rulesLookingFor({ indicators: { rules }, list }: Catalog): (triples: Triples) => number {
  const seen = new Int32Array(list.count);
  let round = 0;
  const sizeOf = (triple: number): number => (triple < 0 ? 0 : rules.starts[triple + 1]! - rules.starts[triple]!);
  return ({ first, more }) => {
    if (more === null) return sizeOf(first);
    round++;
    let count = 0;
    for (const triple of [first, ...more])
      for (let at = 0; at < sizeOf(triple); at++) {
        const rule = rules.items[rules.starts[triple]! + at]!;
        if (seen[rule] !== round) count++;
        seen[rule] = round;
      }
    return count;
  };
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
