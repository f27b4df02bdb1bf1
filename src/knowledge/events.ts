import type { Domain, EventRef, Platform } from '../model';
import table from './events.json';

interface Provider {
  readonly name: string;
  readonly aliases: readonly string[];
  /** The canonical field, or fields, whose value names this provider's events. */
  readonly id?: string | readonly string[];
  readonly platforms?: readonly string[];
  readonly domains?: readonly string[];
}

const PROVIDERS: readonly Provider[] = table.providers;
/** By provider and ID; maps, since any text is asked for. */
const TITLES: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(table.titles).map(([provider, titles]) => [provider, new Map(Object.entries(titles))]),
);
/** By category: the provider a rule reads, the event's provider, its ID. */
const CATEGORIES: ReadonlyMap<string, readonly (readonly string[])[]> = new Map(Object.entries(table.categories));
const FIELDS: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(table.fields));
const TYPES: ReadonlyMap<string, string> = new Map(Object.entries(table.types));
const SAID: ReadonlyMap<string, string> = new Map(Object.entries(table.said));
const EVENT_ID = 'EventID';

/** Full names, channels, source types and tables as people write them: without the vendor's prefix, in lower case. */
const keyOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^(?:xml)?wineventlog:/, '')
    .replace(/^syslog:/, '')
    .replace(/^microsoft-windows-/, '');

const BY_NAME: ReadonlyMap<string, Provider> = new Map(PROVIDERS.map((provider) => [provider.name, provider]));
const ID_FIELDS: ReadonlySet<string> = new Set(PROVIDERS.flatMap((provider) => provider.id ?? EVENT_ID));
const BY_KEY = new Map<string, string[]>();
for (const { name, aliases } of PROVIDERS) {
  for (const key of new Set([name, ...aliases].map(keyOf))) BY_KEY.set(key, [...(BY_KEY.get(key) ?? []), name]);
}

/** The canonical fields whose values name a provider's events: EventID, for AWS CloudTrail eventName. */
export const eventIdFields = (provider: string): readonly string[] => [BY_NAME.get(provider)?.id ?? EVENT_ID].flat();

/** By event ID: the providers that have a title for it, of those whose events are named by an EventID. */
const BY_ID = new Map<string, string[]>();
for (const [provider, titles] of TITLES)
  if (eventIdFields(provider).includes(EVENT_ID)) for (const id of titles.keys()) BY_ID.set(id, [...(BY_ID.get(id) ?? []), provider]);

/** Providers a name stands for, as they are shown: a provider's own name, a channel, a source type, a data set, a table; none for an unknown name. */
export const knownProviders = (name: string): readonly string[] => BY_KEY.get(keyOf(name)) ?? [];

/** The name a provider is shown with: `Microsoft-Windows-Security-Auditing` is `Security-Auditing`; an unknown one keeps its own. */
export const providerName = (name: string): string => (BY_NAME.has(name) ? name : (knownProviders(name)[0] ?? name.replace(/^Microsoft-Windows-/i, '')));

const LOGS: ReadonlySet<string> = new Set(['Security', 'System', 'Application']);

/** The Windows log that holds a provider's events; '' where it has none, or we do not know. */
export const channelOf = (provider: string): string => BY_NAME.get(provider)?.aliases.find((alias) => LOGS.has(alias) || /^[\w -]+\/\w+$/.test(alias)) ?? '';

/** What an event is called; '' where we do not know. */
export const eventTitle = (provider: string, id: string): string => TITLES.get(provider)?.get(id) ?? '';

/** An event under the name its provider is shown with, with its title; of providers that share a name, the one that knows the ID. */
export function eventOf(provider: string, id: string): EventRef {
  const name = knownProviders(provider).find((candidate) => eventTitle(candidate, id) !== '') ?? providerName(provider);
  return { provider: name, id, title: eventTitle(name, id) };
}

/** Whether a word is a category of events of the Elastic Common Schema. */
export const isCategory = (word: string): boolean => CATEGORIES.has(word);

/** The events that a category of the Elastic Common Schema, such as `process`, is at a provider. */
export const eventsOfCategory = (category: string, provider: string): readonly EventRef[] =>
  (CATEGORIES.get(category) ?? []).flatMap(([reader, name, id]) => (reader === provider ? [eventOf(name!, id!)] : []));

/** The categories an event is in; with no ID those of all that the provider has. */
export const categoriesOfEvent = (provider: string, id: string): readonly string[] =>
  [...CATEGORIES].flatMap(([category, events]) => (events.some(([, name, own]) => name === provider && (id === '' || own === id)) ? [category] : []));

/** What the events of a category say of their type, where all say the same; null: they do not. */
export const typeOfCategory = (category: string): string | null => TYPES.get(category) ?? null;

/** What a field says of an event's kind that its provider and ID say too; null: the field is none of these. */
export function whatIsSaid(field: string): 'category' | 'type' | 'platform' | null {
  const said = SAID.get(field);
  return said === 'category' || said === 'type' || said === 'platform' ? said : null;
}

/** The event that alone has a canonical field; null where several have it, or we do not know. */
export function eventWithField(field: string): EventRef | null {
  const [provider, id] = FIELDS.get(field) ?? [];
  return provider === undefined ? null : eventOf(provider, id!);
}

/** Whether we know where a provider's events come from, be it several platforms. */
export const isKnownProvider = (provider: string): boolean => BY_NAME.has(provider);

/** Whether we know what a provider's events are called. */
export const hasTitles = (provider: string): boolean => TITLES.has(provider);

/** Whether some provider's events are named by this canonical field. */
export const isEventIdField = (field: string): boolean => ID_FIELDS.has(field);

/** Where a provider's events come from; nothing for an unknown provider. */
export function whereOf(provider: string): { readonly platforms: readonly Platform[]; readonly domains: readonly Domain[] } {
  const known = BY_NAME.get(provider);
  if (known === undefined) return { platforms: [], domains: [] };
  return { platforms: (known.platforms ?? ['windows']) as readonly Platform[], domains: (known.domains ?? ['endpoint']) as readonly Domain[] };
}

/** Providers that have an event with this ID. */
export const providersOfEvent = (id: string): readonly string[] => BY_ID.get(id) ?? [];
