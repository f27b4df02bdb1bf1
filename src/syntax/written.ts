import type { Span } from '../model';

/** A text with each stretch of white space as one blank. */
const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What stands at a place, on one line. */
export const writtenAt = (text: string, { start, end }: Span): string => onOneLine(text.slice(start, end));

/** A text as it is, or its first characters and `…`: no character of two code units is cut in half. */
export const shortened = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…` : text;

/** Characters of a text that a message or a list has room for. */
const EXCERPT = 60;

/** A text, short and on one line; empty where it is white space. */
export const excerptOf = (text: string): string => shortened(onOneLine(text), EXCERPT);

/** What stands at a place, short and on one line. */
export const excerptAt = (text: string, { start, end }: Span): string => excerptOf(text.slice(start, end));
