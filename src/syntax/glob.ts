import type { Glob, GlobPart, Operator } from '../model';

/** A glob as text: `wild` are the offsets of the wildcards in it; every other star is plain. */
interface GlobText {
  readonly text: string;
  readonly wild: readonly number[];
}

/** A kind with its value: what a starred literal means. */
export interface Classified {
  readonly kind: Operator;
  readonly value: string;
}

const isRunLetter = (char: string | undefined): boolean => char === '*' || char === '%';

/** The parts of a text whose places in `wild` are wildcards: `*` or `%` any run, any other letter one character. */
export function globParts(text: string, wild: readonly number[]): readonly GlobPart[] {
  const parts: GlobPart[] = [];
  let from = 0;
  for (const at of wild) {
    if (at > from) parts.push({ text: text.slice(from, at) });
    parts.push(isRunLetter(text[at]) ? 'any-run' : 'any-char');
    from = at + 1;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/** The parts with runs side by side as one. */
export const singleRuns = (parts: readonly GlobPart[]): readonly GlobPart[] =>
  parts.filter((part, index) => part !== 'any-run' || parts[index - 1] !== 'any-run');

/** The parts of a like pattern: the first letter of `letters` stands for any run, the second for one character; the character after `escape` is plain. */
export function likeParts(text: string, escape: string | null = null, letters: '%_' | '*?' = '%_'): readonly GlobPart[] {
  const parts: GlobPart[] = [];
  let plain = '';
  const end = (): void => {
    if (plain !== '') parts.push({ text: plain });
    plain = '';
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === escape && at + 1 < text.length) plain += text[++at]!;
    else if (letters.includes(char)) {
      end();
      parts.push(char === letters[0] ? 'any-run' : 'any-char');
    } else plain += char;
  }
  end();
  return parts;
}

/** A glob that begins, ends, or stands anywhere: the parts with an any-run where an end is open. */
export const openParts = (parts: readonly GlobPart[], before: boolean, after: boolean): readonly GlobPart[] => [
  ...(before ? (['any-run'] as const) : []),
  ...parts,
  ...(after ? (['any-run'] as const) : []),
];

/** Whether only the event knows a part of it. */
export const isOpenGlob = (parts: readonly GlobPart[]): boolean => parts.some((part) => typeof part === 'object' && 'of' in part);

/** The glob as text with wildcards in its language's letters; a part that only the event knows is left out. */
export function globText(parts: readonly GlobPart[], letters?: Glob['letters']): GlobText {
  const wild: number[] = [];
  let text = '';
  for (const part of parts) {
    if (typeof part === 'object') text += 'text' in part ? part.text : '';
    else {
      wild.push(text.length);
      text += part === 'any-run' ? (letters === 'percent' ? '%' : '*') : letters === 'percent' ? '_' : '?';
    }
  }
  return { text, wild };
}

/** The parts without their outer any-runs on the sides that are open. */
export function innerParts(parts: readonly GlobPart[], before: boolean, after: boolean): readonly GlobPart[] {
  const from = before && parts[0] === 'any-run' ? 1 : 0;
  const to = after && parts.length > from && parts.at(-1) === 'any-run' ? parts.length - 1 : parts.length;
  return parts.slice(from, to);
}

/**
 * A glob by the position of its stars: none is eq, both ends contains, the front ends_with, the back starts_with, alone is_not_null;
 * an inner star or any one-character wildcard is a wildcard, whose literal stars and question marks then stand in brackets.
 */
export function classifyGlob(parts: readonly GlobPart[]): Classified {
  const { text, wild } = globText(parts);
  let first = 0;
  let last = wild.length;
  let start = 0;
  let end = text.length;
  while (first < last && wild[first] === start && text[start] === '*') {
    first++;
    start++;
  }
  while (last > first && wild[last - 1] === end - 1 && text[end - 1] === '*') {
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
  // A run that follows a run is the same run. The end of the text made so far is kept apart: asking a text that grows for its end copies it each time.
  let isRun = start > 0;
  let next = first;
  for (let at = start; at < end; at++) {
    const isWild = wild[next] === at;
    if (isWild) next++;
    const written = !isWild ? bracketed(text, at) : text[at] !== '*' ? '?' : isRun ? '' : '*';
    value += written;
    if (written !== '') isRun = written === '*';
  }
  return { kind: 'wildcard', value: end < text.length && !isRun ? `${value}*` : value };
}

/** A literal that could be read as a wildcard stands in brackets, as globs write it; a backslash stays what it is, for it stands in paths. */
function bracketed(text: string, at: number): string {
  const char = text[at]!;
  if (char === '*' || char === '?') return `[${char}]`;
  return char === '[' && isBracketable(text[at + 1]) && text[at + 2] === ']' ? '[[]' : char;
}

const isBracketable = (char: string | undefined): boolean => char === '*' || char === '?' || char === '[';

/** The parts of a canonical wildcard value, its brackets undone: the way back from `classifyGlob`. */
export function wildcardParts(value: string): readonly GlobPart[] {
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
  return globParts(text, wild);
}

/** Whether a name fits a pattern, given as what stands between its stars; found from the left, so it takes linear time. */
export function fits(name: string, parts: readonly string[]): boolean {
  const last = parts.length - 1;
  let at = 0;
  for (let index = 0; index < last; index++) {
    const found = index === 0 ? (name.startsWith(parts[0]!) ? 0 : -1) : name.indexOf(parts[index]!, at);
    if (found === -1) return false;
    at = found + parts[index]!.length;
  }
  return name.length - parts[last]!.length >= at && name.endsWith(parts[last]!);
}
