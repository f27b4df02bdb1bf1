import { numbersIn, sumOf, varianceOf } from '../arithmetic';
import { refused, type RunFunction } from '../dialect';
import { isList, isNumber, type Value } from '../value';

type Entry = readonly [string, RunFunction];

/** The numbers of a series; a number alone stands at every point of the other one. */
const pointsOf = (value: Value | undefined, beside: Value | undefined): readonly number[] | null =>
  isList(value) ? numbersIn(value).map(Number) : isNumber(value) && isList(beside) ? beside.map(() => Number(value)) : null;

const dot = (left: readonly number[], right: readonly number[]): number => left.slice(0, right.length).reduce((sum, value, at) => sum + value * right[at]!, 0);

const both = (name: string, call: (left: readonly number[], right: readonly number[], rest: readonly Value[]) => Value): Entry => [
  name,
  {
    call([first, second, ...rest]) {
      const [left, right] = [pointsOf(first, second), pointsOf(second, first)];
      return left === null || right === null || left.length === 0 || right.length === 0 ? null : call(left, right, rest);
    },
  },
];

/** All of a series as numbers; null where something else is among them. */
const numbersOf = (value: Value | undefined): readonly (number | bigint)[] | null =>
  isList(value) && value.length > 0 && value.every((one): one is number | bigint => isNumber(one) && Number.isFinite(Number(one))) ? value : null;

/** Least and greatest with their places, mean, deviation, variance: of a series that has nothing else, or of its finite numbers. */
function stats([value, finiteOnly]: readonly Value[]): readonly Value[] {
  const numbers = numbersOf(finiteOnly === true && isList(value) ? value.filter((one) => isNumber(one) && Number.isFinite(Number(one))) : value);
  if (numbers === null || !isList(value)) return Array.from({ length: 7 }, () => null);
  const [least, most] = [numbers.reduce((a, b) => (b < a ? b : a)), numbers.reduce((a, b) => (b > a ? b : a))];
  const variance = varianceOf(numbers, true);
  const places = [least, most].map((one) => BigInt(value.indexOf(one)));
  return [Number(least), places[0]!, Number(most), places[1]!, Number(sumOf(numbers)) / numbers.length, Math.sqrt(variance), variance];
}

/** The line that fits a series best, over its places from 0: how well, slope, the variances of the series and of what is left, where it begins, its points. */
function fitLine(value: Value | undefined): readonly Value[] {
  const points = numbersOf(value)?.map(Number);
  if (points === undefined || points.length < 2) return Array.from({ length: 6 }, () => null);
  const places = points.map((_, at) => at);
  const mean = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [middle, height] = [mean(places), mean(points)];
  const slope =
    dot(
      places.map((at) => at - middle),
      points.map((one) => one - height),
    ) / places.reduce((sum, at) => sum + (at - middle) ** 2, 0);
  const start = height - slope * middle;
  const line = places.map((at) => start + slope * at);
  const variance = varianceOf(points, true);
  const rest = varianceOf(
    points.map((one, at) => one - line[at]!),
    true,
  );
  return [variance === 0 ? refuseFlat() : 1 - rest / variance, slope, variance, rest, start, line];
}

function refuseFlat(): never {
  throw refused('`series_fit_line` of a series that does not change');
}

/** The median of each place of a period, repeated over the series. */
function seasonal([series, period, tail]: readonly Value[]): Value {
  if (tail !== undefined) throw refused('`series_seasonal` of a part of a series');
  const points = numbersOf(series)?.map(Number);
  if (points === undefined || !isNumber(period) || !Number.isInteger(Number(period)) || Number(period) < 1) throw refused('`series_seasonal` without a period');
  const medians = Array.from({ length: Math.min(Number(period), points.length) }, (_, phase) => {
    const own = points.filter((_point, at) => at % Number(period) === phase).toSorted((a, b) => a - b);
    return (own[(own.length - 1) >> 1]! + own[own.length >> 1]!) / 2;
  });
  return points.map((_, at) => medians[at % Number(period)]!);
}

/** Functions of Kusto over whole series. */
export const KUSTO_SERIES: readonly Entry[] = [
  both('series_dot_product', dot),
  both('series_cosine_similarity', (left, right, sizes) => {
    if (left.length !== right.length && sizes.length < 2) throw refused('the similarity of series of two lengths');
    const [a, b] = [left, right].map((one, at) => (isNumber(sizes[at]) ? Number(sizes[at]) : Math.sqrt(dot(one, one))));
    return a === 0 || b === 0 ? refuseZero() : dot(left, right) / (a! * b!);
  }),
  [
    'series_pearson_correlation',
    {
      call([first, second]) {
        const [left, right] = [numbersOf(first), numbersOf(second)];
        if (left === null || right === null || left.length !== right.length) return null;
        const spread = varianceOf(left, true) * varianceOf(right, true);
        if (spread === 0) throw refused('the correlation of a series that does not change');
        const [a, b] = [left, right].map((list) => list.map((one) => Number(one) - Number(sumOf(list)) / list.length)) as [number[], number[]];
        return dot(a, b) / (left.length - 1) / Math.sqrt(spread);
      },
    },
  ],
  ['series_magnitude', { call: ([series]) => (isList(series) ? Math.sqrt(numbersIn(series).reduce<number>((sum, one) => sum + Number(one) ** 2, 0)) : null) }],
  ['series_stats', { call: stats }],
  ['series_fit_line', { call: ([series]) => fitLine(series) }],
  ['series_seasonal', { call: seasonal }],
];

function refuseZero(): never {
  throw refused('the similarity to a series of zeros');
}
