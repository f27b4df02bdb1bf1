import type { TextEdit } from '../model';

/** The text with the edits made; they do not overlap, and of several at one place the first comes first. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  let done = '';
  let at = 0;
  for (const { span, text: insert } of edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    done += text.slice(at, span.start) + insert;
    at = span.end;
  }
  return done + text.slice(at);
}
