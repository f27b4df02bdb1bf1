import { knownProviders } from '../knowledge/events';
import { factsOfLogsource, type Logsource } from '../knowledge/logsources';
import type { Metadata } from '../model';
import type { Row } from './dialect';
import { identityOf, type EventIdentity } from './event-identity';

/** The log sources a rule reads, from the line its format makes of them ("product windows, category process_creation; …"). */
export const logsourcesOf = ({ logsource }: Pick<Metadata, 'logsource'>): readonly Logsource[] =>
  logsource === ''
    ? []
    : logsource.split('; ').map((line) => {
        const parts = line.split(', ');
        const part = (name: string): string => parts.find((one) => one.startsWith(name))?.slice(name.length) ?? '';
        return { product: part('product '), category: part('category '), service: part('service ') };
      });

/** Whether an event is one of a log source: `unknown` where the event does not say what it is. */
type Belongs = 'yes' | 'no' | 'unknown';

/** Whether the event is what the log source names. Only events that name their channel or provider say enough to be turned away: of others what they are stays unknown. */
export const belongs = (row: Row, logsource: Logsource): Belongs => belongsBy(identityOf(row), logsource);

/** The same, of an event of which only its identity is looked at. */
export function belongsBy(identity: EventIdentity | null, logsource: Logsource): Belongs {
  const { product, category, service } = logsource;
  if (identity === null) return 'unknown';
  const { events, providers, platforms } = factsOfLogsource(logsource);
  const known: readonly string[] = platforms.filter((platform) => platform !== 'other');
  const own = identity.platforms;
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
