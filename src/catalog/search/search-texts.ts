import { invert, type Lists } from '../store/columns';
import type { RuleColumns } from '../store/rule-columns';
import { haystackOf, type Haystack } from './haystack';
import { lookUp } from './text-search';
import { eventText } from '../../syntax/search-query';
import type { MetadataColumns } from '../store/metadata-columns';
import type { Needle } from './query';

/** How well a needle is met by each text of a column: see `lookUp`. */
export type Found = Uint8Array;

/** What a search can be asked, and the texts it looks through; without facts it finds nothing in theirs. */
export interface SearchTexts {
  readonly list: MetadataColumns;
  readonly facts: RuleColumns | null;
  readonly titles: (needle: Needle) => Found;
  readonly ids: (needle: Needle) => Found;
  readonly words: (needle: Needle) => Found;
  /** By word: technique IDs with their names. */
  readonly techniques: (needle: Needle) => Found;
  readonly strings: (needle: Needle) => Found;
  readonly fields: (needle: Needle) => Found;
  /** By text of the facts: the rules that compare with it or a field of this name, or have it as path, log source, author or term. */
  readonly mentioning: () => Lists;
  /** Whether rules compare a field of this name, in lower case. */
  readonly isField: (name: string) => boolean;
  /** By event: provider, ID and title. */
  readonly events: (needle: Needle) => Found;
}

/** Texts are made ready for searching at the first need. */
export function searchTextsOf(list: MetadataColumns, facts: RuleColumns | null): SearchTexts {
  const ready = new Map<string, Haystack>();
  const over =
    (name: string, texts: () => readonly string[], inside = false) =>
    (needle: Needle): Found => {
      let haystack = ready.get(name);
      if (haystack === undefined) ready.set(name, (haystack = haystackOf(texts())));
      return lookUp(haystack, needle, inside);
    };
  let names: ReadonlySet<string> | null = null;
  let mentioning: Lists | null = null;
  const events = over('events', () => (facts?.eventTable ?? []).flatMap(({ provider, id, title }) => [provider, id, title, eventText({ provider, id })]));
  return {
    list,
    facts,
    titles: over('titles', () => list.titles, true),
    ids: over('ids', () => list.ids),
    words: over('words', () => list.words),
    techniques: over('techniques', () => list.words.map((word) => `${word} ${list.attack.get(word)?.name ?? ''}`)),
    strings: over('strings', () => facts?.strings ?? []),
    fields: over('fields', () => facts?.fields ?? []),
    mentioning: () =>
      (mentioning ??= facts === null ? { starts: new Int32Array(1), items: new Int32Array(0) } : invert(mentionedIn(facts), facts.strings.length)),
    isField: (name) => (names ??= facts === null ? new Set() : fieldNames(facts)).has(name),
    events: (needle) => bestOf(events(needle), 4),
  };
}

/** The best of every `size` neighbours. */
function bestOf(found: Found, size: number): Found {
  const best = new Uint8Array(found.length / size);
  for (let at = 0; at < found.length; at++) best[Math.floor(at / size)] = Math.max(best[Math.floor(at / size)]!, found[at]!);
  return best;
}

/** By rule the texts that a word is looked for in, titles and IDs apart. */
function mentionedIn({ leafStarts, leafFields, leafValueStarts, leafValueTexts, paths, logsources, authors, terms }: RuleColumns): Lists {
  const starts = new Int32Array(leafStarts.length);
  const items = new Int32Array(leafFields.length + leafValueTexts.length + 2 * paths.length + authors.items.length + terms.items.length);
  let filled = 0;
  for (let rule = 0; rule + 1 < leafStarts.length; rule++) {
    const [first, last] = [leafStarts[rule]!, leafStarts[rule + 1]!];
    for (let leaf = first; leaf < last; leaf++) if (leafFields[leaf]! > 0) items[filled++] = leafFields[leaf]! - 1;
    for (let reading = leafValueStarts[first]!; reading < leafValueStarts[last]!; reading++)
      if (leafValueTexts[reading]! > 0) items[filled++] = leafValueTexts[reading]! - 1;
    items[filled++] = paths[rule]!;
    items[filled++] = logsources[rule]!;
    for (const lists of [authors, terms]) for (let at = lists.starts[rule]!; at < lists.starts[rule + 1]!; at++) items[filled++] = lists.items[at]!;
    starts[rule + 1] = filled;
  }
  return { starts, items: items.subarray(0, filled) };
}

/** Every name of a field, as rules write it and as it counts, in lower case. */
function fieldNames({ strings, fields, leafFields }: RuleColumns): ReadonlySet<string> {
  const isWritten = new Uint8Array(strings.length);
  for (const name of leafFields) if (name > 0) isWritten[name - 1] = 1;
  const names = new Set(fields.map((name) => name.toLowerCase()));
  isWritten.forEach((mark, at) => mark === 1 && names.add(strings[at]!.toLowerCase()));
  return names;
}
