import { compareNumbers } from '../arithmetic';
import { addressOf } from '../network';
import { nanosOfText } from '../time';
import {
  addressValue,
  isAddress,
  isLength,
  isList,
  isMoment,
  isNumber,
  isVersion,
  KIND,
  momentOf,
  textOf,
  type Length,
  type Moment,
  type Value,
} from '../value';
import { datesOf } from './elastic';
import { versionOrder } from './eql';

const UNITS: Readonly<Record<string, readonly [nanos: bigint, months: bigint]>> = {
  millisecond: [1_000_000n, 0n],
  ms: [1_000_000n, 0n],
  second: [1_000_000_000n, 0n],
  sec: [1_000_000_000n, 0n],
  s: [1_000_000_000n, 0n],
  minute: [60_000_000_000n, 0n],
  min: [60_000_000_000n, 0n],
  m: [60_000_000_000n, 0n],
  hour: [3_600_000_000_000n, 0n],
  h: [3_600_000_000_000n, 0n],
  day: [86_400_000_000_000n, 0n],
  d: [86_400_000_000_000n, 0n],
  week: [604_800_000_000_000n, 0n],
  w: [604_800_000_000_000n, 0n],
  month: [0n, 1n],
  mo: [0n, 1n],
  quarter: [0n, 3n],
  q: [0n, 3n],
  year: [0n, 12n],
  yr: [0n, 12n],
  y: [0n, 12n],
};

/** `7 days`, `1 month`, `15m`: a length of time; null for any other text. */
export function esqlSpan(text: string): Length | null {
  const found = /^\s*(-?\d+)\s*([a-z]+)\s*$/i.exec(text);
  if (found === null) return null;
  const word = found[2]!.toLowerCase();
  const unit = UNITS[word] ?? UNITS[word.replace(/s$/, '')];
  if (unit === undefined) return null;
  const count = BigInt(found[1]!);
  return { [KIND]: 'length', nanos: unit[0] * count, months: unit[1] * count };
}

/** A date as text, also a short one. */
export const esqlDate = (text: string): Moment | null => {
  // A blank between day and clock is no date here.
  if (/\d \d/.test(text)) return null;
  const nanos = nanosOfText(text) ?? datesOf(text)?.[0] ?? null;
  return nanos === null ? null : momentOf(nanos);
};

/** An address of a text; null for any other text. */
export function ipOf(text: string): Value {
  const address = addressOf(text);
  return address === null ? null : addressValue(text, address.bits);
}

/** Texts are cast to what they are compared with. */
export function order(left: Value, right: Value): number | null {
  if (left === null || right === null || isList(left) || isList(right)) return null;
  if (isNumber(left) && isNumber(right)) return Number.isNaN(left) || Number.isNaN(right) ? null : compareNumbers(left, right);
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (typeof left === 'string' && typeof right === 'string') return codeOrder(left, right);
  if (isMoment(left) || isMoment(right)) {
    const [a, b] = [left, right].map((value) => (isMoment(value) ? value : typeof value === 'string' ? esqlDate(value) : null));
    return a === null || b === null ? null : a!.nanos < b!.nanos ? -1 : a!.nanos > b!.nanos ? 1 : 0;
  }
  if (isAddress(left) || isAddress(right)) {
    const [a, b] = [left, right].map((value) => (isAddress(value) ? value.bits : typeof value === 'string' ? (addressOf(value)?.bits ?? null) : null));
    return a === null || b === null ? null : a! < b! ? -1 : a! > b! ? 1 : 0;
  }
  if (isVersion(left) || isVersion(right)) return versionOrder(textOf(left), textOf(right));
  if (isLength(left) && isLength(right)) return left.nanos < right.nanos ? -1 : left.nanos > right.nanos ? 1 : 0;
  return null;
}

/** By code points, as bytes of UTF-8 are ordered. */
export function codeOrder(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = left[at]!.codePointAt(0)! - right[at]!.codePointAt(0)!;
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

export const sortedOrder = (left: Value, right: Value): number => order(left, right) ?? 0;
