import type { GlobPart } from '../../model';
import { likeParts, singleRuns } from '../../syntax/glob';
import { fitsLong, truncated } from '../arithmetic';
import { functionOf } from '../../languages/esql/vocabulary';
import { asDocumented, refused, type Row } from '../dialect';
import { readerOf } from '../fields';
import type { Extractor, PipelineDialect } from '../pipeline-dialect';
import { namesLike } from '../pipeline-rows';
import { FALSE, NULL, TRUE, truthOf, type Truth } from '../truth';
import { isAddress, isList, isMoment, isNumber, isVersion, momentOf, textOf, versionValue, type Value } from '../value';
import { esqlDate, esqlSpan, ipOf, order, sortedOrder } from './esql-values';
import { ESQL_FUNCTIONS } from './esql-functions';
import { ESQL_MEASURES } from './esql-measures';
import { dissected, grokked } from './esql-patterns';

const WHOLE: ReadonlySet<string> = new Set(['integer', 'long', 'short', 'byte', 'unsigned_long', 'counter_long', 'counter_integer']);
const REAL: ReadonlySet<string> = new Set(['double', 'float', 'half_float', 'scaled_float', 'counter_double']);

/** A value of a table as its type keeps it: several values sorted, texts among them once. */
function typed(value: Value, type: string): Value {
  if (value === null || type === '')
    return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : isList(value) ? stored(value.map((one) => typed(one, ''))) : value;
  if (isList(value)) return stored(value.map((one) => typed(one, type)));
  if (WHOLE.has(type)) return typeof value === 'number' ? truncated(value) : typeof value === 'string' && /^-?\d+$/.test(value) ? BigInt(value) : value;
  if (REAL.has(type)) {
    const number = isNumber(value) ? Number(value) : typeof value === 'string' ? Number(value) : NaN;
    return type === 'float' ? Math.fround(number) : type === 'half_float' ? halfOf(number) : type === 'scaled_float' ? Math.round(number * 100) * 0.01 : number;
  }
  if (type === 'boolean') return typeof value === 'string' ? value === 'true' : value;
  if (type === 'date' || type === 'datetime' || type === 'date_nanos') {
    if (typeof value === 'string') return esqlDate(value);
    return typeof value === 'number' ? momentOf(BigInt(Math.round(value)) * 1_000_000n) : value;
  }
  if (type === 'ip') return typeof value === 'string' ? ipOf(value) : value;
  if (type === 'version') return typeof value === 'string' ? versionValue(value) : value;
  return typeof value === 'string' ? value : textOf(value);
}

/** A number as half precision keeps it: eleven bits. */
function halfOf(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const step = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(value))), -14) - 10);
  const scaled = value / step;
  const low = Math.floor(scaled);
  const rest = scaled - low;
  return (rest > 0.5 || (rest === 0.5 && low % 2 !== 0) ? low + 1 : low) * step;
}

function stored(values: readonly Value[]): Value {
  const given = values.filter((value) => value !== null);
  const kept = given.every((value) => typeof value === 'string') ? [...new Set(given)] : [...given];
  kept.sort(sortedOrder);
  return kept.length === 0 ? null : kept.length === 1 ? kept[0]! : kept;
}

function equals(left: Value, right: Value, fold: boolean): Truth {
  if (left === null || right === null || isList(left) || isList(right)) return NULL;
  if (typeof left === 'string' && typeof right === 'string') return truthOf(left === right || (fold && left.toLowerCase() === right.toLowerCase()));
  const found = order(left, right);
  if (found === null && typeof left !== typeof right) throw refused('a comparison of two types');
  return found === null ? FALSE : found === 0 ? TRUE : FALSE;
}

/** A number as it is written; one past 63 bits is of a type of its own. */
function numberOf(text: string): Value {
  if (!/^[-+]?\d+$/.test(text)) return Number(text);
  if (!fitsLong(BigInt(text))) throw refused('a number of the type `unsigned_long`');
  return BigInt(text);
}

/** `*` any run, `?` one character, a backslash before them takes their meaning. */
const starred = (text: string): readonly GlobPart[] => singleRuns(likeParts(text, '\\', '*?'));

/** The value of a sort: the least of several, or the greatest; none of none. */
const keyOfSort = (value: Value, pick: 'least' | 'most'): Value =>
  isList(value) ? value.reduce((best, one) => ((order(one, best) ?? 0) < 0 === (pick === 'least') ? one : best), value[0] ?? null) : value;

/** Names of data streams: https://www.elastic.co/docs/reference/fleet/data-streams */
const isStream = (name: string): boolean => /^-?(?:logs|metrics|traces|synthetics)-[\w.]+-[\w.]+$/.test(name);

const STREAM = ['type', 'dataset', 'namespace'].map((part) => readerOf(`data_stream.${part}`));

/** The data stream that an event says it is of, by the index behind it or by name; null: it says none. */
function streamOf(row: Row): string | null {
  const { _index: index } = row;
  if (typeof index === 'string') return /(?:^|[:-])\.ds-(.+)-\d{4}\.\d\d\.\d\d-\d{6}$/.exec(index)?.[1] ?? null;
  const parts = STREAM.map((read) => read(row));
  return parts.every((part) => typeof part === 'string') ? parts.join('-') : null;
}

/** ES|QL over rows: whole numbers, fractions, times, addresses and versions apart; several values in a comparison are null. */
export const esqlDialect: PipelineDialect = {
  presence: 'value',
  several: 'whole',
  wholeLists: true,
  words: 'broken',
  takesAny: true,
  literal: ({ text, type }) => (type === 'null' ? null : type === 'boolean' ? text.toLowerCase() === 'true' : type === 'number' ? numberOf(text) : text),
  time: (text) => esqlSpan(text) ?? esqlDate(text) ?? undefined,
  equals,
  order,
  text: (value) => (typeof value === 'string' ? value : isAddress(value) || isVersion(value) ? value.text : null),
  word: () => {
    throw refused('a search for words');
  },
  pattern: (text) => starred(text),
  regex: { dialect: 'lucene', whole: true },
  functions: asDocumented(ESQL_FUNCTIONS, functionOf),
  measures: asDocumented(ESQL_MEASURES, functionOf),
  typed,
  groups: (value) => (isList(value) ? [...new Map(value.map((one) => [textOf(one), one])).values()] : [value]),
  sorted(left, right, _, descending = false) {
    const pick = descending ? 'most' : 'least';
    return sortedOrder(keyOfSort(left, pick), keyOfSort(right, pick));
  },
  keysLast: true,
  nullsFirst: (descending) => descending,
  expanded: (value) => (isList(value) ? value : [value]),
  extractor(operation, from, pattern): Extractor | null {
    if (pattern === null) return null;
    if (operation.how !== 'dissect' && operation.how !== 'grok') return null;
    const options = new Map(operation.options?.map(({ name, value }) => [name.toLowerCase(), value.replace(/^"([^]*)"$/, '$1')]));
    for (const name of options.keys()) if (name !== 'append_separator') throw refused(`the option \`${name}\``);
    const cut = operation.how === 'dissect' ? dissected(pattern, options.get('append_separator') ?? '') : grokked(pattern);
    return (row: Row) => {
      const value = from(row);
      const texts = isList(value) ? value : [value];
      const found = texts.map((one) => (typeof one === 'string' ? cut.cut(one) : null));
      const made: Record<string, Value> = Object.create(null);
      for (const name of cut.names) {
        const values = found.map((one) => one?.[name] ?? null).filter((one) => one !== null);
        made[name] = values.length === 0 ? null : values.length === 1 ? values[0]! : values.flatMap((one) => (isList(one) ? one : [one]));
      }
      return made;
    };
  },
  // Of every data stream it is one: https://www.elastic.co/docs/reference/ecs/ecs-base
  eventType: (name) => (name === '@timestamp' ? 'date' : ''),
  elsewhere(names) {
    const asked = names.map((name) => name.replace(/^[^:]*:/, ''));
    // A name without a star may be an alias, and one in angle brackets is worked out.
    if (!asked.every((name) => isStream(name) || (name.includes('*') && !name.includes('<')))) return undefined;
    const [taken, left] = [false, true].map((isLeft) =>
      asked.filter((name) => name.startsWith('-') === isLeft).map((name) => namesLike(name.replace(/^-/, ''))),
    );
    return (row) => {
      const own = streamOf(row);
      return own === null || (taken!.some((isLike) => isLike(own)) && !left!.some((isLike) => isLike(own))) ? null : own;
    };
  },
  twin: () => null,
  lacking: () => null,
  typeOf: (value) => {
    const one = isList(value) ? (value[0] ?? null) : value;
    if (typeof one === 'boolean') return 'boolean';
    if (typeof one === 'bigint') return one >= -2147483648n && one <= 2147483647n ? 'integer' : 'long';
    if (typeof one === 'number') return 'double';
    return isMoment(one) ? 'date' : isAddress(one) ? 'ip' : isVersion(one) ? 'version' : 'keyword';
  },
};
