import type { GlobPart, Regex, Span } from '../model';
import { regexOf } from '../run/regex';
import { lucenePattern } from './lucene-pattern';
import type { RegexManner } from './manner';

/** A regular expression in a target's manner; `lowers`: the field is compared in small letters. `looser`: what it meets beyond the original. */
export type TargetRegex = { readonly regex: Regex; readonly fold: boolean; readonly lowers: boolean; readonly looser?: string } | { readonly why: string };

const OF_LUCENE = /[~&@#"<>]/;
const isWhole = (dialect: Regex['dialect']): boolean => dialect === 'lucene';

/** The flags at the head of an expression, and the rest of it. */
function headOf(text: string): { readonly flags: string; readonly rest: string } {
  const found = /^\(\?([a-z]+)\)/.exec(text);
  return found === null ? { flags: '', rest: text } : { flags: found[1]!, rest: text.slice(found[0].length) };
}

/** The expression in the target's dialect, the same values fitting; or why there is none. */
export function targetRegex(value: Regex, isFolded: boolean, to: RegexManner, mayLower: boolean): TargetRegex {
  const { span } = value;
  const { flags: inner, rest } = headOf(value.text);
  const flags = new Set([...inner, ...value.flags, ...(isFolded ? 'i' : '')]);
  const odd = [...flags].find((flag) => !'ims'.includes(flag));
  if (odd !== undefined) return { why: `a regular expression with the flag \`${odd}\`` };
  if (isWhole(to.dialect)) return toWhole(value, rest, flags, to, mayLower, span);
  if (isWhole(value.dialect)) {
    if (OF_LUCENE.test(rest.replace(/\\./g, ''))) return { why: "this regular expression uses what only Lucene's dialect has" };
    if (/(?<!\\)(?:\\\\)*[$^](?![^[]*\])/.test(rest)) return { why: "an anchor that is a plain sign in Lucene's dialect" };
    flags.add('s');
  }
  const text = value.whole === true ? `^(?:${rest})$` : rest;
  const ready = regexOf({ text, dialect: to.dialect === 're2' ? 're2' : value.dialect === 'lucene' ? 'pcre' : value.dialect, flags: '' }, false);
  if (to.dialect === 're2' && ready.refused !== undefined) return { why: ready.refused };
  const fold = flags.has('i');
  if (fold && to.fold === 'none') return { why: "a regular expression without letters' case" };
  return { regex: said(text, flags, to, span), fold, lowers: false };
}

/** With the flags where the target has them: beside the expression, or at its head. */
function said(text: string, flags: ReadonlySet<string>, to: RegexManner, span: Span): Regex {
  const place = { start: span.start, end: span.end };
  const others = ['m', 's'].filter((flag) => flags.has(flag)).join('');
  if (to.fold === 'beside') return { kind: 'regex', span: place, text, dialect: to.dialect, flags: ['i', 'm', 's'].filter((flag) => flags.has(flag)).join('') };
  const head = `${flags.has('i') ? '(?i)' : ''}${others === '' ? '' : `(?${others})`}`;
  return { kind: 'regex', span: place, text: head + text, dialect: to.dialect, flags: '' };
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

/** A pattern with stars as a regular expression over the whole value. */
export function globRegex(parts: readonly GlobPart[], isFolded: boolean, to: RegexManner, mayLower: boolean, span: Span): TargetRegex {
  const fold = isFolded && parts.some((part) => typeof part === 'object' && 'text' in part && /\p{L}/u.test(part.text));
  const lowers = fold && to.fold === 'none' && mayLower;
  if (fold && to.fold === 'none' && !lowers) return { why: "a pattern without letters' case" };
  const signs = isWhole(to.dialect) ? /[.?+*|{}[\]()"\\#@&<>~]/g : /[.*+?^${}()|[\]\\]/g;
  let text = '';
  for (const part of parts) {
    if (part === 'any-run') text += '.*';
    else if (part === 'any-char') text += '.';
    else if ('text' in part) text += (lowers ? part.text.toLowerCase() : part.text).replace(signs, '\\$&');
    else return { why: 'a pattern around what only the event knows' };
  }
  if (isWhole(to.dialect)) {
    const place = { start: span.start, end: span.end };
    return { regex: { kind: 'regex', span: place, text, dialect: to.dialect, flags: '', whole: true }, fold, lowers };
  }
  return { regex: said(`^${text}$`, new Set(fold ? ['i', 's'] : ['s']), to, span), fold, lowers: false };
}
