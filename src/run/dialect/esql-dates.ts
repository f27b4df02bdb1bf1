import { fitsInteger } from '../arithmetic';
import { addMonths, DAYS, formatDate, MONTHS, nanosOf, parseDate, partsOf } from '../date-format';
import { refused, type RunFunction, type Scope } from '../dialect';
import { floorDiv, isLength, isList, isMoment, isNumber, momentOf, type Length, type Value } from '../value';
import { esqlDate, esqlSpan } from './esql-values';

/** A function of single values: one of several gives null, as the engine does with a warning. */
export const single = (call: (args: readonly Value[], scope: Scope) => Value): RunFunction => ({
  call: (args, scope) => (args.some(isList) ? null : call(args, scope)),
});

const dateOf = (value: Value | undefined): bigint | null =>
  isMoment(value) ? value.nanos : typeof value === 'string' ? (esqlDate(value)?.nanos ?? null) : null;
/** A length of time, or a text that is one. */
export const lengthIn = (value: Value | undefined): Length | null => (isLength(value) ? value : typeof value === 'string' ? esqlSpan(value) : null);

/** The start of the stretch of time a moment lies in; weeks begin on Monday. */
function truncateDate(nanos: bigint, { nanos: by, months = 0n }: Length): bigint {
  if (months > 0n) {
    const { year, month } = partsOf(nanos);
    // Months are counted from the year 1 on.
    const first = floorDiv(BigInt((year - 1) * 12 + month - 1), months) * months;
    return nanosOf({ year: Number(floorDiv(first, 12n)) + 1, month: Number(((first % 12n) + 12n) % 12n) + 1, day: 1, hour: 0, minute: 0, second: 0, nano: 0 });
  }
  if (by <= 0n) throw refused('an interval that is none');
  const week = 604_800_000_000_000n;
  // 1970 began on a Thursday; a week begins on a Monday, other days are counted from 1970.
  const shift = by === week ? 259_200_000_000_000n : 0n;
  return floorDiv(nanos + shift, by) * by - shift;
}

const DIFF: Readonly<Record<string, bigint>> = {
  nanosecond: 1n,
  nanoseconds: 1n,
  ns: 1n,
  microsecond: 1000n,
  microseconds: 1000n,
  mcs: 1000n,
  millisecond: 1_000_000n,
  milliseconds: 1_000_000n,
  ms: 1_000_000n,
  second: 1_000_000_000n,
  seconds: 1_000_000_000n,
  ss: 1_000_000_000n,
  s: 1_000_000_000n,
  minute: 60_000_000_000n,
  minutes: 60_000_000_000n,
  mi: 60_000_000_000n,
  n: 60_000_000_000n,
  hour: 3_600_000_000_000n,
  hours: 3_600_000_000_000n,
  hh: 3_600_000_000_000n,
  day: 86_400_000_000_000n,
  days: 86_400_000_000_000n,
  dd: 86_400_000_000_000n,
  d: 86_400_000_000_000n,
  dayofyear: 86_400_000_000_000n,
  dy: 86_400_000_000_000n,
  y: 86_400_000_000_000n,
  weekday: 86_400_000_000_000n,
  weekdays: 86_400_000_000_000n,
  dw: 86_400_000_000_000n,
  week: 604_800_000_000_000n,
  weeks: 604_800_000_000_000n,
  wk: 604_800_000_000_000n,
  ww: 604_800_000_000_000n,
};
const DIFF_MONTHS: Readonly<Record<string, number>> = {
  month: 1,
  months: 1,
  mm: 1,
  m: 1,
  quarter: 3,
  quarters: 3,
  qq: 3,
  q: 3,
  year: 12,
  years: 12,
  yyyy: 12,
  yy: 12,
};

const DAY = 86_400_000_000_000n;

/** Whole months from one moment to another, by day of the month and then clock: from the 31st of January to the 29th of February there is none. */
function monthsBetween(from: bigint, to: bigint): number {
  const clock = (nanos: bigint): bigint => nanos - floorDiv(nanos, DAY) * DAY;
  const short = to > from && clock(to) < clock(from) ? -DAY : to < from && clock(to) > clock(from) ? DAY : 0n;
  const [a, b] = [partsOf(from), partsOf(to + short)];
  return Math.trunc((b.year - a.year) * 12 + b.month - a.month + (b.day - a.day) / 32);
}

function dateDiff([unit, start, end]: readonly Value[]): Value {
  const [from, to] = [dateOf(start), dateOf(end)];
  if (typeof unit !== 'string' || from === null || to === null) return null;
  const name = unit.toLowerCase();
  const step = DIFF[name];
  // A difference is an integer: null where it needs more.
  if (step !== undefined) return fitsInteger((to - from) / step) ? (to - from) / step : null;
  const months = DIFF_MONTHS[name];
  if (months === undefined) throw refused(`the unit \`${unit}\``);
  return BigInt(Math.trunc(monthsBetween(from, to) / months));
}

function dateExtract([part, date]: readonly Value[]): Value {
  const nanos = dateOf(date);
  if (typeof part !== 'string' || nanos === null) return null;
  const parts = partsOf(nanos);
  const midnight = nanosOf({ ...parts, hour: 0, minute: 0, second: 0, nano: 0 });
  const yearStart = nanosOf({ year: parts.year, month: 1, day: 1, hour: 0, minute: 0, second: 0, nano: 0 });
  switch (part.toLowerCase()) {
    case 'year':
    case 'year_of_era':
      return BigInt(parts.year);
    case 'month_of_year':
      return BigInt(parts.month);
    case 'day_of_month':
      return BigInt(parts.day);
    case 'day_of_week':
      return BigInt(parts.weekday === 0 ? 7 : parts.weekday);
    case 'day_of_year':
      return (midnight - yearStart) / 86_400_000_000_000n + 1n;
    case 'hour_of_day':
      return BigInt(parts.hour);
    case 'minute_of_hour':
      return BigInt(parts.minute);
    case 'minute_of_day':
      return BigInt(parts.hour * 60 + parts.minute);
    case 'second_of_minute':
      return BigInt(parts.second);
    case 'second_of_day':
      return (nanos - midnight) / 1_000_000_000n;
    case 'milli_of_second':
      return BigInt(Math.floor(parts.nano / 1e6));
    case 'nano_of_second':
      return BigInt(parts.nano);
    case 'epoch_day':
      return floorDiv(nanos, 86_400_000_000_000n);
    case 'aligned_week_of_year':
      return (midnight - yearStart) / 604_800_000_000_000n + 1n;
    case 'ampm_of_day':
      return parts.hour < 12 ? 0n : 1n;
    default:
      throw refused(`the part \`${part}\` of a date`);
  }
}

/** The size of equal steps between two ends, as `bucket` chooses them. */
function bucket([value, size, from, to]: readonly Value[]): Value {
  const nanos = dateOf(value);
  if (nanos !== null && isMoment(value)) {
    const length = lengthIn(size);
    if (length !== null) return momentOf(truncateDate(nanos, length));
    const [start, end] = [dateOf(from), dateOf(to)];
    if (!isNumber(size) || start === null || end === null) return null;
    const wanted = Number(size);
    for (const text of [
      '1 ms',
      '10 ms',
      '100 ms',
      '1 s',
      '5 s',
      '10 s',
      '30 s',
      '1 m',
      '5 m',
      '10 m',
      '30 m',
      '1 h',
      '3 h',
      '12 h',
      '1 d',
      '7 d',
      '1 month',
      '3 months',
      '1 year',
      '5 years',
      '10 years',
      '20 years',
      '50 years',
      '100 years',
    ]) {
      const step = esqlSpan(text)!;
      let count = 0;
      for (let at = truncateDate(start, step); at < end && count <= wanted; count++) at = truncateDate(moveBy(at, step), step);
      if (count <= wanted) return momentOf(truncateDate(nanos, step));
    }
    return null;
  }
  if (!isNumber(value) || !isNumber(size)) return null;
  let step = Number(size);
  if (isNumber(from) && isNumber(to)) {
    const precise = (Number(to) - Number(from)) / Number(size);
    const next = 10 ** Math.ceil(Math.log10(precise));
    const half = next / 2;
    step = precise < half ? half : next;
  }
  return Math.floor(Number(value) / step) * step;
}

const moveBy = (nanos: bigint, { nanos: by, months = 0n }: Length): bigint => addMonths(nanos, Number(months)) + by;

function notCovered(why: string): never {
  throw refused(why);
}

/** Functions of ES|QL over times. */
export const ESQL_DATES: readonly (readonly [string, RunFunction])[] = [
  [
    'date_format',
    single((args) => {
      const [pattern, date, options] = args.length === 1 ? ["yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", args[0]] : args;
      if (options !== undefined) notCovered('`date_format` with options');
      const nanos = dateOf(date);
      if (typeof pattern !== 'string' || nanos === null) return null;
      return formatDate(nanos, pattern, 'java') ?? notCovered(`the date pattern \`${pattern}\``);
    }),
  ],
  [
    'date_parse',
    single((args) => {
      if (args.length === 1) return dateOf(args[0]) === null ? null : momentOf(dateOf(args[0])!);
      const [pattern, text, options] = args;
      if (options !== undefined) notCovered('`date_parse` with options');
      if (typeof pattern !== 'string' || typeof text !== 'string') return null;
      const nanos = parseDate(text, pattern);
      return nanos === undefined ? notCovered(`the date pattern \`${pattern}\``) : nanos === null ? null : momentOf(nanos);
    }),
  ],
  [
    'date_trunc',
    single(([size, date]) => {
      const [length, nanos] = [lengthIn(size), dateOf(date)];
      return length === null || nanos === null ? null : momentOf(truncateDate(nanos, length));
    }),
  ],
  ['bucket', single(bucket)],
  ['bin', single(bucket)],
  ['date_diff', single(dateDiff)],
  ['date_extract', single(dateExtract)],
  ['day_name', single(([date]) => (dateOf(date) === null ? null : DAYS[partsOf(dateOf(date)!).weekday]!))],
  ['month_name', single(([date]) => (dateOf(date) === null ? null : MONTHS[partsOf(dateOf(date)!).month - 1]!))],
];
