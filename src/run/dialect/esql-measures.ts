import { numbersIn, sumOf, varianceOf } from '../arithmetic';
import { refused } from '../dialect';
import type { RunMeasure } from '../pipeline-dialect';
import { isList, isNumber, textOf, type Value } from '../value';
import { sortedOrder } from './esql-values';

/** All values of the first argument, several of one row one by one. */
const valuesOf = (rows: readonly (readonly Value[])[]): readonly Value[] =>
  rows.flatMap(([value = null]) => (isList(value) ? value : value === null ? [] : [value]));

const over = (call: (values: readonly Value[], rows: readonly (readonly Value[])[]) => Value): RunMeasure => ({
  call: (rows) => call(valuesOf(rows), rows),
});

const extreme = (sign: 1 | -1): RunMeasure =>
  over((values) => (values.length === 0 ? null : values.reduce((best, value) => (sortedOrder(value, best) * sign > 0 ? value : best))));

/** The value at a share of the way through sorted numbers, between two by their distance; `isWhole`: cut off. Null for a share below 0 or over 100. */
export function percentileAt(numbers: readonly number[], percent: number, isWhole = false): number | null {
  if (numbers.length === 0 || percent < 0 || percent > 100) return null;
  const sorted = numbers.toSorted((a, b) => a - b);
  const rank = (percent / 100) * (sorted.length - 1);
  const low = Math.floor(rank);
  const beyond = (rank - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
  return sorted[low]! + (isWhole ? Math.trunc(beyond) : beyond);
}

const plain = (values: readonly Value[]): readonly number[] => numbersIn(values).map(Number);

/** Functions over rows of ES|QL. */
export const ESQL_MEASURES: ReadonlyMap<string, RunMeasure> = new Map<string, RunMeasure>([
  ['count', { call: (rows) => BigInt(rows.length > 0 && rows[0]!.length > 0 ? valuesOf(rows).length : rows.length) }],
  ['count_distinct', over((values) => BigInt(new Set(values.map((value) => `${typeof value} ${textOf(value)}`)).size))],
  ['sum', over((values) => (values.length === 0 ? null : sumOf(numbersIn(values))))],
  ['avg', over((values) => (values.length === 0 ? null : Number(sumOf(plain(values))) / values.length))],
  ['max', extreme(1)],
  ['min', extreme(-1)],
  ['values', over((values) => several([...new Map(values.map((value) => [textOf(value), value])).values()]))],
  ['median', over((values) => percentileAt(plain(values), 50))],
  ['percentile', over((values, rows) => (isNumber(rows[0]?.[1]) ? percentileAt(plain(values), Number(rows[0]![1])) : null))],
  [
    'median_absolute_deviation',
    over((values) => {
      const middle = percentileAt(plain(values), 50);
      return middle === null
        ? null
        : percentileAt(
            plain(values).map((value) => Math.abs(value - middle)),
            50,
          );
    }),
  ],
  ['std_dev', over((values) => (values.length === 0 ? null : Math.sqrt(varianceOf(numbersIn(values), false))))],
  ['variance', over((values) => (values.length === 0 ? null : varianceOf(numbersIn(values), false)))],
  [
    'weighted_avg',
    {
      call(rows) {
        let [sum, weights] = [0, 0];
        for (const [value, weight] of rows) {
          if (!isNumber(value) || !isNumber(weight)) continue;
          sum += Number(value) * Number(weight);
          weights += Number(weight);
        }
        return weights === 0 ? null : sum / weights;
      },
    },
  ],
  [
    'top',
    {
      call(rows) {
        const [, count, direction = 'asc', output] = rows[0] ?? [];
        if (rows.length === 0) return null;
        if (output !== undefined) throw refused('`top` that gives the values of another field');
        if (!isNumber(count) || typeof direction !== 'string') throw refused('`top` without a number and an order');
        const sorted = valuesOf(rows).toSorted(sortedOrder);
        if (direction.toLowerCase() === 'desc') sorted.reverse();
        return several(sorted.slice(0, Number(count)));
      },
    },
  ],
]);

export const several = (values: readonly Value[]): Value => (values.length === 0 ? null : values.length === 1 ? values[0]! : values);
