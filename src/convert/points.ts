import { STARTING_POINTS } from '../knowledge/starting-points';
import type { Rule, Stage, StartingPoint } from '../model';
import { logsourcesOf } from '../run/logsource';

/** The class of events a rule reads, where it is one of those whose name every family of languages knows; null where it is none, or several. */
export function pointOf(rule: Rule): StartingPoint | null {
  const { meta, analysis } = rule;
  const logsources = logsourcesOf(meta).filter(({ product, category, service }) => product !== '' || category !== '' || service !== '');
  if (logsources.length > 1) return null;
  const [logsource] = logsources;
  if (logsource !== undefined) {
    const { product, category, service } = logsource;
    return STARTING_POINTS.find(({ sigma }) => sigma.product === product && sigma.category === category && sigma.service === service) ?? null;
  }
  const names = new Set(analysis.sources.map(({ name }) => name));
  if (names.size === 0) for (const name of meta.logsource.split(', ')) names.add(name);
  const categories = new Set(analysis.stages.map(({ kind }: Stage) => kind));
  const fitting = STARTING_POINTS.filter(
    (point) =>
      (names.size === 1 && (names.has(tableOf(point)) || names.has(dataSetOf(point) ?? ''))) ||
      (categories.has(point.elastic.category) && point.elastic.indices.some((name) => names.has(name))),
  );
  return fitting.find(({ platform }) => meta.platforms.includes(platform)) ?? (meta.platforms.length === 0 ? (fitting[0] ?? null) : null);
}

/** The table its query begins with. */
export const tableOf = ({ kusto }: StartingPoint): string => kusto.slice(0, kusto.indexOf('\n'));

/** The data set of a data model, `Endpoint.Processes`; null where a search reads raw events. */
export const dataSetOf = ({ spl }: StartingPoint): string | null => /\bdatamodel=([\w.]+)/.exec(spl)?.[1] ?? null;
