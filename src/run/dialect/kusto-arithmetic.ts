import { fitsLong, wrapLong } from '../arithmetic';
import { refused } from '../dialect';
import { floorDiv, isLength, isMoment, isNumber, lengthOf, momentOf, type Value } from '../value';
import { boundedMoment } from './kusto-values';

export const add = (left: Value, right: Value): Value => {
  if (isMoment(left) && isLength(right)) return boundedMoment(left.nanos + right.nanos);
  if (isLength(left) && isMoment(right)) return boundedMoment(left.nanos + right.nanos);
  if (isLength(left) && isLength(right)) return lengthOf(left.nanos + right.nanos);
  return numbers(
    left,
    right,
    (a, b) => wrapLong(a + b),
    (a, b) => a + b,
  );
};

export const subtract = (left: Value, right: Value): Value => {
  if (isMoment(left) && isMoment(right)) return lengthOf(left.nanos - right.nanos);
  if (isMoment(left) && isLength(right)) return boundedMoment(left.nanos - right.nanos);
  if (isLength(left) && isLength(right)) return lengthOf(left.nanos - right.nanos);
  return numbers(
    left,
    right,
    (a, b) => wrapLong(a - b),
    (a, b) => a - b,
  );
};

const ticks = (nanos: number): bigint => BigInt(Math.round(nanos / 100)) * 100n;

export const multiply = (left: Value, right: Value): Value => {
  if (isLength(left) && isNumber(right)) return lengthOf(typeof right === 'bigint' ? left.nanos * right : ticks(Number(left.nanos) * right));
  if (isNumber(left) && isLength(right)) return multiply(right, left);
  return numbers(
    left,
    right,
    (a, b) => wrapLong(a * b),
    (a, b) => a * b,
  );
};

export const divide = (left: Value, right: Value): Value => {
  if (isLength(left) && isLength(right)) return Number(left.nanos) / Number(right.nanos);
  if (isLength(left) && isNumber(right)) return Number(right) === 0 ? null : lengthOf(ticks(Number(left.nanos) / Number(right)));
  return numbers(
    left,
    right,
    (a, b) => (b === 0n ? null : wrapLong(a / b)),
    (a, b) => a / b,
  );
};

export const modulo = (left: Value, right: Value): Value => {
  if (isLength(left) && isLength(right)) return right.nanos === 0n ? null : lengthOf(left.nanos % right.nanos);
  return numbers(
    left,
    right,
    (a, b) => (b === 0n ? null : ((a % b) + (b < 0n ? -b : b)) % b),
    (a, b) => (b === 0 ? NaN : ((a % b) + Math.abs(b)) % Math.abs(b)),
  );
};

function numbers(left: Value, right: Value, whole: (a: bigint, b: bigint) => Value, fraction: (a: number, b: number) => number): Value {
  if ([left, right].some((value) => typeof value === 'bigint' && !fitsLong(value))) throw refused('a calculation with a decimal number of more than 18 digits');
  if (typeof left === 'bigint' && typeof right === 'bigint') return whole(left, right);
  if (isNumber(left) && isNumber(right)) return fraction(Number(left), Number(right));
  if (typeof left === 'string' || typeof right === 'string' || typeof left === 'object' || typeof right === 'object') return null;
  throw refused('a calculation with what is no number');
}

/** The greatest multiple of a size that is not above a value; times are counted from the year 1. */
export function binOf(value: Value, size: Value, from?: Value): Value {
  if (isMoment(value) && isLength(size)) {
    const origin = isMoment(from) ? from.nanos : -62_135_596_800_000_000_000n;
    return size.nanos <= 0n ? null : momentOf(floorDiv(value.nanos - origin, size.nanos) * size.nanos + origin);
  }
  if (isLength(value) && isLength(size)) {
    const origin = isLength(from) ? from.nanos : 0n;
    return size.nanos <= 0n ? null : lengthOf(floorDiv(value.nanos - origin, size.nanos) * size.nanos + origin);
  }
  if (typeof value === 'bigint' && typeof size === 'bigint' && (from === undefined || typeof from === 'bigint')) {
    if (size <= 0n) return null;
    const origin = from ?? 0n;
    return floorDiv(value - origin, size) * size + origin;
  }
  if (!isNumber(value) || !isNumber(size) || Number(size) <= 0) return null;
  const origin = isNumber(from) ? Number(from) : 0;
  return Math.floor((Number(value) - origin) / Number(size)) * Number(size) + origin;
}
