import { valueLines } from '../analysis/rows';
import type { Leaf, Polarity, Report, Span, Triple } from '../model';

/** One value of a comparison as a panel shows it: equal ones of a rule are one row that points at all their places. */
export interface ValueRow {
  readonly key: string;
  /** As written; "any field" stands for the whole event. */
  readonly field: string;
  readonly kind: string;
  /** '' for a test without values. */
  readonly value: string;
  readonly secret: boolean;
  /** What makes the comparison special, in few words: case-sensitive, all of them, whole tokens, a modifier, a macro. */
  readonly notes: readonly string[];
  /** Null: it cannot be counted. */
  readonly triple: Triple | null;
  readonly polarity: Polarity;
  /** Rows with the same number suppress only together. */
  readonly composite: number | null;
  readonly spans: readonly Span[];
  /** Index of the stage that holds it, -1: none. */
  readonly stage: number;
}

const notesOf = (leaf: Leaf): readonly string[] => [
  ...leaf.modifiers,
  ...(leaf.every ? ['all of them'] : []),
  ...(leaf.token ? ['whole tokens'] : []),
  ...(leaf.caseSensitive ? ['case-sensitive'] : []),
  ...(leaf.macro === null ? [] : [`from ${leaf.macro}`]),
  ...(leaf.of === undefined || leaf.of === leaf.field ? [] : [`called ${leaf.field}`]),
  ...(leaf.values.some(({ type }) => type === 'expression') ? ['known only when it runs'] : []),
];

/** The rows of these polarities: equal ones merged, by composite, field, kind, value. */
export const valueRows = (report: Report, polarities: readonly Polarity[]): readonly ValueRow[] =>
  valueLines(report.leaves, polarities, notesOf).map(({ found, ...row }) => ({
    ...row,
    notes: notesOf(found[0].leaf),
    secret: found[0].value?.secret === true,
    spans: found.map(({ value, leaf }) => value?.span ?? leaf.span),
    stage: found[0].leaf.stage,
  }));
