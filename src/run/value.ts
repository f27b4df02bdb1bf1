/** Marks the values that JSON has no kind for; no event can hold this key. */
export const KIND: unique symbol = Symbol('kind');

/** A point in time: nanoseconds since 1970-01-01 UTC. */
export interface Moment {
  readonly [KIND]: 'moment';
  readonly nanos: bigint;
}

/** A length of time in nanoseconds, and in months where it is of the calendar (a month, a year). */
export interface Length {
  readonly [KIND]: 'length';
  readonly nanos: bigint;
  readonly months?: bigint;
}

/** An IP address that its language knows as one; `text` as it is shown. */
interface Address {
  readonly [KIND]: 'address';
  readonly text: string;
  readonly bits: bigint;
}

/** A version, ordered by its numbered parts. */
interface Version {
  readonly [KIND]: 'version';
  readonly text: string;
}

/** JSON that its language holds as one value: an array in it is no list of several values. */
interface Json {
  readonly [KIND]: 'json';
  readonly value: Value;
}

/** An object of named values. */
export interface Bag {
  readonly [name: string]: Value;
}

/** What an expression gives and a row holds. A bigint is a whole number of a language that tells whole numbers from fractions. */
export type Value = null | boolean | number | bigint | string | Moment | Length | Address | Version | Json | readonly Value[] | Bag;

export const momentOf = (nanos: bigint): Moment => ({ [KIND]: 'moment', nanos });
export const lengthOf = (nanos: bigint): Length => ({ [KIND]: 'length', nanos });

export const addressValue = (text: string, bits: bigint): Address => ({ [KIND]: 'address', text, bits });
export const jsonValue = (value: Value): Json => ({ [KIND]: 'json', value });
export const versionValue = (text: string): Version => ({ [KIND]: 'version', text });

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);
export const isMarked = (value: Value | undefined): value is Moment | Length | Address | Version | Json =>
  typeof value === 'object' && value !== null && KIND in value;
export const isMoment = (value: Value | undefined): value is Moment => isMarked(value) && value[KIND] === 'moment';
export const isLength = (value: Value | undefined): value is Length => isMarked(value) && value[KIND] === 'length';
export const isAddress = (value: Value | undefined): value is Address => isMarked(value) && value[KIND] === 'address';
export const isVersion = (value: Value | undefined): value is Version => isMarked(value) && value[KIND] === 'version';
export const isJson = (value: Value | undefined): value is Json => isMarked(value) && value[KIND] === 'json';
export const isBag = (value: Value | undefined): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value) && !(KIND in value);
export const isNumber = (value: Value | undefined): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

const MILLI = 1_000_000n;

/** ISO text in UTC with as many digits of a second as it has, at least `digits` and at most nine. */
export function isoOf({ nanos }: Moment, digits = 3): string {
  const millis = floorDiv(nanos, MILLI);
  const rest = nanos - millis * MILLI;
  const date = new Date(Number(millis));
  if (Number.isNaN(date.getTime())) return `${nanos}ns`;
  const text = date.toISOString();
  const head = text.slice(0, text.indexOf('.'));
  const fraction = `${text.slice(text.indexOf('.') + 1, -1)}${rest.toString().padStart(6, '0')}`;
  let length = 9;
  while (length > digits && fraction[length - 1] === '0') length--;
  return length === 0 ? `${head}Z` : `${head}.${fraction.slice(0, length)}Z`;
}

/** `1.02:03:04.5000000`: days, a clock, and parts of a second in steps of 100 ns where there are any. */
export function spanText({ nanos }: Length): string {
  const ticks = (nanos < 0n ? -nanos : nanos) / 100n;
  const two = (value: bigint): string => value.toString().padStart(2, '0');
  const [days, hours, minutes, seconds, rest] = [
    ticks / 864_000_000_000n,
    (ticks / 36_000_000_000n) % 24n,
    (ticks / 600_000_000n) % 60n,
    (ticks / 10_000_000n) % 60n,
    ticks % 10_000_000n,
  ];
  const fraction = rest === 0n ? '' : `.${rest.toString().padStart(7, '0')}`;
  return `${nanos < 0n ? '-' : ''}${days === 0n ? '' : `${days}.`}${two(hours)}:${two(minutes)}:${two(seconds)}${fraction}`;
}

/** The quotient rounded down, also below zero. */
export function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** A value as text, as events write it: what comparisons of texts see. Null is no text. */
export function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value === 'object') {
    if (isMoment(value)) return isoOf(value);
    if (isLength(value)) return spanText(value);
    if (isAddress(value) || isVersion(value)) return value.text;
    if (isJson(value)) return JSON.stringify(plainOf(value.value));
    return JSON.stringify(plainOf(value));
  }
  return String(value);
}

/** A value as plain JSON: times as ISO text, whole numbers as the nearest number, which is what readers of JSON make of their digits. */
export function plainOf(value: Value): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isJson(value)) return plainOf(value.value);
  if (isMarked(value)) return textOf(value);
  if (isList(value)) return value.map(plainOf);
  const plain: Record<string, unknown> = Object.create(null);
  for (const [name, inner] of Object.entries(value)) plain[name] = plainOf(inner);
  return plain;
}
