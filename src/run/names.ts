import { familyWriting, TAXONOMIES } from '../knowledge/families';
import { basenameField, fieldNames, knownFields, localFields, pathField } from '../knowledge/fields';
import type { Taxonomy } from '../model';
import { pathReaderOf, readerOf, type Reader } from './fields';
import { fileNameOf } from './glob-match';
import { isBag, isList, type Bag, type Value } from './value';

/** A field of a rule that the events call otherwise. */
export interface Joined {
  readonly rule: string;
  readonly event: string;
  /** Only the file name of the event's path is compared. */
  readonly part?: 'file name';
}

/** Which names the rule and the events use; `own`: the reader's, rule name to event name. */
interface Naming {
  readonly rule: Taxonomy;
  /** What the rule reads, in lower case: it tells names apart that mean several things. */
  readonly scopes: readonly string[];
  /** Null: the events' names are taken as they are. */
  readonly events: Taxonomy | null;
  readonly own?: ReadonlyMap<string, string>;
}

/** Other names a rule's field may have in the events, likeliest first. */
function joinsOf(name: string, { rule, scopes, events, own }: Naming): readonly Joined[] {
  const chosen = own?.get(name);
  if (chosen !== undefined) return [{ rule: name, event: chosen }];
  return events === null || events === rule ? [] : joinsTo(name, fieldNames(rule, scopes).canonical(name), events).all;
}

/** What events of a family call a field of a rule of another; `isKnown`: the table of fields names it there, so that an event without it has no such value. */
export function joinsTo(name: string, canonical: string, events: Taxonomy): { readonly all: readonly Joined[]; readonly isKnown: boolean } {
  const joins = localFields(events, canonical).map((event): Joined => ({ rule: name, event }));
  const path = pathField(canonical);
  const paths = path === null ? [] : localFields(events, path).map((event): Joined => ({ rule: name, event, part: 'file name' }));
  // Fields of an event's own that no table names keep their name, but for the place Elastic puts them in.
  const under = familyWriting(events)?.wraps?.prefix;
  const plain = under !== undefined ? [{ rule: name, event: under + canonical }] : canonical !== name ? [{ rule: name, event: canonical }] : [];
  const known = [...joins, ...(basenameField(canonical) === canonical || path !== null ? paths : [])];
  return { all: [...known, ...plain].filter(({ event }) => event !== name), isKnown: known.length > 0 };
}

/** Reads a rule's field under its own name, else under what the events call it; `used` hears which join gave a value. `byIndex`: as `pathReaderOf` does. */
export const joinedReader = (name: string, naming: Naming, used: (joined: Joined) => void, byIndex = false): Reader =>
  readerThrough(name, joinsOf(name, naming), used, byIndex);

/** Reads a field under its own name, else under the first of others that the event has. */
export function readerThrough(name: string, joins: readonly Joined[], used: (joined: Joined) => void, byIndex: boolean): Reader {
  const readerFor = byIndex ? pathReaderOf : readerOf;
  const own = readerFor(name);
  if (joins.length === 0) return own;
  const others = joins.map((joined) => ({ joined, read: readerFor(joined.event) }));
  return (row) => {
    const value = own(row);
    if (value !== undefined) return value;
    for (const { joined, read } of others) {
      const found = read(row);
      if (found === undefined) continue;
      used(joined);
      return joined.part === undefined ? found : fileNamesOf(found);
    }
    return undefined;
  };
}

const fileNamesOf = (value: Value): Value => (isList(value) ? value.map(fileNamesOf) : typeof value === 'string' ? fileNameOf(value) : value);

let known: ReadonlyMap<string, readonly Taxonomy[]> | null = null;

/** By each name the taxonomies that use it. */
function namesKnown(): ReadonlyMap<string, readonly Taxonomy[]> {
  if (known !== null) return known;
  const names = new Map<string, Taxonomy[]>();
  for (const taxonomy of TAXONOMIES) for (const name of knownFields(taxonomy)) names.set(name, [...(names.get(name) ?? []), taxonomy]);
  return (known = names);
}

/** Whose names the events use, told from those that few taxonomies share; null where nothing tells. */
export function taxonomyOf(events: readonly Bag[]): Taxonomy | null {
  const names = new Set<string>();
  const gather = (bag: Bag, path: string, depth: number): void => {
    for (const [key, value] of Object.entries(bag)) {
      if (!isBag(value)) names.add(path + key);
      else if (depth < 5) gather(value, `${path}${key}.`, depth + 1);
    }
  };
  for (const event of events.slice(0, 200)) gather(event, '', 0);
  const points = new Map<Taxonomy, number>(TAXONOMIES.map((taxonomy) => [taxonomy, 0]));
  for (const name of names) {
    const users = namesKnown().get(name) ?? [];
    for (const taxonomy of users) points.set(taxonomy, points.get(taxonomy)! + 1 / users.length);
  }
  const [first, second] = [...points].toSorted((a, b) => b[1] - a[1]);
  return first![1] < 1 || first![1] === second![1] ? null : first![0];
}
