import type { Span } from '../model';
import { getState, setState } from './store';

/** A panel's row points at its text while it is hovered or focused; null when it no longer does. */
export function hover(spans: readonly Span[] | null): void {
  if (getState().hovered !== spans) setState({ hovered: spans });
}

/** Index of the row whose narrowest place holds the offset; the first of equals; -1 when none does. An end counts as inside: that is where one types on. */
export function litIndex(rows: readonly (readonly Span[])[], offset: number): number {
  let found = -1;
  let width = Infinity;
  rows.forEach((spans, index) => {
    for (const { start, end } of spans) {
      if (start <= offset && offset <= end && end - start < width) {
        found = index;
        width = end - start;
      }
    }
  });
  return found;
}
