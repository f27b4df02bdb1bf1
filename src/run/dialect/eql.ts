import type { Operand, Test } from '../../model';
import { addressOf, liesIn, networkOf } from '../network';
import { functionOf } from '../../languages/eql/vocabulary';
import { compareNumbers } from '../arithmetic';
import { asDocumented, refused, type Dialect, type Evaluate, type Fits, type RunFunction, type Scope } from '../dialect';
import { nanosOfText } from '../time';
import { FALSE, NULL, TRUE, truthOf, type Truth } from '../truth';
import { isList, isNumber, type Value } from '../value';
import { datesOf } from './elastic';
import { singleText } from './textual';

const text = (value: Value | undefined): string | null => (value === undefined || value === null ? null : singleText(value));

/** Whole numbers stay whole: dividing them drops what is left over. */
function arithmetic(whole: (a: bigint, b: bigint) => bigint | null, real: (a: number, b: number) => number): RunFunction {
  return {
    call([left, right]) {
      if (right === undefined) return typeof left === 'bigint' ? whole(0n, left) : typeof left === 'number' ? real(0, left) : null;
      const [a, b] = [numeric(left!), numeric(right)];
      if (a === null || b === null) throw refused('a calculation with what is no number');
      if (typeof a === 'bigint' && typeof b === 'bigint') return whole(a, b);
      const result = real(Number(a), Number(b));
      return Number.isFinite(result) ? result : null;
    },
  };
}

const numeric = (value: Value): number | bigint | null => (isNumber(value) ? value : null);

const MATH: readonly (readonly [readonly string[], RunFunction])[] = [
  [
    ['+', 'add'],
    arithmetic(
      (a, b) => a + b,
      (a, b) => a + b,
    ),
  ],
  [
    ['-', 'subtract'],
    arithmetic(
      (a, b) => a - b,
      (a, b) => a - b,
    ),
  ],
  [
    ['*', 'multiply'],
    arithmetic(
      (a, b) => a * b,
      (a, b) => a * b,
    ),
  ],
  [
    ['/', 'divide'],
    arithmetic(
      (a, b) => (b === 0n ? null : a / b),
      (a, b) => a / b,
    ),
  ],
  [
    ['%', 'modulo'],
    arithmetic(
      (a, b) => (b === 0n ? null : a % b),
      (a, b) => a % b,
    ),
  ],
];

/** A function of texts with and without regard to letters' case: `name` and `name~`. */
function cased(name: string, make: (change: (text: string) => string) => (args: readonly Value[]) => Value): readonly (readonly [string, RunFunction])[] {
  return [
    [name, { call: make(asWritten) }],
    [`${name}~`, { call: make(folded) }],
  ];
}

const texts =
  (change: (text: string) => string, holds: (a: string, b: string) => boolean) =>
  ([left, ...rest]: readonly Value[]): Value => {
    const own = text(left);
    return own === null ? null : rest.some((one) => text(one) !== null && holds(change(own), change(text(one)!)));
  };

const asWritten = (text: string): string => text;
const folded = (text: string): string => text.toLowerCase();

/** The text between the first `left` and the next `right`, or the last with `greedy`. */
function between(byName: (text: string) => string, [source, left, right, greedy, isExact]: readonly Value[]): Value {
  const change = isExact === undefined ? byName : isExact === true ? asWritten : folded;
  const [own, from, to] = [text(source), text(left), text(right)];
  if (own === null || from === null || to === null) return null;
  const changed = change(own);
  const start = changed.indexOf(change(from));
  if (start < 0) return '';
  const begin = start + from.length;
  const end = greedy === true ? changed.lastIndexOf(change(to)) : changed.indexOf(change(to), begin);
  return end < begin ? '' : own.slice(begin, end);
}

function numberFrom(value: Value, base: Value | undefined): Value {
  if (isNumber(value)) return value;
  const own = text(value)?.trim() ?? '';
  const radix = base === undefined || base === null ? null : Number(base);
  const isHex = /^0x/i.test(own);
  if (radix !== null || isHex) {
    const digits = isHex && (radix === null || radix === 16) ? own.slice(2) : own;
    const found = Number.parseInt(digits, radix ?? 16);
    return Number.isNaN(found) ? null : BigInt(found);
  }
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(own)) return null;
  return /^[-+]?\d+$/.test(own) ? BigInt(own) : Number(own);
}

/** Functions of EQL over values; `name~` does not look at letters' case. */
const FUNCTIONS: ReadonlyMap<string, RunFunction> = new Map<string, RunFunction>([
  ...MATH.flatMap(([names, fn]) => names.map((name) => [name, fn] as const)),
  ...cased('startswith', (change) => texts(change, (a, b) => a.startsWith(b))),
  ...cased('endswith', (change) => texts(change, (a, b) => a.endsWith(b))),
  ...cased('stringcontains', (change) => texts(change, (a, b) => a.includes(b))),
  ...cased('between', (change) => (args) => between(change, args)),
  ...cased('indexof', (change) => ([source, part, from]) => {
    const [own, sought] = [text(source), text(part)];
    if (own === null || sought === null) return null;
    const at = change(own).indexOf(change(sought), from === undefined ? 0 : Number(from));
    return at < 0 ? null : BigInt(at);
  }),
  ['length', { call: ([value]) => (isList(value) ? BigInt(value.length) : typeof value === 'string' ? BigInt(value.length) : null) }],
  ['concat', { call: (args) => args.map((value) => text(value) ?? '').join('') }],
  ['string', { call: ([value]) => text(value) }],
  ['number', { takesNull: true, call: ([value, base]) => (value === null || value === undefined ? null : numberFrom(value, base)) }],
  ['substring', { call: ([source, start, end]) => text(source)?.slice(Number(start), end === undefined ? undefined : Number(end)) ?? null }],
  ['cidrmatch', { call: ([value, ...nets]) => inAny(text(value), nets) }],
  ['[]', { call: ([list, index]) => (isList(list) ? (list[Number(index)] ?? null) : Number(index) === 0 ? list! : null) }],
  ['?', { takesNull: true, lazy: ([value]: readonly Evaluate[], _scope: Scope) => value! }],
]);

/** EQL as Elasticsearch has it: `==` with letters' case, null for what is missing. */
export const eqlDialect: Dialect = {
  presence: 'value',
  several: 'any',
  words: 'broken',
  literal: ({ text: written, type }) =>
    type === 'null'
      ? null
      : type === 'boolean'
        ? written.toLowerCase() === 'true'
        : type === 'number'
          ? /^[-+]?\d+$/.test(written)
            ? BigInt(written)
            : Number(written)
          : written,
  value: (value) => (typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value),
  time: () => undefined,
  equals,
  fits: versionFits,
  order(left, right) {
    if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
    if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
    const [a, b] = [instant(left), instant(right)];
    if (a !== null && b !== null && (typeof left === 'string' || typeof right === 'string')) return a < b ? -1 : a > b ? 1 : 0;
    return null;
  },
  text: singleText,
  word: (own, word) => own.split(/[^\p{L}\p{N}]+/u).includes(word),
  functions: asDocumented(FUNCTIONS, (name) => functionOf(name.replace(/~$/, ''))),
};

/** Fields of the type version are compared by their numbered parts; a text that is no version comes after all that are. */
function versionFits(operand: Operand, test: Test, type: string | undefined): Fits | null {
  if (type !== 'version' || operand.kind !== 'literal') return null;
  const holds: Partial<Record<Test['compare'], (order: number) => boolean>> = {
    equals: (order) => order === 0,
    less: (order) => order < 0,
    'at-most': (order) => order <= 0,
    greater: (order) => order > 0,
    'at-least': (order) => order >= 0,
  };
  const decide = holds[test.compare];
  if (decide === undefined) return null;
  return (value) => (typeof value === 'string' ? truthOf(decide(versionOrder(value, operand.text))) : NULL);
}

/** Order of two versions: numbered parts, then a release before its pre-releases' end, then texts. */
export function versionOrder(left: string, right: string): number {
  const partsOf = (text: string): readonly number[] | null => {
    const found = /^\d+(?:\.\d+)*/.exec(text);
    return found === null ? null : found[0].split('.').map(Number);
  };
  const [a, b] = [partsOf(left), partsOf(right)];
  if (a === null || b === null) return a === b ? (left < right ? -1 : left > right ? 1 : 0) : a === null ? 1 : -1;
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    if (at >= a.length || at >= b.length) return a.length - b.length;
    if (a[at] !== b[at]) return a[at]! - b[at]!;
  }
  const [restA, restB] = [left.slice(a.join('.').length), right.slice(b.join('.').length)];
  if (restA === restB) return 0;
  const isPre = (rest: string): boolean => rest.startsWith('-');
  if (isPre(restA) !== isPre(restB)) return isPre(restA) ? -1 : 1;
  return restA < restB ? -1 : 1;
}

function inAny(own: string | null, nets: readonly Value[]): Value {
  const address = own === null ? null : addressOf(own);
  if (address === null) return null;
  return nets.some((net) => {
    const network = networkOf(text(net) ?? '');
    return network !== null && liesIn(address, network);
  });
}

/** A time as milliseconds: a number is that many, a text a date. */
function instant(value: Value): number | null {
  if (isNumber(value)) return Number(value);
  if (typeof value !== 'string') return null;
  const nanos = nanosOfText(value) ?? datesOf(value)?.[0] ?? null;
  return nanos === null ? null : Number(nanos / 1_000_000n);
}

function equals(left: Value, right: Value, fold: boolean): Truth {
  if (left === null || right === null) return NULL;
  if (isNumber(left) && isNumber(right)) return truthOf(compareNumbers(left, right) === 0);
  if (typeof left === 'boolean' || typeof right === 'boolean') return left === right ? TRUE : FALSE;
  if (typeof left === 'string' && typeof right === 'string') return truthOf(left === right || (fold && left.toLowerCase() === right.toLowerCase()));
  const [a, b] = [instant(left), instant(right)];
  if (a !== null && b !== null) return truthOf(a === b);
  return truthOf(text(left) === text(right));
}
