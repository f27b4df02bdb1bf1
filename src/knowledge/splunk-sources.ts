import type { Domain, EventRef, Platform } from '../model';
import { eventOf, eventTitle, knownProviders, providerName, providersOfEvent } from './events';
import table from './splunk-sources.json';

/** What a data source's name stands for. */
interface SplunkSource {
  readonly events: readonly EventRef[];
  /** Providers whose events it holds, under the names they are shown with. */
  readonly providers: readonly string[];
  readonly platforms: readonly Platform[];
  readonly domains: readonly Domain[];
}

type Row = readonly [prefix: string, provider: string, id: string, platforms: readonly Platform[], domains: readonly Domain[]];

/** Longest names first, so that the first that fits is the closest. */
const SOURCES = (table.sources as unknown as Row[]).map((row) => ({ row, prefix: row[0].toLowerCase() })).sort((a, b) => b.prefix.length - a.prefix.length);
const NOTHING: SplunkSource = { events: [], providers: [], platforms: [], domains: [] };

/** What one name of `data_source` stands for: `Sysmon EventID 1`, `AWS CloudTrail CreateUser`, `A AND B`. An unknown name stands for nothing. */
export function sourceOf(name: string): SplunkSource {
  const known = KNOWN.get(name);
  if (known !== undefined) return known;
  const source = namedSource(name);
  if (KNOWN.size < MOST_KNOWN) KNOWN.set(name, source);
  return source;
}

/** Answers given before: rules name the same few sources again and again. */
const KNOWN = new Map<string, SplunkSource>();
const MOST_KNOWN = 1_000;

function namedSource(name: string): SplunkSource {
  const parts = name.split(/\s+AND\s+/);
  return parts.length === 1 ? singleSource(name.trim()) : joined(parts.map((part) => singleSource(part.trim())));
}

/** Several sources as one, each fact once. */
export const joined = (sources: readonly SplunkSource[]): SplunkSource => ({
  events: [...new Map(sources.flatMap((source) => source.events).map((event) => [`${event.provider} ${event.id}`, event])).values()],
  providers: distinct(sources.flatMap((source) => source.providers)),
  platforms: distinct(sources.flatMap((source) => source.platforms)),
  domains: distinct(sources.flatMap((source) => source.domains)),
});

const distinct = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

function singleSource(name: string): SplunkSource {
  const lower = name.toLowerCase();
  const found = SOURCES.find(({ prefix }) => lower.startsWith(prefix));
  if (found === undefined) return NOTHING;
  const [prefix, provider, form, platforms, domains] = found.row;
  const rest = name.slice(prefix.length).trim();
  const ids = form === 'number' ? (/[\d,]+$/.exec(name)?.[0].split(',') ?? []).filter((id) => id !== '') : form === 'name' && rest !== '' ? [rest] : [];
  const events = ids.map((id) => eventAt(provider, id));
  const providers = events.length > 0 ? distinct(events.map((event) => event.provider)) : provider === '' ? [] : [providerName(provider)];
  return { events, providers, platforms, domains };
}

/** An event of a provider or a channel; where none of a channel's providers has this ID and one provider elsewhere has, it is that one's. */
function eventAt(provider: string, id: string): EventRef {
  const own = knownProviders(provider).some((candidate) => eventTitle(candidate, id) !== '');
  const owners = own ? [] : providersOfEvent(id);
  return eventOf(owners.length === 1 && /^\d+$/.test(id) ? owners[0]! : provider, id);
}

const ASSETS: ReadonlyMap<string, { readonly platforms: readonly Platform[]; readonly domains: readonly Domain[] }> = new Map(
  (table.assets as unknown as [string, Platform[], Domain[]][]).map(([name, platforms, domains]) => [name, { platforms, domains }]),
);

/** What an ESCU `asset_type` says; nothing for an unknown one. */
export const assetOf = (name: string): { readonly platforms: readonly Platform[]; readonly domains: readonly Domain[] } =>
  ASSETS.get(name.trim().toLowerCase()) ?? NOTHING;

const SECURITY_DOMAINS: ReadonlyMap<string, readonly Domain[]> = new Map(Object.entries(table.securityDomains) as [string, Domain[]][]);

/** The domains of an ESCU `security_domain`; `threat` and `audit` say nothing about where a rule looks. */
export const securityDomain = (name: string): readonly Domain[] => SECURITY_DOMAINS.get(name.trim().toLowerCase()) ?? [];

const TITLE_WORDS: ReadonlyMap<string, Platform> = new Map(Object.entries(table.titleWords) as [string, Platform][]);

/** The platforms a title names in so many words: `… - Windows`, `Linux …`. */
export const titlePlatforms = (title: string): readonly Platform[] =>
  distinct(
    title
      .toLowerCase()
      .split(/[^a-z]+/)
      .flatMap((word) => TITLE_WORDS.get(word) ?? []),
  );

/** One way Anvilogic writes a rule: for which data, by its file's suffix. */
export interface AnvilogicVariant {
  readonly suffix: string;
  /** Stands in brackets behind the title. */
  readonly label: string;
  readonly providers: readonly string[];
  readonly platforms: readonly Platform[];
  /** Macros that read this data. */
  readonly macros: readonly string[];
  readonly categories: readonly string[];
}

const VARIANTS: readonly AnvilogicVariant[] = (table.anvilogic.variants as unknown as [string, string, string[], Platform[], string[], string[]][]).map(
  ([suffix, label, providers, platforms, macros, categories]) => ({ suffix, label, providers, platforms, macros, categories }),
);
const FOLDERS: ReadonlyMap<string, readonly Domain[]> = new Map(Object.entries(table.anvilogic.folders) as [string, Domain[]][]);

/** The variant of a file's suffix: `winevent`. */
export const variantOfSuffix = (suffix: string): AnvilogicVariant | null => VARIANTS.find((variant) => variant.suffix === suffix.trim().toLowerCase()) ?? null;

/** The variant that is shown with this label: `Windows Event Log`. */
export const variantOfLabel = (label: string): AnvilogicVariant | null => VARIANTS.find((variant) => variant.label === label) ?? null;

/** The variant that the macros of a query read, else the one its data categories name. */
export function variantOfText(macros: ReadonlySet<string>, categories: readonly string[]): AnvilogicVariant | null {
  return (
    VARIANTS.find((variant) => variant.macros.some((macro) => macros.has(macro))) ??
    VARIANTS.find((variant) => variant.categories.some((category) => categories.includes(category))) ??
    null
  );
}

/** The domains of Anvilogic's top folders, which its macros name too: `get_endpoint_data`. */
export const folderDomains = (folder: string): readonly Domain[] => FOLDERS.get(folder.toLowerCase()) ?? [];

/** Whether a macro is one of those by which Anvilogic's searches choose their data, of a domain or of one variant of it: `get_endpoint_data_sysmon`. */
export const choosesData = (macro: string): boolean => {
  const domain = /^get_([a-z]+)_data(?:_[a-z0-9_]+)?$/.exec(macro)?.[1];
  return domain !== undefined && FOLDERS.has(domain);
};
