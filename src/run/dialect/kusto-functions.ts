import { roundTo, wrapLong } from '../arithmetic';
import { digestOf } from '../digest';
import { refused, type Evaluate, type Row, type RunFunction, type Scope } from '../dialect';
import { base64Of, bytesOfBase64, textOfUtf8, utf8Of } from '../../syntax/encoding';
import { floorDiv, isLength, isList, isMoment, isNumber, lengthOf, momentOf, type Value } from '../value';
import { KUSTO_DATES } from './kusto-dates';
import { KUSTO_DYNAMIC } from './kusto-dynamic';
import { KUSTO_NETWORKS } from './kusto-networks';
import { KUSTO_TEXTS } from './kusto-texts';
import { kustoType } from './kusto-types';
import { bagOf, boundedMoment, doubleOf, dynamicOf, guidOf, kustoDate, kustoOrder, kustoSpan, kustoText, longOf, YEAR_ONE } from './kusto-values';

const fn = (least: number, most: number, call: (args: readonly Value[], scope: Scope) => Value): RunFunction => ({ least, most, call });
const given = (least: number, most: number, call: (args: readonly Value[], scope: Scope) => Value): RunFunction => ({ least, most, takesNull: true, call });
const lazy = (least: number, most: number, make: NonNullable<RunFunction['lazy']>): RunFunction => ({ least, most, lazy: make });

const real = (call: (number: number) => number): RunFunction => fn(1, 1, ([value]) => (isNumber(value) ? call(Number(value)) : null));

const add = (left: Value, right: Value): Value => {
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

const subtract = (left: Value, right: Value): Value => {
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

const multiply = (left: Value, right: Value): Value => {
  if (isLength(left) && isNumber(right)) return lengthOf(typeof right === 'bigint' ? left.nanos * right : ticks(Number(left.nanos) * right));
  if (isNumber(left) && isLength(right)) return multiply(right, left);
  return numbers(
    left,
    right,
    (a, b) => wrapLong(a * b),
    (a, b) => a * b,
  );
};

const divide = (left: Value, right: Value): Value => {
  if (isLength(left) && isLength(right)) return Number(left.nanos) / Number(right.nanos);
  if (isLength(left) && isNumber(right)) return Number(right) === 0 ? null : lengthOf(ticks(Number(left.nanos) / Number(right)));
  return numbers(
    left,
    right,
    (a, b) => (b === 0n ? null : wrapLong(a / b)),
    (a, b) => a / b,
  );
};

const modulo = (left: Value, right: Value): Value => {
  if (isLength(left) && isLength(right)) return right.nanos === 0n ? null : lengthOf(left.nanos % right.nanos);
  return numbers(
    left,
    right,
    (a, b) => (b === 0n ? null : ((a % b) + (b < 0n ? -b : b)) % b),
    (a, b) => (b === 0 ? NaN : ((a % b) + Math.abs(b)) % Math.abs(b)),
  );
};

function numbers(left: Value, right: Value, whole: (a: bigint, b: bigint) => Value, fraction: (a: number, b: number) => number): Value {
  if (typeof left === 'bigint' && typeof right === 'bigint') return whole(left, right);
  if (isNumber(left) && isNumber(right)) return fraction(Number(left), Number(right));
  if (typeof left === 'string' || typeof right === 'string' || typeof left === 'object' || typeof right === 'object') return null;
  throw refused('a calculation with what is no number');
}

const ticksFrom = (value: number | bigint): bigint => (typeof value === 'bigint' ? value : BigInt(Math.trunc(value)));

/** The greatest multiple of a size that is not above a value; times are counted from the year 1. */
function binOf(value: Value, size: Value, from?: Value): Value {
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

const extreme = (sign: 1 | -1): RunFunction =>
  given(1, 64, (args) => {
    const found = args.filter((value) => value !== null);
    return found.length === 0 ? null : found.reduce((best, value) => ((kustoOrder(value, best) ?? 0) * sign > 0 ? value : best));
  });

const choose: RunFunction = lazy(
  3,
  3,
  ([condition, then, otherwise]) =>
    (row) =>
      condition!(row) === true ? then!(row) : otherwise!(row),
);

/** Evaluates an argument for another row of the same table. */
function at(scope: Scope, index: number, evaluate: Evaluate): Value {
  const here = scope.at;
  scope.at = index;
  const value = evaluate(scope.rows![index]!);
  scope.at = here!;
  return value;
}

/** The name of a value's type; of a dynamic value that of what it holds. */
const typeName: RunFunction = lazy(1, 1, ([value], scope, [operand]) => {
  const type = kustoType(operand!, scope);
  if (type !== '' && type !== 'dynamic') return () => type;
  return (row) => {
    const found = value!(row);
    if (found === null) return type === 'dynamic' || operand?.kind === 'literal' ? 'null' : notCovered('`gettype` of a null whose type is not known');
    if (typeof found === 'string') return 'string';
    if (typeof found === 'bigint') return type === 'dynamic' ? 'long' : notCovered('`gettype` of a number whose type is not known');
    if (typeof found === 'number') return type === 'dynamic' ? 'double' : 'real';
    if (typeof found === 'boolean') return 'bool';
    return isMoment(found) ? 'datetime' : isLength(found) ? 'timespan' : isList(found) ? 'array' : 'dictionary';
  };
});

function notCovered(why: string): never {
  throw refused(why);
}

const neighbour = (direction: 1 | -1): RunFunction =>
  lazy(1, 3, ([value, offset, otherwise], scope) => (row) => {
    if (scope.rows === undefined) throw refused('a row beside this one, where there are none');
    const by = offset === undefined ? 1 : Number(offset(row));
    const index = scope.at! + direction * by;
    if (index >= 0 && index < scope.rows.length) return at(scope, index, value!);
    // A text that is not there is empty.
    return otherwise !== undefined ? otherwise(row) : typeof value!(row) === 'string' ? '' : null;
  });

/** Something that grows from row to row, worked out for a whole table at once. */
function overRows<T>(scope: Scope, begin: (index: number) => { readonly value: T }, next: (before: T, index: number) => T): () => T {
  let rows: readonly Row[] | undefined;
  let values: T[] = [];
  return () => {
    if (scope.rows === undefined) throw refused('a row after another, where there are none');
    if (rows !== scope.rows) {
      rows = scope.rows;
      values = [];
    }
    while (values.length <= scope.at!) {
      const index = values.length;
      values.push(index === 0 ? begin(index).value : next(values[index - 1]!, index));
    }
    return values[scope.at!]!;
  };
}

const cumulative: RunFunction = lazy(1, 2, ([term, restart], scope) => {
  const valueAt = (index: number): Value => at(scope, index, term!);
  const read = overRows<Value>(
    scope,
    (index) => ({ value: valueAt(index) }),
    (before, index) => {
      const own = valueAt(index);
      if (restart !== undefined && at(scope, index, restart) === true) return own;
      return own === null ? before : before === null ? own : add(before, own);
    },
  );
  return () => read();
});

const rowNumber: RunFunction = lazy(0, 2, ([start, restart], scope) => {
  const first = start === undefined ? 1n : (longOf(start({})) ?? 1n);
  const read = overRows<bigint>(
    scope,
    () => ({ value: first }),
    (before, index) => (restart !== undefined && at(scope, index, restart) === true ? first : before + 1n),
  );
  return () => read();
});

const rank = (isDense: boolean): RunFunction =>
  lazy(1, 2, ([term, restart], scope) => {
    const read = overRows<{ rank: bigint; place: bigint }>(
      scope,
      () => ({ value: { rank: 1n, place: 1n } }),
      (before, index) => {
        if (restart !== undefined && at(scope, index, restart) === true) return { rank: 1n, place: 1n };
        const [own, last] = [at(scope, index, term!), at(scope, index - 1, term!)];
        const place = before.place + 1n;
        const isSame = own === last || (own !== null && last !== null && kustoText(own) === kustoText(last));
        return { rank: isSame ? before.rank : isDense ? before.rank + 1n : place, place };
      },
    );
    return () => read().rank;
  });

const bits = (call: (a: bigint, b: bigint) => bigint): RunFunction =>
  fn(2, 2, ([a, b]) => (typeof a === 'bigint' && typeof b === 'bigint' ? wrapLong(call(a, b)) : null));

const hash = (algorithm: string): RunFunction => fn(1, 1, ([value]) => digestOf(algorithm, isMoment(value) ? kustoText(value) : kustoText(value!)));

/** A truth value inside a dynamic one is written as JSON does. */
const textIn = (value: Value, type: string): string => {
  if (typeof value === 'boolean' && type === 'dynamic') return String(value);
  if (typeof value === 'number' && digitsOf(value) > 15) throw refused('the text of a fraction of more than 15 digits');
  return kustoText(value);
};

const digitsOf = (value: number): number => (Number.isFinite(value) ? value.toExponential().replace(/e.*$/, '').replace(/\D/g, '').length : 0);

/** Arguments as texts, joined. */
const texts = (most: number): RunFunction =>
  lazy(1, most, (args, scope, operands) => {
    const types = operands.map((operand) => kustoType(operand, scope));
    return (row) => args.map((arg, at) => textIn(arg(row), types[at]!)).join('');
  });

const toDouble = given(1, 1, ([value]) => doubleOf(value ?? null));

/** Functions of Kusto over values. */
export const KUSTO_FUNCTIONS: ReadonlyMap<string, RunFunction> = new Map<string, RunFunction>([
  ['+', fn(2, 2, ([a, b]) => add(a!, b!))],
  [
    '-',
    fn(1, 2, ([a, b]) =>
      b === undefined ? (isLength(a) ? lengthOf(-a.nanos) : typeof a === 'bigint' ? wrapLong(-a) : isNumber(a) ? -Number(a) : null) : subtract(a!, b),
    ),
  ],
  ['*', fn(2, 2, ([a, b]) => multiply(a!, b!))],
  ['/', fn(2, 2, ([a, b]) => divide(a!, b!))],
  ['%', fn(2, 2, ([a, b]) => modulo(a!, b!))],
  ['iff', choose],
  ['iif', choose],
  [
    'case',
    lazy(3, 129, (args) => (row) => {
      for (let index = 0; index + 1 < args.length; index += 2) if (args[index]!(row) === true) return args[index + 1]!(row);
      return args.at(-1)!(row);
    }),
  ],
  [
    'coalesce',
    lazy(1, 64, (args) => (row) => {
      let last: Value = null;
      for (const arg of args) {
        last = arg(row);
        if (last !== null && last !== '') return last;
      }
      return last;
    }),
  ],
  ['not', given(1, 1, ([value]) => (typeof value === 'boolean' ? !value : null))],
  ['isnull', given(1, 1, ([value]) => value === null)],
  ['isnotnull', given(1, 1, ([value]) => value !== null)],
  ['isempty', given(1, 1, ([value]) => value === null || value === '')],
  ['isnotempty', given(1, 1, ([value]) => value !== null && value !== '')],
  ['isnan', given(1, 1, ([value]) => typeof value === 'number' && Number.isNaN(value))],
  ['isinf', given(1, 1, ([value]) => value === Infinity || value === -Infinity)],
  ['isfinite', given(1, 1, ([value]) => (value === null ? null : typeof value === 'bigint' || Number.isFinite(value)))],
  ['isascii', fn(1, 1, ([value]) => /^[\x20-\x7e\s]*$/.test(kustoText(value!)))],
  ['max_of', extreme(1)],
  ['min_of', extreme(-1)],
  ['now', fn(0, 1, ([by], { now }) => momentOf(now + (isLength(by) ? by.nanos : 0n)))],
  ['ago', fn(1, 1, ([by], { now }) => (isLength(by) ? momentOf(now - by.nanos) : null))],
  [
    'abs',
    fn(1, 1, ([value]) =>
      typeof value === 'bigint'
        ? value < 0n
          ? wrapLong(-value)
          : value
        : isNumber(value)
          ? Math.abs(Number(value))
          : isLength(value)
            ? lengthOf(value.nanos < 0n ? -value.nanos : value.nanos)
            : null,
    ),
  ],
  ['sign', fn(1, 1, ([value]) => (isNumber(value) ? BigInt(Math.sign(Number(value))) : null))],
  ['ceiling', fn(1, 1, ([value]) => (typeof value === 'bigint' ? value : isNumber(value) ? Math.ceil(Number(value)) : null))],
  [
    'floor',
    fn(1, 2, ([value, size]) =>
      size === undefined ? (typeof value === 'bigint' ? value : isNumber(value) ? Math.floor(Number(value)) : null) : binOf(value!, size),
    ),
  ],
  ['bin', fn(2, 2, ([value, size]) => binOf(value!, size!))],
  ['bin_at', fn(3, 3, ([value, size, from]) => binOf(value!, size!, from))],
  ['round', fn(1, 2, ([value, digits = 0n]) => (isNumber(value) ? roundTo(Number(value), Number(digits)) : null))],
  ['pow', fn(2, 2, ([a, b]) => (isNumber(a) && isNumber(b) ? Number(a) ** Number(b) : null))],
  ['sqrt', real(Math.sqrt)],
  ['exp', real(Math.exp)],
  ['exp2', real((value) => 2 ** value)],
  ['exp10', real((value) => 10 ** value)],
  ['log', real(Math.log)],
  ['log2', real(Math.log2)],
  ['log10', real(Math.log10)],
  ...(['sin', 'cos', 'tan', 'asin', 'acos', 'atan'] as const).map((name) => [name, real(Math[name])] as const),
  ['cot', real((value) => 1 / Math.tan(value))],
  ['atan2', fn(2, 2, ([a, b]) => (isNumber(a) && isNumber(b) ? Math.atan2(Number(a), Number(b)) : null))],
  ['pi', fn(0, 0, () => Math.PI)],
  ['degrees', real((value) => (value * 180) / Math.PI)],
  ['radians', real((value) => (value * Math.PI) / 180)],
  ['binary_and', bits((a, b) => a & b)],
  ['binary_or', bits((a, b) => a | b)],
  ['binary_xor', bits((a, b) => a ^ b)],
  ['binary_shift_left', bits((a, b) => a << (b & 63n))],
  ['binary_shift_right', bits((a, b) => a >> (b & 63n))],
  ['binary_not', fn(1, 1, ([value]) => (typeof value === 'bigint' ? wrapLong(~value) : null))],
  [
    'tohex',
    fn(1, 2, ([value, width]) =>
      typeof value === 'bigint' && value < 0n && width !== undefined
        ? notCovered('`tohex` of a negative number with a width')
        : typeof value === 'bigint'
          ? BigInt.asUintN(64, value)
              .toString(16)
              .padStart(Number(width ?? 0), '0')
          : null,
    ),
  ],
  ['tostring', texts(1)],
  ['strcat', texts(64)],
  [
    'toint',
    given(1, 1, ([value]) => {
      if (typeof value === 'number') return Number.isNaN(value) ? null : BigInt(Math.trunc(Math.max(-2147483648, Math.min(2147483647, value))));
      const whole = longOf(value ?? null);
      return whole === null ? null : typeof value === 'string' && (whole > 2147483647n || whole < -2147483648n) ? null : BigInt.asIntN(32, whole);
    }),
  ],
  ['tolong', given(1, 1, ([value]) => longOf(value ?? null))],
  ['todouble', toDouble],
  ['toreal', toDouble],
  ['todecimal', toDouble],
  ['tobool', given(1, 1, ([value]) => toBool(value ?? null))],
  ['toboolean', given(1, 1, ([value]) => toBool(value ?? null))],
  [
    'todatetime',
    given(1, 1, ([value]) =>
      isMoment(value) ? value : typeof value === 'string' ? kustoDate(value) : isNumber(value) ? boundedMoment(ticksFrom(value) * 100n - YEAR_ONE) : null,
    ),
  ],
  [
    'totimespan',
    given(1, 1, ([value]) =>
      isLength(value) ? value : typeof value === 'string' ? kustoSpan(value) : isNumber(value) ? lengthOf(ticksFrom(value) * 100n) : null,
    ),
  ],
  ['toguid', given(1, 1, ([value]) => (typeof value === 'string' ? guidOf(value) : null))],
  ['parse_json', given(1, 1, ([value]) => parsedJson(value ?? null))],
  ['todynamic', given(1, 1, ([value]) => parsedJson(value ?? null))],
  ['toobject', given(1, 1, ([value]) => parsedJson(value ?? null))],
  ['hash_md5', hash('md5')],
  ['hash_sha1', hash('sha1')],
  ['hash_sha256', hash('sha256')],
  ['base64_encode_tostring', fn(1, 1, ([value]) => base64Of(utf8Of(kustoText(value!))))],
  ['base64_decode_tostring', fn(1, 1, ([value]) => textOfUtf8(bytesOfBase64(kustoText(value!)) ?? '\xff'))],
  [
    'base64_decode_toarray',
    fn(1, 1, ([value]) => {
      const bytes = bytesOfBase64(kustoText(value!));
      return bytes === null ? null : [...bytes].map((char) => BigInt(char.charCodeAt(0)));
    }),
  ],
  ['base64_encode_fromarray', fn(1, 1, ([value]) => (isList(value) ? base64Of(value.map((byte) => String.fromCharCode(Number(byte))).join('')) : null))],
  ['gettype', typeName],
  ['prev', neighbour(-1)],
  ['next', neighbour(1)],
  ['row_cumsum', cumulative],
  ['row_number', rowNumber],
  ['row_rank_dense', rank(true)],
  ['row_rank_min', rank(false)],
  ['bag_pack', given(0, 128, (args) => packed(args))],
  ['pack', given(0, 128, (args) => packed(args))],
  ['pack_dictionary', given(0, 128, (args) => packed(args))],
  ['pack_array', given(0, 128, (args) => [...args])],
  ...KUSTO_TEXTS,
  ...KUSTO_DATES,
  ...KUSTO_NETWORKS,
  ...KUSTO_DYNAMIC,
]);

function packed(args: readonly Value[]): Value {
  const entries: (readonly [string, Value])[] = [];
  for (let index = 0; index + 1 < args.length; index += 2) entries.push([kustoText(args[index]!), args[index + 1]!]);
  return bagOf(entries);
}

function toBool(value: Value): Value {
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return Number(value) !== 0;
  if (typeof value !== 'string') return null;
  return /^\s*true\s*$/i.test(value) ? true : /^\s*false\s*$/i.test(value) ? false : /^\s*[-+]?\d+\s*$/.test(value) ? Number(value) !== 0 : null;
}

/** A text that is no JSON is a dynamic text; an empty one nothing. */
function parsedJson(value: Value): Value {
  if (typeof value !== 'string') return value;
  const found = dynamicOf(value);
  return found === undefined ? (value === '' ? null : value) : found;
}
