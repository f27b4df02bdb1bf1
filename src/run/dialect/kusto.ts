import { AGGREGATES, FUNCTIONS } from '../../languages/kusto/vocabulary';
import { asDocumented, refused, type Row } from '../dialect';
import type { PipelineDialect } from '../pipeline-dialect';
import { FALSE, NULL, TRUE, truthOf, type Truth } from '../truth';
import { isBag, isLength, isList, isMoment, isNumber, momentOf, type Value } from '../value';
import { kustoExtractor } from './kusto-extract';
import { KUSTO_FUNCTIONS } from './kusto-functions';
import { KUSTO_MEASURES } from './kusto-measures';
import { bagOf, kustoDate, kustoJson, kustoOrder, kustoSpan, kustoText, kustoTyped } from './kusto-values';

function equals(left: Value, right: Value, fold: boolean): Truth {
  if (left === null || right === null) return NULL;
  if (typeof left === 'string' && typeof right === 'string') return truthOf(left === right || (fold && left.toLowerCase() === right.toLowerCase()));
  if (typeof left === 'object' && typeof right === 'object' && (isList(left) || isBag(left))) return truthOf(kustoJson(left) === kustoJson(right));
  if (isNumber(left) !== isNumber(right) && (typeof left === 'string' || typeof right === 'string')) return FALSE;
  const order = kustoOrder(left, right);
  return order === null ? FALSE : order === 0 ? TRUE : FALSE;
}

const isTermChar = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);

/** Whether a word stands in a text with no letter or digit right before or after it. */
function hasTerm(text: string, word: string): boolean {
  if (word === '') return true;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = !isTermChar(word[0]) || !isTermChar(text[at - 1]);
    const after = !isTermChar(word.at(-1)) || !isTermChar(text[at + word.length]);
    if (before && after) return true;
  }
  return false;
}

/** Numbers are written as Kusto does, hexadecimal ones too. */
function numberOf(text: string): Value {
  if (/^[-+]?\d+$/.test(text)) return BigInt(text.replace(/^\+/, ''));
  if (/^0x[\da-f]+$/i.test(text)) return BigInt.asIntN(64, BigInt(text));
  const [, type, inner] = /^(int|long|real|double|decimal|bool)\(\s*(.*?)\s*\)$/.exec(text) ?? [];
  if (type !== undefined) return inner === 'null' ? null : kustoTyped(inner!, type);
  if (/^[-+]?inf$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^nan$/i.test(text) ? NaN : Number(text);
}

/** Texts in dynamic values, and times in them, as JSON writes them. */
const shownIn = (value: Value): Value =>
  isMoment(value) || isLength(value)
    ? kustoText(value)
    : isList(value)
      ? value.map(shownIn)
      : isBag(value)
        ? bagOf(Object.entries(value).map(([name, inner]) => [name, shownIn(inner)] as const))
        : value;

/** Kusto over rows. */
export const kustoDialect: PipelineDialect = {
  presence: 'value',
  several: 'whole',
  words: 'broken',
  literal: ({ text, type }) =>
    type === 'null' ? null : type === 'boolean' ? /^(?:bool\()?\s*(?:true|1)/i.test(text) : type === 'number' ? numberOf(text) : text,
  time(text, { now }) {
    const written = text.trim();
    if (/^(?:null|datetime\(null\)|)$/i.test(written)) return null;
    if (/^now$/i.test(written)) return momentOf(now);
    return kustoDate(written) ?? kustoSpan(written) ?? undefined;
  },
  equals,
  nullIsOther: true,
  nullKeysMeet: true,
  // A search says in which table it found its rows; a pipe's rows have no name of their own.
  afterStage: (kind, table) =>
    kind === 'search'
      ? {
          columns: [{ name: '$table', type: 'string' }, ...table.columns],
          rows: table.rows.map((row) => Object.assign(Object.create(null) as Row, row, { $table: 'search_arg0' })),
        }
      : table,
  order: kustoOrder,
  text: (value) => (value === null ? null : kustoText(value)),
  word: (text, word) => hasTerm(text, word),
  regex: { dialect: 're2' },
  functions: asDocumented(KUSTO_FUNCTIONS, (name) => FUNCTIONS.get(name)),
  measures: asDocumented(KUSTO_MEASURES, (name) => AGGREGATES.get(name)),
  typed: kustoTyped,
  groups: (value) => [value],
  sorted(left, right) {
    const order = kustoOrder(left, right);
    if (order !== null) return order;
    if (isNumber(left) && isNumber(right)) return Number.isNaN(left) ? (Number.isNaN(right) ? 0 : -1) : 1;
    if (isList(left) || isBag(left) || isList(right) || isBag(right)) throw refused('an order of dynamic values');
    return 0;
  },
  nullsFirst: (descending) => !descending,
  expanded: (value, pairs) => (isList(value) ? value : isBag(value) ? Object.entries(value).map((entry) => (pairs ? entry : bagOf([entry]))) : [value]),
  extractor: kustoExtractor,
  twin(name, taken) {
    for (let count = 1; ; count++) if (!taken(`${name}${count}`)) return `${name}${count}`;
  },
  lacking: (type) => (type === 'string' ? '' : null),
  typeOf: (value) =>
    typeof value === 'string'
      ? 'string'
      : typeof value === 'bigint'
        ? 'long'
        : typeof value === 'number'
          ? 'real'
          : typeof value === 'boolean'
            ? 'bool'
            : isMoment(value)
              ? 'datetime'
              : isLength(value)
                ? 'timespan'
                : 'dynamic',
  shown: (value) => (isList(value) || isBag(value) ? shownIn(value) : value),
};
