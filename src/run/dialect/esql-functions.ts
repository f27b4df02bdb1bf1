import { fitsInteger, fitsLong, truncated } from '../arithmetic';
import { addMonths } from '../date-format';
import { digestOf } from '../digest';
import { refused, type Evaluate, type Row, type RunFunction } from '../dialect';
import { base64Of, bytesOfBase64, textOfUtf8, utf8Of } from '../../syntax/encoding';
import { addressOf, liesIn, networkOf } from '../network';
import { regexOf } from '../regex';
import { floorDiv, isAddress, isLength, isList, isMoment, isNumber, isoOf, isVersion, momentOf, textOf, versionValue, type Length, type Value } from '../value';
import { percentileAt, several } from './esql-measures';
import { ESQL_DATES, lengthIn, single } from './esql-dates';
import { esqlDate, ipOf, order, sortedOrder } from './esql-values';

const text1 = (call: (text: string) => Value): RunFunction => single(([value]) => (typeof value === 'string' ? call(value) : null));

const real = (call: (number: number) => number): RunFunction =>
  single(([value]) => {
    const result = isNumber(value) ? call(Number(value)) : NaN;
    return Number.isFinite(result) ? result : null;
  });

function arithmetic(whole: (a: bigint, b: bigint) => bigint | null, fraction: (a: number, b: number) => number, sign: 1n | -1n | null): RunFunction {
  return single(([left, right]) => {
    if (right === undefined)
      return typeof left === 'bigint'
        ? whole(0n, left)
        : typeof left === 'number'
          ? -left
          : isLength(left)
            ? { ...left, nanos: -left.nanos, months: -(left.months ?? 0n) }
            : null;
    const [a, b] = [spanned(left!, right), spanned(right, left!)];
    if (sign !== null && isMoment(a) && isLength(b)) return moved(a.nanos, b, sign);
    if (sign === 1n && isLength(a) && isMoment(b)) return moved(b.nanos, a, sign);
    if (sign !== null && isLength(a) && isLength(b)) return { ...a, nanos: a.nanos + sign * b.nanos, months: (a.months ?? 0n) + sign * (b.months ?? 0n) };
    if (typeof a === 'bigint' && typeof b === 'bigint') {
      const result = whole(a, b);
      if (result === null || !fitsLong(result)) return null;
      // Of two integers it would be null, of a long it is the number; which they are is not told here.
      if (fitsInteger(a) && fitsInteger(b) && !fitsInteger(result)) throw refused('a calculation with integers whose result may not fit 32 bits');
      return result;
    }
    if (!isNumber(a) || !isNumber(b)) throw refused('a calculation with what is no number');
    const result = fraction(Number(a), Number(b));
    return Number.isFinite(result) ? result : null;
  });
}

const pointsIn = (text: string): number => [...text].length;

/** A text beside a time is a time. */
const spanned = (value: Value, other: Value): Value => (typeof value === 'string' && isLength(other) ? esqlDate(value) : value);

const moved = (nanos: bigint, { nanos: by, months = 0n }: Length, sign: bigint): Value => momentOf(addMonths(nanos, Number(months * sign)) + by * sign);

/** A number as Java writes it: `1.0`, `1.0E10`. */
function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (value !== 0 && (size >= 1e7 || size < 1e-3)) {
    const [digits, power] = value.toExponential().split('e');
    return `${digits!.includes('.') ? digits : `${digits}.0`}E${Number(power)}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

const shown = (value: Value): string => (typeof value === 'number' ? javaDouble(value) : isMoment(value) ? isoOf(value) : textOf(value));

/** A conversion of each value of several. */
const convert = (call: (value: Value) => Value): RunFunction => ({
  call: ([value]) => (isList(value) ? several(value.map(call).filter((one) => one !== null)) : call(value!)),
});

function toNumber(value: Value, isWhole: boolean, bits: number): Value {
  let number: number | bigint | null = null;
  if (isNumber(value)) number = value;
  else if (typeof value === 'boolean') number = value ? 1n : 0n;
  else if (isMoment(value)) number = value.nanos / 1_000_000n;
  else if (typeof value === 'string' && /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(value))
    number = /^\s*[-+]?\d+\s*$/.test(value) ? BigInt(value.trim().replace(/^\+/, '')) : Number(value);
  if (number === null) return null;
  if (!isWhole) return Number(number);
  const whole = typeof number === 'bigint' ? number : Number.isFinite(number) ? BigInt(Math.round(number)) : null;
  return whole === null || whole >= 2n ** BigInt(bits - 1) || whole < -(2n ** BigInt(bits - 1)) ? null : whole;
}

/** Rounded half away from zero after it was multiplied, as the engine does it: `1.005` to two digits is 1. */
function roundAt(value: number, digits: number): number {
  const scale = 10 ** digits;
  const shifted = value * scale;
  return Number.isFinite(shifted) ? (Math.sign(value) * Math.round(Math.abs(shifted))) / scale : value;
}

/** A whole number rounded before its last digits, half away from zero. */
function roundWhole(value: bigint, digits: number): bigint {
  const scale = 10n ** BigInt(-digits);
  const half = value < 0n ? -scale / 2n : scale / 2n;
  return ((value + half) / scale) * scale;
}

const mv = (call: (values: readonly Value[], args: readonly Value[]) => Value): RunFunction => ({
  call: (args) => call(isList(args[0]) ? args[0] : [args[0]!], args),
});

/** Escapes of an address read, a plus as a blank; null where one is broken. */
function decodedUrl(text: string): Value {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

/** Of whole numbers a whole number, cut off. */
function percentileOf(values: readonly Value[], percent: number): Value {
  const of = numbers(values);
  const isWhole = of.every((value) => typeof value === 'bigint');
  const found = percentileAt(of.map(Number), percent, isWhole);
  return found !== null && isWhole ? BigInt(found) : found;
}

const numbers = (values: readonly Value[]): readonly (number | bigint)[] => values.filter(isNumber);
const total = (values: readonly Value[]): number | bigint =>
  numbers(values).every((value) => typeof value === 'bigint')
    ? numbers(values).reduce((sum, value) => (sum as bigint) + (value as bigint), 0n)
    : numbers(values).reduce<number>((sum, value) => sum + Number(value), 0);

const pick = (sign: 1 | -1): RunFunction => ({
  call: (args) => args.flatMap((value) => (isList(value) ? value : [value])).reduce((best, value) => (sortedOrder(value, best) * sign > 0 ? value : best)),
});

const digest = (algorithm: string): RunFunction => text1((text) => digestOf(algorithm, text));

/** `case(condition, value, …, otherwise)`: the first whose condition holds. */
const choose: RunFunction = {
  lazy: (args: readonly Evaluate[]) => (row: Row) => {
    let at = 0;
    for (; at + 1 < args.length; at += 2) if (args[at]!(row) === true) return args[at + 1]!(row);
    return at < args.length ? args[at]!(row) : null;
  },
};

const firstOf: RunFunction = {
  lazy: (args: readonly Evaluate[]) => (row: Row) => {
    for (const arg of args) {
      const value = arg(row);
      if (value !== null) return value;
    }
    return null;
  },
};

/** Where a text is read from: counted from one, from its end where negative. */
const startIn = (points: number, start: number): number => Math.min(points, start > 0 ? start - 1 : start === 0 ? 0 : Math.max(0, points + start));

function substring([source, start, length]: readonly Value[]): Value {
  if (typeof source !== 'string' || !isNumber(start)) return null;
  const points = [...source];
  const begin = startIn(points.length, Number(start));
  return points.slice(begin, length === undefined ? undefined : begin + Math.max(0, Number(length))).join('');
}

function split([text, by]: readonly Value[]): Value {
  if (typeof text !== 'string' || typeof by !== 'string') return null;
  if (utf8Of(by).length !== 1) throw refused('`split` by more or less than one byte');
  return several(text.split(by));
}

function replaceAll([source, pattern, by]: readonly Value[]): Value {
  if (typeof source !== 'string' || typeof pattern !== 'string' || typeof by !== 'string') return null;
  const ready = regexOf({ text: pattern, dialect: 'java', flags: '' }, false);
  if (ready.refused !== undefined) throw refused(ready.refused);
  return ready.re.matcher(source).replaceAll(by, true);
}

/** Functions of ES|QL over values. */
export const ESQL_FUNCTIONS: ReadonlyMap<string, RunFunction> = new Map<string, RunFunction>([
  [
    '+',
    arithmetic(
      (a, b) => a + b,
      (a, b) => a + b,
      1n,
    ),
  ],
  [
    '-',
    arithmetic(
      (a, b) => a - b,
      (a, b) => a - b,
      -1n,
    ),
  ],
  [
    '*',
    arithmetic(
      (a, b) => a * b,
      (a, b) => a * b,
      null,
    ),
  ],
  [
    '/',
    arithmetic(
      (a, b) => (b === 0n ? null : a / b),
      (a, b) => a / b,
      null,
    ),
  ],
  [
    '%',
    arithmetic(
      (a, b) => (b === 0n ? null : a % b),
      (a, b) => a % b,
      null,
    ),
  ],
  ['case', choose],
  ['coalesce', firstOf],
  ['greatest', pick(1)],
  ['least', pick(-1)],
  ['abs', single(([value]) => (typeof value === 'bigint' ? (value < 0n ? -value : value) : isNumber(value) ? Math.abs(Number(value)) : null))],
  ['ceil', single(([value]) => (typeof value === 'bigint' ? value : isNumber(value) ? Math.ceil(Number(value)) : null))],
  ['floor', single(([value]) => (typeof value === 'bigint' ? value : isNumber(value) ? Math.floor(Number(value)) : null))],
  [
    'round',
    single(([value, digits = 0n]) =>
      typeof value === 'number' && isNumber(digits)
        ? roundAt(value, Number(digits))
        : typeof value !== 'bigint'
          ? null
          : Number(digits) >= 0
            ? value
            : Number(digits) < -19
              ? 0n
              : roundWhole(value, Number(digits)),
    ),
  ],
  ['signum', real(Math.sign)],
  ['sqrt', real(Math.sqrt)],
  ['cbrt', real(Math.cbrt)],
  ['exp', real(Math.exp)],
  ['log10', real(Math.log10)],
  ['log', single(([base, value]) => finite(value === undefined ? Math.log(Number(base)) : Math.log(Number(value)) / Math.log(Number(base))))],
  ['pow', single(([base, power]) => finite(Number(base) ** Number(power)))],
  ['hypot', single(([a, b]) => finite(Math.hypot(Number(a), Number(b))))],
  ['atan2', single(([a, b]) => finite(Math.atan2(Number(a), Number(b))))],
  ...(['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh'] as const).map((name) => [name, real(Math[name])] as const),
  ['to_degrees', convert((value) => (isNumber(value) ? (Number(value) * 180) / Math.PI : null))],
  ['to_radians', convert((value) => (isNumber(value) ? (Number(value) * Math.PI) / 180 : null))],
  ['e', { call: () => Math.E }],
  ['pi', { call: () => Math.PI }],
  ['tau', { call: () => 2 * Math.PI }],
  ['now', { call: (_, { now }) => momentOf(now) }],
  ['concat', single((args) => (args.every((value) => typeof value === 'string') ? args.join('') : null))],
  ['length', text1((text) => BigInt([...text].length))],
  ['byte_length', text1((text) => BigInt(utf8Of(text).length))],
  ['bit_length', text1((text) => BigInt(utf8Of(text).length * 8))],
  ['to_upper', convert((value) => (typeof value === 'string' ? value.toUpperCase() : null))],
  ['to_lower', convert((value) => (typeof value === 'string' ? value.toLowerCase() : null))],
  ['trim', text1((text) => text.replace(BLANKS_BEFORE, '').replace(BLANKS_AFTER, ''))],
  ['ltrim', text1((text) => text.replace(BLANKS_BEFORE, ''))],
  ['rtrim', text1((text) => text.replace(BLANKS_AFTER, ''))],
  ['reverse', text1((text) => [...text].toReversed().join(''))],
  ['substring', single(substring)],
  ['left', single(([text, count]) => (typeof text === 'string' ? [...text].slice(0, Math.max(0, Number(count))).join('') : null))],
  ['right', single(([text, count]) => (typeof text === 'string' ? (Number(count) <= 0 ? '' : [...text].slice(-Number(count)).join('')) : null))],
  [
    'repeat',
    single(([text, count]) => (typeof text === 'string' && Number(count) >= 0 && text.length * Number(count) <= 1_048_576 ? text.repeat(Number(count)) : null)),
  ],
  ['space', single(([count]) => (isNumber(count) && Number(count) >= 0 && Number(count) <= 1_048_576 ? ' '.repeat(Number(count)) : null))],
  ['starts_with', single(([text, part]) => (typeof text === 'string' && typeof part === 'string' ? text.startsWith(part) : null))],
  ['ends_with', single(([text, part]) => (typeof text === 'string' && typeof part === 'string' ? text.endsWith(part) : null))],
  ['contains', single(([text, part]) => (typeof text === 'string' && typeof part === 'string' ? text.includes(part) : null))],
  [
    'locate',
    single(([text, part, from]) => {
      if (typeof text !== 'string' || typeof part !== 'string') return null;
      const points = [...text];
      const at = text.indexOf(part, points.slice(0, startIn(points.length, Number(from ?? 0))).join('').length);
      return at < 0 ? 0n : BigInt(pointsIn(text.slice(0, at)) + 1);
    }),
  ],
  ['replace', single(replaceAll)],
  ['split', single(split)],
  ['to_base64', text1((text) => base64Of(utf8Of(text)))],
  ['from_base64', text1((text) => textOfUtf8(bytesOfBase64(text) ?? '\xff'))],
  ['md5', digest('md5')],
  ['sha1', digest('sha1')],
  ['sha256', digest('sha256')],
  ['hash', single(([algorithm, text]) => (typeof algorithm === 'string' && typeof text === 'string' ? digestOf(algorithm, text) : null))],
  [
    'url_encode',
    text1((text) =>
      encodeURIComponent(text)
        .replace(/[!'()~]/g, hexed)
        .replaceAll('%20', '+'),
    ),
  ],
  ['url_encode_component', text1((text) => encodeURIComponent(text).replace(/[!'()~]/g, hexed))],
  ['url_decode', text1(decodedUrl)],
  ['to_string', convert(shown)],
  ['to_str', convert(shown)],
  ['to_integer', convert((value) => toNumber(value, true, 32))],
  ['to_int', convert((value) => toNumber(value, true, 32))],
  ['to_long', convert((value) => toNumber(value, true, 64))],
  ['to_double', convert((value) => toNumber(value, false, 64))],
  ['to_dbl', convert((value) => toNumber(value, false, 64))],
  [
    'to_boolean',
    convert((value) =>
      typeof value === 'boolean' ? value : isNumber(value) ? Number(value) !== 0 : typeof value === 'string' ? value.toLowerCase() === 'true' : null,
    ),
  ],
  [
    'to_bool',
    convert((value) =>
      typeof value === 'boolean' ? value : isNumber(value) ? Number(value) !== 0 : typeof value === 'string' ? value.toLowerCase() === 'true' : null,
    ),
  ],
  ['to_datetime', convert(toDate)],
  ['to_dt', convert(toDate)],
  ['to_date_nanos', convert(toDate)],
  ['to_ip', convert((value) => (isAddress(value) ? value : typeof value === 'string' ? ipOf(value) : null))],
  ['to_version', convert((value) => (isVersion(value) ? value : typeof value === 'string' ? versionValue(value) : null))],
  ['to_ver', convert((value) => (isVersion(value) ? value : typeof value === 'string' ? versionValue(value) : null))],
  ['to_timeduration', single(([value]) => lengthIn(value))],
  ['to_dateperiod', single(([value]) => lengthIn(value))],
  ['cidr_match', { call: ([value, ...nets]) => inNetworks(value!, nets) }],
  ...ESQL_DATES,
  ['mv_count', mv((values) => BigInt(values.length))],
  ['mv_dedupe', mv((values) => several([...new Map(values.map((value) => [shown(value), value])).values()]))],
  ['mv_max', mv((values) => values.reduce((best, value) => (sortedOrder(value, best) > 0 ? value : best)))],
  ['mv_min', mv((values) => values.reduce((best, value) => (sortedOrder(value, best) < 0 ? value : best)))],
  ['mv_first', mv((values) => values[0]!)],
  ['mv_last', mv((values) => values.at(-1)!)],
  ['mv_sum', mv((values) => total(values))],
  ['mv_avg', mv((values) => Number(total(values)) / values.length)],
  [
    'mv_median',
    mv((values) => {
      const sorted = numbers(values).toSorted((a, b) => Number(a) - Number(b));
      const middle = sorted.length >> 1;
      if (sorted.length === 0) return null;
      if (sorted.length % 2 === 1) return sorted[middle]!;
      const sum = total([sorted[middle - 1]!, sorted[middle]!]);
      return typeof sum === 'bigint' ? floorDiv(sum, 2n) : sum / 2;
    }),
  ],
  ['mv_percentile', mv((values, [, percent]) => (isNumber(percent) ? percentileOf(values, Number(percent)) : null))],
  ['mv_concat', mv((values, [, by]) => (typeof by === 'string' ? values.map(shown).join(by) : null))],
  [
    'mv_intersection',
    {
      call: ([a, b]) => {
        const other = new Set((isList(b) ? b : [b!]).map(shown));
        const both = [...new Map((isList(a) ? a : [a!]).map((value) => [shown(value), value]))].filter(([text]) => other.has(text)).map(([, value]) => value);
        return both.length === 0 ? null : several(both);
      },
    },
  ],
  ['mv_append', { call: ([a, b]) => [a!, b!].flatMap((value) => (isList(value) ? value : [value])) }],
  [
    'mv_sort',
    mv((values, [, direction]) => {
      const sorted = values.toSorted(sortedOrder);
      return several(typeof direction === 'string' && direction.toLowerCase() === 'desc' ? sorted.toReversed() : sorted);
    }),
  ],
  [
    'mv_slice',
    mv((values, [, from, to]) => {
      const at = (index: Value | undefined): number => (Number(index) < 0 ? values.length + Number(index) : Number(index));
      const last = to ?? from!;
      if (Number(from) > Number(last) || (Number(from) < 0 && Number(last) >= 0)) return null;
      return several(values.slice(Math.max(0, at(from)), Math.max(0, at(last) + 1)));
    }),
  ],
  [
    'mv_zip',
    {
      call: ([a, b, by = ',']) => {
        const [left, right] = [a!, b!].map((value) => (isList(value) ? value : [value])) as [readonly Value[], readonly Value[]];
        return several(
          Array.from({ length: Math.max(left.length, right.length) }, (_, at) =>
            [left[at], right[at]]
              .filter((value) => value !== undefined)
              .map((value) => shown(value))
              .join(textOf(by)),
          ),
        );
      },
    },
  ],
  [
    'mv_contains',
    {
      // None of either is an empty set.
      takesNull: true,
      call: ([a, b]) => {
        const [all, some] = [a!, b!].map((value) => (isList(value) ? value : value === null ? [] : [value])) as [readonly Value[], readonly Value[]];
        return some.every((one) => all.some((value) => order(value, one) === 0));
      },
    },
  ],
]);

/** What Java takes for blank: no no-break spaces. */
const BLANK = '[\\t-\\r\\x1c-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000]';
const BLANKS_BEFORE = new RegExp(`^${BLANK}+`);
const BLANKS_AFTER = new RegExp(`(?<!${BLANK})${BLANK}+$`);

const hexed = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function toDate(value: Value): Value {
  if (isMoment(value)) return value;
  if (isNumber(value)) {
    const millis = typeof value === 'bigint' ? value : truncated(value);
    return millis === null ? null : momentOf(millis * 1_000_000n);
  }
  return typeof value === 'string' ? esqlDate(value) : null;
}

function inNetworks(value: Value, nets: readonly Value[]): Value {
  const address = isAddress(value) ? addressOf(value.text) : typeof value === 'string' ? addressOf(value) : null;
  if (address === null) return null;
  return nets
    .flatMap((net) => (isList(net) ? net : [net]))
    .some((net) => {
      const network = networkOf(textOf(net));
      return network !== null && liesIn(address, network);
    });
}
