import { typeNamed } from '../../languages/kusto/lower/type';
import type { Operand } from '../../model';
import { refused, type Row } from '../dialect';
import type { Column, Table } from '../engine';
import { liesIn, networkOf } from '../network';
import { groupsOf, readyMeasures } from '../pipeline-aggregate';
import { keyOf, type Plugin } from '../pipeline-dialect';
import { typeIn, withColumns } from '../pipeline-rows';
import { draftOf, type Draft } from '../running';
import type { Value } from '../value';
import { kustoText } from './kusto-values';
import { activityCounts, rollingPercentile } from './kusto-windows';

type Argument = Parameters<Plugin>[0]['args'][number];

const columnNamed = (operand: Operand | undefined): string => {
  if (operand?.kind !== 'field') throw refused('a plugin of what is no column');
  return operand.name;
};

/** Aggregations that give something of no rows. */
const OF_NONE: ReadonlySet<string> = new Set(['count', 'sum', 'dcount', 'min', 'max']);

/** Each value of a column as a column of its own, with what an aggregation gives of its rows; the other columns, or those named, are the groups. */
const pivot: Plugin = ({ args, makes }, table, running) => {
  const [first, second, ...rest] = args.map(({ value }) => value);
  const pivoted = columnNamed(first);
  const measure: Operand = second ?? { kind: 'call', span: { start: 0, end: 0 }, fn: 'count', name: { start: 0, end: 0 }, args: [], written: 'count()' };
  if (measure.kind !== 'call') throw refused('`pivot` without an aggregation');
  const summed = measure.args.flatMap((arg) => (arg.kind === 'field' ? [arg.name] : []));
  const names = rest.length > 0 ? rest.map(columnNamed) : table.columns.map(({ name }) => name).filter((name) => name !== pivoted && !summed.includes(name));
  const by = names.map((name) => ({ name, type: typeIn(table, name), evaluate: (row: Row) => row[name] ?? null }));
  const [ready] = readyMeasures({ name: '', span: measure.span, fn: measure.fn, args: measure.args }, { by: [] }, table, running);
  const made = new Map<string, Column>();
  for (const row of table.rows) {
    const name = kustoText(row[pivoted] ?? null);
    if (name === '' || names.includes(name)) throw refused('a column without a name of its own');
    made.set(name, { name, type: ready!.type });
  }
  const groups = by.length === 0 ? [{ values: [], rows: table.rows }] : groupsOf(by, table.rows, running);
  const rows = groups.map((group) => {
    const draft = Object.create(null) as Draft;
    names.forEach((name, at) => (draft[name] = group.values[at]!));
    for (const name of made.keys()) {
      const own = group.rows.filter((row) => kustoText(row[pivoted] ?? null) === name);
      if (own.length === 0 && !OF_NONE.has(measure.fn)) throw refused(`\`${measure.fn}\` of no rows`);
      draft[name] = ready!.measure(own);
    }
    return draft;
  });
  const columns = [...by.map(({ name, type }) => ({ name, type })), ...made.values()];
  if (makes === undefined) return { columns, rows };
  if (makes.some(({ name }) => !columns.some((column) => column.name === name))) throw refused('columns of `pivot` that the rows do not have');
  return { columns: makes, rows };
};

/** Every cell as a row: the row's number, the column, the value as text. */
const narrow: Plugin = (_, table) => ({
  columns: [
    { name: 'Row', type: 'long' },
    { name: 'Column', type: 'string' },
    { name: 'Value', type: 'string' },
  ],
  rows: table.rows.flatMap((row, at) =>
    table.columns.map(({ name }) => {
      const value = row[name] ?? null;
      if (value === null) throw refused('`narrow` of a null');
      return { Row: BigInt(at), Column: name, Value: kustoText(value) };
    }),
  ),
});

/** The rows that meet a condition, with so many before and after each. */
const rowsNear: Plugin = ({ args: [condition, before, after = before] }, table, running) => {
  if (condition === undefined || before === undefined) throw refused('`rows_near` without its arguments');
  const meets = running.evaluate(condition.value);
  const [back, on] = [before, after].map((count) => Number(running.evaluate(count!.value)({})));
  const met = table.rows.flatMap((row, at) => (meets(row) === true ? [at] : []));
  let next = 0;
  // Both lists rise: each row is held against the first that it may still be near to.
  const rows = table.rows.filter((_, at) => {
    while (next < met.length && met[next]! + on! < at) next++;
    return next < met.length && met[next]! - back! <= at;
  });
  return { columns: table.columns, rows };
};

/** Rows beside those of another table whose network their address lies in. */
const lookup =
  (isV4: boolean): Plugin =>
  ({ args, branch }, table, running) => {
    if (branch === undefined) throw refused('a lookup without a table');
    const other = running.branch(branch);
    const isFlag = ({ name, value }: Argument): boolean => name === 'return_unmatched' || (value.kind === 'literal' && value.type === 'boolean');
    const flag = args.find(isFlag);
    const keepsAll = flag !== undefined && running.evaluate(flag.value)({}) === true;
    const [address, network, ...extra] = args.filter((arg) => !isFlag(arg)).map(({ value }) => columnNamed(value));
    if (address === undefined || network === undefined) throw refused('a lookup without a key');
    const networks = other.rows.map((row) => ({ row, net: networkOf(kustoText(row[network] ?? null)) }));
    const added = other.columns.filter(({ name }) => !extra.includes(name));
    const taken = new Set(table.columns.map(({ name }) => name));
    if (added.some(({ name }) => taken.has(name))) throw refused('a lookup whose tables share a column');
    const rows = table.rows.flatMap((row): readonly Draft[] => {
      const own = networkOf(kustoText(row[address] ?? null));
      const found =
        own === null || (isV4 && !own.isV4)
          ? []
          : networks.filter(
              ({ row: there, net }) =>
                net !== null && own.prefix >= net.prefix && liesIn(own, net) && extra.every((name) => keyOf(row[name]) === keyOf(there[name])),
            );
      const beside = (value: (column: Column) => Value): Draft =>
        Object.assign(draftOf(row), Object.fromEntries(added.map((column) => [column.name, value(column)])));
      if (found.length === 0) return keepsAll ? [beside(({ type }) => running.dialect.lacking(type))] : [];
      return found.map(({ row: there }) => beside(({ name }) => there[name] ?? null));
    });
    return { columns: withColumns(table.columns, added), rows };
  };

/** The plugins of Kusto that say the same of the same rows. */
export const KUSTO_PLUGINS: ReadonlyMap<string, Plugin> = new Map<string, Plugin>([
  ['pivot', pivot],
  ['narrow', narrow],
  ['rows_near', rowsNear],
  ['rolling_percentile', rollingPercentile],
  ['activity_counts_metrics', activityCounts],
  ['ipv4_lookup', lookup(true)],
  ['ipv6_lookup', lookup(false)],
]);

/** How .NET calls the types, as `getschema` shows them. */
const DATA_TYPES: Readonly<Record<string, string>> = {
  string: 'System.String',
  long: 'System.Int64',
  int: 'System.Int32',
  real: 'System.Double',
  bool: 'System.SByte',
  datetime: 'System.DateTime',
  timespan: 'System.TimeSpan',
  dynamic: 'System.Object',
  guid: 'System.Guid',
  decimal: 'System.Data.SqlTypes.SqlDecimal',
};

/** The columns' names and types as rows. */
export function kustoSchema(columns: readonly Column[]): Table {
  return {
    columns: [
      { name: 'ColumnName', type: 'string' },
      { name: 'ColumnOrdinal', type: 'int' },
      { name: 'DataType', type: 'string' },
      { name: 'ColumnType', type: 'string' },
    ],
    rows: columns.map(({ name, type }, at) => {
      const known = typeNamed(type);
      if (!Object.hasOwn(DATA_TYPES, known)) throw refused(`the type of the column \`${name}\``);
      return { ColumnName: name, ColumnOrdinal: BigInt(at), DataType: DATA_TYPES[known]!, ColumnType: known };
    }),
  };
}
