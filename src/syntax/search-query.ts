/** A part of a search: a bare word, or a key and what follows it. */
export interface SearchWord {
  /** In lower case, whether or not there is such a key; '' for a bare word. */
  readonly key: string;
  /** What stands between the key and the value; '' for a bare word. */
  readonly sign: ':' | '=' | '';
  /** A `-` stands before the key, or a NOT before the whole. A bare word has its `-` in itself. */
  readonly isNegated: boolean;
  /** What is looked for, its quotes undone. */
  readonly value: string;
  readonly isQuoted: boolean;
  /** False: it stands in a quote that nothing closes. */
  readonly isClosed: boolean;
  /** As it is written, key and quotes included. */
  readonly text: string;
}

/** The parts of a search as people type it, in order: words, `key:text`, `key="exactly this text"`, a `-` before a key, a NOT before any. The one lexer of the search language. */
export function lexSearch(query: string): readonly SearchWord[] {
  const words = lexWords(query);
  return words.flatMap((word, at) => {
    const before = words[at - 1];
    if (isNot(word) && at + 1 < words.length) return [];
    return before !== undefined && isNot(before) && !(isNot(word) && at + 1 < words.length)
      ? [{ ...word, isNegated: !word.isNegated, text: `${before.text} ${word.text}` }]
      : [word];
  });
}

/** In capitals only: `not` is a word like any other. */
const isNot = ({ text }: SearchWord): boolean => text === 'NOT';

function lexWords(query: string): readonly SearchWord[] {
  const found: SearchWord[] = [];
  let at = 0;
  while (at < query.length) {
    if (isBlank(query, at)) {
      at++;
      continue;
    }
    const start = at;
    const head = HEAD.exec(query.slice(at, at + LONGEST_HEAD));
    at += head?.[0].length ?? 0;
    const quoted = query[at] === '"' ? quotedAt(query, at) : null;
    let end = at;
    while (end < query.length && !isBlank(query, end)) end++;
    end = quoted?.end ?? end;
    found.push({
      key: head?.[2]!.toLowerCase() ?? '',
      sign: head === null ? '' : head[3] === '=' ? '=' : ':',
      isNegated: head?.[1] === '-',
      value: quoted?.value ?? query.slice(at, end),
      isQuoted: quoted !== null,
      isClosed: quoted?.isClosed ?? true,
      text: query.slice(start, end),
    });
    at = end;
  }
  return found;
}

/** A key, or a field's name: `process.name`, `cs-uri-query`, `@timestamp`. */
const HEAD = /^(-?)([a-z_@][\w.@-]*)([:=])/i;
/** Characters in which a key with its signs must find room. */
const LONGEST_HEAD = 72;

/**
 * A quoted text. Its closing quote stands before a blank or the end; a quote inside is doubled or has a backslash before it,
 * but a backslash that would leave the text unclosed is itself: `"C:\dir\"`. An unclosed text runs to the end.
 */
const quotedAt = (query: string, at: number): Quoted => closedAt(query, at, true) ?? closedAt(query, at, false)!;

interface Quoted {
  readonly value: string;
  readonly end: number;
  readonly isClosed: boolean;
}

function closedAt(query: string, at: number, isEscaping: boolean): Quoted | null {
  let value = '';
  let end = at + 1;
  while (end < query.length) {
    const isQuote = query[end] === '"';
    if (isQuote && query[end + 1] !== '"' && (end + 1 === query.length || isBlank(query, end + 1))) return { value, end: end + 1, isClosed: true };
    const isPair = query[end + 1] === '"' && (isQuote || (isEscaping && query[end] === '\\'));
    value += isPair ? '"' : query[end];
    end += isPair ? 2 : 1;
  }
  return isEscaping ? null : { value, end, isClosed: false };
}

const isBlank = (query: string, at: number): boolean => /\s/.test(query[at]!);

/** An event as searches name it; one of no known ID in words of its own, so that its provider alone is another text. */
export const eventText = ({ provider, id }: { readonly provider: string; readonly id: string }): string => `${provider} ${id || '(any event)'}`;

/** A text in quotes, as a search asks for exactly it: its quotes have a backslash before them, or are doubled where the text ends in a backslash. */
export const quotedText = (text: string): string => `"${text.replaceAll('"', text.endsWith('\\') ? '""' : '\\"')}"`;

/** A condition as it is written; a value with anything but word characters stands in quotes. */
const written = (key: string, value: string): string => `${key}:${/^[\w.-]+$/.test(value) ? value : quotedText(value)}`;

/** However it is written: `vendor:sigma`, `Vendor:"Sigma"`. */
const isCondition = (word: SearchWord, key: string, value: string): boolean =>
  word.key === key && !word.isNegated && word.value.toLowerCase() === value.toLowerCase();

const joined = (words: readonly SearchWord[]): string => words.map(({ text }) => text).join(' ');

/** Whether the query has the condition `key:value`, in quotes or not. */
export const hasCondition = (query: string, key: string, value: string): boolean => lexSearch(query).some((word) => isCondition(word, key, value));

/** The query with the condition, or without it where it had it. A rule has one vendor, but several tactics: `isSingle` replaces another value of the key. */
export function toggled(query: string, key: string, value: string, isSingle: boolean): string {
  const words = lexSearch(query);
  const others = words.filter((word) => !isCondition(word, key, value));
  if (others.length < words.length) return joined(others);
  const kept = joined(isSingle ? words.filter((word) => word.key !== key || word.isNegated) : words);
  return kept === '' ? written(key, value) : `${kept} ${written(key, value)}`;
}

/** The values that a query's conditions on these keys have, and its other parts as they are written; a condition without a value yet asks nothing. */
export function conditionsIn<Key extends string>(
  query: string,
  keys: readonly Key[],
): { readonly values: Readonly<Record<Key, readonly string[]>>; readonly words: readonly string[] } {
  const values = Object.fromEntries(keys.map((key): [Key, string[]] => [key, []])) as Record<Key, string[]>;
  const words = lexSearch(query).filter((word) => {
    const key = word.isNegated ? undefined : keys.find((one) => one === word.key);
    if (key !== undefined && word.value !== '') values[key].push(word.value);
    return key === undefined;
  });
  return { values, words: words.map(({ text }) => text) };
}

const isOrder = ({ key, isNegated }: SearchWord): boolean => key === 'sort' && !isNegated;

/** The query without its order. */
export const askedOf = (query: string): string => joined(lexSearch(query).filter((word) => !isOrder(word)));

/** What the query says of its order, as it is written; '' when it says nothing. */
export const orderTextIn = (query: string): string => lexSearch(query).findLast(isOrder)?.text.slice('sort:'.length) ?? '';

/** The order among these that the query names; null when it names none that there is. */
export function orderIn<By extends string>(query: string, names: readonly By[]): { readonly by: By; readonly descending: boolean } | null {
  const token = orderTextIn(query);
  const by = names.find((name) => name === token.replace(/^-/, ''));
  return by === undefined ? null : { by, descending: token.startsWith('-') };
}

/** The query with this order, or with none. */
export function ordered(query: string, order: { readonly id: string; readonly desc: boolean } | null): string {
  const asked = askedOf(query);
  const text = order === null ? '' : `sort:${order.desc ? '-' : ''}${order.id}`;
  return asked === '' || text === '' ? asked + text : `${asked} ${text}`;
}

/** The query with something else in place of a part of it; as it is where it has no such part any more. */
export const replaced = (query: string, part: string, instead: string): string => query.replace(part, () => instead);
