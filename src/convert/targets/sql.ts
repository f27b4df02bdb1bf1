import type { SqlDialect } from '../sql/print';
import { sqlCondition } from '../sql/print';
import type { Manner, Target } from '../manner';
import { nullForMissing } from './conditions';

const doubled = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const backslashed = (text: string): string => `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}'`;
const inBackticks = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``);

/** Sources: DuckDB, "Pattern Matching" and "Text Functions"; its regular expressions are RE2. */
const duckdb: SqlDialect = {
  name: (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`),
  text: doubled,
  escape: '^',
  like: (left, pattern, isFolded) => `${left} ${isFolded ? 'ILIKE' : 'LIKE'} ${pattern}${pattern.includes('^') ? " ESCAPE '^'" : ''}`,
  regex: (left, pattern) => `regexp_matches(${left}, ${pattern})`,
  inNetwork: null,
  asText: (left) => `CAST(${left} AS VARCHAR)`,
};

/** Sources: ClickHouse, "Functions for Searching in Strings" and "Functions for Working with IPv4 and IPv6 Addresses"; `match` is RE2. */
const clickhouse: SqlDialect = {
  name: (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : `\`${name.replace(/[\\`]/g, '\\$&')}\``),
  text: backslashed,
  escape: '\\',
  like: (left, pattern, isFolded) => `${left} ${isFolded ? 'ILIKE' : 'LIKE'} ${pattern}`,
  regex: (left, pattern) => `match(${left}, ${pattern})`,
  inNetwork: (left, network) => `isIPAddressInRange(${left}, ${network})`,
  asText: (left) => `toString(${left})`,
};

/** Sources: Spark SQL reference, "LIKE Predicate" (ILIKE since 3.3) and "Literals"; RLIKE follows Java. */
const spark: SqlDialect = {
  name: inBackticks,
  text: backslashed,
  escape: '\\',
  like: (left, pattern, isFolded) => `${left} ${isFolded ? 'ILIKE' : 'LIKE'} ${pattern}`,
  regex: (left, pattern) => `${left} RLIKE ${pattern}`,
  inNetwork: null,
  asText: (left) => `CAST(${left} AS STRING)`,
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
    taxonomy: 'sigma',
    manner,
    namesByTable: false,
    scopes: ({ sigma }) => [sigma.category, sigma.service, sigma.product].filter((part) => part !== ''),
    scoping: () => [],
    write({ predicate, source }) {
      const printed = sqlCondition(predicate, dialect);
      return { demands: predicate, printed: 'text' in printed ? { text: `SELECT *\nFROM ${source ?? 'events'}\nWHERE ${printed.text}` } : printed };
    },
    unsourced: { why: 'Which table holds these events is not said: `events` stands there, and all of its rows are read', effect: 'looser' },
  };
}

export const duckdbTarget = sqlTarget('sql-duckdb', 'SQL, DuckDB', duckdb, 're2');
export const clickhouseTarget = sqlTarget('sql-clickhouse', 'SQL, ClickHouse', clickhouse, 're2');
export const sparkTarget = sqlTarget('sql-spark', 'SQL, Spark', spark, 'java');
