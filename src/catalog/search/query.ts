import { OPERATORS, type Operator, type Polarity, type Triple } from '../../model';
import { lexSearch, type SearchWord } from '../../syntax/search-query';

/** A text to look for, in lower case: split at its stars, `pieces` is one where there are none. `isWhole`: it stood in quotes and is the whole text. */
export interface Needle {
  readonly pieces: readonly string[];
  readonly isWhole: boolean;
}

/** Columns of the rules table a query can ask. */
const COLUMNS = [
  'counted',
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
  | { readonly kind: 'excludes'; readonly needle: Needle; readonly isNegated: boolean }
  | CountedTriple;

/** Exactly the rules that are counted as looking for a triple, or as excluding it; null: what is written is no triple. */
export interface CountedTriple {
  readonly kind: 'counted triple';
  readonly polarity: (typeof TRIPLE_KEYS)[number];
  readonly triple: Triple | null;
  readonly isNegated: boolean;
}
const TRIPLE_KEYS = ['indicator', 'exclusion'] as const satisfies readonly Polarity[];

interface Query {
  readonly conditions: readonly Condition[];
  /** Words found anywhere, the title first. */
  readonly words: readonly Needle[];
  /** Words that are found nowhere in a rule. */
  readonly without: readonly Needle[];
}

/**
 * A search as people type it: words, `key:text`, `key:"exactly this text"`, a `-` before a key or a NOT before anything to leave out, `*` for anything.
 * `field:`, `value:` and `kind:` with an operator's name belong to one comparison until one of them comes again; `name:text` and `name=text`
 * with the name of a field that rules compare are one of their own.
 */
export function parseQuery(text: string, isField: IsField): Query {
  const conditions: Condition[] = [];
  const words: Needle[] = [];
  const without: Needle[] = [];
  let open: { field: Needle | null; value: Needle | null; operator: Operator | null; isNegated: boolean } | null = null;
  const close = (): void => {
    if (open !== null) conditions.push({ kind: 'comparison', ...open });
    open = null;
  };
  for (const part of wordsIn(text, isField)) {
    const { key, isNegated, value: word } = part;
    const needle = needleOf(part);
    const operator = key === 'kind' ? OPERATORS.find((name) => name === word.toLowerCase()) : undefined;
    if (key === '') {
      if (word !== '' && !JOINING.has(part.text)) (isNegated ? without : words).push(needle);
    } else if (part.field !== null) {
      close();
      if (word !== '') conditions.push({ kind: 'comparison', field: { pieces: [part.field], isWhole: true }, value: needle, operator: null, isNegated });
    } else if (word === '') {
      // Half typed: asks nothing yet.
    } else if (key === 'field' || key === 'value' || operator !== undefined) {
      const place = operator === undefined ? (key as 'field' | 'value') : 'operator';
      if (open !== null && (open[place] !== null || open.isNegated !== isNegated)) close();
      open = { ...(open ?? { field: null, value: null, operator: null, isNegated }), [place]: operator ?? needle };
    } else if (key === 'indicator' || key === 'exclusion') conditions.push({ kind: 'counted triple', polarity: key, triple: tripleIn(word), isNegated });
    else if (key === 'excludes') conditions.push({ kind: 'excludes', needle, isNegated });
    else conditions.push({ kind: 'column', column: key, needle, isNegated });
  }
  close();
  return { conditions, words, without };
}

/** A triple as figures name it: its canonical field, how it compares, and its value where it has one. */
export function tripleIn(text: string): Triple | null {
  const [, field, kind, value = ''] = TRIPLE.exec(text) ?? [];
  const operator = OPERATORS.find((name) => name === kind);
  return field === undefined || operator === undefined ? null : { field, kind: operator, value };
}
const TRIPLE = new RegExp(`^(.+?) (${OPERATORS.join('|')})(?: ([^]*))?$`);

/** Whether rules compare a field of this name, in lower case: as one of them writes it, or by the corpus' common name. */
type IsField = (name: string) => boolean;

/** A part of a search as the catalog takes it: a key it does not know is part of a bare word, and so is a `-` before it. */
export interface QueryWord extends SearchWord {
  /** '' for a bare word. */
  readonly key: '' | Column | 'field' | 'value' | 'excludes' | (typeof TRIPLE_KEYS)[number];
  /** The field it compares, in lower case; its key is `value` then. */
  readonly field: string | null;
}

/** Every key there is, in lower case. */
export const KEYS: ReadonlySet<string> = new Set([...COLUMNS, 'field', 'value', 'excludes', ...TRIPLE_KEYS]);

/** What people call the columns elsewhere. */
const OTHER_NAMES: ReadonlyMap<string, Column> = new Map([
  ['level', 'severity'],
  ['os', 'platform'],
  ['name', 'title'],
  ['type', 'kind'],
  ['tag', 'technique'],
  ['tags', 'technique'],
  ['mitre', 'technique'],
  ['attack', 'technique'],
  ['category', 'logsource'],
  ['product', 'logsource'],
  ['service', 'logsource'],
  ['eventid', 'event'],
  ['event_id', 'event'],
  ['eventcode', 'event'],
  ['date', 'created'],
]);

/** What stands between words in other search languages: here they all must be found anyway. */
const JOINING: ReadonlySet<string> = new Set(['AND', '&&']);
/** A search has no alternatives. */
export const ALTERNATIVES: ReadonlySet<string> = new Set(['OR', '||']);

/** What a word looks for. After `=` it is the whole value. */
export const needleOf = ({ key, sign, value, isQuoted, field }: QueryWord): Needle => ({
  pieces: (isQuoted ? [value] : value.split('*')).map((piece) => piece.toLowerCase()),
  isWhole: (isQuoted && key !== '') || (sign === '=' && field !== null),
});

/** The parts of a search, in order. */
export const wordsIn = (query: string, isField: IsField): readonly QueryWord[] => lexSearch(query).map((word) => known(word, isField));

function known(word: SearchWord, isField: IsField): QueryWord {
  const { key } = word;
  const column = isKey(key) ? key : OTHER_NAMES.get(key);
  if (column !== undefined) return { ...word, key: column, field: null, value: column === 'technique' ? word.value.replace(/^attack\./i, '') : word.value };
  if (key === '') return { ...word, key: '', field: null };
  // A drive and an address have a slash behind the colon.
  if (isField(key) && !/^[\\/]{1,2}/.test(word.sign === ':' && !word.isQuoted ? word.value : '')) return { ...word, key: 'value', field: key };
  const isLedByNot = word.text.startsWith('NOT ');
  const text = isLedByNot ? word.text.slice(4) : word.text;
  return { ...word, key: '', field: null, sign: '', isNegated: isLedByNot, value: text, isQuoted: false };
}

const isKey = (key: string): key is Exclude<QueryWord['key'], ''> => KEYS.has(key);
