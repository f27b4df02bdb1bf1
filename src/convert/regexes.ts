import type { GlobPart, Regex, Span } from '../model';
import { regexOf } from '../run/regex';
import { plainText, regexHead } from '../syntax/regex';
import { lucenePattern } from './lucene-pattern';
import type { RegexManner } from './manner';
import { globOfRegex, soughtAnywhere } from './regex-forms';

/** A regular expression in a target's manner; `lowers`: the field is compared in small letters. `looser`: what it meets beyond the original. */
export type TargetRegex = { readonly regex: Regex; readonly fold: boolean; readonly lowers: boolean; readonly looser?: string } | { readonly why: string };

const isWhole = (dialect: Regex['dialect']): boolean => dialect === 'lucene';

/** The expression in the target's dialect, the same values fitting; or why there is none. */
export function targetRegex(value: Regex, isFolded: boolean, to: RegexManner, mayLower: boolean): TargetRegex {
  const { span } = value;
  const { flags: inner, rest } = regexHead(value.text);
  const flags = new Set([...inner, ...value.flags, ...(isFolded ? 'i' : '')]);
  const odd = [...flags].find((flag) => !'ims'.includes(flag));
  if (odd !== undefined) return { why: `a regular expression with the flag \`${odd}\`` };
  if (isWhole(to.dialect)) return toWhole(value, rest, flags, to, mayLower, span);
  const sought = isWhole(value.dialect) ? soughtAnywhere(rest, value.dialect) : null;
  if (sought !== null && 'why' in sought) return sought;
  if (sought?.hasDot === true) flags.add('s');
  const text = sought?.text ?? (value.whole === true ? `^(?:${rest})$` : rest);
  const ready = regexOf({ text, dialect: to.dialect === 're2' ? 're2' : value.dialect === 'lucene' ? 'pcre' : value.dialect, flags: '' }, false);
  if (to.dialect === 're2' && ready.refused !== undefined) return { why: ready.refused };
  const fold = flags.has('i');
  if (fold && to.fold === 'none') return { why: "a regular expression without letters' case" };
  return { regex: said(text, flags, to, span), fold, lowers: false };
}

/** With the flags where the target has them: beside the expression, or at its head. */
function said(text: string, flags: ReadonlySet<string>, to: RegexManner, span: Span): Regex {
  const place = { start: span.start, end: span.end };
  const all = ['i', 'm', 's'].filter((flag) => flags.has(flag)).join('');
  const isBeside = to.fold === 'beside';
  const head = isBeside || all === '' ? '' : `(?${all})`;
  return { kind: 'regex', span: place, text: head + text, dialect: to.dialect, flags: isBeside ? all : '' };
}

function toWhole(value: Regex, rest: string, flags: ReadonlySet<string>, to: RegexManner, mayLower: boolean, span: Span): TargetRegex {
  const place = { start: span.start, end: span.end };
  const fold = flags.has('i');
  const lowers = fold && to.fold === 'none' && mayLower;
  if (fold && to.fold === 'none' && !lowers) return { why: "a regular expression without letters' case" };
  const made = (text: string): Regex => ({ kind: 'regex', span: place, text, dialect: to.dialect, flags: '', whole: true });
  if (isWhole(value.dialect)) {
    if (lowers) return { why: "a regular expression without letters' case" };
    return { regex: made(value.text), fold, lowers: false };
  }
  if (flags.has('m')) return { why: 'a regular expression over several lines' };
  const found = lucenePattern(value.whole === true ? `^(?:${rest})$` : rest, { lowers });
  if ('why' in found) return { why: `a regular expression with ${found.why}` };
  return { regex: made(found.text), fold, lowers, ...(found.hasDot && !flags.has('s') ? { looser: 'a dot fits line breaks too' } : null) };
}

/** A pattern with stars as a regular expression that the same values fit. */
export function globRegex(parts: readonly GlobPart[], isFolded: boolean, to: RegexManner, mayLower: boolean, span: Span): TargetRegex {
  const fold = isFolded && parts.some((part) => typeof part === 'object' && 'text' in part && /\p{L}/u.test(part.text));
  const lowers = fold && to.fold === 'none' && mayLower;
  if (fold && to.fold === 'none' && !lowers) return { why: "a pattern without letters' case" };
  const whole = isWhole(to.dialect);
  const startsOpen = !whole && parts[0] === 'any-run';
  const endsOpen = !whole && parts.at(-1) === 'any-run';
  const inner = parts.slice(startsOpen ? 1 : 0, endsOpen ? -1 : undefined);
  let text = '';
  for (const part of inner) {
    if (part === 'any-run') text += '.*';
    else if (part === 'any-char') text += '.';
    else if ('text' in part) text += (whole ? luceneText : plainText)(lowers ? part.text.toLowerCase() : part.text);
    else return { why: 'a pattern around what only the event knows' };
  }
  if (whole) return { regex: { kind: 'regex', span: { start: span.start, end: span.end }, text, dialect: to.dialect, flags: '', whole: true }, fold, lowers };
  const flags = new Set([...(fold ? ['i'] : []), ...(inner.some((part) => typeof part === 'string') ? ['s'] : [])]);
  // Before a line break that ends the value only RE2 sees no end.
  return { regex: said(`${startsOpen ? '' : '^'}${text}${endsOpen ? '' : to.dialect === 're2' ? '$' : '\\z'}`, flags, to, span), fold, lowers: false };
}

const luceneText = (text: string): string => text.replace(/[.?+*|{}[\]()"\\#@&<>~]/g, '\\$&');

/** The pattern with stars that an expression is, with whether letters' case does not count; null: it asks for more. */
export function regexGlob(value: Regex, isFolded: boolean): { readonly parts: readonly GlobPart[]; readonly fold: boolean } | null {
  const { flags: inner, rest } = regexHead(value.text);
  const flags = new Set([...inner, ...value.flags]);
  const parts = [...flags].some((flag) => !'ims'.includes(flag)) ? null : globOfRegex(value, rest, flags, value.whole === true);
  return parts === null ? null : { parts, fold: isFolded || flags.has('i') };
}
