import type { CatalogLeaf, Leaf, Polarity, Report, RuleFacts, Span, Triple } from '../../model';

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
export interface LeafLine {
  readonly key: string;
  readonly field: string;
  readonly kind: string;
  readonly values: string;
  readonly polarity: Polarity;
  readonly composite: number | null;
  /** The macro it comes from; null: the rule itself says it. */
  readonly macro: string | null;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const joined = (values: readonly string[]): string => [...values].sort(byText).join(', ');
const fieldOf = (leaf: CatalogLeaf): string => leaf.field ?? 'any field';

/** Values of one polarity, equal ones once; by field, kind, value. */
export function leafRows(facts: RuleFacts, polarity: Polarity): readonly LeafRow[] {
  const rows = new Map<string, LeafRow>();
  for (const leaf of facts.leaves) {
    if (leaf.polarity !== polarity) continue;
    const values = leaf.values.length === 0 ? [''] : leaf.op === 'between' ? [leaf.values.join(' – ')] : leaf.values;
    values.forEach((value, index) => {
      const { op: kind, composite, macro } = leaf;
      const key = [fieldOf(leaf), kind, value, macro ?? ''].join('\u0000');
      if (!rows.has(key)) rows.set(key, { key, field: fieldOf(leaf), kind, value, triple: leaf.triples[index] ?? null, polarity, composite, macro });
    });
  }
  return [...rows.values()].sort((a, b) => byText(a.field, b.field) || byText(a.kind, b.kind) || byText(a.value, b.value));
}

/** Comparisons of these polarities, one a line; those that suppress together stand together, then by field, kind, first value. */
export const leafLines = (facts: RuleFacts, polarities: readonly Polarity[]): readonly LeafLine[] =>
  facts.leaves
    .flatMap((leaf, index) =>
      polarities.includes(leaf.polarity)
        ? [
            {
              key: String(index),
              field: fieldOf(leaf),
              kind: leaf.op,
              values: joined(leaf.values),
              polarity: leaf.polarity,
              composite: leaf.composite,
              macro: leaf.macro,
            },
          ]
        : [],
    )
    .sort(
      (a, b) =>
        polarities.indexOf(a.polarity) - polarities.indexOf(b.polarity) ||
        (a.composite ?? -1) - (b.composite ?? -1) ||
        byText(a.field, b.field) ||
        byText(a.kind, b.kind) ||
        byText(a.values, b.values),
    );

const isOf = (leaf: Leaf, row: { readonly field: string; readonly kind: string }): boolean => (leaf.field ?? 'any field') === row.field && leaf.op === row.kind;

/** Where a rule's text says one value; null while the text is not there. */
export const valueSpans = (report: Report | null, row: LeafRow): readonly Span[] | null =>
  report?.leaves
    .filter((leaf) => isOf(leaf, row))
    .flatMap((leaf) => (leaf.values.length === 0 ? [leaf.span] : leaf.values.filter(({ text }) => text === row.value).map(({ span }) => span))) ?? null;

/** Where a rule's text says a comparison with just these values; null while the text is not there. */
export const lineSpans = (report: Report | null, line: LeafLine): readonly Span[] | null =>
  report?.leaves
    .filter((leaf) => isOf(leaf, line) && joined(leaf.values.map(({ text }) => text)) === line.values)
    .flatMap((leaf) => (leaf.values.length === 0 ? [leaf.span] : leaf.values.map(({ span }) => span))) ?? null;
