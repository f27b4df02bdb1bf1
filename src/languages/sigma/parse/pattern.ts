import type { GlobPart } from '../../../model';
import { globParts, globText, singleRuns } from '../../../syntax/glob';

/** A Sigma string without its escapes; `wild` are the offsets of the `*` and `?` that are wildcards. */
interface Pattern {
  readonly text: string;
  readonly wild: readonly number[];
}

const NO_WILD: readonly number[] = [];

/** A backslash escapes `*`, `?` and itself; before anything else, and at the end, it is a backslash. */
export function decodePattern(raw: string): Pattern {
  let first = 0;
  for (; first < raw.length; first++) {
    const unit = raw.charCodeAt(first);
    if (unit === 42 || unit === 63 || unit === 92) break;
  }
  if (first === raw.length) return { text: raw, wild: NO_WILD };
  const wild: number[] = [];
  let text = raw.slice(0, first);
  for (let i = first; i < raw.length; i++) {
    const unit = raw[i]!;
    if (unit === '\\') {
      const next = raw[i + 1];
      if (next === '*' || next === '?' || next === '\\') i++;
      text += next === '*' || next === '?' ? next : '\\';
    } else {
      if (unit === '*' || unit === '?') wild.push(text.length);
      text += unit;
    }
  }
  return { text, wild };
}

/** A text as Sigma writes it: wildcards and the backslashes before them escaped. The inverse of `decodePattern`. */
export function encodePattern(text: string, wild: readonly number[] = NO_WILD): string {
  let raw = '';
  let seen = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text[i]!;
    const next = text[i + 1];
    if (wild[seen] === i) {
      seen++;
      raw += unit;
    } else if (unit === '*' || unit === '?') raw += `\\${unit}`;
    else if (unit === '\\' && (next === '\\' || next === '*' || next === '?')) raw += '\\\\';
    else raw += unit;
  }
  return raw;
}

/** A Sigma string as the parts of a glob; stars side by side are one. */
export function partsOf(raw: string): readonly GlobPart[] {
  const { text, wild } = decodePattern(raw);
  if (wild.length === 0) return text === '' ? [] : [{ text }];
  return singleRuns(globParts(text, wild));
}

/** The parts as Sigma writes them; `of` gives the text of a part that is no text. */
export function encodeParts(parts: readonly GlobPart[]): string {
  const { text, wild } = globText(parts);
  return encodePattern(text, wild);
}

/** The parts with an any-run at the ends that are open. */
export function openedParts(parts: readonly GlobPart[], start: boolean, end: boolean): readonly GlobPart[] {
  const before = start && parts[0] !== 'any-run';
  const after = end && (parts.length > 0 ? parts.at(-1) !== 'any-run' : !before);
  if (!before && !after) return parts;
  return [...(before ? (['any-run'] as const) : []), ...parts, ...(after ? (['any-run'] as const) : [])];
}

/** How a value is compared, as people read it, by the places of its wildcards. */
type PatternWord = 'eq' | 'contains' | 'starts_with' | 'ends_with' | 'wildcard' | 'is_not_null';

/** An encoded text is compared as the text is. `*x*` contains, `*x` ends with, `x*` starts with, an inner star or any `?` is a wildcard, a star alone means presence. */
export function wordOfParts(parts: readonly GlobPart[]): PatternWord {
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'object' && 'of' in only && only.of.kind === 'call') {
    const [arg] = only.of.args;
    return arg?.kind === 'glob' ? wordOfParts(arg.parts) : arg?.kind === 'call' ? wordOfParts([{ of: arg }]) : 'eq';
  }
  const leads = only === 'any-run';
  const trails = parts.at(-1) === 'any-run';
  if (parts.length === 1 && leads) return 'is_not_null';
  const inner = parts.slice(leads ? 1 : 0, trails ? -1 : undefined);
  if (inner.some((part) => part === 'any-run' || part === 'any-char')) return 'wildcard';
  return leads ? (trails ? 'contains' : 'ends_with') : trails ? 'starts_with' : 'eq';
}
