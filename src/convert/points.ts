import { STARTING_POINTS } from '../knowledge/starting-points';
import type { Predicate, Rule, StartingPoint } from '../model';
import { conjunctsOf } from '../syntax/predicates';
import { logsourcesOf } from '../run/logsource';
import { presentIn } from './guard';
import type { Scoping, Target } from './manner';

/**
 * The class of events a rule reads, where it is one of those whose name every family of languages knows; null where it is none, or several.
 * `own`: how its own language says so, by the fields that scope such events.
 */
export function pointOf(rule: Rule, own: Target | undefined): StartingPoint | null {
  const { meta, analysis } = rule;
  const [logsource, ...others] = logsourcesOf(meta).filter(({ product, category, service }) => product !== '' || category !== '' || service !== '');
  if (logsource !== undefined) {
    const { product, category, service } = logsource;
    if (others.length > 0) return null;
    return STARTING_POINTS.find(({ sigma }) => sigma.product === product && sigma.category === category && sigma.service === service) ?? null;
  }
  const names = new Set(analysis.sources.map(({ name }) => name));
  const asked = new Set([...conjunctsOf(analysis.predicate).flatMap((part) => pairOf(part) ?? []), ...presentIn(analysis.predicate)]);
  const named = own?.category === undefined ? undefined : analysis.stages[0]?.kind;
  const fitting = STARTING_POINTS.filter((point) => {
    const pairs = own?.scoping(point) ?? [];
    const isSaid = ([field, value, told = []]: Scoping): boolean =>
      asked.has(`${field} ${value}`) || told.some(([other, own]) => asked.has(own === null ? other : `${other} ${own}`));
    if (!pairs.every(isSaid)) return false;
    const set = dataSetOf(point);
    if (names.size === 1 && (names.has(tableOf(point)) || (set !== null && names.has(set)))) return true;
    return pairs.length > 0 && own?.namesByTable === false && (named === undefined || named === point.elastic.category);
  });
  const [first] = fitting;
  // A table of several systems is that of the first where the rule does not say which.
  return fitting.find(({ platform }) => meta.platforms.includes(platform)) ?? (first !== undefined && meta.platforms.length === 0 ? first : null);
}

/** The field and the one text it must be; null for any other condition. */
export function pairOf(part: Predicate): string | null {
  if (part.kind !== 'test' || part.compare !== 'equals' || part.left?.kind !== 'field' || part.values.length !== 1) return null;
  const [value] = part.values;
  return value?.kind === 'literal' ? `${part.left.name} ${value.text}` : null;
}

/** The table its query begins with. */
export const tableOf = ({ kusto }: StartingPoint): string => kusto.slice(0, kusto.indexOf('\n'));

/** The data set of a data model, `Endpoint.Processes`; null where a search reads raw events. */
export const dataSetOf = ({ spl }: StartingPoint): string | null => /\bdatamodel=([\w.]+)/.exec(spl)?.[1] ?? null;
