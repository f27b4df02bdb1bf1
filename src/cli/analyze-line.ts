import { conditionalRows, exclusionRows, indicatorRows, thresholdRows, type Row } from '../analysis/rows';
import type { Diagnostic, Leaf, Report, Unread } from '../model';
import { unreadOf } from '../syntax/unread';
import type { Analysed } from './documents';

/** What `analyze` prints of one rule: one JSON line; offsets are the file's. */
export function lineOf(path: string, format: string, text: string, { index, report, diagnostics }: Analysed): string {
  const { meta, analysis } = report.rule;
  return JSON.stringify({
    path,
    index,
    format,
    language: analysis.language,
    id: meta.id,
    title: meta.title,
    techniques: meta.techniques,
    tactics: meta.tactics,
    status: meta.status,
    severity: meta.severity,
    timeWindow: report.timeWindow,
    groupBy: report.groupBy,
    platforms: report.platforms,
    domains: report.domains,
    events: report.events.map(({ provider, id, title }) => ({ provider, id, title })),
    stages: analysis.stages.map(({ kind, span, text: own }) => ({ kind, text: own ?? text.slice(span.start, span.end), start: span.start, end: span.end })),
    predicates: report.leaves
      .filter(({ op }) => op !== 'term')
      .map((leaf) => ({
        field: leaf.written ?? leaf.field,
        kind: leaf.op,
        values: leaf.values.map((value) => value.written ?? value.text),
        negated: leaf.negated,
        stage: leaf.stage < 0 ? null : numberOf(report, leaf.stage),
        start: leaf.span.start,
        end: leaf.span.end,
        ...(leaf.written === undefined ? null : { of: leaf.written }),
        ...(leaf.modifiers.length === 0 ? null : { modifiers: leaf.modifiers }),
        ...(leaf.every ? { every: true } : null),
        ...(leaf.caseSensitive ? { caseSensitive: true } : null),
        ...expressionsOf(leaf),
      })),
    indicators: indicatorRows(report.leaves).flatMap(toldRow),
    exclusions: exclusionRows(report.leaves).flatMap(toldRow),
    conditionalExclusions: conditionalRows(report.leaves).flatMap(toldRow),
    thresholds: thresholdRows(report.leaves).map(shownRow),
    searchTerms: analysis.terms.map((term) => ({ stage: numberOf(report, term.stage), term: term.text, negated: term.negated })),
    canonical: canonicalOf(report),
    unread: unreadOf(analysis).map(({ span, ...part }) => ({ start: span.start, end: span.end, why: whyOf(part) })),
    diagnostics: diagnostics.map(shownRemark),
  });
}

/** A line about a file of which there is no analysis: everything empty but the remarks. */
export const emptyLineOf = (path: string, format: string | null, diagnostics: readonly Diagnostic[]): string =>
  JSON.stringify({
    path,
    index: 0,
    format,
    language: null,
    id: '',
    title: '',
    techniques: [],
    tactics: [],
    status: '',
    severity: '',
    timeWindow: '',
    groupBy: [],
    platforms: [],
    domains: [],
    events: [],
    stages: [],
    predicates: [],
    indicators: [],
    exclusions: [],
    conditionalExclusions: [],
    thresholds: [],
    searchTerms: [],
    canonical: [],
    unread: [],
    diagnostics: diagnostics.map(shownRemark),
  });

const REASONS: Readonly<Record<Unread['reason'], string>> = {
  'syntax-error': 'not understood',
  unmodelled: 'not modelled',
  unknown: 'not known',
  limit: 'too much to read',
};
const whyOf = ({ reason, note }: Pick<Unread, 'reason' | 'note'>): string => (note === undefined ? REASONS[reason] : `${REASONS[reason]}: ${note}`);

/** Stages count from 1, but where the first is a condition over the others: it is 0. */
const numberOf = ({ rule }: Report, stage: number): number => (rule.analysis.stages[0]?.kind === 'condition' ? stage : stage + 1);

/** Which of a comparison's values are no text but what only a run knows: a query's rows, a list from outside, a calculation. */
function expressionsOf({ values }: Leaf): { readonly expressions: readonly string[] } | null {
  const expressions = values.flatMap(({ type, text }) => (type === 'expression' ? [text] : []));
  return expressions.length === 0 ? null : { expressions };
}

/** A row without the values that only a run knows; nothing where it has no others. */
function toldRow(row: Row) {
  const values = row.values.filter(({ value }) => value?.type !== 'expression');
  return values.length === 0 ? [] : [shownRow({ ...row, values })];
}

const shownRow = ({ field, op, values }: Row) => ({ field, kind: op, values: values.flatMap((value) => (value.value === null ? [] : [value.text])) });

const shownRemark = ({ code, severity, message, span }: Diagnostic) => ({ code, severity, message, start: span.start, end: span.end });

/** The distinct triples the corpus counts of the rule, in written order. */
function canonicalOf({ leaves }: Report) {
  const found = new Map<string, { field: string; kind: string; value: string; polarity: string }>();
  for (const { polarity, triples } of leaves) {
    if (polarity !== 'indicator' && polarity !== 'exclusion') continue;
    for (const triple of triples) {
      if (triple === null) continue;
      const entry = { field: triple.field, kind: triple.kind, value: triple.value, polarity };
      found.set(JSON.stringify(entry), entry);
    }
  }
  return [...found.values()];
}
