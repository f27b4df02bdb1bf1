import type { TextEdit } from '../model';

const STRETCH = 256;

/** The one edit that turns one text into the other, without what they share at both ends. Never splits a surrogate pair or a line end. */
export function replacementOf(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  // Stretches are compared at once: this is asked at every key.
  while (start + STRETCH <= shorter && before.startsWith(after.slice(start, start + STRETCH), start)) start += STRETCH;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  while (start > 0 && isInside(before, start)) start--;
  let tail = 0;
  const ended = (at: number): boolean => after.endsWith(before.slice(before.length - at - STRETCH, before.length - at), after.length - at);
  while (tail + STRETCH <= shorter - start && ended(tail)) tail += STRETCH;
  while (tail < shorter - start && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
  while (tail > 0 && isInside(before, before.length - tail)) tail--;
  return { span: { start, end: before.length - tail }, text: after.slice(start, after.length - tail) };
}

/** Between the halves of a pair or of `\r\n`. */
function isInside(text: string, at: number): boolean {
  const left = text.charCodeAt(at - 1);
  return (left >= 0xd800 && left <= 0xdbff) || (left === 13 && text.charCodeAt(at) === 10);
}
