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

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const notesOf = (leaf: Leaf): readonly string[] => [
  ...leaf.modifiers,
  ...(leaf.every ? ['all of them'] : []),
  ...(leaf.token ? ['whole tokens'] : []),
  ...(leaf.caseSensitive ? ['case-sensitive'] : []),
  ...(leaf.macro === null ? [] : [`from ${leaf.macro}`]),
];

function rowsOfLeaf(leaf: Leaf): readonly ValueRow[] {
  const base = {
    field: leaf.field ?? 'any field',
    kind: leaf.op,
    notes: notesOf(leaf),
    polarity: leaf.polarity,
    composite: leaf.composite,
    stage: leaf.stage,
  };
  const keyOf = (value: string): string => [leaf.composite ?? '', leaf.polarity, base.field, leaf.op, base.notes.join(), value].join('\u0000');
  if (leaf.values.length === 0 || leaf.op === 'between')
    return [
      {
        ...base,
        key: keyOf(leaf.values.map(({ text }) => text).join(' – ')),
        value: leaf.values.map(({ text }) => text).join(' – '),
        secret: false,
        triple: leaf.triples[0] ?? null,
        spans: [leaf.span],
      },
    ];
  return leaf.values.map((value, index) => ({
    ...base,
    key: keyOf(value.text),
    value: value.text,
    secret: value.secret === true,
    triple: leaf.triples[index] ?? null,
    spans: [value.span],
  }));
}

/** The rows of these polarities: equal ones merged, by composite, field, kind, value. */
export function valueRows(report: Report, polarities: readonly Polarity[]): readonly ValueRow[] {
  const rows = new Map<string, ValueRow>();
  for (const leaf of report.leaves) {
    if (!polarities.includes(leaf.polarity)) continue;
    for (const row of rowsOfLeaf(leaf)) {
      const known = rows.get(row.key);
      rows.set(row.key, known === undefined ? row : { ...known, spans: [...known.spans, ...row.spans] });
    }
  }
  return [...rows.values()].sort(
    (a, b) =>
      polarities.indexOf(a.polarity) - polarities.indexOf(b.polarity) ||
      (a.composite ?? -1) - (b.composite ?? -1) ||
      byText(a.field, b.field) ||
      byText(a.kind, b.kind) ||
      byText(a.value, b.value),
  );
}
