import { shiftedBy, type SourceMap } from '../../../syntax/relocate';
import type { EsqlLexeme } from './lexer';

export interface Decoded {
  readonly text: string;
  /** Maps an offset of `text` to the query. */
  readonly map: SourceMap;
  /** Place in the query of the first escape that is none; -1 when all are well. */
  readonly wrong: number;
}

const ESCAPES = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['"', '"'],
  ['\\', '\\'],
  ["'", "'"],
]);

/** What a text literal holds. */
export function decode(text: string, { kind, start, end, open }: EsqlLexeme): Decoded {
  const width = kind === 'raw' ? 3 : 1;
  const from = start + width;
  const inner = text.slice(from, open ? end : Math.max(from, end - width));
  if (kind === 'raw' || !inner.includes('\\')) return { text: inner, map: shiftedBy(from), wrong: -1 };
  let decoded = '';
  let wrong = -1;
  const places: number[] = [];
  for (let at = 0; at < inner.length; at++) {
    places.push(from + at);
    const plain = inner[at] === '\\' ? ESCAPES.get(inner[at + 1] ?? '') : undefined;
    if (inner[at] === '\\' && plain === undefined && wrong < 0) wrong = from + at;
    decoded += plain ?? inner[at]!;
    if (plain !== undefined) at++;
  }
  places.push(from + inner.length);
  return { text: decoded, map: (offset) => places[Math.min(offset, places.length - 1)]!, wrong };
}

/** A LIKE pattern: `*` and `?` are wildcards, a backslash makes the next character plain. */
export function patternOf(pattern: string): { readonly text: string; readonly wild: readonly number[] } {
  let text = '';
  const wild: number[] = [];
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '\\' && at + 1 < pattern.length) at++;
    else if (pattern[at] === '*' || pattern[at] === '?') wild.push(text.length);
    text += pattern[at]!;
  }
  return { text, wild };
}
