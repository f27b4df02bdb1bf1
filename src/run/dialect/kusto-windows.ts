import type { Operand } from '../../model';
import { refused, type Row } from '../dialect';
import { groupsOf, type Key } from '../pipeline-aggregate';
import { keyOf } from '../pipeline-dialect';
import type { Plugin, Running } from '../pipeline-dialect';
import type { Draft } from '../running';
import { isNumber, type Value } from '../value';
import { add, binOf, subtract } from './kusto-arithmetic';
import { percentile } from './kusto-measures';
import { kustoOrder } from './kusto-values';

const keyNamed = (operand: Operand | undefined, running: Running): Key => {
  if (operand?.kind !== 'field') throw refused('a plugin of what is no column');
  return { name: operand.name, type: running.columnType(operand), evaluate: running.evaluate(operand) };
};

const constant = (operand: Operand | undefined, running: Running): Value => {
  if (operand === undefined) throw refused('a plugin without its arguments');
  return running.evaluate(operand)({});
};

/** Rows by the step of an axis that they lie in, in order. */
function stepsOf(rows: readonly Row[], axis: Key, size: Value, origin?: Value): readonly (readonly [step: Value, rows: readonly Row[]])[] {
  const steps = new Map<string, readonly [Value, Row[]]>();
  for (const row of rows) {
    const step = binOf(axis.evaluate(row), size, origin);
    if (step === null) throw refused('a row that lies in no step of an axis');
    const found = steps.get(keyOf(step));
    if (found === undefined) steps.set(keyOf(step), [step, [row]]);
    else found[1].push(row);
  }
  return [...steps.values()].toSorted(([a], [b]) => kustoOrder(a, b) ?? 0);
}

/** A percentile of the values of each step and of those before it, as many steps as a window has. */
export const rollingPercentile: Plugin = ({ args }, table, running) => {
  const [of, rank, index, size, count, ...rest] = args.map(({ value }) => value);
  const [value, axis, by] = [keyNamed(of, running), keyNamed(index, running), rest.map((one) => keyNamed(one, running))];
  const [percent, step, steps] = [constant(rank, running), constant(size, running), constant(count, running)];
  if (!isNumber(percent) || !isNumber(steps) || Number(steps) < 1) throw refused('a window that is no number');
  const name = `rolling_${steps}_percentile_${value.name}_${percent}`;
  const groups = by.length === 0 ? [{ values: [], rows: table.rows }] : groupsOf(by, table.rows, running);
  const rows = groups.flatMap((group) => {
    const own = stepsOf(group.rows, axis, step);
    return own.map(([start], at) => {
      let first = start;
      for (let back = 1; back < Number(steps) && back <= at; back++) first = subtract(first, step);
      const inside = own.slice(Math.max(0, at - Number(steps) + 1), at + 1).filter(([one]) => (kustoOrder(one, first) ?? -1) >= 0);
      const draft: Draft = Object.assign(Object.create(null) as Draft, { [axis.name]: start });
      by.forEach((key, place) => (draft[key.name] = group.values[place]!));
      draft[name] = percentile(
        inside.flatMap(([, of]) => of.map(value.evaluate)).filter((one) => one !== null),
        Number(percent),
      );
      return draft;
    });
  });
  return { columns: [axis, ...by, { name, type: value.type }].map(({ name: column, type }) => ({ name: column, type })), rows };
};

/** Of each step how many rows it has, how many values, how many of them are new, and how many there were so far. */
export const activityCounts: Plugin = ({ args }, table, running) => {
  const [of, index, from, to, size, dimension] = args.map(({ value }) => value);
  if (dimension !== undefined) throw refused('`activity_counts_metrics` by a dimension');
  const [id, axis] = [keyNamed(of, running), keyNamed(index, running)];
  const [start, end, step] = [constant(from, running), constant(to, running), constant(size, running)];
  const inside = table.rows.filter((row) => (kustoOrder(axis.evaluate(row), start) ?? -1) >= 0);
  if (inside.some((row) => (kustoOrder(axis.evaluate(row), end) ?? 1) > 0)) throw refused('rows after the end of the analysis');
  if (kustoOrder(add(start, step), start) !== 1) throw refused('an axis that does not move');
  const seen = new Set<string>();
  const rows = stepsOf(inside, axis, step, start).map(([at, own]) => {
    const ids = new Set(own.map((row) => keyOf(id.evaluate(row))));
    const fresh = [...ids].filter((one) => !seen.has(one));
    for (const one of fresh) seen.add(one);
    const counts = { count: own.length, dcount: ids.size, new_dcount: fresh.length, aggregated_dcount: seen.size };
    return Object.assign(
      Object.create(null) as Draft,
      { [axis.name]: at },
      Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, BigInt(count)])),
    );
  });
  const counted = ['count', 'dcount', 'new_dcount', 'aggregated_dcount'].map((name) => ({ name, type: 'long' }));
  return { columns: [{ name: axis.name, type: axis.type }, ...counted], rows };
};
