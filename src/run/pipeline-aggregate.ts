import type { Measure, Operand, Operation, Predicate } from '../model';
import { refused, refuseCount, type Evaluate, type Row } from './dialect';
import type { Table } from './engine';
import { draftOf, keepEvent, type Draft } from './running';
import { keyOf, type RunMeasure, type Running } from './pipeline-dialect';
import { withColumns } from './pipeline-rows';
import { TRUE } from './truth';
import type { Value } from './value';

type Step = Extract<Operation, { kind: 'aggregate' }>;

/** A measure made ready: one column of the result. */
interface ReadyMeasure {
  readonly name: string;
  readonly type: string;
  readonly measure: (rows: readonly Row[]) => Value;
  /** Of a share: which rows are counted together. */
  readonly share?: (row: Row) => string;
}

/** Rows summed up by groups: one row a group, or beside the rows they come from. */
export function aggregate(operation: Step, table: Table, running: Running): Table {
  const by = operation.by.map(({ name, value }) => ({ name, type: running.columnType(value), evaluate: running.evaluate(value) }));
  const measures = distinctNames(
    operation.by.map(({ name }) => name),
    operation.measures.flatMap((measure) => readyMeasures(measure, operation, table, running)),
    running,
  );
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

/** Columns that would have one name, told apart as the language does with the sides of a join. */
export function distinctNames<Named extends { readonly name: string }>(
  by: readonly string[],
  measures: readonly Named[],
  { dialect }: Running,
): readonly Named[] {
  const taken = new Set(by);
  return measures.map((measure) => {
    const name = taken.has(measure.name) ? (dialect.twin(measure.name, (one) => taken.has(one)) ?? measure.name) : measure.name;
    taken.add(name);
    return name === measure.name ? measure : { ...measure, name };
  });
}

/** Options that do not change which rows come. */
const IDLE: ReadonlySet<string> = new Set([
  'hint.strategy',
  'hint.shufflekey',
  'hint.num_partitions',
  'partitions',
  'allnum',
  'delim',
  'dedup_splitvals',
  'limit',
  'countfield',
  'percentfield',
  'useother',
  'usenull',
  'cont',
  'partial',
  'summariesonly',
  'allow_old_summaries',
  'include_reduced_buckets',
  'chunk_size',
  'local',
]);

/** Refuses what is not known to change nothing. */
export function noOptions({ options = [] }: Pick<Step, 'options'>): void {
  for (const { name } of options) if (!IDLE.has(name.toLowerCase())) throw refused(`the option \`${name}\``);
}

/** The columns of a measure, made ready; `operation` is the step it stands in. */
export function readyMeasures(measure: Measure, operation: Pick<Step, 'by'>, table: Table, running: Running): readonly ReadyMeasure[] {
  const known = running.dialect.measures.get(measure.fn);
  const type = running.columnType(whole(measure));
  if (known === undefined && measure.others !== undefined) throw refused('several names for one calculation');
  const filled = (of: string, value: (rows: readonly Row[]) => Value): ((rows: readonly Row[]) => Value) => {
    const lacking = running.dialect.lacking(of);
    return lacking === null ? value : (rows) => value(rows) ?? lacking;
  };
  if (known === undefined) return [{ name: measure.name, type, measure: filled(type, combined(measure, running)) }];
  refuseCount(measure.fn, known, measure.args.length);
  const several = known.columns?.(
    measure.args,
    table.columns.map(({ name }) => name),
    operation.by.map(({ name }) => name),
    measure.name,
  );
  if (several !== undefined && several !== null) {
    // Columns of one row (`arg_max(x, *)`) ask for the same values: each is worked out once, not once a column.
    const inputs = new Map<readonly Operand[], Inputs>();
    const inputsFor = (args: readonly Operand[]): Inputs => {
      let found = inputs.get(args);
      if (found === undefined) inputs.set(args, (found = inputsOf({ ...measure, args }, running)));
      return found;
    };
    return several.map(({ name, args, call, of }, at) => {
      const kept = of === undefined ? '' : running.columnType(of);
      return {
        name: at === 0 ? (known.columnsNamed === true && measure.others === undefined ? name : measure.name) : (measure.others?.[at - 1]?.name ?? name),
        type: kept,
        measure: filled(kept, measured(inputsFor(args), call, running)),
      };
    });
  }
  if (measure.others !== undefined) throw refused(`several names for \`${measure.fn}\``);
  if (known.share === true) {
    const keys = measure.args.map((arg) => running.evaluate(arg));
    return [{ name: measure.name, type: '', measure: () => null, share: (row) => keys.map((evaluate) => keyOf(evaluate(row))).join('\u0000') }];
  }
  return [{ name: measure.name, type, measure: filled(type, measured(inputsOf(withAlso(measure, known), running), known.call, running)) }];
}

/** A measure with the field it sees besides. */
const withAlso = (measure: Measure, { also }: RunMeasure): Measure =>
  also === undefined ? measure : { ...measure, args: [...measure.args, { kind: 'field', name: also, span: measure.span }] };

/** What a measure is given. */
interface Inputs {
  readonly types: readonly string[];
  /** The values of its arguments for each row that it counts. */
  readonly values: (rows: readonly Row[]) => readonly (readonly Value[])[];
}

function inputsOf({ args, where }: Measure, running: Running): Inputs {
  const of = args.map((arg) => running.evaluate(arg));
  const condition = where === undefined ? null : running.condition(where);
  let last: { readonly rows: readonly Row[]; readonly count: number; readonly values: readonly (readonly Value[])[] } | null = null;
  return {
    types: args.map((arg) => running.columnType(arg)),
    values(rows) {
      // Rows that are gathered one by one are the same list, longer.
      if (last?.rows !== rows || last.count !== rows.length) {
        const counted = condition === null ? rows : rows.filter((row) => condition(row) === TRUE);
        last = { rows, count: rows.length, values: counted.map((row) => of.map((evaluate) => evaluate(row))) };
      }
      return last.values;
    },
  };
}

const measured =
  ({ values, types }: Inputs, call: RunMeasure['call'], running: Running): ((rows: readonly Row[]) => Value) =>
  (rows) =>
    call(values(rows), running.reading.scope, types);

/** A measure as the expression it is. */
function whole({ fn, args, span, name }: Measure): Operand {
  const [only] = args;
  return fn === 'expression' && only !== undefined ? only : { kind: 'call', span, fn, name: span, args, written: name };
}

/** An expression over measures, such as `max(a) + 1`: what its measures give are values of a row of their own, beside those of the group's first row. */
function combined(measure: Measure, running: Running): (rows: readonly Row[]) => Value {
  const inner: { readonly as: string; readonly measure: (rows: readonly Row[]) => Value }[] = [];
  const within = (predicate: Predicate): Predicate => {
    switch (predicate.kind) {
      case 'all':
      case 'any':
        return { ...predicate, of: predicate.of.map(within) };
      case 'not':
        return { ...predicate, of: within(predicate.of) };
      case 'test':
        return { ...predicate, left: predicate.left === null ? null : replaced(predicate.left), values: predicate.values.map(replaced) };
      case 'unread':
        return predicate;
      default:
        return predicate satisfies never;
    }
  };
  const replaced = (operand: Operand): Operand => {
    if (operand.kind === 'list') return { ...operand, of: operand.of.map(replaced) };
    if (operand.kind === 'condition') return { ...operand, of: within(operand.of) };
    if (operand.kind !== 'call') return operand;
    const known = running.dialect.measures.get(operand.fn);
    if (known === undefined || running.dialect.functions.has(operand.fn)) return { ...operand, args: operand.args.map(replaced) };
    refuseCount(operand.fn, known, operand.args.length);
    const as = `\u0000${inner.length}`;
    const own = operand.args.filter((arg) => !(arg.kind === 'field' && arg.name === '*'));
    inner.push({ as, measure: measured(inputsOf(withAlso({ ...measure, args: own }, known), running), known.call, running) });
    return { kind: 'field', name: as, span: operand.span };
  };
  const outer = replaced(whole(measure));
  if (inner.length === 0) throw refused(measure.fn === 'expression' ? 'an expression that sums up nothing' : `the function \`${measure.fn}\` over rows`);
  const evaluate = running.evaluate(outer);
  return (rows) => {
    const row = rows[0] === undefined ? (Object.create(null) as Draft) : draftOf(rows[0]);
    for (const { as, measure: over } of inner) row[as] = over(rows);
    return evaluate(row);
  };
}

/** A key of groups, made ready. */
export type Key = { readonly name: string; readonly type: string; readonly evaluate: Evaluate };

/** Rows with the same keys. */
interface Group {
  readonly values: readonly Value[];
  readonly rows: Row[];
}

/** Groups in the order they are met; a row with several values of a key lies in several. */
export function groupsOf(by: readonly Key[], rows: readonly Row[], running: Running): Group[] {
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
  const groups: Group[] = by.length === 0 ? [{ values: [], rows: [...table.rows] }] : groupsOf(by, table.rows, running);
  const { dialect } = running;
  if (dialect.sortsGroups === true)
    groups.sort((a, b) => a.values.reduce<number>((order, value, at) => order || dialect.sorted(value, b.values[at]!, undefined), 0));
  const all = groups.flatMap((group) => group.rows);
  const rows = groups.map((group) => {
    const draft = Object.create(null) as Draft;
    by.forEach(({ name }, at) => (draft[name] = group.values[at]!));
    for (const { name, measure, share } of measures)
      draft[name] =
        share === undefined
          ? measure(group.rows)
          : Math.round((1e8 * group.rows.length) / all.filter((row) => share(row) === share(group.rows[0]!)).length) / 1e6;
    return draft;
  });
  return { columns: withColumns([], dialect.keysLast === true ? [...measures, ...by] : [...by, ...measures]), rows };
}

function beside(by: readonly Key[], measures: readonly ReadyMeasure[], table: Table, running: Running): Table {
  const found = new Map<Row, readonly (readonly [string, Value])[]>();
  const known = new Set(table.columns.map(({ name }) => name));
  const made = by.flatMap(({ name, type }, at) => (known.has(name) ? [] : [{ name, type, at }]));
  for (const group of by.length === 0 ? [{ values: [], rows: [...table.rows] }] : groupsOf(by, table.rows, running)) {
    const keys = made.map(({ name, at }) => [name, group.values[at]!] as const);
    const values = [...measures.map(({ name, measure }) => [name, measure(group.rows)] as const), ...keys];
    for (const row of group.rows) found.set(row, values);
  }
  const rows = table.rows.map((row) => {
    const draft = draftOf(row);
    keepEvent(draft, row);
    for (const [name, value] of found.get(row) ?? []) draft[name] = value;
    return draft;
  });
  const moved = running.dialect.keysLast === true ? table.columns.filter(({ name }) => by.some((key) => key.name === name)) : [];
  const kept = table.columns.filter((column) => !moved.includes(column));
  return { columns: withColumns(kept, [...measures, ...moved, ...made]), rows };
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
    const source = shared
      ? all
          .slice(-window - (current ? 0 : 1))
          .filter((one) => one.key === key)
          .map((one) => one.row)
      : own;
    const upTo = current ? source : source.slice(0, -1);
    const inside = window > 0 && !shared ? upTo.slice(-window) : upTo;
    for (const { name, measure } of measures) {
      const value = measure(inside);
      if (value !== null) draft[name] = value;
      else delete draft[name];
    }
    return draft;
  });
  return { columns: withColumns(table.columns, measures), rows };
}
