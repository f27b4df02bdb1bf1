import { OPERATORS, type Operator } from '../../model';
import { lexSearch, type SearchWord } from '../../syntax/search-query';

/** A text to look for, in lower case: split at its stars, `pieces` is one where there are none. `isWhole`: it stood in quotes and is the whole text. */
export interface Needle {
  readonly pieces: readonly string[];
  readonly isWhole: boolean;
}

/** Columns of the rules table a query can ask. */
const COLUMNS = [
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

interface Query {
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
  for (const part of wordsIn(text)) {
    const { key, isNegated, value: word } = part;
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
    else conditions.push({ kind: 'column', column: key, needle, isNegated });
  }
  close();
  return { conditions, words };
}

/** A part of a search as the catalog takes it: a key it does not know is part of a bare word, and so is a `-` before it. */
export interface QueryWord extends SearchWord {
  /** '' for a bare word. */
  readonly key: '' | Column | 'field' | 'value' | 'excludes';
}

/** Every key there is, in lower case. */
export const KEYS: ReadonlySet<string> = new Set([...COLUMNS, 'field', 'value', 'excludes']);

/** What a word looks for. */
export const needleOf = ({ key, value, isQuoted }: QueryWord): Needle => ({
  pieces: (isQuoted ? [value] : value.split('*')).map((piece) => piece.toLowerCase()),
  isWhole: isQuoted && key !== '',
});

/** The parts of a search, in order. */
export const wordsIn = (query: string): readonly QueryWord[] =>
  lexSearch(query).map((word) =>
    isKey(word.key)
      ? { ...word, key: word.key }
      : word.key === ''
        ? { ...word, key: '' }
        : { ...word, key: '', isNegated: false, value: word.text, isQuoted: false },
  );

const isKey = (key: string): key is Exclude<QueryWord['key'], ''> => KEYS.has(key);
