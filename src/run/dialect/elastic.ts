import type { Call, Literal, Operand, Test } from '../../model';
import { isOpenGlob } from '../../syntax/glob';
import { refused, type Dialect, type Fits, type Scope } from '../dialect';
import { globPlan } from '../glob-match';
import { addMonths, nanosOf, partsOf } from '../date-format';
import { addressOf, liesIn, networkOf } from '../network';
import { regexOf } from '../regex';
import { nanosOfText } from '../time';
import { truthOf } from '../truth';
import { floorDiv, isMoment, textOf, type Value } from '../value';
import { looseOrder, numberOf, plainLiteral, sameText, singleText } from './textual';

const NUMBERS: ReadonlySet<string> = new Set(['long', 'integer', 'short', 'byte', 'double', 'float', 'half_float', 'scaled_float', 'unsigned_long']);

/** Words as the standard analyser cuts them, in lower case. */
const analysed = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+(?:['.:’](?=[\p{L}\p{N}])[\p{L}\p{N}_]+)*/gu) ?? [];

/** Whether words stand in order, side by side. */
function phraseIn(words: readonly string[], phrase: readonly string[]): boolean {
  if (phrase.length === 0) return false;
  return words.some((_, at) => phrase.every((word, offset) => words[at + offset] === word));
}

/** Days of a date that is written short, in nanoseconds: its first moment and the first after it. */
export function datesOf(text: string): readonly [from: bigint, to: bigint] | null {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?)?)?)?(Z|[-+]\d\d:?\d\d)?$/i.exec(text.trim());
  if (found === null) return null;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction] = found;
  const from = nanosOfText(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction === undefined ? '' : `.${fraction}`}${found[8] ?? 'Z'}`);
  if (from === null) return null;
  const step =
    found[7] !== undefined
      ? 1_000_000n
      : found[6] !== undefined
        ? 1_000_000_000n
        : found[5] !== undefined
          ? 60_000_000_000n
          : found[4] !== undefined
            ? 3_600_000_000_000n
            : 86_400_000_000_000n;
  if (found[3] !== undefined) return [from, from + step];
  const next =
    found[2] === undefined
      ? `${Number(year) + 1}-01-01`
      : Number(month) === 12
        ? `${Number(year) + 1}-01-01`
        : `${year}-${String(Number(month) + 1).padStart(2, '0')}-01`;
  return [from, nanosOfText(`${next}T00:00:00Z`) ?? from];
}

const momentIn = (value: Value): bigint | null => {
  if (isMoment(value)) return value.nanos;
  if (typeof value === 'number') return BigInt(Math.round(value)) * 1_000_000n;
  return typeof value === 'string' ? (nanosOfText(value) ?? datesOf(value)?.[0] ?? null) : null;
};

/** How a value of a query meets a field by the field's type: keywords whole, texts by their words, numbers, dates and addresses by value. */
function fitsByType(operand: Operand, test: Test, type: string | undefined, scope: Scope): Fits | null {
  if (operand.kind === 'time') return timeFits(operand.text, test, scope);
  if (operand.kind === 'call') return nearFits(operand, type);
  if (test.compare === 'less' || test.compare === 'at-most' || test.compare === 'greater' || test.compare === 'at-least')
    return operand.kind === 'literal' ? orderByType(operand, test, type, scope) : null;
  if (test.compare === 'regex') return type === 'text' && operand.kind === 'regex' ? wordRegex(operand, test) : null;
  if (test.compare !== 'equals' && test.compare !== 'token') return null;
  if (operand.kind === 'glob') {
    if (isOpenGlob(operand.parts)) return null;
    const isText = type === 'text';
    const plan = globPlan(operand.parts, isText ? lower : same);
    if (isText) return (value) => truthOf(typeof value === 'string' && analysed(value).some((word) => plan.test(word)));
    return test.left === null ? (value) => truthOf(plan.test(singleText(value) ?? '')) : null;
  }
  return operand.kind === 'literal' ? literalFits(operand, test, type, scope) : null;
}

const lower = (text: string): string => text.toLowerCase();
const same = (text: string): string => text;

/** A regex meets the words of a text, each whole. */
function wordRegex(operand: Extract<Operand, { kind: 'regex' }>, test: Test): Fits | null {
  const ready = regexOf(operand, test.case === 'fold');
  if (ready.refused !== undefined) return null;
  return (value) => truthOf(typeof value === 'string' && analysed(value).some((word) => ready.test(word)));
}

function literalFits(operand: Literal, test: Test, type: string | undefined, scope: Scope): Fits | null {
  const { text } = operand;
  if (type === 'text') {
    const words = analysed(text);
    const isLoose = operand.words === true;
    return (value) => {
      if (value === null) return truthOf(false);
      const own = analysed(textOf(value));
      return truthOf(isLoose ? words.some((word) => own.includes(word)) : phraseIn(own, words));
    };
  }
  if (type === 'ip') {
    const network = networkOf(text);
    if (network === null) return () => truthOf(false);
    return (value) => {
      const address = typeof value === 'string' ? addressOf(value) : null;
      return truthOf(address !== null && liesIn(address, network));
    };
  }
  if (type !== undefined && NUMBERS.has(type)) {
    const number = numberOf(text);
    return (value) => truthOf(number !== null && numberOf(value) === number);
  }
  if (type === 'date') return timeFits(text, test, scope);
  // Free words meet a keyword whole, letters' case and all.
  return test.left === null ? (value) => truthOf(singleText(value) === text) : null;
}

const HOUR = 3_600_000_000_000n;
const MATH: Readonly<Record<string, bigint>> = { s: 1_000_000_000n, m: 60_000_000_000n, h: HOUR, H: HOUR, d: 24n * HOUR, w: 168n * HOUR };
const CALENDAR: Readonly<Record<string, number>> = { M: 1, y: 12 };
/** 1970 began on a Thursday; weeks begin on a Monday. */
const MONDAY = 72n * HOUR;

/** A moment so many units on. */
const moved = (at: bigint, unit: string, count: number): bigint =>
  CALENDAR[unit] === undefined ? at + BigInt(count) * MATH[unit]! : addMonths(at, count * CALENDAR[unit]);

/** The beginning of the unit that a moment lies in. */
function startOf(at: bigint, unit: string): bigint {
  const step = MATH[unit];
  if (step !== undefined) return unit === 'w' ? floorDiv(at + MONDAY, step) * step - MONDAY : floorDiv(at, step) * step;
  const { year, month } = partsOf(at);
  return nanosOf({ year, month: unit === 'y' ? 1 : month, day: 1, hour: 0, minute: 0, second: 0, nano: 0 });
}

/** The first moment a written time stands for and the first after it: a date as short as it is, `now-7d`, `2024-01-31||+1M/d`. */
function timesOf(text: string, { now }: Scope): readonly [from: bigint, to: bigint] | null {
  const found = /^(?:now|(.+?)\|\|)((?:[-+]\d*[smhHdwMy]|\/[smhHdwMy])*)$/.exec(text.trim());
  if (found === null) return datesOf(text);
  const anchor = found[1] === undefined ? ([now, now + 1n] as const) : datesOf(found[1]);
  if (anchor === null) return null;
  // Both are moments of their own: a day at the end of a month is moved to the end of another.
  let [from, last] = [anchor[0], anchor[1] - 1n];
  for (const [, sign, count, unit] of found[2]!.matchAll(/([-+/])(\d*)(\w)/g)) {
    if (sign === '/') [from, last] = [startOf(from, unit!), moved(startOf(last, unit!), unit!, 1) - 1n];
    else [from, last] = [from, last].map((at) => moved(at, unit!, (sign === '-' ? -1 : 1) * Number(count === '' ? 1 : count))) as [bigint, bigint];
  }
  return [from, last + 1n];
}

function timeFits(text: string, test: Test, scope: Scope): Fits {
  const times = timesOf(text, scope);
  if (times === null) {
    // Asked of every field, a value that is no time fits none that holds times.
    if (test.left === null || (test.left.kind === 'field' && test.left.wild !== undefined)) return () => truthOf(false);
    throw refused(`the time \`${text}\``);
  }
  const holds = holdsOf(test);
  // `> 2020` begins after the year, `<= 2020` ends with it.
  const bound = test.compare === 'greater' || test.compare === 'at-most' ? times[1] - 1n : times[0];
  return (value) => {
    const at = momentIn(value);
    if (at === null) return truthOf(false);
    return truthOf(holds === null ? at >= times[0] && at < times[1] : holds(at < bound ? -1 : at > bound ? 1 : 0));
  };
}

/** What an order must be; null: the comparison asks for none. */
function holdsOf({ compare }: Test): ((order: number) => boolean) | null {
  switch (compare) {
    case 'less':
      return (order) => order < 0;
    case 'at-most':
      return (order) => order <= 0;
    case 'greater':
      return (order) => order > 0;
    case 'at-least':
      return (order) => order >= 0;
    default:
      return null;
  }
}

function orderByType({ text }: Literal, test: Test, type: string | undefined, scope: Scope): Fits | null {
  const holds = holdsOf(test)!;
  if (type === 'date') return timeFits(text, test, scope);
  if (type === 'ip') {
    const bound = addressOf(text);
    if (bound === null) return null;
    return (value) => {
      const address = typeof value === 'string' ? addressOf(value) : null;
      return truthOf(address !== null && holds(address.bits < bound.bits ? -1 : address.bits > bound.bits ? 1 : 0));
    };
  }
  if (type === 'keyword' || type === 'text' || type === 'wildcard' || type === 'constant_keyword')
    return (value) => {
      const own = singleText(value);
      return truthOf(own !== null && holds(own < text ? -1 : own > text ? 1 : 0));
    };
  return null;
}

/** Words near each other (`"a b"~5`), and words a few letters off (`word~1`). */
function nearFits({ fn, args }: Call, type: string | undefined): Fits | null {
  const [words, most] = args;
  if (words?.kind !== 'literal' || (most !== undefined && most.kind !== 'literal')) return null;
  const count = most === undefined ? null : Number(most.text);
  if (fn === 'near') {
    const phrase = analysed(words.text);
    if (type !== 'text') return (value) => truthOf(singleText(value) === words.text);
    return (value) => truthOf(typeof value === 'string' && isNear(analysed(value), phrase, count ?? 0));
  }
  if (fn !== 'fuzzy') return null;
  const sought = type === 'text' ? words.text.toLowerCase() : words.text;
  const edits = count ?? (sought.length < 3 ? 0 : sought.length < 6 ? 1 : 2);
  return (value) => {
    const text = singleText(value);
    return truthOf(text !== null && (type === 'text' ? analysed(text) : [text]).some((word) => isWithin(word, sought, edits)));
  };
}

/** Whether the words stand so that moving them into order takes at most so many steps. */
function isNear(words: readonly string[], phrase: readonly string[], slop: number): boolean {
  const places = phrase.map((sought, index) => words.flatMap((word, at) => (word === sought ? [at - index] : [])));
  if (places.some((list) => list.length === 0)) return false;
  return places[0]!.some((first) => {
    let [least, most] = [first, first];
    for (const list of places.slice(1)) {
      const best = list.reduce((a, b) => (Math.abs(b - first) < Math.abs(a - first) ? b : a));
      least = Math.min(least, best);
      most = Math.max(most, best);
    }
    return most - least <= slop;
  });
}

/** Whether one word becomes the other by so many letters put in, taken out, changed or swapped with their neighbour. */
function isWithin(left: string, right: string, most: number): boolean {
  const [a, b] = [[...left], [...right]];
  if (Math.abs(a.length - b.length) > most) return false;
  let [before, last]: readonly number[][] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let at = 1; at <= b.length; at++) {
      const change = a[row - 1] === b[at - 1] ? 0 : 1;
      let best = Math.min(last![at]! + 1, line[at - 1]! + 1, last![at - 1]! + change);
      if (row > 1 && at > 1 && a[row - 1] === b[at - 2] && a[row - 2] === b[at - 1]) best = Math.min(best, before![at - 2]! + 1);
      line.push(best);
    }
    [before, last] = [last!, line];
  }
  return last!.at(-1)! <= most;
}

/** kuery and Lucene's query string over fields of Elasticsearch. */
export const elasticDialect: Dialect = {
  presence: 'value',
  several: 'any',
  words: 'broken',
  literal: plainLiteral,
  time: () => undefined,
  equals: sameText,
  order: looseOrder,
  text: singleText,
  word: (text, word) => phraseIn(analysed(text), analysed(word)),
  fits: fitsByType,
  // The one field of ECS that is text and everyone searches.
  typeOf: (name) => (name === 'message' ? 'text' : undefined),
  functions: new Map(),
};
