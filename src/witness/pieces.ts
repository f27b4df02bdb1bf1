import type { EventValue, GlobPart, Operand, Test } from '../model';
import { evaluator, type Reading } from '../run/expression';
import { isRefused, type Evaluate, type Row } from '../run/dialect';
import { addressOf, networkOf } from '../run/network';
import { formsOf } from '../syntax/text-forms';
import { isMoment, isoOf, momentOf, plainOf, textOf, type Value } from '../run/value';
import { isWild } from './places';
import { type Piece, regexTexts } from './regex-text';

/** One way to meet a comparison: pieces of a text, or a whole value. */
export type Way = { readonly pieces: readonly Piece[] } | { readonly value: EventValue };

/** Of a value that is looked for in several forms, so many are tried. */
const MOST_FORMS = 6;

export const whole = (text: string): Way => ({ pieces: [{ text, atStart: true, atEnd: true }] });
export const within = (text: string): Way => ({ pieces: [{ text, atStart: false, atEnd: false }] });

/** Ways in which a comparison may be met, the plainest first: none is sure, each is tried. Total: what it does not know gives none. */
export function* waysOf(test: Test, reading: Reading, row: Row): Generator<Way> {
  const operands = test.values.flatMap((value) => (value.kind === 'list' ? value.of : [value]));
  switch (test.compare) {
    case 'exists':
    case 'filled':
    case 'absent':
    case 'empty':
      return;
    case 'between': {
      for (const end of operands) yield* around(valueOf(end, reading, row), 0);
      return;
    }
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least': {
      const step = test.compare === 'less' ? -1 : test.compare === 'greater' ? 1 : 0;
      for (const operand of operands) yield* around(valueOf(operand, reading, row), step);
      return;
    }
    case 'equals':
    case 'regex':
    case 'cidr':
    case 'token': {
      if (test.every === true) {
        const each = operands.map((operand) => first(waysOfValue(operand, test, reading, row)));
        const pieces = each.flatMap((way) => (way !== undefined && 'pieces' in way ? way.pieces : []));
        if (pieces.length > 0) yield { pieces };
        // A field with several values may have them all.
        const values = each.flatMap((way) => (way === undefined || !('value' in way) ? [] : [way.value]));
        if (values.length > 0) yield { value: values };
        return;
      }
      for (const operand of operands) yield* waysOfValue(operand, test, reading, row);
      return;
    }
    default:
      test.compare satisfies never;
  }
}

const first = <T>(items: Iterable<T>): T | undefined => {
  for (const item of items) return item;
  return undefined;
};

function* waysOfValue(operand: Operand, test: Test, reading: Reading, row: Row): Generator<Way> {
  if (operand.kind === 'unread') return;
  if (operand.kind === 'regex') {
    yield* regexTexts(operand);
    return;
  }
  const forms = formsOf(operand);
  if (forms !== null) {
    if (typeof forms !== 'string') for (const parts of forms.slice(0, MOST_FORMS)) yield* waysOfGlob(parts, test, reading, row);
    return;
  }
  if (operand.kind === 'glob') return yield* waysOfGlob(operand.parts, test, reading, row);
  if (test.compare === 'cidr') {
    const network = networkOf(operand.kind === 'literal' ? operand.text : textOf(valueOf(operand, reading, row) ?? null));
    if (network !== null) yield* addressesIn(network);
    return;
  }
  const value = valueOf(operand, reading, row);
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value as readonly Value[]) yield* waysOfPlain(item, test);
    return;
  }
  yield* waysOfPlain(value, test);
}

function* waysOfPlain(value: Value, test: Test): Generator<Way> {
  const text = textOf(value);
  if (test.compare === 'token' || test.left === null) yield within(text);
  else {
    // A number as events have it, else as its text.
    if (typeof value !== 'string') yield { value: plainOf(value) as EventValue };
    else if (/^(?:0|-?[1-9]\d{0,14})$/.test(value)) yield { value: Number(value) };
    yield whole(text);
  }
}

function* waysOfGlob(parts: readonly GlobPart[], test: Test, reading: Reading, row: Row): Generator<Way> {
  const known: (GlobPart | null)[] = parts.map((part) => {
    if (typeof part === 'string' || 'text' in part) return part;
    const value = valueOf(part.of, reading, row);
    return value === undefined || value === null ? null : { text: textOf(value) };
  });
  const pieces: { text: string; atStart: boolean; atEnd: boolean }[] = [];
  const isOpen = test.compare === 'token' || test.left === null;
  let open: { text: string; atStart: boolean; atEnd: boolean } | null = { text: '', atStart: !isOpen, atEnd: false };
  for (const part of known) {
    if (part === null) return;
    if (part === 'any-run') {
      if (open !== null && open.text !== '') pieces.push(open);
      open = null;
      continue;
    }
    open ??= { text: '', atStart: false, atEnd: false };
    // Any sign within a word is often one of its own that stands for any.
    open.text += part === 'any-char' ? (/\w$/.test(open.text) ? '_' : 'a') : 'text' in part ? part.text : '';
  }
  if (open !== null) {
    open.atEnd = !isOpen;
    if (open.text !== '' || open.atStart) pieces.push(open);
  }
  yield { pieces };
}

function* addressesIn({ bits, prefix, isV4 }: NonNullable<ReturnType<typeof networkOf>>): Generator<Way> {
  const size = 1n << BigInt(128 - prefix);
  for (const offset of size > 2n ? [1n, 5n, size / 2n, size - 2n] : [0n, size - 1n]) yield whole(addressText(bits + offset, isV4));
}

function addressText(bits: bigint, isV4: boolean): string {
  const parts = (count: number, width: bigint): readonly bigint[] =>
    Array.from({ length: count }, (_, at) => (bits >> (BigInt(count - 1 - at) * width)) & ((1n << width) - 1n));
  if (isV4) return parts(4, 8n).join('.');
  const text = parts(8, 16n)
    .map((part) => part.toString(16))
    .join(':');
  return addressOf(text) === null ? text : text.replace(/(?:^|:)0(?::0)+(?::|$)/, '::');
}

/** A value that has an order, and its neighbours: one step first, then the value, then the other side. */
function* around(value: Value | undefined, step: -1 | 0 | 1): Generator<Way> {
  if (value === undefined || value === null) return;
  const steps = step === 0 ? [0, 1, -1] : [step, 0, -step];
  if (isMoment(value)) {
    for (const by of steps) yield { value: isoOf(momentOf(value.nanos + BigInt(by) * 1_000_000_000n)) };
    return;
  }
  const number =
    typeof value === 'bigint' ? Number(value) : typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  if (Number.isFinite(number)) {
    for (const by of steps) yield { value: number + by };
    return;
  }
  if (typeof value !== 'string') return;
  if (isIso(value)) {
    for (const by of steps) yield whole(new Date(Date.parse(value) + by * SECOND).toISOString());
    return;
  }
  yield whole(value);
  yield whole(`${value}a`);
  if (value.length > 1) yield whole(value.slice(0, -1));
}

/** Ways to a value that a known one compares with so, the known one at the left. */
export function* waysNear(value: Value, compare: Test['compare']): Generator<Way> {
  const step = compare === 'less' ? 1 : compare === 'greater' ? -1 : 0;
  if (compare === 'equals' || compare === 'token') yield { value: plainOf(value) as EventValue };
  yield* around(value, step);
}

/** Whether a text is a moment as events write it. */
export const isIso = (text: string): boolean => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text));

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How far moments are tried from each other. */
const APART = [
  0,
  SECOND,
  30 * SECOND,
  MINUTE,
  3 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  5 * DAY,
  10 * DAY,
  20 * DAY,
  40 * DAY,
];

/** A value, and of a moment others near it and farther away. */
export function* momentsNear(value: EventValue | undefined): Generator<EventValue | undefined> {
  const at = typeof value === 'string' && isIso(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(at)) yield value;
  else for (const apart of APART) for (const sign of apart === 0 ? [1] : [1, -1]) yield new Date(at + sign * apart).toISOString();
}

const EVALUATORS = new WeakMap<Reading, WeakMap<Operand, Evaluate>>();

/** What works out an operand, made once; what looks at all of a row keeps what the last one had, and is made anew. */
function evaluatorOf(operand: Operand, reading: Reading): Evaluate {
  const known = EVALUATORS.get(reading) ?? new WeakMap<Operand, Evaluate>();
  EVALUATORS.set(reading, known);
  const evaluate = known.get(operand) ?? evaluator(operand, reading);
  if (!isWild(operand)) known.set(operand, evaluate);
  return evaluate;
}

/** An operand's value for a row; undefined where it cannot be told. */
export function valueOf(operand: Operand, reading: Reading, row: Row): Value | undefined {
  try {
    return evaluatorOf(operand, reading)(row);
  } catch (error) {
    if (!isRefused(error)) throw error;
    return undefined;
  }
}
