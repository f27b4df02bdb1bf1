import { sumOf, varianceOf } from '../arithmetic';
import { refused, type RunFunction } from '../dialect';
import { keyOf } from '../pipeline-dialect';
import { isBag, isList, isNumber, lengthOf, type Bag, type Value } from '../value';
import { add } from './kusto-arithmetic';
import { bagOf, kustoOrder, kustoText } from './kusto-values';

type Entry = readonly [string, RunFunction];

const array = (name: string, call: (list: readonly Value[], args: readonly Value[]) => Value): Entry => [
  name,
  { call: (args) => (isList(args[0]) ? call(args[0], args) : null) },
];

/** The same where the other arguments may be null. */
const series = (name: string, call: (list: readonly Value[], args: readonly Value[]) => Value): Entry => [
  name,
  { takesNull: true, call: (args) => (isList(args[0]) ? call(args[0], args) : null) },
];

const bag = (name: string, call: (bag: Bag, args: readonly Value[]) => Value): Entry => [
  name,
  { call: (args) => (isBag(args[0]) ? call(args[0], args) : null) },
];

const distinct = (values: readonly Value[]): readonly Value[] => [...new Map(values.map((value) => [keyOf(value), value])).values()];

/** The places of values in their order. */
function sorted(list: readonly Value[], sign: 1 | -1, nullsLast: boolean): readonly number[] {
  if (new Set(list.filter((value) => value !== null).map((value) => (isNumber(value) ? 'number' : typeof value))).size > 1)
    throw refused('sorting values of several kinds');
  const order = (a: Value, b: Value): number =>
    a === null || b === null ? (a === b ? 0 : (a === null) === nullsLast ? 1 : -1) : (kustoOrder(a, b) ?? 0) * sign;
  return list.map((_, at) => at).toSorted((a, b) => order(list[a]!, list[b]!));
}

/** Arrays sorted by the first of them: alone as an array, several as an array of them; null for one of another length. */
const sorting = (name: string, sign: 1 | -1): Entry => [
  name,
  {
    call(args) {
      const [first, ...others] = args;
      if (!isList(first)) return null;
      const nullsLast = others.at(-1) !== false;
      const rest = others.filter((one) => typeof one !== 'boolean');
      const places = sorted(first, sign, nullsLast);
      const at = (list: Value): Value => (isList(list) && list.length === first.length ? places.map((place) => list[place]!) : null);
      return rest.length === 0 ? at(first) : [first, ...rest].map(at);
    },
  },
];

/** Where values stand from an offset on, the n-th time; -1: not there; null where an argument makes no sense. */
function placeIn(list: readonly Value[], [, value, start = 0n, length = -1n, occurrence = 1n]: readonly Value[]): Value {
  const [begin, most, count] = [Number(start), Number(length), Number(occurrence)];
  if (most < -1 || count < 1) return null;
  const from = begin < 0 ? Math.max(0, list.length + begin) : begin;
  const end = most < 0 ? list.length : from + most;
  const places = list.flatMap((one, at) => (at >= from && at < end && keyOf(one) === keyOf(value) ? [at] : []));
  return BigInt(places[count - 1] ?? -1);
}

/** The steps of a path through bags, such as `$.a.b`; any other key is one step. */
function keysIn(key: string): readonly string[] {
  if (!key.startsWith('$')) return [key];
  if (!/^\$(?:\.\w+){1,100}$/.test(key)) throw refused(`the path \`${key}\``);
  return key.slice(2).split('.');
}

/** A bag with a member at a path; bags on the way are made. */
function withKey(value: Bag, [step, ...rest]: readonly string[], made: Value): Value {
  const inner = Object.hasOwn(value, step!) ? value[step!]! : null;
  const next = rest.length === 0 ? made : withKey(isBag(inner) ? inner : (bagOf([]) as Bag), rest, made);
  if (rest.length > 0 && inner !== null && !isBag(inner)) throw refused('`bag_set_key` inside what is no bag');
  return bagOf([...Object.entries(value).filter(([name]) => name !== step), [step!, next]]);
}

/** A bag without a member at a path such as `$.a.b`. */
function without(value: Bag, [step, ...rest]: readonly string[]): Value {
  return bagOf(
    Object.entries(value).flatMap(([name, inner]): readonly (readonly [string, Value])[] =>
      name !== step ? [[name, inner]] : rest.length === 0 ? [] : [[name, isBag(inner) ? without(inner, rest) : inner]],
    ),
  );
}

function slice(list: readonly Value[], [, from, to]: readonly Value[]): Value {
  const at = (index: Value | undefined): number => (Number(index) < 0 ? Math.max(0, list.length + Number(index)) : Number(index));
  return list.slice(at(from), at(to) + 1);
}

/** Without a value for what is missing it is null, of texts an empty one. */
function shifted(list: readonly Value[], by: number, given: Value | undefined): Value {
  const fill = given ?? (list.length > 0 && list.every((value) => typeof value === 'string') ? '' : null);
  return list.map((_, index) => (index + by >= 0 && index + by < list.length ? list[index + by]! : fill));
}

function rotated(list: readonly Value[], by: number): Value {
  return list.map((_, index) => list[(((index + by) % list.length) + list.length) % list.length]!);
}

/** A series: numbers, anything else null. */
const seriesOf = (value: Value | undefined): readonly (number | bigint | null)[] | null =>
  isList(value) ? value.map((one) => (isNumber(one) ? one : null)) : null;

const pairwise = (name: string, call: (a: number | bigint, b: number | bigint) => Value): Entry => [
  name,
  {
    call([left, right]) {
      const a = seriesOf(left);
      // A number alone stands beside every point.
      const b = isNumber(right) ? (a ?? []).map(() => right) : seriesOf(right);
      if (a === null || b === null) return null;
      return Array.from({ length: Math.max(a.length, b.length) }, (_, at) => {
        const [x, y] = [a[at] ?? null, b[at] ?? null];
        return x === null || y === null ? null : call(x, y);
      });
    },
  },
];

const each = (name: string, call: (value: number) => number): Entry => [
  name,
  { call: ([value]) => seriesOf(value)?.map((one) => (one === null ? null : call(Number(one)))) ?? null },
];

const whole = (a: number | bigint, b: number | bigint, exact: (a: bigint, b: bigint) => bigint, real: (a: number, b: number) => number): Value =>
  typeof a === 'bigint' && typeof b === 'bigint' ? exact(a, b) : real(Number(a), Number(b));

/** What counts as a gap in a series: a placeholder, or null where none is given. */
const gapIn = (placeholder: Value | undefined) =>
  placeholder === undefined || placeholder === null ? (value: Value) => value === null : (value: Value) => keyOf(value) === keyOf(placeholder);

function filled(list: readonly Value[], missing: Value | undefined, forward: boolean): Value {
  const isMissing = gapIn(missing);
  const from = forward ? list : list.toReversed();
  let last: Value = null;
  const result = from.map((value) => {
    if (!isMissing(value)) last = value;
    return isMissing(value) ? (last ?? value) : value;
  });
  return forward ? result : result.toReversed();
}

/** Gaps on the straight line between the points around them, whole where all points are; `edges`: before the first point and after the last that point. */
function joinedUp(list: readonly Value[], missing: Value | undefined, edges: boolean, otherwise: Value): Value {
  const isMissing = gapIn(missing);
  const known = list.flatMap((value, at) => (isMissing(value) ? [] : [at]));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return otherwise === null ? list : list.map(() => otherwise);
  if (known.some((at) => !isNumber(list[at]))) throw refused('`series_fill_linear` of what is no number');
  const isWhole = known.every((at) => typeof list[at] === 'bigint');
  let before = 0;
  return list.map((value, at) => {
    if (!isMissing(value)) return value;
    if (at < first || at > last) return edges ? list[at < first ? first : last]! : value;
    while (known[before + 1]! < at) before++;
    const [left, right] = [known[before]!, known[before + 1]!];
    const [from, to] = [Number(list[left]), Number(list[right])];
    const point = from + ((to - from) * (at - left)) / (right - left);
    return isWhole ? BigInt(Math.trunc(point)) : point;
  });
}

/** A filter of a finite answer: each point with those before it, by the filter's weights. Weights are normalized unless they sum to nothing. */
function throughFir(list: readonly Value[], filter: Value, normalize: Value | undefined, center: Value | undefined): Value {
  const [points, weights] = [numbersOf(list), isList(filter) ? numbersOf(filter) : null];
  if (points === null || weights === null || weights.length === 0) return null;
  if (center === true) throw refused('a centered `series_fir`');
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const share = (normalize === undefined ? sum !== 0 : normalize === true) ? sum : 1;
  return points.map((_, at) => weights.reduce((all, weight, back) => all + (at >= back ? weight * points[at - back]! : 0), 0) / share);
}

/** A filter of an infinite answer: what has come out comes in again. */
function throughIir(list: readonly Value[], numerators: Value, denominators: Value): Value {
  const [points, b, a] = [numbersOf(list), isList(numerators) ? numbersOf(numerators) : null, isList(denominators) ? numbersOf(denominators) : null];
  if (points === null || b === null || a === null || a[0] === undefined || a[0] === 0) return null;
  const out: number[] = [];
  for (let at = 0; at < points.length; at++) {
    let value = 0;
    for (let back = 0; back < b.length && back <= at; back++) value += b[back]! * points[at - back]!;
    for (let back = 1; back < a.length && back <= at; back++) value -= a[back]! * out[at - back]!;
    out.push(value / a[0]);
  }
  return out;
}

/** All of a list as numbers; null where one is none. */
const numbersOf = (list: readonly Value[]): readonly number[] | null => (list.every(isNumber) ? list.map(Number) : null);

function stats(list: readonly (number | bigint | null)[]): Value {
  const numbers = list.filter((one) => one !== null);
  if (numbers.length === 0) return null;
  const [least, most] = [numbers.reduce((a, b) => (b < a ? b : a)), numbers.reduce((a, b) => (b > a ? b : a))];
  const variance = varianceOf(numbers, true);
  return bagOf([
    ['min', least],
    ['min_idx', BigInt(list.indexOf(least))],
    ['max', most],
    ['max_idx', BigInt(list.indexOf(most))],
    ['avg', Number(sumOf(numbers)) / numbers.length],
    ['stdev', Math.sqrt(variance)],
    ['variance', variance],
    ['sum', sumOf(numbers)],
    ['len', BigInt(list.length)],
  ]);
}

/** Functions of Kusto over arrays, property bags and series. */
export const KUSTO_DYNAMIC: readonly Entry[] = [
  array('array_length', (list) => BigInt(list.length)),
  ['array_concat', { takesNull: true, call: (args) => args.flatMap((value) => (isList(value) ? value : [])) }],
  array('array_reverse', (list) => list.toReversed()),
  array('array_slice', slice),
  array('array_sum', (list) => (list.length > 0 && list.every(isNumber) ? sumOf(list.filter(isNumber)) : null)),
  array('array_index_of', placeIn),
  ['array_shift_left', { takesNull: true, call: ([list, by, fill]) => (isList(list) ? shifted(list, Number(by), fill) : null) }],
  ['array_shift_right', { takesNull: true, call: ([list, by, fill]) => (isList(list) ? shifted(list, -Number(by), fill) : null) }],
  array('array_rotate_left', (list, [, by]) => rotated(list, Number(by))),
  array('array_rotate_right', (list, [, by]) => rotated(list, -Number(by))),
  array('array_split', (list, [, where]) => {
    const places = (isList(where) ? where : [where!]).map((one) => (Number(one) < 0 ? list.length + Number(one) : Number(one)));
    return [0, ...places].map((from, at) => list.slice(from, places[at] ?? list.length));
  }),
  sorting('array_sort_asc', 1),
  sorting('array_sort_desc', -1),
  [
    'array_iff',
    {
      call: ([list, then, otherwise]) => {
        if (!isList(list)) return null;
        const pick = (value: Value, at: number): Value => (isList(value) ? (value[at] ?? null) : value);
        // Numbers but zero hold; what is neither a number nor a truth value decides nothing.
        const holds = (value: Value): boolean | null => (isNumber(value) ? Number(value) !== 0 : typeof value === 'boolean' ? value : null);
        return list.map((value, at) => (holds(value) === null ? null : pick(holds(value)! ? then! : otherwise!, at)));
      },
    },
  ],
  // Truth values inside a dynamic one are written as JSON does.
  array('strcat_array', (list, [, by]) => list.map((one) => (typeof one === 'boolean' ? String(one) : kustoText(one))).join(kustoText(by!))),
  [
    'repeat',
    {
      takesNull: true,
      call: ([value, count]) =>
        isNumber(count) && Number(count) >= 0 && Number(count) <= 1_048_576 ? Array.from({ length: Number(count) }, () => value ?? null) : null,
    },
  ],
  ['range', { call: ([from, to, by]) => ranged(from!, to!, by) }],
  [
    'zip',
    {
      call: (args) => {
        const lists = args.map((value) => (isList(value) ? value : [value]));
        return Array.from({ length: lists.reduce((longest, list) => Math.max(longest, list.length), 0) }, (_, at) => lists.map((list) => list[at] ?? null));
      },
    },
  ],
  ['set_union', { call: (args) => distinct(args.flatMap((value) => (isList(value) ? value : []))) }],
  [
    'set_intersect',
    {
      call: (args) =>
        distinct(
          isList(args[0]) ? args[0].filter((value) => args.slice(1).every((other) => isList(other) && other.some((one) => keyOf(one) === keyOf(value)))) : [],
        ),
    },
  ],
  [
    'set_difference',
    {
      call: (args) =>
        distinct(
          isList(args[0]) ? args[0].filter((value) => !args.slice(1).some((other) => isList(other) && other.some((one) => keyOf(one) === keyOf(value)))) : [],
        ),
    },
  ],
  array('set_has_element', (list, [, value]) => list.some((one) => keyOf(one) === keyOf(value))),
  [
    'jaccard_index',
    {
      call: ([a, b]) => {
        if (!isList(a) || !isList(b)) return null;
        const [left, right] = [new Set(a.map(keyOf)), new Set(b.map(keyOf))];
        const shared = [...left].filter((key) => right.has(key)).length;
        return shared / (left.size + right.size - shared);
      },
    },
  ],
  bag('bag_keys', (value) => Object.keys(value)),
  bag('bag_has_key', (value, [, key]) => deepHas(value, keysIn(kustoText(key!)))),
  ['bag_merge', { takesNull: true, call: (args) => firstOf(args.filter(isBag)) }],
  bag('bag_remove_keys', (value, [, keys]) =>
    (isList(keys) ? keys : []).reduce<Value>((left, key) => (isBag(left) ? without(left, keysIn(kustoText(key))) : left), value),
  ),
  [
    'bag_zip',
    {
      takesNull: true,
      call: ([keys = null, values = null]) =>
        isList(keys) ? bagOf(keys.flatMap((key, at) => (typeof key === 'string' ? [[key, isList(values) ? (values[at] ?? null) : null] as const] : []))) : null,
    },
  ],
  bag('bag_set_key', (value, [, key, made]) => withKey(value, keysIn(kustoText(key!)), made!)),
  [
    '[]',
    {
      call: ([value, key]) => {
        if (isList(value)) return isNumber(key) ? (value.at(Number(key)) ?? null) : null;
        return isBag(value) && Object.hasOwn(value, kustoText(key!)) ? value[kustoText(key!)]! : null;
      },
    },
  ],
  pairwise('series_add', (a, b) =>
    whole(
      a,
      b,
      (x, y) => x + y,
      (x, y) => x + y,
    ),
  ),
  pairwise('series_subtract', (a, b) =>
    whole(
      a,
      b,
      (x, y) => x - y,
      (x, y) => x - y,
    ),
  ),
  pairwise('series_multiply', (a, b) =>
    whole(
      a,
      b,
      (x, y) => x * y,
      (x, y) => x * y,
    ),
  ),
  pairwise('series_divide', (a, b) => Number(a) / Number(b)),
  pairwise('series_pow', (a, b) => Number(a) ** Number(b)),
  pairwise('series_less', (a, b) => a < b),
  pairwise('series_less_equals', (a, b) => a <= b),
  pairwise('series_greater', (a, b) => a > b),
  pairwise('series_greater_equals', (a, b) => a >= b),
  pairwise('series_equals', (a, b) => Number(a) === Number(b)),
  pairwise('series_not_equals', (a, b) => Number(a) !== Number(b)),
  each('series_abs', Math.abs),
  each('series_exp', Math.exp),
  each('series_log', Math.log),
  each('series_sign', Math.sign),
  each('series_sin', Math.sin),
  each('series_cos', Math.cos),
  each('series_tan', Math.tan),
  each('series_asin', Math.asin),
  each('series_acos', Math.acos),
  each('series_atan', Math.atan),
  each('series_ceiling', Math.ceil),
  each('series_floor', Math.floor),
  [
    'series_sum',
    {
      call: ([value]) => {
        const list = seriesOf(value);
        return list === null ? null : Number(sumOf(list.filter((one) => one !== null)));
      },
    },
  ],
  ['series_product', { call: ([value]) => seriesOf(value)?.reduce<number>((product, one) => product * Number(one ?? 1), 1) ?? null }],
  [
    'series_stats_dynamic',
    {
      call: ([value, finiteOnly]) => {
        if (finiteOnly === true) throw refused('`series_stats_dynamic` of finite values only');
        const list = seriesOf(value);
        return list === null ? null : stats(list);
      },
    },
  ],
  series('series_fill_forward', (list, [, missing]) => filled(list, missing, true)),
  series('series_fill_backward', (list, [, missing]) => filled(list, missing, false)),
  series('series_fill_linear', (list, [, missing, edges, otherwise = 0]) => joinedUp(list, missing, edges !== false, otherwise)),
  array('series_fir', (list, [, filter, normalize, center]) => throughFir(list, filter!, normalize, center)),
  array('series_iir', (list, [, numerators, denominators]) => throughIir(list, numerators!, denominators!)),
  series('series_fill_const', (list, [, value, missing]) => {
    if (value === undefined) throw refused('`series_fill_const` without a value');
    const isMissing = gapIn(missing);
    return list.map((one) => (isMissing(one) ? value : one));
  }),
];

/** Bags as one: of a key that several have the first counts. */
export function firstOf(bags: readonly Bag[]): Value {
  const merged = new Map<string, Value>();
  for (const one of bags) for (const [key, value] of Object.entries(one)) if (!merged.has(key)) merged.set(key, value);
  return bagOf(merged);
}

/** Whether there is a member at a path. */
function deepHas(value: Value, steps: readonly string[]): boolean {
  let inner: Value = value;
  for (const step of steps) {
    if (!isBag(inner) || !Object.hasOwn(inner, step)) return false;
    inner = inner[step]!;
  }
  return true;
}

function ranged(from: Value, to: Value, by: Value | undefined): Value {
  const step = by ?? (isNumber(from) ? 1n : lengthOf(3_600_000_000_000n));
  const isUp = kustoOrder(add(from, step), from) ?? 0;
  if (isUp === 0) return null;
  const found: Value[] = [];
  for (let value = from; found.length < 1_048_576; value = add(value, step)) {
    const order = kustoOrder(value, to);
    if (order === null) throw refused('a range of what has no order');
    if (order !== 0 && order > 0 === isUp > 0) break;
    found.push(value);
  }
  return found;
}
