import { categoriesOfEvent, isCategory, isKnownProvider, knownProviders, whereOf } from '../knowledge/events';
import { isContextField } from '../knowledge/families';
import type { EventRule, Taxonomy } from '../model';
import type { EventIdentity } from './event-identity';
import { belongsBy, logsourcesOf } from './logsource';
import { FALSE, TRUE, UNKNOWN, type Truth } from './truth';

/** Whether a rule reads events of an identity. */
export type Reads = (identity: EventIdentity | null) => Truth;

const ALL: Reads = () => TRUE;

/**
 * What a rule reads. Of its log source, or of events in its own names, only those are turned away that say that they are something else.
 * Events that are named otherwise must be told to be of its kind: by provider and ID, or by their category.
 */
export function readsOf(rule: EventRule, names: Taxonomy | null, ignoreLogsource: boolean): Reads {
  if (ignoreLogsource) return ALL;
  const sources = logsourcesOf(rule).filter(({ product, category, service }) => product !== '' || category !== '' || service !== '');
  if (sources.length > 0) return (identity) => (sources.every((source) => belongsBy(identity, source) === 'no') ? FALSE : TRUE);
  return names === null || names === rule.taxonomy ? ALL : coveredBy(rule);
}

/** The categories of events a rule is written for: its own word, else those of the events it covers. */
function categoriesOf({ events, stages }: EventRule): ReadonlySet<string> {
  const named = stages.filter(isCategory);
  return new Set(named.length > 0 ? named : events.flatMap(({ provider, id }) => categoriesOfEvent(provider, id)));
}

/** Stands for where events of a provider that we do not know come from. */
const ANYWHERE = '*';

function coveredBy(rule: EventRule): Reads {
  const { events } = rule;
  const categories = categoriesOf(rule);
  const providers = new Set(events.map(({ provider }) => provider));
  const platforms = new Set<string>([...providers].flatMap((name): readonly string[] => (isKnownProvider(name) ? whereOf(name).platforms : [ANYWHERE])));
  return (identity) => {
    if (identity === null) return UNKNOWN;
    if (events.some(({ provider, id }) => identity.providers.has(provider) && (id === '' || id === identity.id))) return TRUE;
    if (identity.categories.some((category) => categories.has(category))) return TRUE;
    if (identity.categories.length > 0 && categories.size > 0) return FALSE;
    // It asks this provider for other events.
    if ([...providers].some((provider) => identity.providers.has(provider))) return FALSE;
    const isElsewhere =
      platforms.size > 0 && identity.platforms.length > 0 && !platforms.has(ANYWHERE) && !identity.platforms.some((one) => platforms.has(one));
    return isElsewhere ? FALSE : UNKNOWN;
  };
}

/** The field in which events of a family say which table they are of, and whether a rule reads one of that name; null: its events do not say. */
export function tableOf(rule: EventRule): { readonly field: string; readonly isRead: (table: string) => boolean } | null {
  const field = 'Type';
  if (!isContextField(rule.taxonomy, field) || rule.events.length === 0) return null;
  const read = new Set(rule.events.map(({ provider }) => provider));
  return {
    field,
    isRead(table) {
      const own = knownProviders(table);
      return own.length === 0 || own.some((name) => read.has(name));
    },
  };
}
