import { isTimeColumn, tableOf } from '../../knowledge/tables';
import { AGGREGATES, FUNCTIONS } from '../../languages/kusto/vocabulary';
import type { Literal } from '../../model';
import { ORDERS } from '../../syntax/predicates';
import { asDocumented, refused, type Row, type RunFunction } from '../dialect';
import type { PipelineDialect } from '../pipeline-dialect';
import { namesLike } from '../pipeline-rows';
import { tableSaid } from '../reads';
import { FALSE, NULL, truthOf, type Truth } from '../truth';
import { isBag, isLength, isList, isMoment, isNumber, momentOf, type Value } from '../value';
import { kustoExtractor } from './kusto-extract';
import { KUSTO_FUNCTIONS } from './kusto-functions';
import { KUSTO_MEASURES } from './kusto-measures';
import { inNetwork } from './kusto-networks';
import { kustoSchema } from './kusto-plugins';
import { kustoType } from './kusto-types';
import {
  bagOf,
  booleanOf,
  doubleOf,
  guidOf,
  hasTerm,
  isWholeText,
  KUSTO_BREAKS,
  kustoJson,
  kustoOrder,
  kustoText,
  kustoTime,
  kustoTyped,
  longOf,
} from './kusto-values';

function equals(left: Value, right: Value, fold: boolean): Truth {
  if (left === null || right === null) return NULL;
  if (typeof left === 'string' && typeof right === 'string') return truthOf(left === right || (fold && left.toLowerCase() === right.toLowerCase()));
  if (typeof left === 'object' && typeof right === 'object' && (isList(left) || isBag(left))) return truthOf(kustoJson(left) === kustoJson(right));
  // A text beside a boolean is read as one: Microsoft's own rules compare `ipv4_is_private(…)` with "False".
  if (typeof left === 'boolean' && typeof right === 'string') return truthOf(left === booleanOf(right));
  if (typeof left === 'string' && typeof right === 'boolean') return truthOf(booleanOf(left) === right);
  if (isNumber(left) !== isNumber(right) && (typeof left === 'string' || typeof right === 'string')) return FALSE;
  return truthOf(order(left, right) === 0);
}

/** Beside a number `true` is 1 and `false` is 0, as the type is documented; rules ask `ipv4_is_private(…) == 1`. */
function order(left: Value, right: Value): number | null {
  if (typeof left === 'boolean' && isNumber(right)) return kustoOrder(BigInt(left), right);
  if (isNumber(left) && typeof right === 'boolean') return kustoOrder(left, BigInt(right));
  return kustoOrder(left, right);
}

/** Numbers are written as Kusto does, hexadecimal ones too. */
function numberOf({ text, as }: Literal): Value {
  if (as !== undefined) return kustoTyped(text, as);
  if (isWholeText(text)) return longOf(text);
  return doubleOf(text);
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

/** Texts are never null in Kusto: what gives a text gives an empty one where it has none. */
const FUNCTIONS_RUN: ReadonlyMap<string, RunFunction> = new Map(
  [...KUSTO_FUNCTIONS].map(([name, fn]) => [name, fn.call !== undefined && FUNCTIONS.get(name)?.gives === 'string' ? { ...fn, nothing: '' } : fn]),
);

const isTable = (name: string): boolean => tableOf(name) === name || name.endsWith('_CL');

/** Kusto over rows. */
export const kustoDialect: PipelineDialect = {
  presence: 'value',
  several: 'whole',
  rangeEnd: '..',
  words: 'broken',
  literal: (literal) => {
    const { text, type } = literal;
    if (type === 'null') return null;
    if (type === 'boolean') return text === 'true' || text === '1';
    return type === 'number' ? numberOf(literal) : literal.as === 'guid' ? guidOf(text) : text;
  },
  time(text, { now }) {
    const written = text.trim();
    if (/^(?:null|datetime\(null\)|)$/i.test(written)) return null;
    if (/^now$/i.test(written)) return momentOf(now);
    return kustoTime(written) ?? undefined;
  },
  equals,
  nullIsOther: true,
  nullKeysMeet: true,
  strict: true,
  takesAny: true,
  // When a row was taken in is kept beside it: no column of an event says so.
  opened: (condition) =>
    condition.kind === 'test' && condition.left?.kind === 'call' && condition.left.fn === 'ingestion_time' && ORDERS.has(condition.compare)
      ? 'events do not say when they were taken in: what is asked of `ingestion_time()` is taken as met'
      : undefined,
  // A search says in which table it found its rows; a pipe's rows have no name of their own.
  afterStage: (kind, table) =>
    kind === 'search'
      ? {
          columns: [{ name: '$table', type: 'string' }, ...table.columns],
          rows: table.rows.map((row) => Object.assign(Object.create(null) as Row, row, { $table: 'search_arg0' })),
        }
      : table,
  order,
  text: (value) => (value === null ? null : kustoText(value)),
  word: hasTerm,
  wordBreaks: () => KUSTO_BREAKS,
  inNetwork,
  regex: { dialect: 're2' },
  functions: asDocumented(FUNCTIONS_RUN, (name) => FUNCTIONS.get(name)),
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
  eventType: (name) => (isTimeColumn(name) ? 'datetime' : ''),
  elsewhere(names) {
    // A name that is no table's may be that of a function, which reads any.
    if (!names.every((name) => name.includes('*') || isTable(name))) return undefined;
    const read = names.map(namesLike);
    return (row) => {
      const own = tableSaid(row);
      return own === null || !isTable(own) || read.some((isLike) => isLike(own)) ? null : own;
    };
  },
  lacking: (type) => (type === 'string' ? '' : null),
  columnType: kustoType,
  schema: kustoSchema,
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
