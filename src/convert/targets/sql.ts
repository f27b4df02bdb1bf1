import { NO_METADATA } from '../../formats/metadata';
import type { Rule } from '../../model';
import { allOf } from '../../syntax/predicates';
import { SQL_AS_TEXT, type SqlDialect } from '../sql/dialect';
import { sqlCondition } from '../sql/print';
import { readSql } from '../sql/read';
import { overTable } from '../sql/table';
import type { Manner, Target } from '../manner';
import { nullForMissing } from './conditions';
import { sqlSeveral } from './several/sql';

/** Sources: DuckDB, "Pattern Matching", "Text Functions", "Aggregate Functions" and "Timestamp Functions"; its regular expressions are RE2. In small letters a pattern is found three times as fast as by ILIKE. */
export const duckdb: SqlDialect = {
  quote: '"',
  names: 'doubled',
  texts: 'doubled',
  escape: '^',
  namesEscape: true,
  folds: 'lower',
  lower: { ascii: 'lower', other: 'lower' },
  regex: (left, pattern) => `regexp_matches(${left}, ${pattern})`,
  regexes: 're2',
  beforeDot: '',
  inNetwork: null,
  asText: (left) => `CAST(${left} AS VARCHAR)`,
  asDecimal: (left) => `TRY_CAST(${left} AS DECIMAL(38, 9))`,
  asNumber: (left) => `TRY_CAST(${left} AS DOUBLE)`,
  percentile: (value, share) => `quantile_cont(${value}, ${share})`,
  bucket: (time, seconds) => `time_bucket(INTERVAL '${seconds} seconds', ${time})`,
};

/**
 * Sources: ClickHouse, "Functions for Searching in Strings", "Functions for Working with Strings" (`lower` is of ASCII alone), "Functions for Working with IPv4
 * and IPv6 Addresses", "quantileExactInclusive" and "toStartOfInterval"; `match` is RE2, but for a dot, which fits line breaks there unless it is told not to.
 */
const clickhouse: SqlDialect = {
  quote: '`',
  names: 'backslash',
  texts: 'backslash',
  escape: '\\',
  namesEscape: false,
  folds: 'ilike',
  lower: { ascii: 'lower', other: 'lowerUTF8' },
  regex: (left, pattern) => `match(${left}, ${pattern})`,
  regexes: 're2',
  beforeDot: '(?-s)',
  // Of a text that is no address it is an error.
  inNetwork: (left, network) => `((isIPv4String(${left}) OR isIPv6String(${left})) AND isIPAddressInRange(${left}, ${network}))`,
  asText: (left) => `toString(${left})`,
  asDecimal: (left) => `toDecimal128OrNull(${left}, 9)`,
  asNumber: (left) => `toFloat64OrNull(toString(${left}))`,
  percentile: (value, share) => `quantileExactInclusive(${share})(${value})`,
  bucket: (time, seconds) => `toStartOfInterval(${time}, INTERVAL ${seconds} SECOND)`,
};

/** Sources: Spark SQL reference, "LIKE Predicate" (ILIKE since 3.3), "Literals" and "Built-in Functions" (percentile, try_cast, window); RLIKE follows Java. */
const spark: SqlDialect = {
  quote: '`',
  names: 'doubled',
  texts: 'backslash',
  escape: '\\',
  namesEscape: false,
  folds: 'ilike',
  lower: { ascii: 'lower', other: 'lower' },
  regex: (left, pattern) => `${left} RLIKE ${pattern}`,
  regexes: 'java',
  beforeDot: '',
  inNetwork: null,
  asText: (left) => `CAST(${left} AS STRING)`,
  asDecimal: (left) => `TRY_CAST(${left} AS DECIMAL(38, 9))`,
  asNumber: (left) => `TRY_CAST(${left} AS DOUBLE)`,
  percentile: (value, share) => `percentile(${value}, ${share})`,
  bucket: (time, seconds) => `window(${time}, '${seconds} seconds')`,
};

function sqlTarget(id: string, label: string, dialect: SqlDialect): Target {
  const manner: Manner = {
    missing: nullForMissing,
    emptyIsValue: true,
    saysAbsent: true,
    letters: 'both',
    globs: () => true,
    regex: { dialect: dialect.regexes, fold: 'flag', word: 'regex_match' },
    lists: 'literals',
    globWord: 'classified',
    anywhere: null,
    anywhereWord: 'keyword',
    hasWords: false,
    cidr: dialect.inNetwork === null ? null : 'cidr_match',
    fieldsCompare: true,
    manyValues: false,
    isTyped: true,
    textOf: SQL_AS_TEXT,
  };
  return {
    id,
    label,
    language: null,
    container: null,
    group: 'Databases',
    fileName: 'query.sql',
    taxonomy: 'sigma',
    manner,
    takesColumns: true,
    mannerAt: (_point, _source, columns) =>
      columns === undefined ? null : { ...manner, singleTypes: true, typeOf: (name) => (columns(name) === 'number' ? 'number' : 'text') },
    namesByTable: false,
    scopes: ({ sigma }) => [sigma.category, sigma.service, sigma.product].filter((part) => part !== ''),
    scoping: () => [],
    several: sqlSeveral(dialect, manner),
    read: (text) => ruleOf(text, dialect),
    write({ predicate, source, columns }) {
      const demands = overTable(predicate, columns);
      const printed = sqlCondition(demands, dialect);
      return { demands, printed: 'text' in printed ? { text: `SELECT *\nFROM ${source ?? 'events'}\nWHERE ${printed.text}` } : printed };
    },
    unsourced: { why: 'Which table holds these events is not said: `events` stands there, and all of its rows are read', effect: 'looser', always: true },
  };
}

export const duckdbTarget = sqlTarget('sql-duckdb', 'SQL, DuckDB', duckdb);
export const clickhouseTarget = sqlTarget('sql-clickhouse', 'SQL, ClickHouse', clickhouse);
export const sparkTarget = sqlTarget('sql-spark', 'SQL, Spark', spark);

/** A query that was written here as a rule. */
function ruleOf(text: string, dialect: SqlDialect): Rule | null {
  const operations = readSql(text, dialect);
  if (operations === null) return null;
  const span = { start: 0, end: text.length };
  const at = operations.findIndex(({ kind }) => kind === 'aggregate');
  const filters = (at < 0 ? operations : operations.slice(0, at)).flatMap((operation) => (operation.kind === 'filter' ? [operation.predicate] : []));
  const stages = operations.map((operation) => ({ kind: operation.kind, role: 'filter' as const, span, operations: [operation] }));
  const nothing = { tokens: [], sources: [], terms: [], bindings: [], outputs: [], groupBy: [], times: [], diagnostics: [] };
  return { span, meta: NO_METADATA, taxonomy: '', analysis: { language: '', predicate: allOf(filters, span), stages, ...nothing } };
}
