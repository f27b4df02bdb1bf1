import type { Operand } from '../../model';
import { numbersIn, sumOf, varianceOf, wrapLong } from '../arithmetic';
import { refused } from '../dialect';
import { keyOf, type MeasuredColumn, type RunMeasure } from '../pipeline-dialect';
import { isBag, isLength, isList, isMoment, isNumber, lengthOf, momentOf, type Value } from '../value';
import { firstOf } from './kusto-dynamic';
import { kustoOrder } from './kusto-values';

type Rows = readonly (readonly Value[])[];
type Fold = (values: readonly Value[], rows: Rows) => Value;

/** The first arguments that are there. */
const present = (rows: Rows): readonly Value[] => rows.flatMap(([value = null]) => (value === null ? [] : [value]));

const over = (call: Fold): RunMeasure => ({ call: (rows) => call(present(rows), rows) });

/** The same over the rows whose last argument is true. */
const when = (call: Fold): RunMeasure => ({
  call(rows) {
    const kept = rows.filter((row) => row.at(-1) === true);
    return call(present(kept), kept);
  },
});

const total: Fold = (values) => {
  if (values.some(isLength)) return lengthOf(values.reduce<bigint>((sum, value) => sum + (isLength(value) ? value.nanos : 0n), 0n));
  return wrapped(sumOf(numbersIn(values)));
};

const wrapped = (sum: number | bigint): number | bigint => (typeof sum === 'bigint' ? wrapLong(sum) : sum);

const average: Fold = (values) => {
  if (values.some(isLength)) return lengthOf(values.reduce<bigint>((sum, value) => sum + (isLength(value) ? value.nanos : 0n), 0n) / BigInt(values.length));
  if (values.some(isMoment)) return momentOf(values.reduce<bigint>((sum, value) => sum + (isMoment(value) ? value.nanos : 0n), 0n) / BigInt(values.length));
  const numbers = numbersIn(values);
  return numbers.length === 0 ? NaN : Number(wrapped(sumOf(numbers))) / numbers.length;
};

const extreme =
  (sign: 1 | -1): Fold =>
  (values) => {
    if (values.some((value) => typeof value === 'number' && Number.isNaN(value))) {
      const real = values.filter((value) => !(typeof value === 'number' && Number.isNaN(value)));
      return real.length === 0 ? NaN : extreme(sign)(real, []);
    }
    return values.length === 0 ? null : values.reduce((best, value) => ((kustoOrder(value, best) ?? 0) * sign > 0 ? value : best));
  };

const spread =
  (isSample: boolean, isRoot: boolean): Fold =>
  (values) => {
    const numbers = numbersIn(values);
    if (numbers.length === 0) return 0;
    const variance = varianceOf(numbers, isSample);
    return isRoot ? Math.sqrt(variance) : variance;
  };

const limited = (values: readonly Value[], rows: Rows, at: number): readonly Value[] => {
  const most = rows[0]?.[at];
  return isNumber(most) && Number(most) > 0 ? values.slice(0, Number(most)) : values;
};

/** What a list holds of a value: an array's members, and a decimal number as its text. */
const membersOf = (value: Value, type: string | undefined): readonly Value[] =>
  isList(value) ? value : [type === 'decimal' && isNumber(value) ? String(value) : value];

/** Nulls are left out, but for those of a dynamic column. */
const listing = (conditional: boolean): RunMeasure => ({
  call(rows, _, [type]) {
    const kept = conditional ? rows.filter((row) => row.at(-1) === true) : rows;
    const values = type === 'dynamic' ? kept.map(([value = null]) => value) : present(kept);
    return limited(
      values.flatMap((value) => membersOf(value, type)),
      kept,
      1,
    );
  },
});
const settled: Fold = (values, rows) => {
  const all = values.flatMap((value) => (isList(value) ? value : [value]));
  return limited([...new Map(all.map((value) => [keyOf(value), value])).values()], rows, 1);
};

const distinctCount: Fold = (values) => BigInt(new Set(values.map(keyOf)).size);

const merged: Fold = (values, rows) => {
  const bags = limited(values.filter(isBag), rows, 1).filter(isBag);
  return firstOf(bags);
};

/** The value at a rank: the smallest that has at least the share of all at or below it. */
export function percentile(values: readonly Value[], percent: number): Value {
  const sorted = values.toSorted((a, b) => kustoOrder(a, b) ?? 0);
  if (sorted.length === 0) return null;
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1))]!;
}

/** The value at a rank where each counts as often as its weight says. */
function weighted(rows: Rows, percent: number): Value {
  const known = rows
    .filter(([value, weight]) => (value ?? null) !== null && isNumber(weight) && Number(weight) > 0)
    .toSorted((a, b) => kustoOrder(a[0]!, b[0]!) ?? 0);
  const whole = known.reduce((sum, row) => sum + Number(row[1]), 0);
  let below = 0;
  for (const [value, weight] of known) {
    below += Number(weight);
    if (below >= (percent / 100) * whole) return value!;
  }
  return known.at(-1)?.[0] ?? null;
}

/** Ranks as arguments of their own, or as one list. */
const ranksOf = (values: readonly Value[] | undefined): readonly number[] =>
  (values ?? []).flatMap((value) => (isList(value) ? value : [value])).map((rank) => (isNumber(rank) ? Number(rank) : NaN));

/** Several ranks as one list; `before`: how many arguments stand before them. */
const ranked = (before: number, at: (rows: Rows, rank: number) => Value): RunMeasure => ({
  call(rows) {
    const ranks = ranksOf(rows[0]?.slice(before));
    if (ranks.some(Number.isNaN)) throw refused('percentiles that are no numbers');
    return rows.length === 0 ? null : ranks.map((rank) => at(rows, rank));
  },
});

/** `arg_max(x, *)`: the row in which x is greatest, as columns of their own. */
const argExtreme = (sign: 1 | -1): RunMeasure => ({
  call: () => {
    throw refused('`arg_max` without columns');
  },
  columns(operands, columns, by): readonly MeasuredColumn[] {
    const [key, ...rest] = operands;
    if (key === undefined) return [];
    const others = unstarred(rest, columns, [nameOf(key), ...by]);
    const best = (rows: Rows): readonly Value[] | null => {
      // What is no number is the greatest, and the least where it comes first.
      const odd = rows.findIndex(([value]) => typeof value === 'number' && Number.isNaN(value));
      if (sign < 0 && odd > 0) throw refused('the row with the least of values that are no number');
      if (odd >= 0) return rows[odd]!;
      return rows.reduce<readonly Value[] | null>((found, row) => {
        if (found === null || found[0] === null) return found === null || row[0] !== null ? row : found;
        return row[0] !== null && (kustoOrder(row[0]!, found[0]!) ?? 0) * sign > 0 ? row : found;
      }, null);
    };
    const args = [key, ...others];
    let last: { readonly rows: Rows; readonly row: readonly Value[] | null } | null = null;
    const rowOf = (rows: Rows): readonly Value[] | null => (last?.rows === rows ? last : (last = { rows, row: best(rows) })).row;
    return args.map((operand, at) => ({ name: nameOf(operand), of: operand, args, call: (rows) => rowOf(rows)?.[at] ?? null }));
  },
});

const nameOf = (operand: Operand): string => (operand.kind === 'field' ? operand.name : operand.kind === 'call' ? operand.written : '');

/** Operands, a star being all columns but those of `without`. */
const unstarred = (operands: readonly Operand[], columns: readonly string[], without: readonly string[]): readonly Operand[] =>
  operands.flatMap((operand) =>
    operand.kind === 'field' && operand.name === '*'
      ? columns.filter((name) => !without.includes(name)).map((name): Operand => ({ kind: 'field', name, span: operand.span }))
      : [operand],
  );

/** A value that is there, or several of one row. */
const taking = (prefix: string): RunMeasure => ({
  columnsNamed: true,
  call: (rows) => rows.map(([value = null]) => value).find((value) => value !== null) ?? null,
  columns(operands, columns, by) {
    const all = unstarred(operands, columns, by);
    return all.length === 1 ? null : all.map((of) => ({ name: prefix + nameOf(of), of, args: [of], call: (rows: Rows) => rows[0]?.[0] ?? null }));
  },
});

/** The same, a column each. */
const percentiles = (before: number, at: (rows: Rows, rank: number) => Value): RunMeasure => ({
  columnsNamed: true,
  call: () => null,
  columns: (operands) => {
    const [given, ranks] = [operands.slice(0, before), operands.slice(before)];
    const [of] = given;
    return ranks.map((rank) => {
      const number = rank.kind === 'literal' ? rank.text : null;
      if (of === undefined || number === null) throw refused('percentiles that are no numbers');
      const name = of.kind === 'field' ? of.name : 'x';
      return { name: `percentile_${name}_${number.replace('.', '_')}`, args: given, of, call: (rows: Rows) => at(rows, Number(number)) };
    });
  },
});

const rankOf = (rows: Rows, rank: number): Value => percentile(present(rows), rank);

/** Functions over rows of Kusto. */
export const KUSTO_MEASURES: ReadonlyMap<string, RunMeasure> = new Map<string, RunMeasure>([
  ['count', { call: (rows) => BigInt(rows.length) }],
  ['countif', { call: (rows) => BigInt(rows.filter(([holds]) => holds === true).length) }],
  ['sum', over(total)],
  ['sumif', when(total)],
  ['avg', over(average)],
  ['avgif', when(average)],
  ['min', over(extreme(-1))],
  ['max', over(extreme(1))],
  ['minif', when(extreme(-1))],
  ['maxif', when(extreme(1))],
  ['stdev', over(spread(true, true))],
  ['stdevif', when(spread(true, true))],
  ['stdevp', over(spread(false, true))],
  ['variance', over(spread(true, false))],
  ['varianceif', when(spread(true, false))],
  ['variancep', over(spread(false, false))],
  ['dcount', over(distinctCount)],
  ['dcountif', when(distinctCount)],
  ['count_distinct', over(distinctCount)],
  ['count_distinctif', when(distinctCount)],
  ['make_list', listing(false)],
  ['makelist', listing(false)],
  ['make_list_if', listing(true)],
  ['make_list_with_nulls', { call: (rows, _, [type]) => rows.flatMap(([value = null]) => membersOf(value, type)) }],
  ['make_set', over(settled)],
  ['makeset', over(settled)],
  ['make_set_if', when(settled)],
  ['make_bag', over(merged)],
  ['make_bag_if', when(merged)],
  ['make_dictionary', over(merged)],
  ['take_any', taking('')],
  ['any', taking('any_')],
  ['anyif', when((values) => values[0] ?? null)],
  ['take_anyif', when((values) => values[0] ?? null)],
  ['percentile', over((values, rows) => (isNumber(rows[0]?.[1]) ? percentile(values, Number(rows[0]![1])) : null))],
  ['percentiles', percentiles(1, rankOf)],
  ['percentilesw', percentiles(2, weighted)],
  ['percentilew', { call: (rows) => (isNumber(rows[0]?.[2]) ? weighted(rows, Number(rows[0]![2])) : null) }],
  ['percentiles_array', ranked(1, rankOf)],
  ['percentilesw_array', ranked(2, weighted)],
  ['arg_max', argExtreme(1)],
  ['arg_min', argExtreme(-1)],
  ['binary_all_and', over((values) => values.reduce<bigint>((all, value) => (typeof value === 'bigint' ? all & value : all), -1n))],
  ['binary_all_or', over((values) => values.reduce<bigint>((all, value) => (typeof value === 'bigint' ? all | value : all), 0n))],
  ['binary_all_xor', over((values) => values.reduce<bigint>((all, value) => (typeof value === 'bigint' ? all ^ value : all), 0n))],
  ['covariance', { call: (rows) => covariance(rows, true) }],
  [
    'covarianceif',
    {
      call: (rows) =>
        covariance(
          rows.filter((row) => row[2] === true),
          true,
        ),
    },
  ],
  [
    'covariancepif',
    {
      call: (rows) =>
        covariance(
          rows.filter((row) => row[2] === true),
          false,
        ),
    },
  ],
  ['variancepif', when(spread(false, false))],
  ['covariancep', { call: (rows) => covariance(rows, false) }],
]);

function covariance(rows: Rows, isSample: boolean): Value {
  const pairs = rows.flatMap(([a, b]) => (isNumber(a) && isNumber(b) ? [[Number(a), Number(b)] as const] : []));
  if (pairs.length === 0) return NaN;
  const [meanA, meanB] = [0, 1].map((at) => pairs.reduce((sum, pair) => sum + pair[at as 0 | 1], 0) / pairs.length) as [number, number];
  const sum = pairs.reduce((all, [a, b]) => all + (a - meanA) * (b - meanB), 0);
  return isSample ? (pairs.length === 1 ? 0 : sum / (pairs.length - 1)) : sum / pairs.length;
}
