import { comparisonRows, fieldOf, valueLines } from '../../analysis/rows';
import type { Leaf, Polarity, Report, RuleFacts, Span, Triple } from '../../model';

/** One value of a catalog rule's comparison. */
export interface LeafRow {
  readonly key: string;
  readonly field: string;
  readonly kind: string;
  readonly value: string;
  /** Null: it cannot be counted. */
  readonly triple: Triple | null;
  readonly polarity: Polarity;
  readonly composite: number | null;
  /** The macro it comes from; null: the rule itself says it. */
  readonly macro: string | null;
}

/** One comparison of a catalog rule, its values together. */
export interface LeafLine extends Omit<LeafRow, 'value' | 'triple'> {
  readonly values: string;
}

/** Values of one polarity, equal ones once; by field, kind, value. */
export const leafRows = (facts: RuleFacts, polarity: Polarity): readonly LeafRow[] =>
  valueLines(facts.leaves, [polarity], ({ macro }) => [macro ?? '']).map(({ found, ...row }) => ({ ...row, macro: found[0].leaf.macro }));

/** Comparisons of these polarities, one a line; those that suppress together stand together, then by field, kind, first value. */
export const leafLines = (facts: RuleFacts, polarities: readonly Polarity[]): readonly LeafLine[] =>
  polarities.flatMap((polarity) =>
    comparisonRows(facts.leaves, polarity)
      .map(({ values: [first, ...rest] }, index): LeafLine => {
        const { leaf } = first!;
        const values = [first!, ...rest].map(({ text }) => text).join(', ');
        return { key: `${polarity} ${index}`, field: fieldOf(leaf), kind: leaf.op, values, polarity, composite: leaf.composite, macro: leaf.macro };
      })
      .sort((a, b) => (a.composite ?? -1) - (b.composite ?? -1)),
  );

const isOf = (leaf: Leaf, row: { readonly field: string; readonly kind: string }): boolean => fieldOf(leaf) === row.field && leaf.op === row.kind;

/** Where a rule's text says one value; null while the text is not there. */
export const valueSpans = (report: Report | null, { field, kind, value }: LeafRow): readonly Span[] | null =>
  report === null
    ? null
    : valueLines(
        report.leaves.filter((leaf) => isOf(leaf, { field, kind })),
        [...new Set(report.leaves.map(({ polarity }) => polarity))],
        () => [],
      )
        .filter((line) => line.value === value)
        .flatMap(({ found }) => found.map((one) => one.value?.span ?? one.leaf.span));

/** Where a rule's text says a comparison with just these values; null while the text is not there. */
export const lineSpans = (report: Report | null, line: LeafLine): readonly Span[] | null =>
  report === null
    ? null
    : comparisonRows(
        report.leaves.filter((leaf) => isOf(leaf, line)),
        line.polarity,
      )
        .filter(({ values }) => values.map(({ text }) => text).join(', ') === line.values)
        .flatMap(({ values }) => values.map(({ value, leaf }) => value?.span ?? leaf.span));
