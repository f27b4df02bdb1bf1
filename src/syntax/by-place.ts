import type { Span } from '../model';

/** The order of what stands in a text: by where it begins, then by where it ends. */
export const byPlace = (a: { readonly span: Span }, b: { readonly span: Span }): number => a.span.start - b.span.start || a.span.end - b.span.end;
