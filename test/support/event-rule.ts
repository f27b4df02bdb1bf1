import type { EventRule, Report } from '../../src/model';
import { meaningOf } from '../../src/analysis/compare';

/** A rule as what one event fires; null where an event alone does not decide it, or it asks nothing of one. */
export function eventRuleOf(report: Report): EventRule | null {
  const meaning = meaningOf(report);
  if (meaning === null || !meaning.isWhole) return null;
  const { meta, analysis, taxonomy } = report.rule;
  return {
    language: analysis.language,
    taxonomy,
    predicate: meaning.predicate,
    logsource: meta.logsource,
    events: report.events,
    stages: analysis.stages.map(({ kind }) => kind),
  };
}
