import type { Leaf, Operator, Polarity, Triple, Value } from '../model';
import { byText } from '../syntax/by-text';

/** What rows are made of: a comparison of a draft, or of a catalog's rule, whose values are texts. */
interface RowLeaf {
  readonly field: string | null;
  readonly of?: string;
  readonly op: Operator;
  readonly values: readonly (Value | string)[];
  readonly triples: readonly (Triple | null)[];
  readonly polarity: Polarity;
  readonly composite: number | null;
}

/** One value of a row with where it comes from: the value as written, what the corpus counts of it, and the comparison that holds it. */
interface RowValue<L extends RowLeaf = Leaf> {
  /** '' for tests without values (is_null, is_not_null). */
  readonly text: string;
  /** Null where there is none, or it is a text alone. */
  readonly value: Value | null;
  readonly triple: Triple | null;
  readonly leaf: L;
}

/** One line: a field of the events, a kind as written, and its values in order. */
export interface Row<L extends RowLeaf = Leaf> {
  /** Null: the whole event (keywords). */
  readonly field: string | null;
  readonly op: Operator;
  readonly values: readonly RowValue<L>[];
}

/** One value a row; equal ones of a rule are one row. */
interface ValueLine<L extends RowLeaf> {
  readonly key: string;
  /** As written; "any field" stands for the whole event. */
  readonly field: string;
  readonly kind: Operator;
  /** '' for a test without values; both ends of a range. */
  readonly value: string;
  /** Null: it cannot be counted. */
  readonly triple: Triple | null;
  readonly polarity: Polarity;
  /** Rows with the same number suppress only together. */
  readonly composite: number | null;
  /** Every place that says it, the first first. */
  readonly found: readonly [RowValue<L>, ...RowValue<L>[]];
}

/** The field of the events that a comparison is about: under its own name, where an earlier stage gave it another. */
const ownField = ({ field, of }: Pick<RowLeaf, 'field' | 'of'>): string | null => of ?? field;

/** How a comparison's field is named in a row. */
export const fieldOf = (leaf: Pick<RowLeaf, 'field' | 'of'>): string => ownField(leaf) ?? 'any field';

function valuesOf<L extends RowLeaf>(leaf: L): readonly [RowValue<L>, ...RowValue<L>[]] {
  const [first, ...rest] = leaf.values.map((value, index): RowValue<L> => {
    const triple = leaf.triples[index] ?? null;
    return typeof value === 'string' ? { text: value, value: null, triple, leaf } : { text: value.text, value, triple, leaf };
  });
  return first === undefined ? [{ text: '', value: null, triple: leaf.triples[0] ?? null, leaf }] : [first, ...rest];
}

/** The same, a range as one value. */
function linesOf<L extends RowLeaf>(leaf: L): readonly [RowValue<L>, ...RowValue<L>[]] {
  const values = valuesOf(leaf);
  return leaf.op === 'between' ? [{ ...values[0], text: values.map(({ text }) => text).join(' – '), value: null }] : values;
}

const inOrder = <L extends RowLeaf>(rows: readonly Row<L>[]): readonly Row<L>[] =>
  rows.toSorted((a, b) => byText(a.field ?? '', b.field ?? '') || byText(a.op, b.op) || byText(a.values[0]?.text ?? '', b.values[0]?.text ?? ''));

/** The values of these polarities, equal ones merged: by polarity, composite, field, kind, value. What `notesOf` says of its comparison tells a value from its like. */
export function valueLines<L extends RowLeaf>(
  leaves: readonly L[],
  polarities: readonly Polarity[],
  notesOf: (leaf: L) => readonly string[],
): readonly ValueLine<L>[] {
  interface Line extends ValueLine<L> {
    readonly found: [RowValue<L>, ...RowValue<L>[]];
  }
  interface Group extends Pick<Line, 'polarity' | 'composite' | 'field' | 'kind'> {
    /** By what is noted of their comparison, then by value. */
    readonly noted: Map<string, Map<string, Line>>;
  }
  const groups = new Map<string, Group>();
  for (const leaf of leaves) {
    if (!polarities.includes(leaf.polarity)) continue;
    const { op: kind, polarity, composite } = leaf;
    const field = fieldOf(leaf);
    const name = [composite ?? '', polarity, field, kind].join('\u0000');
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = { polarity, composite, field, kind, noted: new Map() }));
    const notes = notesOf(leaf).join();
    const start = `${name}\u0000${notes}\u0000`;
    let lines = group.noted.get(notes);
    if (lines === undefined) group.noted.set(notes, (lines = new Map()));
    for (const found of linesOf(leaf)) {
      const { text: value, triple } = found;
      const known = lines.get(value);
      if (known === undefined) lines.set(value, { key: start + value, field, kind, value, triple, polarity, composite, found: [found] });
      else known.found.push(found);
    }
  }
  return [...groups.values()]
    .sort(
      (a, b) =>
        polarities.indexOf(a.polarity) - polarities.indexOf(b.polarity) ||
        (a.composite ?? -1) - (b.composite ?? -1) ||
        byText(a.field, b.field) ||
        byText(a.kind, b.kind),
    )
    .flatMap(({ noted }) => [...noted.values()].flatMap((lines) => [...lines.values()]).sort((a, b) => byText(a.value, b.value)));
}

/** Indicators: one row per field and kind, their distinct values merged and sorted, rows by field, then kind. */
export function indicatorRows(leaves: readonly Leaf[]): readonly Row[] {
  const rows = new Map<string, { readonly field: string | null; readonly op: Operator; readonly values: Map<string, RowValue> }>();
  for (const leaf of leaves) {
    if (leaf.polarity !== 'indicator') continue;
    const field = ownField(leaf);
    const key = `${leaf.op} ${field ?? ''}`;
    let row = rows.get(key);
    if (row === undefined) rows.set(key, (row = { field, op: leaf.op, values: new Map() }));
    for (const value of valuesOf(leaf)) if (!row.values.has(value.text)) row.values.set(value.text, value);
  }
  return inOrder([...rows.values()].map(({ field, op, values }) => ({ field, op, values: [...values.values()].sort((a, b) => byText(a.text, b.text)) })));
}

/** One row per comparison of this polarity, by field, kind and first value; values sorted, the ends of a range as they stand. */
export const comparisonRows = <L extends RowLeaf>(leaves: readonly L[], polarity: Polarity): readonly Row<L>[] =>
  inOrder(
    leaves
      .filter((leaf) => leaf.polarity === polarity)
      .map((leaf) => ({
        field: ownField(leaf),
        op: leaf.op,
        values: leaf.op === 'between' ? valuesOf(leaf) : valuesOf(leaf).toSorted((a, b) => byText(a.text, b.text)),
      })),
  );

/** Exclusions: what the rule suppresses outright, one row per comparison. */
export const exclusionRows = (leaves: readonly Leaf[]): readonly Row[] => comparisonRows(leaves, 'exclusion');

/** Exclusions that hold in one OR branch only; each value's leaf names its branch. */
export const conditionalRows = (leaves: readonly Leaf[]): readonly Row[] => comparisonRows(leaves, 'conditional');

/** Comparisons on computed fields. */
export const thresholdRows = (leaves: readonly Leaf[]): readonly Row[] => comparisonRows(leaves, 'threshold');
