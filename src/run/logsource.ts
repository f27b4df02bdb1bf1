import { isKnownProvider, knownProviders, providerName, whereOf } from '../knowledge/events';
import { factsOfLogsource, type Logsource } from '../knowledge/logsources';
import type { Metadata } from '../model';
import { readerOf, type Reader } from './fields';
import type { Row } from './dialect';
import { textOf } from './value';

/** The log sources a rule reads, from the line its format makes of them ("product windows, category process_creation; …"). */
export const logsourcesOf = ({ logsource }: Pick<Metadata, 'logsource'>): readonly Logsource[] =>
  logsource === ''
    ? []
    : logsource.split('; ').map((line) => {
        const part = (name: string): string => new RegExp(`(?:^|, )${name} ([^,;]+)`).exec(line)?.[1] ?? '';
        return { product: part('product'), category: part('category'), service: part('service') };
      });

/** Whether an event is one of a log source: `unknown` where the event does not say what it is. */
export type Belongs = 'yes' | 'no' | 'unknown';

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

/** What Windows says of an event of its own; null where the event is none, or does not say. */
interface WindowsIdentity {
  /** Providers as they are shown, that the channel or the provider stands for. */
  readonly providers: ReadonlySet<string>;
  readonly channel: string;
  readonly id: string | null;
}

const identities = new WeakMap<Row, WindowsIdentity | null>();

function identityOf(row: Row): WindowsIdentity | null {
  let found = identities.get(row);
  if (found === undefined) identities.set(row, (found = readIdentity(row)));
  return found;
}

function readIdentity(row: Row): WindowsIdentity | null {
  const [channel, provider, id] = [CHANNEL(row), PROVIDER(row), EVENT_ID(row)];
  if (typeof channel !== 'string' && typeof provider !== 'string') return null;
  const names = [channel, provider].flatMap((name) => (typeof name === 'string' ? [...knownProviders(name), providerName(name)] : []));
  return { providers: new Set(names), channel: typeof channel === 'string' ? channel : '', id: id === undefined ? null : textOf(id) };
}

/** Whether the event is what the log source names. Only events that name their channel or provider say enough to be turned away: of others what they are stays unknown. */
export function belongs(row: Row, logsource: Logsource): Belongs {
  const { product, category, service } = logsource;
  const identity = identityOf(row);
  if (identity === null) return 'unknown';
  const { events, providers, platforms } = factsOfLogsource(logsource);
  const known: readonly string[] = platforms.filter((platform) => platform !== 'other');
  const own = [...identity.providers].filter(isKnownProvider).flatMap((name) => whereOf(name).platforms);
  if (known.length > 0 && own.length > 0 && !own.some((platform) => known.includes(platform))) return 'no';
  if (known.length === 0 || own.length === 0) return 'unknown';
  if (category === '' && service === '') return product === '' ? 'unknown' : 'yes';
  if (events.length > 0) {
    if (identity.id === null) return 'unknown';
    return events.some(
      ({ provider, id }) => id === identity.id && (identity.providers.has(provider) || knownProviders(provider).some((name) => identity.providers.has(name))),
    )
      ? 'yes'
      : 'no';
  }
  if (providers.length === 0) return 'unknown';
  return providers.some((provider) => identity.providers.has(provider)) ? 'yes' : 'no';
}
