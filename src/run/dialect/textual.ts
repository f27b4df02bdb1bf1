import type { Literal } from '../../model';
import { truthOf, type Truth } from '../truth';
import { isList, isMarked, textOf, type Value } from '../value';

/** A literal as events write it: numbers keep their written form. */
export function plainLiteral({ text, type }: Literal): Value {
  if (type === 'null') return null;
  if (type === 'boolean') return text.toLowerCase() === 'true';
  return text;
}

/** Values equal by their written form: the number 4688 is the text `4688`. */
export function sameText(left: Value, right: Value, fold: boolean): Truth {
  if (left === null || right === null) return truthOf(left === right);
  const [a, b] = [textOf(left), textOf(right)];
  return truthOf(a === b || (fold && a.toLowerCase() === b.toLowerCase()));
}

/** A number as JSON or digits in a text; null for anything else. */
export function numberOf(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string' || !/^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(value)) return null;
  return Number(value);
}

/** Order by number; texts that are none have no order. */
export function numericOrder(left: Value, right: Value): number | null {
  const [a, b] = [numberOf(left), numberOf(right)];
  return a === null || b === null ? null : a - b;
}

/** Order by number where both are numbers, else by text. */
export function looseOrder(left: Value, right: Value): number | null {
  if (left === null || right === null) return null;
  const order = numericOrder(left, right);
  if (order !== null) return order;
  const [a, b] = [textOf(left), textOf(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The text of single values; none of lists and objects, but for what is shown as one. */
export const singleText = (value: Value): string | null =>
  typeof value === 'string' ? value : value === null || isList(value) || (typeof value === 'object' && !isMarked(value)) ? null : textOf(value);
