import { strToU8 } from 'fflate';
import { sha256 } from './sha256';

/** Characters (UTF-16) a stored value may have. */
export const MOST_VALUE = 256;

/** A value as the catalog keeps it: one over 256 characters is cut to that length and ends in `…#` and the first 8 hex digits of the whole value's SHA-256. */
export function truncateValue(value: string): string {
  if (value.length <= MOST_VALUE) return value;
  const mark = `…#${sha256(strToU8(value)).slice(0, 8)}`;
  let end = MOST_VALUE - mark.length;
  if (isHighSurrogate(value.charCodeAt(end - 1))) end--;
  return value.slice(0, end) + mark;
}

/** A text for people, cut at `longest` characters with dots where it is more than three longer. */
export function truncateText(text: string, longest: number): string {
  if (text.length <= longest + 3) return text;
  return `${text.slice(0, isHighSurrogate(text.charCodeAt(longest - 1)) ? longest - 1 : longest)}...`;
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
