import { isTechniqueId, parentOf } from '../../knowledge/attack';
import { familyOf, VENDORS } from '../../knowledge/families';
import { SOURCE_NAMES } from '../../knowledge/sources';
import { DOMAINS, PLATFORMS, RULE_KINDS, UNSETTLED, type RuleKind, type RuleRow, type Vendor } from '../../model';
import { invert, listAt, unpackInts, unpackLists, type Lists, checkRange, checkTexts } from './columns';
import type { BundledTechnique } from './encode';
import { VOCABULARY, type StoredList } from './stored-format';

/** The rules' metadata, opened. One entry per rule in every column; rules stand by vendor, then title. */
export interface MetadataColumns {
  readonly count: number;
  /** Distinct short texts, in order; the columns of places point here. */
  readonly words: readonly string[];
  readonly titles: readonly string[];
  readonly ids: readonly string[];
  /** What each rule is called by its source, see `RuleRow.key`. */
  readonly keys: readonly string[];
  readonly vendors: Int32Array;
  readonly sources: Int32Array;
  readonly kinds: Int32Array;
  readonly statuses: Int32Array;
  readonly severities: Int32Array;
  readonly languages: Int32Array;
  readonly created: Int32Array;
  readonly modified: Int32Array;
  readonly techniques: Lists;
  readonly tactics: Lists;
  readonly platforms: Int32Array;
  readonly domains: Int32Array;
  /** 1: a guide counts the rule. Forwarded alerts, filters, rules without a text and the hunting queries a source keeps apart from its rules are left out. */
  readonly counted: Uint8Array;
  /** 1: the rule calls itself experimental or deprecated. */
  readonly unsettled: Uint8Array;
  /** Word → rules tagged with it as a technique. */
  readonly tagged: Lists;
  /** By ID. */
  readonly attack: ReadonlyMap<string, BundledTechnique>;
  /** Technique → the IDs of its sub-techniques that ATT&CK or a rule names. */
  readonly subTechniques: ReadonlyMap<string, readonly string[]>;
}

/** Opens the stored metadata. Throws when the columns do not fit each other. */
export function decodeList(stored: StoredList): MetadataColumns {
  if (JSON.stringify(stored.vocabulary) !== JSON.stringify(VOCABULARY)) throw new Error('its lists of names are not those of this version');
  for (const texts of [stored.words, stored.titles, stored.ids, stored.attack.ids, stored.attack.names]) checkTexts(texts);
  const count = stored.titles.length;
  const words = stored.words.length;
  const column = (packed: string, limit: number): Int32Array => checkRange(unpackInts(packed), count, limit);
  const lists = (packed: StoredList['techniques'], rows: number): Lists => {
    const opened = unpackLists(packed);
    checkRange(opened.starts, rows + 1, opened.items.length + 1);
    checkRange(opened.items, opened.items.length, words);
    return opened;
  };
  const techniques = lists(stored.techniques, count);
  const vendors = column(stored.vendors, VENDORS.length);
  const kinds = column(stored.kinds, RULE_KINDS.length);
  const sources = column(stored.sources, SOURCE_NAMES.length);
  const statuses = column(stored.statuses, words);
  const isUnsettledWord = stored.words.map(isUnsettled);
  const attackTactics = lists(stored.attack.tactics, stored.attack.ids.length);
  if (stored.ids.length !== count || stored.attack.names.length !== stored.attack.ids.length) throw new Error('its columns differ in length');
  return {
    count,
    words: stored.words,
    titles: stored.titles,
    ids: stored.ids,
    keys: keysOf(stored.ids, stored.titles, sources),
    vendors,
    sources,
    kinds,
    statuses,
    severities: column(stored.severities, words),
    languages: column(stored.languages, words),
    created: column(stored.created, words),
    modified: column(stored.modified, words),
    techniques,
    tactics: lists(stored.tactics, count),
    platforms: column(stored.platforms, 2 ** PLATFORMS.length),
    domains: column(stored.domains, 2 ** DOMAINS.length),
    counted: Uint8Array.from(kinds, (kind, rule) => Number(isCounted(RULE_KINDS[kind]!, VENDORS[vendors[rule]!]!))),
    unsettled: Uint8Array.from(statuses, (word) => Number(isUnsettledWord[word])),
    tagged: invert(techniques, words),
    attack: new Map(
      stored.attack.ids.map((id, at) => [
        id,
        { id, name: stored.attack.names[at]!, tactics: Array.from(listAt(attackTactics, at), (word) => stored.words[word]!) },
      ]),
    ),
    subTechniques: subTechniquesIn([...stored.attack.ids, ...stored.words.filter(isTechniqueId)]),
  };
}

function subTechniquesIn(ids: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const id of new Set(ids)) {
    const parent = parentOf(id);
    if (parent !== null) found.set(parent, [...(found.get(parent) ?? []), id]);
  }
  return found;
}

const isCounted = (kind: RuleKind, vendor: Vendor): boolean =>
  kind !== 'alert feed' && kind !== 'filter' && kind !== 'no query text' && !(kind === 'hunting query' && familyOf(vendor)?.huntsApart === true);

/** Whether a rule's author says by its status that it should not be relied on. */
const isUnsettled = (status: string): boolean => UNSETTLED.some((state) => status.startsWith(state) && !/\w/.test(status[state.length] ?? ''));

function keysOf(ids: readonly string[], titles: readonly string[], sources: Int32Array): readonly string[] {
  const met = SOURCE_NAMES.map(() => new Map<string, number>());
  return ids.map((id, rule) => {
    const name = id || titles[rule]!;
    const known = met[sources[rule]!]!;
    const times = (known.get(name) ?? 0) + 1;
    known.set(name, times);
    return times === 1 ? name : `${name}~${times}`;
  });
}

/** The number of the rule that a source calls by this key; -1 when there is none. */
export function indexOfKey({ keys, sources }: MetadataColumns, source: string, key: string): number {
  const place = SOURCE_NAMES.findIndex((name) => name === source);
  for (let rule = keys.indexOf(key); rule >= 0; rule = keys.indexOf(key, rule + 1)) if (sources[rule] === place) return rule;
  return -1;
}

/** Reads a column of bits; few of its numbers are different, and tables ask for thousands. */
function namesIn<T>(all: readonly T[]): (bits: number) => readonly T[] {
  const known = new Map<number, readonly T[]>();
  return (bits) => {
    let names = known.get(bits);
    if (names === undefined) known.set(bits, (names = all.filter((_, bit) => bits & (1 << bit))));
    return names;
  };
}
const platformsOf = namesIn(PLATFORMS);
const domainsOf = namesIn(DOMAINS);

/** A line of the rules table. */
export function rowOf(list: MetadataColumns, index: number): RuleRow {
  const wordsOf = (lists: Lists): string[] => Array.from(listAt(lists, index), (word) => list.words[word]!);
  return {
    index,
    key: list.keys[index]!,
    id: list.ids[index]!,
    title: list.titles[index]!,
    vendor: VENDORS[list.vendors[index]!]!,
    source: SOURCE_NAMES[list.sources[index]!]!,
    kind: RULE_KINDS[list.kinds[index]!]!,
    status: list.words[list.statuses[index]!]!,
    severity: list.words[list.severities[index]!]!,
    language: list.words[list.languages[index]!]!,
    techniques: wordsOf(list.techniques),
    tactics: wordsOf(list.tactics),
    platforms: platformsOf(list.platforms[index]!),
    domains: domainsOf(list.domains[index]!),
    created: list.words[list.created[index]!]!,
    modified: list.words[list.modified[index]!]!,
  };
}
