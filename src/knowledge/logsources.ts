import type { Domain, EventRef, Platform } from '../model';
import { eventOf, knownProviders } from './events';
import table from './logsources.json';

/** What a Sigma rule reads; a part that is not named is ''. */
export interface Logsource {
  readonly product: string;
  readonly category: string;
  readonly service: string;
}

interface Row {
  readonly key: string;
  readonly rules: number;
  readonly events?: readonly string[];
  readonly providers?: readonly string[];
  readonly implies?: readonly string[];
  readonly native?: string;
  readonly custom?: string;
  readonly redundant?: string;
  readonly prefix?: string;
}

const ROWS: readonly Row[] = table.rows;
const BY_KEY = new Map(ROWS.map((row) => [row.key, row]));
const PLATFORMS: ReadonlyMap<string, Platform> = new Map(Object.entries(table.platforms as Record<string, Platform>));
const SERVICE_PLATFORMS: ReadonlyMap<string, Platform> = new Map(Object.entries(table.servicePlatforms as Record<string, Platform>));
const DOMAINS = (table.domains as [string, Domain[]][]).map(([pattern, domains]) => ({ pattern: pattern.split('/'), domains }));

const keyOf = ({ product, category, service }: Logsource): string => `${product || '*'}/${category || '*'}/${service || '*'}`.toLowerCase();

/** The table's row for a log source, or for its category or service alone when the exact triple is not listed. */
function rowOf(logsource: Logsource): Row | undefined {
  const { product, category, service } = logsource;
  return (
    BY_KEY.get(keyOf(logsource)) ??
    (service === '' ? undefined : BY_KEY.get(keyOf({ product, category, service: '' }))) ??
    (category === '' ? undefined : BY_KEY.get(keyOf({ product, category: '', service })))
  );
}

/** Whether the specification or SigmaHQ's taxonomy lists this triple. */
export const isKnownLogsource = (logsource: Logsource): boolean => BY_KEY.has(keyOf(logsource));

/** What a log source stands for; the same object for the same log source. */
export interface LogsourceFacts {
  /** Events it stands for: windows/process_creation is Sysmon 1 and Security-Auditing 4688. */
  readonly events: readonly EventRef[];
  /** Providers to whom an event ID in the rule belongs, under the names they are shown with. */
  readonly providers: readonly string[];
  /** The platform of its product; [] where none is named, `other` for a product we do not group. */
  readonly platforms: readonly Platform[];
  readonly domains: readonly Domain[];
}

const facts = new Map<string, LogsourceFacts>();

export function factsOfLogsource(logsource: Logsource): LogsourceFacts {
  const key = keyOf(logsource);
  let known = facts.get(key);
  if (known === undefined) {
    known = {
      events: eventsOf(rowOf(logsource)),
      providers: [...new Set((rowOf(logsource)?.providers ?? []).flatMap((name) => (knownProviders(name).length > 0 ? knownProviders(name) : [name])))],
      platforms: platformsOf(logsource),
      domains: domainsOf(logsource),
    };
    // Rules may name anything: what is not in the table is not kept for ever.
    if (facts.size > 500) facts.clear();
    facts.set(key, known);
  }
  return known;
}

const eventsOf = (row: Row | undefined): readonly EventRef[] =>
  (row?.events ?? []).map((event) => {
    const blank = event.lastIndexOf(' ');
    return eventOf(event.slice(0, blank), event.slice(blank + 1));
  });

function platformsOf({ product, service }: Logsource): readonly Platform[] {
  const named = SERVICE_PLATFORMS.get(service.toLowerCase()) ?? PLATFORMS.get(product.toLowerCase());
  return named !== undefined ? [named] : product === '' ? [] : ['other'];
}

function domainsOf({ product, category, service }: Logsource): readonly Domain[] {
  const parts = [product, category, service].map((part) => part.toLowerCase());
  return DOMAINS.find(({ pattern }) => pattern.every((part, at) => part === '*' || part === parts[at]))?.domains ?? (product === '' ? [] : ['application']);
}

/** Full names of the providers a category stands for: naming one of them adds nothing. */
export const impliedProviders = (logsource: Logsource): ReadonlySet<string> =>
  new Set((BY_KEY.get(keyOf(logsource))?.implies ?? []).map((name) => (name.startsWith('SystemTraceProvider') ? name : `Microsoft-Windows-${name}`)));

/** Field names of a log source: its own, those that tools add, and those that the log source already implies. Null: the taxonomy has no list. */
export interface LogsourceFields {
  readonly native: ReadonlySet<string>;
  readonly custom: ReadonlySet<string>;
  readonly redundant: ReadonlySet<string>;
}

const fields = new Map<Row, LogsourceFields>();

export function fieldsOfLogsource(logsource: Logsource): LogsourceFields | null {
  const row = BY_KEY.get(keyOf(logsource));
  if (row?.native === undefined) return null;
  let found = fields.get(row);
  if (found === undefined) {
    const setOf = (names: string | undefined): ReadonlySet<string> =>
      new Set(names === undefined ? [] : names.split(' ').map((name) => name.replaceAll('␣', ' ')));
    fields.set(row, (found = { native: setOf(row.native), custom: setOf(row.custom), redundant: setOf(row.redundant) }));
  }
  return found;
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ['windows', 'win'],
  ['linux', 'lnx'],
]);

/** How SigmaHQ starts the name of a file with a rule of this log source: `proc_creation_win_`; '' where none is named. */
export function filePrefixOf(logsource: Logsource): string {
  const listed = BY_KEY.get(keyOf(logsource))?.prefix;
  if (listed !== undefined) return listed;
  const { product, category, service } = logsource;
  const parts = [category === 'application' ? '' : category, SHORT.get(product.toLowerCase()) ?? product, service === product ? '' : service];
  const named = parts
    .filter((part) => part !== '')
    .join('_')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
  return named === '' ? '' : `${named}_`;
}

/** The table's log sources, most used first: for completion. */
export const LOGSOURCES: readonly (Logsource & { readonly rules: number })[] = ROWS.map(({ key, rules }) => {
  const [product = '', category = '', service = ''] = key.split('/').map((part) => (part === '*' ? '' : part));
  return { product, category, service, rules };
});
