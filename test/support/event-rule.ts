import type { EventRule, Report } from '../../src/model';
import { firingRuleOf } from '../../src/analysis/compare';

/** A rule as what one event fires; null where an event alone does not decide it, or it asks nothing of one. */
export function eventRuleOf(report: Report): EventRule | null {
  const rule = firingRuleOf(report);
  return typeof rule === 'string' || rule.groupBy !== null ? null : rule;
}
