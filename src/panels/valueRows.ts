import { valueLines } from '../analysis/rows';
import type { Leaf, Polarity, Report, Span, Triple, Value } from '../model';

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

/** A panel and the count on its tab ask for the same rows. */
const ROWS = new WeakMap<Report, Map<string, readonly ValueRow[]>>();

/** The rows of these polarities: equal ones merged, by composite, field, kind, value. */
export function valueRows(report: Report, polarities: readonly Polarity[]): readonly ValueRow[] {
  let known = ROWS.get(report);
  if (known === undefined) ROWS.set(report, (known = new Map()));
  const key = polarities.join();
  let rows = known.get(key);
  if (rows === undefined) known.set(key, (rows = rowsOf(report.leaves, polarities)));
  return rows;
}

/** A keystroke leaves most of a draft's values the objects they were, and so their rows. */
const ROW_OF = new WeakMap<Value, ValueRow>();

function rowsOf(leaves: readonly Leaf[], polarities: readonly Polarity[]): readonly ValueRow[] {
  const notes = new Map(leaves.map((leaf) => [leaf, notesOf(leaf)]));
  const notesKnown = (leaf: Leaf): readonly string[] => notes.get(leaf)!;
  return valueLines(leaves, polarities, notesKnown).map(({ found, ...line }) => {
    const { value, leaf } = found[0];
    const notes = notesKnown(leaf);
    const { stage } = leaf;
    const alone = found.length === 1 ? value : null;
    const known = alone === null ? undefined : ROW_OF.get(alone);
    if (known !== undefined && known.stage === stage && isSameLine(known, line, notes)) return known;
    const row = { ...line, notes, secret: value?.secret === true, spans: found.map((one) => one.value?.span ?? one.leaf.span), stage };
    if (alone !== null) ROW_OF.set(alone, row);
    return row;
  });
}

const isSameLine = (one: ValueRow, other: Pick<ValueRow, 'field' | 'kind' | 'triple' | 'polarity' | 'composite'>, notes: readonly string[]): boolean =>
  one.field === other.field &&
  one.kind === other.kind &&
  one.triple === other.triple &&
  one.polarity === other.polarity &&
  one.composite === other.composite &&
  one.notes.length === notes.length &&
  one.notes.every((note, at) => note === notes[at]);
