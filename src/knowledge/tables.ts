import type { Domain, Platform } from '../model';
import sources from './kusto-sources.json';
import table from './kusto-tables.json';

/** What a table holds. `event`: the column whose values name events, '' when there is none; `isAlert`: its rows are another product's alerts. */
interface TableSource {
  readonly platforms: readonly Platform[];
  readonly domains: readonly Domain[];
  readonly event: string;
  readonly isAlert: boolean;
}

/** Columns by name, with their Kusto type. */
export type TableColumns = ReadonlyMap<string, string>;

type ByType = Readonly<Record<string, string>>;
const TABLES = table.tables as Readonly<Record<string, ByType>>;
const STANDARD: TableColumns = columnsFrom(table.standard);

function columnsFrom(byType: ByType): Map<string, string> {
  const columns = new Map<string, string>();
  for (const [type, names] of Object.entries(byType)) for (const name of names.split(' ')) columns.set(name, type);
  return columns;
}

interface Pattern {
  readonly text: string;
  readonly isPrefix: boolean;
}
const patternsOf = (list: string): readonly Pattern[] =>
  list.split(' ').map((name) => (name.endsWith('*') ? { text: name.slice(0, -1), isPrefix: true } : { text: name, isPrefix: false }));
const fits = (patterns: readonly Pattern[], name: string): boolean => patterns.some(({ text, isPrefix }) => (isPrefix ? name.startsWith(text) : name === text));

const CLOCKLESS: ReadonlySet<string> = new Set(sources.clockless.tables.split(' '));
const DEFENDER = patternsOf(sources.defender.tables);
const DEFENDER_COLUMNS = sources.defender.columns.split(' ');
const SOURCES = sources.rows.map((row) => ({ patterns: patternsOf(row.tables), source: sourceFrom(row) }));
const CONNECTORS = sources.connectors.platforms as Readonly<Record<string, Platform>>;

function sourceFrom(row: { platforms: string; domains: string; event?: string; alert?: boolean }): TableSource {
  const words = (list: string): readonly string[] => (list === '' ? [] : list.split(' '));
  return { platforms: words(row.platforms) as Platform[], domains: words(row.domains) as Domain[], event: row.event ?? '', isAlert: row.alert === true };
}

const columnsByTable = new Map<string, TableColumns>();

/** The columns of a table, standard ones too; null for a table we have no list of. */
export function columnsOfTable(name: string): TableColumns | null {
  const known = columnsByTable.get(name);
  if (known !== undefined) return known;
  const byType = Object.hasOwn(TABLES, name) ? TABLES[name] : undefined;
  if (byType === undefined) return null;
  const columns = new Map([...columnsFrom(byType)].sort(([a], [b]) => (a < b ? -1 : 1)));
  for (const [column, type] of STANDARD) columns.set(column, type);
  if (fits(DEFENDER, name))
    for (const column of DEFENDER_COLUMNS) if (!columns.has(column)) columns.set(column, column === 'Timestamp' ? 'datetime' : 'string');
  columnsByTable.set(name, columns);
  return columns;
}

/** Whether the rows of a table are known to have a time, so that a query can bound it. */
export const hasClock = (table: string): boolean => !CLOCKLESS.has(table) && columnsOfTable(table)?.has('TimeGenerated') === true;

const TIMES: ReadonlySet<string> = timeColumns();

function timeColumns(): ReadonlySet<string> {
  const [times, others] = [new Set(['Timestamp']), new Set<string>()];
  for (const byType of Object.values(TABLES))
    for (const [type, names] of Object.entries(byType)) for (const name of names.split(' ')) (type === 'datetime' ? times : others).add(name);
  return new Set([...times].filter((name) => name === 'Timestamp' || !others.has(name)));
}

/** Whether a column holds times in every table that has one of the name; `Timestamp`, as Defender's tables have it, too. */
export const isTimeColumn = (name: string): boolean => TIMES.has(name);

/** Every table name we know, in order of name; those without a list of columns too. */
export const TABLE_NAMES: readonly string[] = [...Object.keys(TABLES), ...sources.unlisted.tables.split(' ')].sort();

const USED: ReadonlySet<string> = new Set(sources.used.tables.split(' '));

/** Every table name we know: those that public rules read first, the most read first, then those of which we know what they hold. */
export const TABLES_BY_USE: readonly string[] = [
  ...USED,
  ...TABLE_NAMES.filter((name) => !USED.has(name)).sort((a, b) => Number(sourceOfTable(b) !== null) - Number(sourceOfTable(a) !== null)),
];

const BY_FOLDED: ReadonlyMap<string, string> = new Map(TABLE_NAMES.map((name) => [name.toLowerCase(), name]));

/** The table this name means but for letters' case; names are case-sensitive. Null when there is none. */
export const tableOf = (name: string): string | null => BY_FOLDED.get(name.toLowerCase()) ?? null;

/** What a table holds; null for a table we know nothing of. */
export function sourceOfTable(name: string): TableSource | null {
  return SOURCES.find(({ patterns }) => fits(patterns, name))?.source ?? null;
}

/** The platform a Sentinel data connector stands for; null when it names none. */
export const platformOfConnector = (id: string): Platform | null => (Object.hasOwn(CONNECTORS, id) ? CONNECTORS[id]! : null);

const NOTHING: Pick<TableSource, 'platforms' | 'domains'> = { platforms: [], domains: [] };
const FOLDERS: ReadonlyMap<string, TableSource> = new Map(
  sources.folders.rows.flatMap((row) => row.folders.map((name): [string, TableSource] => [name.toLowerCase(), sourceFrom(row)])),
);

/** What the folders of a hunting repository say of the queries in them, the innermost known one; nothing where none is known. */
export function factsOfFolder(folders: readonly string[]): Pick<TableSource, 'platforms' | 'domains'> {
  const known = folders.findLast((name) => FOLDERS.has(name.toLowerCase())) ?? '';
  return FOLDERS.get(known.toLowerCase()) ?? NOTHING;
}
