/** A stretch of a text: half-open UTF-16 offsets, `start <= end`. The only coordinate; lines exist at Monaco's edge and in printed output. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const spanOf = (start: number, end: number): Span => ({ start, end });

/** The smallest span that holds both. */
export const joinOf = (a: Span, b: Span): Span => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) });

export const isInside = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;
