import type { Span } from '../model';

/** The part of a value between the stars around an offset: `\wsc` of `*\wsc*`. The stars stay what they are. */
export function afterStar(text: string, span: Span, offset: number): Span {
  const before = text.slice(span.start, offset).lastIndexOf('*');
  const after = text.slice(offset, span.end).indexOf('*');
  return { start: before < 0 ? span.start : span.start + before + 1, end: after < 0 ? span.end : offset + after };
}
