import type { Operation } from '../model';
import { lowerBound } from '../syntax/binary-search';
import { refused, type Row } from './dialect';
import type { Table } from './engine';
import { distinctNames, type Key, groupsOf, noOptions, readyMeasures } from './pipeline-aggregate';
import type { Draft } from './running';
import type { Running } from './pipeline-dialect';
import type { Value } from './value';

type Step = Extract<Operation, { kind: 'series' }>;

/** Longer axes are refused. */
const LONGEST = 1_000_000;

/** Measures of the rows in each step of an axis, as lists, one row a group. Rows beside the axis count nowhere. */
export function series(operation: Step, table: Table, running: Running): Table {
  const nonempty = operation.options?.some(({ name, value }) => name === 'kind' && value === 'nonempty') === true;
  noOptions({ options: operation.options?.filter(({ name }) => name !== 'kind') ?? [] });
  const { axis } = operation;
  const placeOf = running.evaluate(axis.value);
  const steps = stepsOf(operation, table.rows.map(placeOf), running);
  const { dialect } = running;
  /** The step that a value lies in, by halving; -1: none. */
  const stepAt = (value: Value): number => {
    const { starts, end } = steps;
    if (value === null || starts.length === 0 || (end !== null && (dialect.order(value, end) ?? 0) >= 0)) return -1;
    return lowerBound(0, starts.length, (at) => (dialect.order(value, starts[at]!) ?? -1) < 0) - 1;
  };
  const inside = new Map<Row, number>();
  for (const row of table.rows) {
    const step = stepAt(placeOf(row));
    if (step >= 0) inside.set(row, step);
  }
  const by: readonly Key[] = operation.by.map(({ name, value }) => ({ name, type: running.columnType(value), evaluate: running.evaluate(value) }));
  const made = operation.measures.flatMap((measure, at) => {
    const otherwise = operation.otherwise[at] ?? null;
    const value = otherwise === null ? 0n : running.evaluate(otherwise)({});
    return readyMeasures(measure, operation, table, running).map(({ name, measure: over }) => ({ name, over, otherwise: value }));
  });
  const measures = distinctNames(
    by.map(({ name }) => name),
    made,
    running,
  );
  const rows = [...inside.keys()];
  const groups = by.length > 0 ? groupsOf(by, rows, running) : rows.length > 0 || (nonempty && steps.starts.length > 0) ? [{ values: [], rows }] : [];
  return {
    columns: [...by.map(({ name, type }) => ({ name, type })), ...[...measures, axis].map(({ name }) => ({ name, type: 'dynamic' }))],
    rows: groups.map((group) => {
      const byStep: Row[][] = steps.starts.map(() => []);
      for (const row of group.rows) byStep[inside.get(row)!]!.push(row);
      const draft = Object.create(null) as Draft;
      by.forEach(({ name }, at) => (draft[name] = group.values[at]!));
      for (const { name, over, otherwise } of measures) draft[name] = byStep.map((of) => (of.length === 0 ? otherwise : over(of)));
      draft[axis.name] = steps.starts;
      return draft;
    }),
  };
}

/** Where the steps begin, and where the last one ends; null: wherever its rows do. */
function stepsOf(operation: Step, values: readonly Value[], running: Running): { readonly starts: readonly Value[]; readonly end: Value } {
  const { dialect, reading } = running;
  const valueOf = (operand: Step['step'] | undefined): Value => (operand === undefined ? null : running.evaluate(operand)({}));
  const step = valueOf(operation.step);
  const [add, bin] = [dialect.functions.get('+')?.call, dialect.functions.get('bin')?.call];
  if (step === null || add === undefined || bin === undefined) throw refused('an axis without a step');
  const known = values.filter((value) => value !== null).toSorted((a, b) => dialect.order(a, b) ?? 0);
  const [least, most] = [known[0] ?? null, known.at(-1) ?? null];
  const asked = valueOf(operation.from);
  const first = operation.from === undefined ? least : operation.inclusive === true ? asked : null;
  const from = first === null ? asked : bin([first, step], reading.scope);
  const to = valueOf(operation.to);
  const isBeside = (value: Value): boolean => (dialect.order(value, asked) ?? 0) < 0 || (dialect.order(value, to) ?? 0) > 0;
  if (operation.to !== undefined && to === null) throw refused('an axis without an end');
  const starts: Value[] = [];
  if (from === null) return { starts, end: to };
  if ((dialect.order(add([from, step], reading.scope), from) ?? 0) <= 0) throw refused('an axis that does not move');
  for (let start: Value = from; start !== null; start = add([start, step], reading.scope)) {
    const order = to === null ? (most === null ? 1 : dialect.order(start, most)) : dialect.order(start, to);
    if (order === null || order > 0 || (to !== null && order === 0 && operation.inclusive !== true)) break;
    if (starts.push(start) > LONGEST) throw refused('an axis of more than a million steps');
  }
  if (operation.inclusive !== true) return { starts, end: to };
  const end = starts.length === 0 ? to : add([starts.at(-1)!, step], reading.scope);
  const isOn = (value: Value): boolean => (dialect.order(value, from) ?? -1) >= 0 && (dialect.order(value, end) ?? 0) < 0;
  if (known.some((value) => isOn(value) && isBeside(value))) throw refused('rows beside the ends of an axis that its first or last step holds');
  return { starts, end };
}
