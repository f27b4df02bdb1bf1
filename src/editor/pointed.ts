import type { Diagnostic, Leaf, Report, Span, Triple, Value } from '../model';

/** The comparison a place in the text belongs to: one of its values, or the whole of it where it has none. */
export interface Pointed {
  readonly span: Span;
  readonly leaf: Leaf;
  readonly value: Value | null;
  readonly triple: Triple | null;
}

/** The narrowest value, or comparison without one, at an offset; its end counts as inside. Null when there is none. */
export function pointedAt(reports: readonly Report[], offset: number): Pointed | null {
  let found: Pointed | null = null;
  let width = Infinity;
  const consider = (span: Span, leaf: Leaf, value: Value | null, triple: Triple | null): void => {
    if (span.start > offset || offset > span.end || span.end - span.start >= width) return;
    width = span.end - span.start;
    found = { span, leaf, value, triple };
  };
  for (const { leaves } of reports) {
    for (const leaf of leaves) {
      leaf.values.forEach((value, index) => consider(value.span, leaf, value, leaf.triples[index] ?? null));
      if (leaf.values.length === 0) consider(leaf.span, leaf, null, leaf.triples[0] ?? null);
    }
  }
  return found;
}

/** Remarks on a place, the gravest first. */
export function remarksAt(diagnostics: readonly Diagnostic[], offset: number): readonly Diagnostic[] {
  const grave = { error: 0, warning: 1, info: 2 } as const;
  return diagnostics.filter(({ span }) => span.start <= offset && offset <= span.end).toSorted((a, b) => grave[a.severity] - grave[b.severity]);
}

/** The next remark after an offset, or the last before it; round the ends. Null when there is none. */
export function nextRemark(diagnostics: readonly Diagnostic[], offset: number, direction: 1 | -1): Diagnostic | null {
  const ordered = diagnostics.toSorted((a, b) => a.span.start - b.span.start);
  if (direction === 1) return ordered.find(({ span }) => span.start > offset) ?? ordered[0] ?? null;
  return ordered.findLast(({ span }) => span.start < offset) ?? ordered.at(-1) ?? null;
}
