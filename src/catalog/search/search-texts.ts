import type { RuleColumns } from '../store/rule-columns';
import { haystackOf, lookUp, type Haystack } from './text-search';
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
    isField: (name) => (names ??= facts === null ? new Set() : fieldNames(facts)).has(name),
    events: (needle) => bestOf(events(needle), 4),
  };
}

/** The best of every `size` neighbours. */
const bestOf = (found: Found, size: number): Found =>
  Uint8Array.from({ length: found.length / size }, (_, at) => Math.max(...found.subarray(at * size, (at + 1) * size)));

/** Every name of a field, as rules write it and as it counts, in lower case. */
function fieldNames({ strings, fields, leafFields }: RuleColumns): ReadonlySet<string> {
  const isWritten = new Uint8Array(strings.length);
  for (const name of leafFields) if (name > 0) isWritten[name - 1] = 1;
  const names = new Set(fields.map((name) => name.toLowerCase()));
  isWritten.forEach((mark, at) => mark === 1 && names.add(strings[at]!.toLowerCase()));
  return names;
}
