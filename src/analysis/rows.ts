import type { Leaf, Operator, Polarity, Triple, Value } from '../model';

/** One value of a row with where it comes from: the value as written, what the corpus counts of it, and the comparison that holds it. */
interface RowValue {
  /** '' for tests without values (is_null, is_not_null). */
  readonly text: string;
  readonly value: Value | null;
  readonly triple: Triple | null;
  readonly leaf: Leaf;
}

/** One line of a panel: a field and a kind as written, and its values in order. */
export interface Row {
  /** Null: the whole event (keywords). */
  readonly field: string | null;
  readonly op: Operator;
  readonly values: readonly RowValue[];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const valuesOf = (leaf: Leaf): RowValue[] =>
  leaf.values.length === 0
    ? [{ text: '', value: null, triple: leaf.triples[0] ?? null, leaf }]
    : leaf.values.map((value, index) => ({ text: value.text, value, triple: leaf.triples[index] ?? null, leaf }));

const inOrder = (rows: Row[]): Row[] =>
  rows.sort((a, b) => byText(a.field ?? '', b.field ?? '') || byText(a.op, b.op) || byText(a.values[0]?.text ?? '', b.values[0]?.text ?? ''));

/** Indicators: one row per field and kind, their distinct values merged and sorted, rows by field, then kind. */
export function indicatorRows(leaves: readonly Leaf[]): readonly Row[] {
  const rows = new Map<string, { readonly field: string | null; readonly op: Operator; readonly values: Map<string, RowValue> }>();
  for (const leaf of leaves) {
    if (leaf.polarity !== 'indicator') continue;
    const key = `${leaf.op} ${leaf.field ?? ''}`;
    let row = rows.get(key);
    if (row === undefined) rows.set(key, (row = { field: leaf.field, op: leaf.op, values: new Map() }));
    for (const value of valuesOf(leaf)) if (!row.values.has(value.text)) row.values.set(value.text, value);
  }
  return inOrder([...rows.values()].map(({ field, op, values }) => ({ field, op, values: [...values.values()].sort((a, b) => byText(a.text, b.text)) })));
}

/** One row per comparison of this polarity, by field, kind and first value; values sorted. */
const rowsOf = (leaves: readonly Leaf[], polarity: Exclude<Polarity, 'indicator'>): readonly Row[] =>
  inOrder(
    leaves
      .filter((leaf) => leaf.polarity === polarity)
      .map((leaf) => ({
        field: leaf.field,
        op: leaf.op,
        values: leaf.op === 'between' ? valuesOf(leaf) : valuesOf(leaf).sort((a, b) => byText(a.text, b.text)),
      })),
  );

/** Exclusions: what the rule suppresses outright, one row per comparison. */
export const exclusionRows = (leaves: readonly Leaf[]): readonly Row[] => rowsOf(leaves, 'exclusion');

/** Exclusions that hold in one OR branch only; each value's leaf names its branch. */
export const conditionalRows = (leaves: readonly Leaf[]): readonly Row[] => rowsOf(leaves, 'conditional');

/** Comparisons on computed fields. */
export const thresholdRows = (leaves: readonly Leaf[]): readonly Row[] => rowsOf(leaves, 'threshold');
