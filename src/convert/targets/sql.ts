import { overColumns, sqlCondition, type SqlDialect } from '../sql/print';
import type { Manner, Target } from '../manner';
import { nullForMissing } from './conditions';

const doubled = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const backslashed = (text: string): string => `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}'`;

const likeText = (pattern: string): string => `LIKE ${pattern}${pattern.includes('^') ? " ESCAPE '^'" : ''}`;

/** Sources: DuckDB, "Pattern Matching" and "Text Functions"; its regular expressions are RE2. */
export const duckdb: SqlDialect = {
  name: (name) => `"${name.replaceAll('"', '""')}"`,
  text: doubled,
  escape: '^',
  // Of small letters a pattern is found three times as fast as by ILIKE.
  like: (left, pattern, isFolded) =>
    isFolded && /\p{L}/u.test(pattern) ? `lower(${left}) ${likeText(pattern.toLowerCase())}` : `${left} ${likeText(pattern)}`,
  lower: (left) => `lower(${left})`,
  regex: (left, pattern) => `regexp_matches(${left}, ${doubled(pattern)})`,
  inNetwork: null,
  asText: (left) => `CAST(${left} AS VARCHAR)`,
  // No text is read as infinite, or as not a number, which would be more than any number.
  asNumber: (left) => `TRY_CAST(${left} AS DECIMAL(38, 9))`,
};

/**
 * Sources: ClickHouse, "Functions for Searching in Strings", "Functions for Working with Strings" (`lower` is of ASCII alone) and "Functions for Working with
 * IPv4 and IPv6 Addresses"; `match` is RE2, but for a dot, which fits line breaks there unless it is told not to.
 */
const clickhouse: SqlDialect = {
  name: (name) => `\`${name.replace(/[\\`]/g, '\\$&')}\``,
  text: backslashed,
  escape: '\\',
  like: (left, pattern, isFolded) => `${left} ${isFolded ? 'ILIKE' : 'LIKE'} ${pattern}`,
  lower: (left, isAscii) => `${isAscii ? 'lower' : 'lowerUTF8'}(${left})`,
  regex: (left, pattern) => `match(${left}, ${backslashed(pattern.includes('.') ? `(?-s)${pattern}` : pattern)})`,
  inNetwork: (left, network) => `isIPAddressInRange(${left}, ${network})`,
  asText: (left) => `toString(${left})`,
  asNumber: (left) => `toDecimal128OrNull(${left}, 9)`,
};

/** Sources: Spark SQL reference, "LIKE Predicate" (ILIKE since 3.3) and "Literals"; RLIKE follows Java. */
const spark: SqlDialect = {
  name: (name) => `\`${name.replaceAll('`', '``')}\``,
  text: backslashed,
  escape: '\\',
  like: (left, pattern, isFolded) => `${left} ${isFolded ? 'ILIKE' : 'LIKE'} ${pattern}`,
  lower: (left) => `lower(${left})`,
  regex: (left, pattern) => `${left} RLIKE ${backslashed(pattern)}`,
  inNetwork: null,
  asText: (left) => `CAST(${left} AS STRING)`,
  asNumber: (left) => `try_cast(${left} AS DECIMAL(38, 9))`,
};

function sqlTarget(id: string, label: string, dialect: SqlDialect, regexes: 're2' | 'java'): Target {
  const manner: Manner = {
    missing: nullForMissing,
    emptyIsValue: true,
    saysAbsent: true,
    letters: 'both',
    globs: () => true,
    regex: { dialect: regexes, fold: 'flag', word: 'regex_match' },
    lists: 'literals',
    globWord: 'classified',
    anywhere: null,
    anywhereWord: 'keyword',
    hasWords: false,
    cidr: dialect.inNetwork === null ? null : 'cidr_match',
    fieldsCompare: true,
    manyValues: false,
    isTyped: true,
    textOf: 'text',
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
    write({ predicate, source, columns }) {
      const printed = sqlCondition(predicate, columns === undefined ? dialect : overColumns(dialect, columns));
      return { demands: predicate, printed: 'text' in printed ? { text: `SELECT *\nFROM ${source ?? 'events'}\nWHERE ${printed.text}` } : printed };
    },
    unsourced: { why: 'Which table holds these events is not said: `events` stands there, and all of its rows are read', effect: 'looser' },
  };
}

export const duckdbTarget = sqlTarget('sql-duckdb', 'SQL, DuckDB', duckdb, 're2');
export const clickhouseTarget = sqlTarget('sql-clickhouse', 'SQL, ClickHouse', clickhouse, 're2');
export const sparkTarget = sqlTarget('sql-spark', 'SQL, Spark', spark, 'java');
