import type { Rule, TimeBound } from '../model';

/** The kinds of bound by how closely they hold the logic; a schedule and a history window do not bound it. */
const CLOSENESS: readonly TimeBound['kind'][] = ['maxspan', 'timespan', 'bin', 'look-back'];

/** The narrowest bound of the rule's logic as written, such as `10m`; '' when there is none. The query's own bounds come before its container's. */
export function timeWindowOf({ meta, analysis }: Rule): string {
  for (const kind of CLOSENESS) {
    const bound = analysis.times.find((time) => time.kind === kind) ?? meta.times.find((time) => time.kind === kind);
    if (bound !== undefined) return bound.text;
  }
  return '';
}
