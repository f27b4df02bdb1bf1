import { compareNumbers, fitsLong, truncated } from '../arithmetic';
import { nanosOf, MONTHS } from '../date-format';
import { isRefused, refused } from '../dialect';
import { quoteNumbers } from '../events/json-text';
import { nanosOfText } from '../time';
import { isBag, isLength, isList, isMoment, isNumber, isoOf, lengthOf, momentOf, spanText, textOf, type Length, type Moment, type Value } from '../value';
import { standIn, type WordBreaks } from '../words';

const TICK = 100n;
const SECOND = 1_000_000_000n;
const UNITS: readonly (readonly [RegExp, bigint])[] = [
  [/^d(?:ays?)?$/, 86_400n * SECOND],
  [/^h(?:rs?|ours?)?$/, 3600n * SECOND],
  [/^m(?:in(?:utes?)?)?$/, 60n * SECOND],
  [/^s(?:ec(?:onds?)?)?$/, SECOND],
  [/^(?:ms|milli(?:s|seconds?)?)$/, 1_000_000n],
  [/^(?:micros?|microseconds?|us)$/, 1000n],
  [/^(?:nanos?|nanoseconds?|ns)$/, 1n],
  [/^ticks?$/, TICK],
];

/** `1.5h`, `2 days`, `1.02:03:04.5`; null for any other text. A number alone is days. */
export function kustoSpan(text: string): Length | null {
  const clock = /^\s*(-)?(?:(\d{1,8})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7})\d*)?)?\s*$/.exec(text);
  if (clock !== null) {
    const [, sign, days = '0', hours, minutes, seconds = '0', fraction = ''] = clock;
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
    const nanos = (((BigInt(days) * 24n + BigInt(hours!)) * 60n + BigInt(minutes!)) * 60n + BigInt(seconds)) * SECOND + BigInt(fraction.padEnd(9, '0'));
    return lengthOf(sign === undefined ? nanos : -nanos);
  }
  const found = /^\s*(-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*([a-z]+)?\s*$/i.exec(text);
  if (found === null) return null;
  const unit = found[2] === undefined ? UNITS[0] : UNITS.find(([name]) => name.test(found[2]!.toLowerCase()));
  if (unit === undefined) return null;
  return lengthOf(scaled(found[1]!, unit[1]));
}

/** A written number times a unit, to the tick. */
function scaled(number: string, unit: bigint): bigint {
  if (/^-?\d+$/.test(number)) return BigInt(number) * unit;
  return BigInt(Math.round((Number(number) * Number(unit)) / 100)) * TICK;
}

/** A moment as Kusto reads one: ISO, with or without parts of it, a year alone, or with the month's name; cut to 100 ns. */
export function kustoDate(text: string): Moment | null {
  const trimmed = text.trim();
  const iso = nanosOfText(trimmed);
  if (iso !== null) return momentOf(iso - (iso % TICK));
  if (/^\d{4}$/.test(trimmed)) return momentOf(nanosOf({ year: Number(trimmed), month: 1, day: 1, hour: 0, minute: 0, second: 0, nano: 0 }));
  const month = /^(\d{4})-(\d\d?)$/.exec(trimmed);
  if (month !== null && Number(month[2]) >= 1 && Number(month[2]) <= 12)
    return momentOf(nanosOf({ year: Number(month[1]), month: Number(month[2]), day: 1, hour: 0, minute: 0, second: 0, nano: 0 }));
  const us = /^(\d\d?)[/-](\d\d?)[/-](\d{4})(?:\s+(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?(?:\s*(AM|PM))?)?$/i.exec(trimmed);
  if (us !== null) {
    const hour = us[8] === undefined ? Number(us[4] ?? 0) : (Number(us[4] ?? 0) % 12) + (/^p/i.test(us[8]) ? 12 : 0);
    const found = nanosOfText(
      `${us[3]}-${us[1]}-${us[2]}T${String(hour).padStart(2, '0')}:${us[5] ?? '00'}:${us[6] ?? '00'}${us[7] === undefined ? '' : `.${us[7]}`}Z`,
    );
    return found === null ? null : momentOf(found);
  }
  const named = /^(?:[a-z]{3,9},?\s+)?(\d\d?)\s+([a-z]{3,9})\s+(\d{4}|\d\d)(?:\s+(\d\d?):(\d\d)(?::(\d\d))?)?(?:\s*(?:GMT|Z|UTC))?$/i.exec(trimmed);
  if (named !== null) {
    const index = MONTHS.findIndex((name) => name.toLowerCase().startsWith(named[2]!.toLowerCase().slice(0, 3)));
    if (index < 0) return null;
    const year = named[3]!.length === 2 ? `20${named[3]}` : named[3];
    const found = nanosOfText(`${year}-${index + 1}-${named[1]}T${named[4] ?? '00'}:${named[5] ?? '00'}:${named[6] ?? '00'}Z`);
    return found === null ? null : momentOf(found);
  }
  return null;
}

/** A time as a query writes it: a moment, its year, month and day also with blanks or commas between them, or a length. */
export const kustoTime = (text: string): Moment | Length | null =>
  kustoDate(text.trim().replace(/^(\d{4})\s*[-,]\s*(\d\d?)\s*[-,]\s*(\d\d?)$/, '$1-$2-$3')) ?? kustoSpan(text);

/** From 1970 back to the year 1, in nanoseconds. */
export const YEAR_ONE = 62_135_596_800_000_000_000n;

/** A moment from the year 1 to 9999; null for any other. */
export const boundedMoment = (nanos: bigint): Moment | null => (nanos < -YEAR_ONE || nanos >= 253_402_300_800_000_000_000n ? null : momentOf(nanos));

/** A number as .NET writes it: `1.0`, `1E+15`, `1E-05`. */
function netDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  const size = Math.abs(value);
  if (value !== 0 && (size >= 1e15 || size < 1e-4)) {
    const [digits, power] = value.toExponential().split('e');
    const number = Number(power);
    return `${digits}E${number < 0 ? '-' : '+'}${String(Math.abs(number)).padStart(2, '0')}`;
  }
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** JSON as dynamic values are written; `sorts`: by key. */
export function kustoJson(value: Value, sorts = false): string {
  if (value === null) return 'null';
  if (isList(value)) return `[${value.map((one) => kustoJson(one, sorts)).join(',')}]`;
  if (isBag(value)) {
    const entries = Object.entries(value);
    if (sorts) entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${kustoJson(inner, sorts)}`).join(',')}}`;
  }
  if (typeof value === 'string') return JSON.stringify(value);
  if (isMoment(value) || isLength(value)) return JSON.stringify(kustoText(value));
  if (typeof value === 'number') return Number.isFinite(value) ? netDouble(value) : JSON.stringify(netDouble(value));
  return textOf(value);
}

/** A value as text, as `tostring` gives it. */
export function kustoText(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return netDouble(value);
  if (isMoment(value)) return isoOf(value, 7);
  if (isLength(value)) return spanText(value);
  if (isList(value) || isBag(value)) return kustoJson(value);
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : textOf(value);
}

/** What stands before a number that JSON writes with a fraction or an exponent while it is read as a text. */
const MARK = '\\u0001';
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[-+]?\d+)?$/i;

/** JSON read as a dynamic value: numbers written whole are whole, others are not. Undefined: no JSON. */
export function dynamicOf(text: string): Value | undefined {
  try {
    const marked = quoteNumbers(text, (number) => (NUMBER.test(number) && /[.e]|\d{16}/i.test(number) ? `${MARK}${number}` : null));
    if (text.includes(MARK)) throw refused('JSON with the character U+0001');
    return wholeNumbers(JSON.parse(marked) as Value, true);
  } catch (error) {
    if (isRefused(error)) throw error;
    return undefined;
  }
}

/** Numbers without a fraction as whole numbers, marked ones as they are written. */
function wholeNumbers(value: Value, areMarked = false): Value {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === 'string') return areMarked && value.startsWith('\u0001') ? numberIn(value.slice(1)) : value;
  if (isList(value)) return value.map((one) => wholeNumbers(one, areMarked));
  if (!isBag(value)) return value;
  return bagOf(Object.entries(value).map(([name, inner]) => [name, wholeNumbers(inner, areMarked)] as const));
}

/** A number as JSON writes it; a whole one that 64 bits do not hold is a fraction. */
function numberIn(text: string): Value {
  if (!/^-?\d+$/.test(text)) return Number(text);
  const whole = BigInt(text);
  return fitsLong(whole) ? whole : Number(text);
}

/** Whether a number is written whole, in tens or in sixteens. */
export const isWholeText = (text: string): boolean => /^[-+]?\d+$/.test(text) || /^0x[\da-f]+$/i.test(text);

/** A whole number of a value, its fraction cut off; null for none. */
export function longOf(value: Value): bigint | null {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return truncated(value);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (isMoment(value)) return value.nanos / TICK + 621_355_968_000_000_000n;
  if (isLength(value)) return value.nanos / TICK;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^[-+]?\d{1,19}$/.test(text)) return bounded(BigInt(text.replace(/^\+/, '')));
  if (/^0x[\da-f]{1,16}$/i.test(text)) return BigInt.asIntN(64, BigInt(text));
  return null;
}

const bounded = (value: bigint): bigint | null => (fitsLong(value) ? value : null);

export function doubleOf(value: Value): number | null {
  if (isNumber(value)) return Number(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (isLength(value) || isMoment(value)) return Number(longOf(value));
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text)) return Number(text);
  return /^nan$/i.test(text) ? NaN : /^(?:[-+]?inf|[-+]?[Ii]nfinity)$/.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : null;
}

/** A decimal number: digits of a whole one are kept where a double would lose some. */
export function decimalOf(value: Value): Value {
  const whole = typeof value === 'string' && isWholeText(value.trim()) ? BigInt(value.trim().replace(/^\+/, '')) : typeof value === 'bigint' ? value : null;
  return whole === null || (whole >= Number.MIN_SAFE_INTEGER && whole <= Number.MAX_SAFE_INTEGER) ? doubleOf(value) : whole;
}

/** A value as a column of a type holds it. */
export function kustoTyped(value: Value, type: string): Value {
  switch (type) {
    case 'string':
      return value === null ? '' : kustoText(value);
    case 'bool':
    case 'boolean':
      return typeof value === 'string' ? (/^true$/i.test(value) ? true : /^false$/i.test(value) ? false : null) : isNumber(value) ? Number(value) !== 0 : value;
    case 'int':
    case 'int32': {
      const whole = longOf(value);
      return whole === null ? null : whole > 2147483647n || whole < -2147483648n ? null : whole;
    }
    case 'long':
    case 'int64':
      return longOf(value);
    case 'real':
    case 'double':
      return value === null ? null : doubleOf(value);
    case 'decimal':
      return value === null ? null : decimalOf(value);
    case 'datetime':
    case 'date':
      return typeof value === 'string' ? kustoDate(value) : isNumber(value) ? null : value;
    case 'timespan':
    case 'time':
      return typeof value === 'string' ? kustoSpan(value) : isNumber(value) ? lengthOf(scaled(String(value), UNITS[0]![1])) : value;
    case 'guid':
    case 'uuid':
      return typeof value === 'string' ? guidOf(value) : value;
    case 'dynamic':
    case '':
      return wholeNumbers(value);
    default:
      return value;
  }
}

/** A GUID in its usual form; null for any other text. */
export function guidOf(text: string): string | null {
  const digits = text.replace(/[-{}()]/g, '').toLowerCase();
  return /^[\da-f]{32}$/.test(digits) ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : null;
}

/** Order of two values of one kind; null: they have none. */
export function kustoOrder(left: Value, right: Value): number | null {
  if (left === null || right === null) return null;
  if (isNumber(left) && isNumber(right)) return Number.isNaN(left) || Number.isNaN(right) ? null : compareNumbers(left, right);
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (isMoment(left) || isMoment(right)) return ordered(asMoment(left), asMoment(right));
  if (isLength(left) || isLength(right)) return ordered(asLength(left), asLength(right));
  if (isNumber(left) && typeof right === 'string') return orderedNumber(Number(left), doubleOf(right));
  if (typeof left === 'string' && isNumber(right)) return orderedNumber(doubleOf(left), Number(right));
  return null;
}

const asMoment = (value: Value): Moment | null => (isMoment(value) ? value : typeof value === 'string' ? kustoDate(value) : null);
const asLength = (value: Value): Length | null => (isLength(value) ? value : typeof value === 'string' ? kustoSpan(value) : null);
const ordered = (a: Moment | Length | null, b: Moment | Length | null): number | null =>
  a === null || b === null ? null : a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0;
const orderedNumber = (a: number | null, b: number | null): number | null => (a === null || b === null || Number.isNaN(a) || Number.isNaN(b) ? null : a - b);

export const bagOf = (entries: Iterable<readonly [string, Value]>): Value => {
  const bag: Record<string, Value> = Object.create(null);
  for (const [name, value] of entries) bag[name] = value;
  return bag;
};

/** Words are runs of letters and digits. */
export const KUSTO_BREAKS: WordBreaks = { isBreak: (char) => !/[\p{L}\p{N}]/u.test(char) };

/** Whether a word stands in a text with no letter or digit right before or after it. */
export const hasTerm = (text: string, word: string): boolean => standIn(text, [word], KUSTO_BREAKS);

/** A value as a boolean, as `tobool` reads it: a text in any letters, a number that is not zero; null: it is none. */
export function booleanOf(value: Value): boolean | null {
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return Number(value) !== 0;
  if (typeof value !== 'string') return null;
  return /^\s*true\s*$/i.test(value) ? true : /^\s*false\s*$/i.test(value) ? false : /^\s*[-+]?\d+\s*$/.test(value) ? Number(value) !== 0 : null;
}
