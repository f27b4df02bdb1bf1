import type { Measure, Operation } from '../model';
import { refused, type Evaluate, type Row } from './dialect';
import type { Column, Table } from './engine';
import { draftOf, keepEvent, type Draft, type Running } from './running';
import { keyOf } from './pipeline-dialect';
import { TRUE } from './truth';
import type { Value } from './value';

type Step = Extract<Operation, { kind: 'aggregate' }>;

/** A measure made ready: one column of the result. */
interface ReadyMeasure {
  readonly name: string;
  readonly measure: (rows: readonly Row[]) => Value;
}

/** Rows summed up by groups: one row a group, or beside the rows they come from. */
export function aggregate(operation: Step, table: Table, running: Running): Table {
  const by = operation.by.map(({ name, value }) => ({ name, evaluate: running.evaluate(value) }));
  const measures = operation.measures.flatMap((measure) => readyMeasures(measure, operation, table, running));
  switch (operation.how) {
    case 'group':
      noOptions(operation);
      return grouped(by, measures, table, running);
    case 'beside':
      noOptions(operation);
      return beside(by, measures, table, running);
    case 'running':
      return runningOver(operation, by, measures, table);
    default:
      return operation.how satisfies never;
  }
}

/** Options that do not change which rows come. */
const IDLE: ReadonlySet<string> = new Set(['hint.strategy', 'hint.shufflekey', 'hint.num_partitions', 'partitions', 'allnum', 'delim', 'dedup_splitvals']);

function noOptions({ options = [] }: Step): void {
  for (const { name } of options) if (!IDLE.has(name.toLowerCase())) throw refused(`the option \`${name}\``);
}

function readyMeasures(measure: Measure, operation: Step, table: Table, running: Running): readonly ReadyMeasure[] {
  const known = running.dialect.measures.get(measure.fn);
  if (known === undefined) throw refused(`the function \`${measure.fn}\` over rows`);
  const several = known.columns?.(
    measure.args,
    table.columns.map(({ name }) => name),
    operation.by.map(({ name }) => name),
  );
  if (several !== undefined && several !== null) return several.map(({ name, args, call }) => ({ name, measure: measured({ ...measure, args }, call, running) }));
  if (measure.args.length < known.least || measure.args.length > known.most) throw refused(`\`${measure.fn}\` with ${measure.args.length} arguments`);
  return [{ name: measure.name, measure: measured(measure, known.call, running) }];
}

function measured({ args, where }: Measure, call: (rows: readonly (readonly Value[])[], scope: Running['reading']['scope']) => Value, running: Running): (rows: readonly Row[]) => Value {
  const of = args.map((arg) => running.evaluate(arg));
  const condition = where === undefined ? null : running.condition(where);
  return (rows) =>
    call(
      (condition === null ? rows : rows.filter((row) => condition(row) === TRUE)).map((row) => of.map((evaluate) => evaluate(row))),
      running.reading.scope,
    );
}

type Key = { readonly name: string; readonly evaluate: Evaluate };

interface Group {
  readonly values: readonly Value[];
  readonly rows: Row[];
}

/** Groups in the order they are met; a row with several values of a key lies in several. */
function groupsOf(by: readonly Key[], rows: readonly Row[], running: Running): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    let keys: (readonly Value[])[] = [[]];
    for (const { evaluate } of by) {
      const values = running.dialect.groups(evaluate(row));
      keys = keys.flatMap((head) => values.map((value) => [...head, value]));
    }
    for (const values of keys) {
      const key = values.map(keyOf).join('\u0000');
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { values, rows: [row] });
      else group.rows.push(row);
    }
  }
  return [...groups.values()];
}

function grouped(by: readonly Key[], measures: readonly ReadyMeasure[], table: Table, running: Running): Table {
  const groups = by.length === 0 ? [{ values: [], rows: [...table.rows] }] : groupsOf(by, table.rows, running);
  const rows = groups.map((group) => {
    const draft = Object.create(null) as Draft;
    by.forEach(({ name }, at) => (draft[name] = group.values[at]!));
    for (const { name, measure } of measures) draft[name] = measure(group.rows);
    return draft;
  });
  const typeOf = (name: string): string => table.columns.find((column) => column.name === name)?.type ?? '';
  return { columns: distinctColumns([...by.map(({ name }) => ({ name, type: typeOf(name) })), ...measures.map(({ name }) => ({ name, type: '' }))]), rows };
}

const distinctColumns = (columns: readonly Column[]): readonly Column[] => [...new Map(columns.map((column) => [column.name, column])).values()];

const withColumns = (table: Table, measures: readonly ReadyMeasure[]): readonly Column[] =>
  distinctColumns([...table.columns, ...measures.map(({ name }) => ({ name, type: '' }))]);

function beside(by: readonly Key[], measures: readonly ReadyMeasure[], table: Table, running: Running): Table {
  const found = new Map<Row, readonly (readonly [string, Value])[]>();
  for (const { rows } of by.length === 0 ? [{ rows: table.rows }] : groupsOf(by, table.rows, running)) {
    const values = measures.map(({ name, measure }) => [name, measure(rows)] as const);
    for (const row of rows) found.set(row, values);
  }
  const rows = table.rows.map((row) => {
    const draft = draftOf(row);
    keepEvent(draft, row);
    for (const [name, value] of found.get(row) ?? []) draft[name] = value;
    return draft;
  });
  return { columns: withColumns(table, measures), rows };
}

const RUNNING: ReadonlySet<string> = new Set(['window', 'current', 'global', 'reset_on_change', 'allnum']);

/** Each row gets the measures of the rows up to it: all of its group, or the last `window` of them, with or without itself. */
function runningOver(operation: Step, by: readonly Key[], measures: readonly ReadyMeasure[], table: Table): Table {
  const options = new Map((operation.options ?? []).map(({ name, value }) => [name.toLowerCase(), value.toLowerCase()]));
  for (const name of options.keys()) if (!RUNNING.has(name)) throw refused(`the option \`${name}\``);
  const isOn = (name: string, otherwise: boolean): boolean => (options.has(name) ? /^(?:t|true|1|yes)$/.test(options.get(name)!) : otherwise);
  const window = Number(options.get('window') ?? 0);
  const current = isOn('current', true);
  // Several groups share one window unless told otherwise; which rows then fall out depends on rows of other groups.
  const shared = window > 0 && by.length > 0 && isOn('global', true);
  if (isOn('reset_on_change', false)) throw refused('the option `reset_on_change`');
  const seen = new Map<string, Row[]>();
  const all: { key: string; row: Row }[] = [];
  const rows = table.rows.map((row) => {
    const values = by.map(({ evaluate }) => evaluate(row));
    const draft = draftOf(row);
    if (values.includes(null)) return draft;
    const key = values.map(keyOf).join('\u0000');
    let own = seen.get(key);
    if (own === undefined) seen.set(key, (own = []));
    own.push(row);
    all.push({ key, row });
    const source = shared ? all.slice(-window - (current ? 0 : 1)).filter((one) => one.key === key).map((one) => one.row) : own;
    const upTo = current ? source : source.slice(0, -1);
    const inside = window > 0 && !shared ? upTo.slice(-window) : upTo;
    for (const { name, measure } of measures) {
      const value = measure(inside);
      if (value !== null) draft[name] = value;
      else delete draft[name];
    }
    return draft;
  });
  return { columns: withColumns(table, measures), rows };
}
