import { varianceOf } from '../arithmetic';
import type { Operand } from '../../model';
import { refused } from '../dialect';
import type { RunMeasure } from '../pipeline-dialect';
import { patternOf, starred } from '../pipeline-rows';
import type { Value } from '../value';
import { percentileAt } from './esql-measures';
import { mvOf, splNumber, splOrder, splText, valuesIn } from './spl-values';

type Rows = readonly (readonly Value[])[];

const valuesOf = (rows: Rows): readonly Value[] => rows.flatMap(([value]) => valuesIn(value));
const numbersOf = (rows: Rows): readonly number[] => valuesOf(rows).flatMap((value) => splNumber(value) ?? []);

const numeric = (call: (numbers: readonly number[]) => Value): RunMeasure => ({
  call: (rows) => {
    const numbers = numbersOf(rows);
    return numbers.length === 0 ? null : call(numbers);
  },
});

const over = (call: (values: readonly Value[]) => Value): RunMeasure => ({
  call: (rows) => (valuesOf(rows).length === 0 ? null : call(valuesOf(rows))),
});

const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);
const distinct = (values: readonly Value[]): readonly Value[] => [...new Map(values.map((value) => [splText(value), value])).values()];

/** The greatest or the least: numbers stand before texts. */
const extreme = (sign: 1 | -1): RunMeasure =>
  over((values) =>
    values.reduce((best, value) => {
      const areNumbers = [value, best].map((one) => splNumber(one) !== null);
      const order = areNumbers[0] === areNumbers[1] ? splOrder(value, best) : areNumbers[0] === true ? -1 : 1;
      return order * sign > 0 ? value : best;
    }),
  );

/** Values as texts, each once, in the order of their letters. */
const sortedTexts = (values: readonly Value[]): readonly Value[] => distinct(values).toSorted((a, b) => ((splText(a) ?? '') < (splText(b) ?? '') ? -1 : 1));

/** Values with the time of their row, oldest first; those of one time as they stand. */
function inTime(rows: Rows): readonly { readonly value: Value; readonly at: number }[] {
  const timed = rows.flatMap(([value, time]) => {
    const at = splNumber(time);
    if (at === null && valuesIn(value).length > 0) throw refused('the time of a row without `_time`');
    return valuesIn(value).map((one) => ({ value: one, at: at! }));
  });
  return timed.toSorted((a, b) => a.at - b.at);
}

/** A measure of the values in time; null where there is none. */
const timed = (call: (first: ReturnType<typeof inTime>[number], last: ReturnType<typeof inTime>[number]) => Value): RunMeasure => ({
  also: '_time',
  call: (rows) => {
    const all = inTime(rows);
    return all.length === 0 ? null : call(all[0]!, all.at(-1)!);
  },
});

/** How much a value that grows has grown in a second. */
const rate = timed((first, last) => {
  const [from, to] = [splNumber(first.value), splNumber(last.value)];
  return from === null || to === null || last.at === first.at ? null : (to - from) / (last.at - first.at);
});

/** The value in the middle. Of an even count the documentation gives the higher of two here, and what lies between them for the 50th percentile. */
function middle(numbers: readonly number[]): Value {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1]!, sorted[sorted.length >> 1]!];
  if (low !== high) throw refused('the median of an even count of values');
  return low;
}

const percentiles: readonly (readonly [string, RunMeasure])[] = Array.from({ length: 100 }, (_, percent) =>
  ['perc', 'p', 'exactperc'].map((name) => [`${name}${percent}`, numeric((numbers) => percentileAt(numbers, percent))] as const),
).flat();

/** A field with a star stands for all fields that fit, but for the keys and those that are Splunk's own (`_raw`); each has a column named alike. */
const ofFitting = (measure: RunMeasure): RunMeasure => ({
  ...measure,
  columnsNamed: true,
  columns([arg, ...more], columns, by, name) {
    if (arg?.kind !== 'field' || !arg.name.includes('*') || more.length > 0) return null;
    if (!name.includes('*')) throw refused('several fields under one name');
    const pattern = patternOf(arg.name);
    const own = columns.filter((column) => pattern.test(column) && !column.startsWith('_') && !by.includes(column));
    const also: readonly Operand[] = measure.also === undefined ? [] : [{ kind: 'field', name: measure.also, span: arg.span }];
    return own.map((column) => ({
      name: starred(column, arg.name, name),
      args: [{ kind: 'field', name: column, span: arg.span }, ...also],
      call: (rows, scope) => measure.call(rows, scope, []),
    }));
  },
});

const MEASURES: readonly (readonly [string, RunMeasure])[] = [
  ['count', { call: (rows) => (rows.length > 0 && rows[0]!.length > 0 ? valuesOf(rows).length : rows.length) }],
  ['|percent', { share: true, call: (rows) => rows.length }],
  ['dc', { call: (rows) => distinct(valuesOf(rows)).length }],
  ['estdc', { call: (rows) => distinct(valuesOf(rows)).length }],
  ['sum', numeric(sum)],
  ['sumsq', numeric((numbers) => sum(numbers.map((number) => number * number)))],
  ['avg', numeric((numbers) => sum(numbers) / numbers.length)],
  ['median', numeric(middle)],
  ['range', numeric((numbers) => numbers.reduce((most, one) => Math.max(most, one)) - numbers.reduce((least, one) => Math.min(least, one)))],
  ['stdev', numeric((numbers) => Math.sqrt(varianceOf(numbers, true)))],
  ['stdevp', numeric((numbers) => Math.sqrt(varianceOf(numbers, false)))],
  ['var', numeric((numbers) => varianceOf(numbers, true))],
  ['varp', numeric((numbers) => varianceOf(numbers, false))],
  ['max', extreme(1)],
  ['min', extreme(-1)],
  ['values', over((values) => mvOf(sortedTexts(values)))],
  ['list', over((values) => mvOf(values.slice(0, 100)))],
  ['first', over((values) => values[0]!)],
  ['last', over((values) => values.at(-1)!)],
  ['earliest', timed(({ value }) => value)],
  ['latest', timed((_, { value }) => value)],
  ['earliest_time', timed(({ at }) => at)],
  ['latest_time', timed((_, { at }) => at)],
  ['rate', rate],
  [
    'mode',
    over((values) => {
      const counts = new Map<string, { value: Value; count: number }>();
      for (const value of values) {
        const key = splText(value) ?? '';
        const known = counts.get(key);
        if (known === undefined) counts.set(key, { value, count: 1 });
        else known.count++;
      }
      return [...counts.values()].toSorted((a, b) => b.count - a.count || splOrder(a.value, b.value))[0]!.value;
    }),
  ],
  ...percentiles,
];

/** Functions over rows of SPL. */
export const SPL_MEASURES: ReadonlyMap<string, RunMeasure> = new Map(
  MEASURES.map(([name, measure]) => [name, measure.share === true ? measure : ofFitting(measure)]),
);
