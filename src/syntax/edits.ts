import type { TextEdit } from '../model';
import { byPlace } from './by-place';

/** The text with the edits made; they do not overlap, and of several at one place the first comes first. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  let done = '';
  let at = 0;
  for (const { span, text: insert } of edits.toSorted(byPlace)) {
    done += text.slice(at, span.start) + insert;
    at = span.end;
  }
  return done + text.slice(at);
}
