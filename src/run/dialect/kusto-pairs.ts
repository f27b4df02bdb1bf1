import { refused, type Evaluate, type Row } from '../dialect';
import type { ExtractStep, Extractor } from '../pipeline-dialect';
import { regexOf } from '../regex';
import type { Value } from '../value';
import { kustoText, kustoTyped } from './kusto-values';

type Pairs = ReadonlyMap<string, string>;

/** How pairs are written. */
interface Manner {
  readonly pair: string;
  readonly kv: string;
  /** Opening and closing marks. */
  readonly quotes: readonly (readonly [open: string, close: string])[];
  readonly escapes: readonly string[];
  /** Of a greedy reading: the keys that end a value. */
  readonly ending: readonly string[] | null;
}

/** `parse-kv`: the values of the named keys; of a key that comes twice the first counts. */
export function pairs(operation: ExtractStep, from: Evaluate): Extractor {
  const options = (operation.options ?? []).map(({ name, value }) => [name, unquoted(value)] as const);
  const all = (name: string): readonly string[] => options.flatMap(([own, value]) => (own === name ? [value] : []));
  for (const [name] of options)
    if (!['pair_delimiter', 'kv_delimiter', 'quote', 'escape', 'greedy', 'regex'].includes(name)) throw refused(`the option \`${name}\``);
  const keys = operation.makes.map(({ name }) => name);
  const cut = cutter(keys, all);
  return (row: Row) => {
    const found = cut(kustoText(from(row)));
    const made: Record<string, Value> = Object.create(null);
    for (const { name, type = 'string' } of operation.makes) made[name] = kustoTyped(found.get(name)?.trim() ?? null, type);
    return made;
  };
}

function cutter(keys: readonly string[], all: (name: string) => readonly string[]): (text: string) => Pairs {
  const [regex] = all('regex');
  if (regex !== undefined) return byRegex(regex);
  const manner = {
    quotes: all('quote').map((marks) => [marks[0] ?? '', marks[1] ?? marks[0] ?? ''] as const),
    escapes: all('escape'),
  };
  const [[pair], [kv]] = [all('pair_delimiter'), all('kv_delimiter')];
  if (pair === undefined && kv === undefined) return byWords(keys, manner);
  if (!pair || !kv) throw refused('`parse-kv` with one delimiter');
  const ending = /true/i.test(all('greedy')[0] ?? '') ? keys : null;
  return (text) => byDelimiters(text, { ...manner, pair, kv, ending });
}

/** A written text without its quotes and escapes. */
const unquoted = (text: string): string =>
  /^@?(["']).*\1$/s.test(text) ? (text.startsWith('@') ? text.slice(2, -1) : text.slice(1, -1).replace(/\\(.)/gs, '$1')) : text;

/** A regex with one group for the key and one for the value. */
function byRegex(text: string): (source: string) => Pairs {
  const ready = regexOf({ text, dialect: 're2', flags: '' }, false);
  if (ready.refused !== undefined) throw refused(ready.refused);
  return (source) => {
    const found = new Map<string, string>();
    const matcher = ready.re.matcher(source);
    if (matcher.groupCount() !== 2) throw refused('a regex of pairs without two groups');
    while (matcher.find()) put(found, matcher.group(1) ?? '', matcher.group(2) ?? '');
    return found;
  };
}

function put(found: Map<string, string>, key: string, value: string): void {
  const name = key.trim();
  if (!found.has(name)) found.set(name, value);
}

/** What stands in quotes from here, and where it ends; null: nothing does. */
function quoted(text: string, at: number, { quotes, escapes }: Pick<Manner, 'quotes' | 'escapes'>): { readonly inner: string; readonly end: number } | null {
  const marks = quotes.find(([open]) => open !== '' && text[at] === open);
  if (marks === undefined) return null;
  let inner = '';
  let end = at + 1;
  while (end < text.length && text[end] !== marks[1]) {
    if (escapes.includes(text[end]!) && end + 1 < text.length) end++;
    inner += text[end++];
  }
  return { inner, end: end + 1 };
}

const pastBlanks = (text: string, at: number): number => {
  let end = at;
  while (end < text.length && /\s/.test(text[end]!)) end++;
  return end;
};

function byDelimiters(text: string, manner: Manner): Pairs {
  const { pair, kv } = manner;
  const found = new Map<string, string>();
  for (let at = 0; at < text.length;) {
    const start = pastBlanks(text, at);
    const named = quoted(text, start, manner);
    const end = named === null ? keyEnd(text, start, manner) : pastBlanks(text, named.end);
    if (!text.startsWith(kv, end)) {
      // No key: the next one begins after the delimiter.
      const next = text.indexOf(pair, Math.max(end, at));
      if (next < 0) break;
      at = next + pair.length;
      continue;
    }
    const value = valueAt(text, end + kv.length, manner);
    put(found, named?.inner ?? text.slice(start, end), value.inner);
    at = value.end;
  }
  return found;
}

/** Where a key ends: at the sign before its value, blanks before that aside, or at what parts pairs. */
function keyEnd(text: string, start: number, { pair, kv }: Manner): number {
  for (let at = start; at < text.length; at++) {
    if (text.startsWith(kv, at)) return at;
    if (!text.startsWith(pair, at)) continue;
    const next = pastBlanks(text, at);
    return text.startsWith(kv, next) ? next : at;
  }
  return text.length;
}

function valueAt(text: string, from: number, manner: Manner): { readonly inner: string; readonly end: number } {
  const { pair, kv, ending } = manner;
  const start = pastBlanks(text, from);
  const inQuotes = quoted(text, start, manner);
  if (inQuotes !== null) {
    const next = text.indexOf(pair, inQuotes.end);
    return { inner: inQuotes.inner, end: next < 0 ? text.length : next + pair.length };
  }
  const end = ending === null ? endOf(text, start, pair) : greedyEnd(text, start, manner, ending);
  const inner = text.slice(start, end);
  if (inner.includes(kv) && (ending !== null || text.slice(from, start).includes(pair))) throw refused('a value of `parse-kv` that may be the next pair');
  return { inner, end: end < text.length ? end + pair.length : end };
}

const endOf = (text: string, start: number, pair: string): number => {
  const next = text.indexOf(pair, start);
  return next < 0 ? text.length : next;
};

/** Where the next of the keys begins, or the text ends. */
function greedyEnd(text: string, start: number, { pair, kv }: Manner, keys: readonly string[]): number {
  for (let at = endOf(text, start, pair); at < text.length; at = endOf(text, at + pair.length, pair)) {
    const next = pastBlanks(text, at + pair.length);
    if (keys.some((key) => text.startsWith(key, next) && text.startsWith(kv, pastBlanks(text, next + key.length)))) return at;
  }
  return text.length;
}

/** Without delimiters: words, parted by what is neither letter nor digit; the word after a key is its value. */
function byWords(keys: readonly string[], manner: Pick<Manner, 'quotes' | 'escapes'>): (text: string) => Pairs {
  const known = new Set(keys);
  for (const key of keys) if (/[^\p{L}\p{N}]/u.test(key)) throw refused('a key with a delimiter in it');
  return (text) => {
    const words: string[] = [];
    for (let at = 0; at < text.length;) {
      const inQuotes = quoted(text, at, manner);
      const next = /[\p{L}\p{N}]+/uy;
      next.lastIndex = at;
      const word = inQuotes === null ? (next.exec(text)?.[0] ?? null) : inQuotes.inner;
      if (word !== null) words.push(word);
      at = inQuotes?.end ?? at + (word?.length ?? 1);
    }
    const found = new Map<string, string>();
    for (const [at, word] of words.entries()) {
      const value = words[at + 1];
      if (!known.has(word) || value === undefined) continue;
      if (known.has(value)) throw refused('a key of `parse-kv` that may be a value');
      put(found, word, value);
    }
    return found;
  };
}
