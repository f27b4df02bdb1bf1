import type { Row } from './dialect';
import type { Column, Given, Table } from './engine';
import type { PipelineDialect, Running } from './pipeline-dialect';
import { draftOf, EVENT, type Draft } from './running';
import type { Value } from './value';

interface EventRows {
  readonly dialect: PipelineDialect;
  readonly types: Given['types'];
  readonly table: Table;
}
const eventRows = new WeakMap<Given['events'], EventRows>();

/** The events as rows, their columns in the order they are met. No step changes a row: a query that is written anew over the same events reads the same ones. */
export function eventsTable({ given: { events, types }, dialect }: Running): Table {
  let rows = eventRows.get(events);
  const isSame = rows?.dialect === dialect && (rows.types === types || (rows.types.size === 0 && types.size === 0));
  if (rows === undefined || !isSame) eventRows.set(events, (rows = { dialect, types, table: tableOf(events, types, dialect) }));
  return rows.table;
}

/** The events that a query reads under these names: those that say they are of another table are none of them, which is told. */
export function eventsRead(names: readonly string[], running: Running): Table {
  const table = eventsTable(running);
  const elsewhere = running.dialect.elsewhere?.(names);
  if (elsewhere === undefined) return table;
  const others = new Set<string>();
  const rows = table.rows.filter((row) => {
    const other = elsewhere(row);
    if (other !== null) others.add(other);
    return other === null;
  });
  if (others.size === 0) return table;
  const listed = (of: readonly string[]): string => of.map((name) => `\`${name}\``).join(', ');
  running.readings.add(`events that say they are of ${listed([...others].sort())} are not read as those of ${listed(names)}`);
  // Columns that only those of other tables have are none of this one.
  const own = new Set(columnsOf(rows).map(({ name }) => name));
  return { columns: table.columns.filter(({ name }) => own.has(name)), rows };
}

function tableOf(events: Given['events'], types: Given['types'], dialect: PipelineDialect): Table {
  const typeOf = (name: string): string => types.get(name) ?? dialect.eventType?.(name) ?? '';
  const rows = events.map((event, index) => {
    const row = Object.create(null) as Draft;
    for (const [name, value] of Object.entries(event)) row[name] = dialect.typed(value as Value, typeOf(name));
    dialect.complete?.(row);
    row[EVENT] = index;
    return row;
  });
  return { columns: columnsOf(rows).map(({ name }) => ({ name, type: typeOf(name) })), rows };
}

function columnsOf(rows: readonly Row[]): readonly Column[] {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  return [...names].map((name) => ({ name, type: '' }));
}

/** A given table with its cells as the types of its columns make them. */
export const typedTable = (table: Table, { dialect }: Running): Table => ({
  columns: table.columns,
  rows: table.rows.map((row) => {
    const draft = draftOf(row);
    for (const { name, type } of table.columns) draft[name] = dialect.typed(draft[name] ?? null, type);
    return draft;
  }),
});
