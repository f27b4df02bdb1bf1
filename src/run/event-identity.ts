import { categoriesOfEvent, isKnownProvider, knownProviders, providerName, typeOfCategory, whatIsSaid, whereOf } from '../knowledge/events';
import { readerOf, type Reader } from './fields';
import type { Row } from './dialect';
import { textOf, type Value } from './value';

/** What an event says of its own kind: its provider, its channel, its number. */
export interface EventIdentity {
  /** Providers as they are shown, that the channel or the provider stands for. */
  readonly providers: ReadonlySet<string>;
  readonly channel: string;
  readonly id: string | null;
  /** Where such events come from; none: not known. */
  readonly platforms: readonly string[];
  /** What it is in the categories that rules ask for; none: not known. */
  readonly categories: readonly string[];
}

const first = (...names: readonly string[]): Reader => {
  const readers = names.map(readerOf);
  return (row) => {
    for (const read of readers) {
      const value = read(row);
      if (value !== undefined && value !== null) return value;
    }
    return undefined;
  };
};

const CHANNEL = first('Channel', 'winlog.channel', 'log_name', 'EventLog');
const PROVIDER = first('Provider_Name', 'winlog.provider_name', 'SourceName', 'ProviderName', 'source_name');
const EVENT_ID = first('EventID', 'winlog.event_id', 'event.code', 'EventCode', 'event_id', 'EventId');

const ofRows = new WeakMap<Row, EventIdentity | null>();

/** Events that say the same have one identity: what is told of it is told once. */
const known = new Map<string, EventIdentity>();
/** Any text may stand for a channel: what is kept is bounded. */
const MOST_KNOWN = 2000;

/** Null where the event names neither a channel nor a provider. */
export function identityOf(row: Row): EventIdentity | null {
  let found = ofRows.get(row);
  if (found === undefined) ofRows.set(row, (found = readIdentity(row)));
  return found;
}

function readIdentity(row: Row): EventIdentity | null {
  const [channel, provider, id] = [CHANNEL(row), PROVIDER(row), EVENT_ID(row)];
  if (typeof channel !== 'string' && typeof provider !== 'string') return null;
  const written = id === undefined ? null : textOf(id);
  const key = JSON.stringify([typeof channel === 'string' ? channel : null, typeof provider === 'string' ? provider : null, written]);
  let found = known.get(key);
  if (found === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, (found = madeIdentity(channel, provider, written)));
  }
  return found;
}

function madeIdentity(channel: Value | undefined, provider: Value | undefined, id: string | null): EventIdentity {
  const names = [channel, provider].flatMap((name) => (typeof name === 'string' ? [...knownProviders(name), providerName(name)] : []));
  const providers = new Set(names);
  return {
    providers,
    channel: typeof channel === 'string' ? channel : '',
    id,
    platforms: [...new Set([...providers].filter(isKnownProvider).flatMap((name) => whereOf(name).platforms))],
    categories: id === null ? [] : [...new Set([...providers].flatMap((name) => categoriesOfEvent(name, id)))],
  };
}

/** What an identity says in place of a field that events of other names have (`host.os.type` of an event of Windows); undefined: nothing. */
export function saidOf(identity: EventIdentity | null, field: string): Value | undefined {
  if (identity === null) return undefined;
  const { platforms, categories } = identity;
  switch (whatIsSaid(field)) {
    case 'category':
      return categories.length === 0 ? undefined : categories;
    case 'type':
      return categories.length === 1 ? (typeOfCategory(categories[0]!) ?? undefined) : undefined;
    case 'platform':
      return platforms.length === 1 ? platforms[0] : undefined;
    case null:
      return undefined;
  }
}
