import { open } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';
import { sqlName, sqlText } from '../convert/sql/dialect';
import { duckdb } from '../convert/targets/sql';
import type { ColumnKind } from '../model';
import { type Database, openDatabase } from './duckdb';
import { headsOf, isSeveralOf, MOST_PARTS, valueOf } from './json-fields';
import { columnsIn, isParquet } from './table-columns';
import { usageError } from './usage';

/** A query over the table `events`, with the columns it asks for. */
export interface OverQuery {
  readonly text: string;
  readonly fields: ReadonlySet<string>;
}

/** What running a query gave: numbers of rows in the file's order, from 0; or why it did not run. */
export type OverAnswer = { readonly events: number; readonly matches: readonly number[]; readonly undecided: readonly number[] } | { readonly why: string };

/** A file that queries are run on by DuckDB. */
export interface Over {
  /** What each column holds. */
  readonly columns: (name: string) => ColumnKind | null;
  /** Answers queries, in their order, once. */
  answers(queries: readonly OverQuery[]): AsyncGenerator<OverAnswer>;
}

// No field has such a name.
const NUMBER = sqlName('event number', duckdb);
const SEVERAL = sqlName('several values', duckdb);

/**
 * Opens a Parquet or NDJSON file for queries; a usage error where it cannot be read or DuckDB is not installed. Of NDJSON every field is a text, and an
 * event where a field that is asked for holds a list or an object is undecided: SQL has one value in a column.
 */
export async function openOver(path: string): Promise<Over> {
  const kinds = (await isParquet(path)) ? await columnsIn(path) : null;
  if (kinds === null) await checkLines(path);
  const alike = kinds === null ? null : alikeIn(kinds.keys());
  if (alike !== null) throw usageError(`${path} has the columns ${alike}, which DuckDB does not tell apart.`);
  // What it is given as a file's name DuckDB takes for a pattern.
  if (/[*?[\]{}]/.test(path)) throw usageError(`DuckDB takes the name ${path} for a pattern: give the file another one.`);
  const database = await openDatabase();
  return {
    columns: (name) => (kinds === null ? 'text' : (kinds.get(name) ?? null)),
    async *answers(queries) {
      const sources = kinds === null ? sourcesOfLines(path, queries) : [{ select: selectOfTable(path), queries: new Set(queries) }];
      const opened = new Map<Source, Promise<Opened>>();
      try {
        for (const query of queries) {
          const source = sources.find((one) => one.queries.has(query));
          if (source === undefined) yield { why: whyUnread(query.fields)! };
          else {
            // Lines are parsed once where several queries read them.
            if (!opened.has(source)) opened.set(source, openSource(database, source, opened.size, kinds === null && source.queries.size > 1));
            yield await opened
              .get(source)!
              .then((ready) => answerOf(database, query, ready))
              .catch(whyOf);
          }
        }
      } finally {
        await database.close();
      }
    },
  };
}

/** A table as some of the queries read it. */
interface Source {
  readonly select: string;
  readonly queries: ReadonlySet<OverQuery>;
}

/** The same in the database: how many rows, and in which of them which fields hold several values at once. */
interface Opened {
  readonly schema: string;
  readonly events: number;
  readonly several: readonly (readonly [number: number, fields: readonly string[]])[];
}

async function openSource(database: Database, { select }: Source, at: number, isKept: boolean): Promise<Opened> {
  const schema = `source${at}`;
  await database.rows(`CREATE SCHEMA ${schema}`);
  await database.rows(`CREATE ${isKept ? 'TABLE' : 'VIEW'} ${schema}.events AS ${select}`);
  const [[events, several] = []] = await database.rows(
    `SELECT count(*), list(list_prepend(CAST(${NUMBER} AS VARCHAR), ${SEVERAL})) FILTER (WHERE len(${SEVERAL}) > 0) FROM ${schema}.events`,
  );
  return {
    schema,
    events: Number(events),
    several: ((several ?? []) as readonly (readonly string[])[]).map(([number, ...fields]) => [Number(number), fields]),
  };
}

async function answerOf(database: Database, { text, fields }: OverQuery, { schema, events, several }: Opened): Promise<OverAnswer> {
  await database.rows(`USE memory.${schema}`);
  const undecided = new Set(several.filter(([, own]) => own.some((name) => fields.has(name))).map(([number]) => number));
  const matches = (await database.rows(`SELECT ${NUMBER} FROM (${text})`)).map(([number]) => Number(number)).filter((number) => !undecided.has(number));
  return { events, matches: matches.sort((a, b) => a - b), undecided: [...undecided] };
}

const whyOf = (error: unknown): OverAnswer => ({ why: `DuckDB: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}` });

const selectOfTable = (path: string): string =>
  `SELECT * EXCLUDE (file_row_number), file_row_number AS ${NUMBER}, CAST([] AS VARCHAR[]) AS ${SEVERAL} FROM read_parquet(${sqlText(path, duckdb)}, file_row_number = true)`;

/** The fields that queries ask for, as columns of texts; in several tables where some differ by letters' case alone. */
function sourcesOfLines(path: string, queries: readonly OverQuery[]): readonly Source[] {
  const groups: { readonly names: Map<string, string>; readonly fields: Set<string>; readonly queries: Set<OverQuery> }[] = [];
  for (const query of queries) {
    if (whyUnread(query.fields) !== null) continue;
    const names = [...query.fields].flatMap((field) => [field, ...headsOf(field)]);
    const fits = ({ names: taken }: { readonly names: ReadonlyMap<string, string> }): boolean =>
      names.every((name) => (taken.get(name.toLowerCase()) ?? name) === name);
    let group = groups.find(fits);
    if (group === undefined) groups.push((group = { names: new Map(), fields: new Set(), queries: new Set() }));
    for (const name of names) group.names.set(name.toLowerCase(), name);
    for (const field of query.fields) group.fields.add(field);
    group.queries.add(query);
  }
  return groups.map((group) => ({ select: selectOfLines(path, [...group.fields]), queries: group.queries }));
}

function selectOfLines(path: string, fields: readonly string[]): string {
  const heads = [...new Set(fields.flatMap(headsOf))].map((head) => `${sqlText(head, duckdb)}: 'JSON'`);
  const values = fields.map((field) => `${valueOf(field)} AS ${sqlName(field, duckdb)}`);
  const several = fields.map((field) => `CASE WHEN ${isSeveralOf(field)} THEN ${sqlText(field, duckdb)} END`);
  return [
    `SELECT ${[...values, `row_number() OVER () - 1 AS ${NUMBER}`, `list_distinct([${several.join(', ')}]) AS ${SEVERAL}`].join(', ')}`,
    `FROM read_ndjson(${sqlText(path, duckdb)}, columns = {${heads.length === 0 ? "'': 'JSON'" : heads.join(', ')}})`,
  ].join(' ');
}

/** Why the fields of one query cannot be read together; null: they can. */
function whyUnread(fields: ReadonlySet<string>): string | null {
  const long = [...fields].find((field) => field.split('.').length > MOST_PARTS);
  if (long !== undefined) return `\`${long}\` has more than ${MOST_PARTS} parts, which is not looked for in objects`;
  const alike = alikeIn(new Set([...fields].flatMap((field) => [field, ...headsOf(field)])));
  return alike === null ? null : `DuckDB does not tell ${alike} apart`;
}

/** Two names that differ by letters' case alone, in words; null: there are none. */
function alikeIn(names: Iterable<string>): string | null {
  const seen = new Map<string, string>();
  for (const name of names) {
    const other = seen.get(name.toLowerCase());
    if (other !== undefined && other !== name) return `\`${other}\` and \`${name}\``;
    seen.set(name.toLowerCase(), name);
  }
  return null;
}

const HEAD = 1 << 16;

/** A usage error where a file does not begin as lines of JSON objects do: DuckDB would give rows without a value. */
async function checkLines(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    const head = buffer.subarray(0, bytesRead);
    const text = head[0] === 0x1f && head[1] === 0x8b ? gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }) : head;
    if (!/^\s*\{/.test(text.toString('utf8'))) throw usageError(`${path} is neither Parquet nor NDJSON.`);
  } finally {
    await file.close();
  }
}
