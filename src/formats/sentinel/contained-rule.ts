import type { Analysis, Predicate, Span } from '../../model';
import type { Embedded } from '../../syntax/embedded';
import type { ContainedRule } from '../query-container';
import { remarksOn } from './remarks';
import { metadataOf, type SentinelRule, triggerOf } from './rule';

/** A Sentinel rule with its query, wherever both were read from. */
export const containedRule = (span: Span, query: Embedded, rule: SentinelRule): ContainedRule => ({
  span,
  query,
  metadataOf: (analysis) => metadataOf(rule, analysis),
  refine: (analysis) => refined(analysis, rule),
  remarks: (analysis) => remarksOn(rule, query.text, analysis, span),
});

/** The schedule bounds the time a rule reads; mappings use columns of its answer; its trigger is a threshold on the answer's rows. */
function refined(analysis: Analysis, rule: SentinelRule): Analysis {
  const used = new Set(rule.columns.map(({ text }) => text));
  const named = new Set(analysis.outputs.map(({ name }) => name));
  const end = analysis.stages.at(-1)?.span ?? { start: 0, end: 0 };
  const outputs = [
    ...analysis.outputs.map((output) => (used.has(output.name) ? { ...output, used: true as const } : output)),
    ...[...used].filter((name) => !named.has(name)).map((name) => ({ name, source: name, span: end, used: true as const })),
  ];
  const trigger = triggerOf(rule, end);
  const predicate: Predicate =
    trigger === null
      ? analysis.predicate
      : { kind: 'all', span: analysis.predicate.span, of: [...(analysis.predicate.kind === 'all' ? analysis.predicate.of : [analysis.predicate]), trigger] };
  const diagnostics =
    rule.isAnalytics || rule.period !== null ? analysis.diagnostics.filter(({ code }) => code !== 'kusto/no-time-filter') : analysis.diagnostics;
  return { ...analysis, outputs, predicate, diagnostics };
}
