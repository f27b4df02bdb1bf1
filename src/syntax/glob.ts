import type { Operator } from '../model';

/** A kind with its value: what a starred literal means. */
export interface Meaning {
  readonly kind: Operator;
  readonly value: string;
}

/** A text whose places in `wild` are wildcards: `*` (or `%`) for any run, `?` (or `_`) for one character. */
interface Pattern {
  readonly text: string;
  readonly wild: readonly number[];
}

const isRun = (text: string, at: number): boolean => text[at] === '*' || text[at] === '%';

/** A text of a like comparison, in which every `%` is any run and every `_` one character. */
export function likePattern(text: string): Pattern {
  const wild: number[] = [];
  for (let at = 0; at < text.length; at++) if (text[at] === '%' || text[at] === '_') wild.push(at);
  return { text, wild };
}

/** The pattern with an any-run wildcard before and after it, as a kind that leaves the ends open asks for. */
export function opened(pattern: Pattern, before: boolean, after: boolean): Pattern {
  if (pattern.wild.length === 0) return pattern;
  const wild = before ? pattern.wild.map((at) => at + 1) : [...pattern.wild];
  if (before) wild.unshift(0);
  const text = `${before ? '*' : ''}${pattern.text}${after ? '*' : ''}`;
  if (after) wild.push(text.length - 1);
  return { text, wild };
}

/**
 * A pattern by the position of its stars: none is eq, both ends contains, the front ends_with, the back starts_with, alone is_not_null;
 * an inner star or any one-character wildcard is a wildcard, whose literal stars and question marks then stand in brackets.
 */
export function classifyGlob({ text, wild }: Pattern): Meaning {
  let first = 0;
  let last = wild.length;
  let start = 0;
  let end = text.length;
  while (first < last && wild[first] === start && isRun(text, start)) {
    first++;
    start++;
  }
  while (last > first && wild[last - 1] === end - 1 && isRun(text, end - 1)) {
    last--;
    end--;
  }
  if (first === last) {
    if (start >= end && wild.length > 0) return { kind: 'is_not_null', value: '' };
    const front = start > 0;
    const back = end < text.length;
    return { kind: front ? (back ? 'contains' : 'ends_with') : back ? 'starts_with' : 'eq', value: text.slice(start, end) };
  }
  let value = start > 0 ? '*' : '';
  let next = first;
  for (let at = start; at < end; at++) {
    if (wild[next] !== at) value += escaped(text, at);
    else {
      next++;
      if (!isRun(text, at)) value += '?';
      else if (!value.endsWith('*')) value += '*';
    }
  }
  return { kind: 'wildcard', value: end < text.length && !value.endsWith('*') ? `${value}*` : value };
}

/** A literal that could be read as a wildcard stands in brackets, as globs write it; a backslash stays what it is, for it stands in paths. */
function escaped(text: string, at: number): string {
  const char = text[at]!;
  if (char === '*' || char === '?') return `[${char}]`;
  return char === '[' && isBracketable(text[at + 1]) && text[at + 2] === ']' ? '[[]' : char;
}

const isBracketable = (char: string | undefined): boolean => char === '*' || char === '?' || char === '[';

/** The places of a canonical wildcard value that are wildcards, its brackets undone: the way back from `meaningOf`. */
export function patternOf(value: string): Pattern {
  let text = '';
  const wild: number[] = [];
  for (let at = 0; at < value.length; at++) {
    const char = value[at]!;
    if (char === '[' && isBracketable(value[at + 1]) && value[at + 2] === ']') {
      text += value[at + 1];
      at += 2;
    } else {
      if (char === '*' || char === '?') wild.push(text.length);
      text += char;
    }
  }
  return { text, wild };
}
