import { isNumber, type Value } from './value';

const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;

/** Whether a whole number fits 64 bits. */
export const fitsLong = (value: bigint): boolean => value >= LEAST && value <= MOST;

/** Whether a whole number fits 32 bits. */
export const fitsInteger = (value: bigint): boolean => BigInt.asIntN(32, value) === value;

/** A whole number kept in 64 bits as machines do it. */
export const wrapLong = (value: bigint): bigint => BigInt.asIntN(64, value);

export const compareNumbers = (a: number | bigint, b: number | bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** The nearest whole number toward zero, kept in 64 bits; null for none. */
export function truncated(value: number): bigint | null {
  if (Number.isNaN(value)) return null;
  if (value >= 2 ** 63) return MOST;
  if (value <= -(2 ** 63)) return LEAST;
  return BigInt(Math.trunc(value));
}

/** Rounded half away from zero, to `digits` after the point. */
export function roundTo(value: number, digits: number): number {
  if (!Number.isFinite(value) || digits > 15) return value;
  const shown = Number(`${Math.abs(value)}e${digits}`);
  if (!Number.isFinite(shown)) {
    const scale = 10 ** digits;
    return (Math.sign(value) * Math.round(Math.abs(value) * scale)) / scale;
  }
  return Math.sign(value) * Number(`${Math.round(shown)}e${-digits}`);
}

/** The numbers among values, as they are. */
export const numbersIn = (values: readonly Value[]): readonly (number | bigint)[] => values.filter(isNumber);

/** A sum that stays whole while all are whole. */
export function sumOf(numbers: readonly (number | bigint)[]): number | bigint {
  let whole = 0n;
  let real = 0;
  let isReal = false;
  for (const number of numbers) {
    if (typeof number === 'bigint') whole += number;
    else {
      isReal = true;
      real += number;
    }
  }
  return isReal ? real + Number(whole) : whole;
}

/** The variance of a sample (`n - 1`) or of all (`n`), by the stable way of Welford. */
export function varianceOf(numbers: readonly (number | bigint)[], isSample: boolean): number {
  let mean = 0;
  let squares = 0;
  let count = 0;
  for (const one of numbers) {
    const value = Number(one);
    count++;
    const delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
  }
  return count === 0 ? NaN : isSample ? (count === 1 ? 0 : squares / (count - 1)) : squares / count;
}
