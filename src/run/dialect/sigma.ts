import type { Dialect, RunFunction } from '../dialect';
import { nanosOfText } from '../time';
import type { Value } from '../value';
import { isMoment } from '../value';
import { numericOrder, plainLiteral, sameText, singleText } from './textual';

/** A part of a time in UTC, of ISO text, of seconds or of milliseconds since 1970. */
const part = (of: (date: Date) => number): RunFunction => ({
  call: ([value]) => {
    const date = dateOf(value!);
    return date === null ? null : of(date);
  },
});

function dateOf(value: Value): Date | null {
  const nanos = isMoment(value) ? value.nanos : typeof value === 'string' ? nanosOfText(value) : null;
  if (nanos === null) return null;
  const date = new Date(Number(nanos / 1_000_000n));
  return Number.isNaN(date.getTime()) ? null : date;
}

/** The ISO week a day lies in. */
function weekOf(date: Date): number {
  const day = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  return Math.ceil(((day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
}

/** Sigma: texts without case, numbers by their written form, keywords anywhere in a value. */
export const sigmaDialect: Dialect = {
  presence: 'key',
  several: 'any',
  words: 'anywhere',
  byWriting: true,
  literal: plainLiteral,
  time: () => undefined,
  equals: sameText,
  order: numericOrder,
  text: singleText,
  word: (text, word) => text.includes(word),
  functions: new Map([
    ['minute', part((date) => date.getUTCMinutes())],
    ['hour', part((date) => date.getUTCHours())],
    ['day', part((date) => date.getUTCDate())],
    ['week', part(weekOf)],
    ['month', part((date) => date.getUTCMonth() + 1)],
    ['year', part((date) => date.getUTCFullYear())],
  ]),
};
