import { categoriesOfEvent, isCategory, isKnownProvider, knownProviders, whereOf } from '../knowledge/events';
import { isContextField } from '../knowledge/families';
import type { EventRule, Taxonomy } from '../model';
import type { Logsource } from '../knowledge/logsources';
import type { Row } from './dialect';
import type { EventIdentity } from './event-identity';
import { belongsBy, logsourcesOf } from './logsource';
import { FALSE, TRUE, truthOf, UNKNOWN, type Truth } from './truth';

/** Whether a rule reads events of an identity. */
export type Reads = (identity: EventIdentity | null) => Truth;

/** The log sources a rule names by product, category or service; none in families that name tables or indexes. */
export const sourcesOf = (rule: EventRule): readonly Logsource[] =>
  logsourcesOf(rule).filter(({ product, category, service }) => product !== '' || category !== '' || service !== '');

/** What a rule reads, as far as events say what they are. */
export function readsOf(rule: EventRule, names: Taxonomy | null): Reads {
  const sources = sourcesOf(rule);
  if (sources.length === 0) return names === null || names === rule.taxonomy ? () => UNKNOWN : coveredBy(rule);
  return (identity) => {
    const found = sources.map((source) => belongsBy(identity, source));
    return found.includes('yes') ? TRUE : found.includes('unknown') ? UNKNOWN : FALSE;
  };
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

/** The columns in which rows of a family say which table they are of: the first is what its context names, the second what exports write. */
const TABLE_COLUMNS = ['$table', 'Type'] as const;

/** The table that a row says it is of; null: it says none. */
export function tableSaid(row: Row): string | null {
  const said = TABLE_COLUMNS.map((column) => (Object.hasOwn(row, column) ? row[column] : undefined)).find((value) => typeof value === 'string');
  return typeof said === 'string' ? said : null;
}

/** Whether rows of a family say which table they are of. */
const saysTables = (taxonomy: Taxonomy): boolean => TABLE_COLUMNS.every((column) => isContextField(taxonomy, column));

/** How exports of a family mark a row of a table. */
export const tableMark = (taxonomy: Taxonomy, table: string | undefined): readonly (readonly [string, string])[] =>
  table === undefined || !saysTables(taxonomy) ? [] : [[TABLE_COLUMNS[1], table]];

/** Whether a row says that it is of a table which a rule reads; null: rows of the rule's family say no such thing. */
export function tableReads(rule: EventRule): ((row: Row) => Truth) | null {
  if (rule.events.length === 0 || !saysTables(rule.taxonomy)) return null;
  const read = new Set(rule.events.map(({ provider }) => provider));
  return (row) => {
    const table = tableSaid(row);
    if (table === null) return UNKNOWN;
    const own = knownProviders(table);
    return truthOf((own.length === 0 ? [table] : own).some((name) => read.has(name)));
  };
}
