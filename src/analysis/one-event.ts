import type { Report, Stage } from '../model';

/** Whether one event that meets the rule's predicate fires it: nothing counts, joins, waits for a second event or looks at a history. */
export const isOneEvent = ({ rule: { analysis, meta } }: Report): boolean =>
  meta.kind !== 'correlation' && meta.kind !== 'filter' && meta.groupBy.length === 0 && analysis.stages.every(keepsEvents);

const keepsEvents = ({ role, parameters, branches, evidence, label }: Stage): boolean => {
  if (branches !== undefined || evidence !== undefined) return false;
  // A filter with parameters is one of new terms, thresholds or threat lists.
  if (role === 'filter') return parameters === undefined || label !== undefined;
  return role === 'source' || role === 'derive' || role === 'shape';
};
