import type { Span, TextEdit } from '../model';

/** Where the edits' texts stand once all of them are made. */
export function writtenSpans(edits: readonly TextEdit[]): readonly Span[] {
  let moved = 0;
  return edits
    .toSorted((a, b) => a.span.start - b.span.start)
    .map(({ span, text }) => {
      const start = span.start + moved;
      moved += text.length - (span.end - span.start);
      return { start, end: start + text.length };
    });
}
