import { OPERATORS, type Operator } from '../../model';

/** A text to look for, in lower case: split at its stars, `pieces` is one where there are none. `isWhole`: it stood in quotes and is the whole text. */
export interface Needle {
  readonly pieces: readonly string[];
  readonly isWhole: boolean;
}

/** Columns of the rules table a query can ask. */
export const COLUMNS = [
  'vendor',
  'source',
  'kind',
  'status',
  'severity',
  'language',
  'platform',
  'domain',
  'tactic',
  'technique',
  'id',
  'title',
  'created',
  'modified',
  'author',
  'path',
  'logsource',
  'event',
  'term',
] as const;
export type Column = (typeof COLUMNS)[number];

/** What a rule must meet. A comparison's parts hold of one and the same comparison of the rule. */
export type Condition =
  | { readonly kind: 'column'; readonly column: Column; readonly needle: Needle; readonly isNegated: boolean }
  | {
      readonly kind: 'comparison';
      readonly field: Needle | null;
      readonly value: Needle | null;
      readonly operator: Operator | null;
      readonly isNegated: boolean;
    }
  | { readonly kind: 'excludes'; readonly needle: Needle; readonly isNegated: boolean };

export interface Query {
  readonly conditions: readonly Condition[];
  /** Words found anywhere, the title first. */
  readonly words: readonly Needle[];
}

/**
 * A search as people type it: words, `key:text`, `key:"exactly this text"`, a `-` before a key to leave out, `*` for anything.
 * `field:`, `value:` and `kind:` with an operator's name belong to one comparison until one of them comes again.
 */
export function parseQuery(text: string): Query {
  const conditions: Condition[] = [];
  const words: Needle[] = [];
  let open: { field: Needle | null; value: Needle | null; operator: Operator | null; isNegated: boolean } | null = null;
  const close = (): void => {
    if (open !== null) conditions.push({ kind: 'comparison', ...open });
    open = null;
  };
  for (const part of lexQuery(text)) {
    const { key, isNegated, word } = part;
    const needle = needleOf(part);
    const operator = key === 'kind' ? OPERATORS.find((name) => name === word.toLowerCase()) : undefined;
    if (key === '') {
      if (word !== '') words.push(needle);
    } else if (word === '') {
      // Half typed: asks nothing yet.
    } else if (key === 'field' || key === 'value' || operator !== undefined) {
      const place = operator === undefined ? (key as 'field' | 'value') : 'operator';
      if (open !== null && (open[place] !== null || open.isNegated !== isNegated)) close();
      open = { ...(open ?? { field: null, value: null, operator: null, isNegated }), [place]: operator ?? needle };
    } else if (key === 'excludes') conditions.push({ kind: 'excludes', needle, isNegated });
    else conditions.push({ kind: 'column', column: key as Column, needle, isNegated });
  }
  close();
  return { conditions, words };
}

/** A part of a search: a bare word, or a key and what follows it. */
export interface QueryWord {
  /** '' for a bare word. */
  readonly key: '' | Column | 'field' | 'value' | 'excludes';
  readonly isNegated: boolean;
  readonly word: string;
  readonly isQuoted: boolean;
  /** False: it stands in a quote that nothing closes. */
  readonly isClosed: boolean;
  /** As it is written, key and quotes included. */
  readonly text: string;
}

/** Every key there is, in lower case. */
export const KEYS: ReadonlySet<string> = new Set([...COLUMNS, 'field', 'value', 'excludes']);

/** What a word looks for. */
export const needleOf = ({ key, word, isQuoted }: QueryWord): Needle => ({
  pieces: (isQuoted ? [word] : word.split('*')).map((piece) => piece.toLowerCase()),
  isWhole: isQuoted && key !== '',
});

/** The parts of a search, in order. */
export function lexQuery(text: string): QueryWord[] {
  const found: QueryWord[] = [];
  let at = 0;
  while (at < text.length) {
    if (isBlank(text, at)) {
      at++;
      continue;
    }
    const start = at;
    const head = /^(-?)([a-z]+):/i.exec(text.slice(at, at + 16));
    const key = head === null ? '' : head[2]!.toLowerCase();
    const isKnown = KEYS.has(key);
    if (isKnown) at += head![0].length;
    const quoted = text[at] === '"' ? quotedAt(text, at) : null;
    let end = at;
    while (end < text.length && !isBlank(text, end)) end++;
    end = quoted?.end ?? end;
    found.push({
      key: isKnown ? (key as QueryWord['key']) : '',
      isNegated: isKnown && head![1] === '-',
      word: quoted?.word ?? text.slice(at, end),
      isQuoted: quoted !== null,
      isClosed: quoted?.isClosed ?? true,
      text: text.slice(start, end),
    });
    at = end;
  }
  return found;
}

/**
 * A quoted text. Its closing quote stands before a blank or the end; a quote inside is doubled or has a backslash before it,
 * but a backslash that would leave the text unclosed is itself: `"C:\dir\"`. An unclosed text runs to the end.
 */
const quotedAt = (text: string, at: number): Quoted => closedAt(text, at, true) ?? closedAt(text, at, false)!;

interface Quoted {
  readonly word: string;
  readonly end: number;
  readonly isClosed: boolean;
}

function closedAt(text: string, at: number, isEscaping: boolean): Quoted | null {
  let word = '';
  let end = at + 1;
  while (end < text.length) {
    const isQuote = text[end] === '"';
    if (isQuote && text[end + 1] !== '"' && (end + 1 === text.length || isBlank(text, end + 1))) return { word, end: end + 1, isClosed: true };
    const isPair = text[end + 1] === '"' && (isQuote || (isEscaping && text[end] === '\\'));
    word += isPair ? '"' : text[end];
    end += isPair ? 2 : 1;
  }
  return isEscaping ? null : { word, end, isClosed: false };
}

const isBlank = (text: string, at: number): boolean => /\s/.test(text[at]!);
