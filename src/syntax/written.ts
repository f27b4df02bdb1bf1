import type { Value } from '../model';

/**
 * A value's text as one string that cannot be misread: where some stars are wildcards, every backslash and every literal `*` or `?` has a
 * backslash before it. A value without wildcards is its text.
 */
export function writtenOf(value: Pick<Value, 'text' | 'wild'>): string {
  const { text, wild } = value;
  if (wild === undefined || wild.length === 0) return text;
  let written = '';
  let seen = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text[at]!;
    if (wild[seen] === at) seen++;
    else if (unit === '*' || unit === '?' || unit === '\\') written += '\\';
    written += unit;
  }
  return written;
}
