import { roundTo, wrapLong } from '../arithmetic';
import { digestOf } from '../digest';
import { refused, type RunFunction } from '../dialect';
import { base64Of, bytesOfBase64, textOfUtf8, utf8Of } from '../../syntax/encoding';
import { isLength, isList, isMoment, isNumber, lengthOf, momentOf, type Value } from '../value';
import { add, binOf, divide, modulo, multiply, subtract } from './kusto-arithmetic';
import { KUSTO_DATES } from './kusto-dates';
import { KUSTO_DYNAMIC } from './kusto-dynamic';
import { KUSTO_HASHES } from './kusto-hash';
import { KUSTO_NETWORKS } from './kusto-networks';
import { KUSTO_PARSING } from './kusto-parsing';
import { KUSTO_PUNYCODE } from './kusto-punycode';
import { KUSTO_ROWS } from './kusto-rows';
import { KUSTO_SERIES } from './kusto-series';
import { KUSTO_STATISTICS } from './kusto-statistics';
import { KUSTO_TEXTS } from './kusto-texts';
import { KUSTO_UNITS } from './kusto-units';
import { kustoType } from './kusto-types';
import {
  booleanOf,
  decimalOf,
  bagOf,
  boundedMoment,
  doubleOf,
  dynamicOf,
  guidOf,
  kustoDate,
  kustoOrder,
  kustoSpan,
  kustoText,
  longOf,
  YEAR_ONE,
} from './kusto-values';

const real = (call: (number: number) => number): RunFunction => ({ call: ([value]) => (isNumber(value) ? call(Number(value)) : null) });

/** A text as a time; one with digits whose form is none of those known is not guessed to be none. */
const timeOf =
  <T>(read: (text: string) => T | null) =>
  (text: string): T | null => {
    const found = read(text);
    // A day that no calendar has is no time for sure.
    if (found === null && /\d/.test(text) && !/^\s*\d{4}-\d\d-\d\d/.test(text)) throw refused(`the time \`${text}\``);
    return found;
  };
const momentIn = timeOf(kustoDate);
const lengthIn = timeOf(kustoSpan);

/** A time that its author leaves to whoever runs the query says nothing until it is there. */
const timeFrom = (made: (value: Value) => Value): RunFunction => ({
  lazy: ([value], _, [operand]) => {
    if (operand?.kind === 'literal' && /^\s*\{\{.*\}\}\s*$/.test(operand.text)) return notCovered(`\`${operand.text.trim()}\`, which is to be filled in`);
    return (row) => made(value!(row));
  },
});

const ticksFrom = (value: number | bigint): bigint => (typeof value === 'bigint' ? value : BigInt(Math.trunc(value)));

const extreme = (sign: 1 | -1): RunFunction => ({
  takesNull: true,
  call: (args) => {
    const found = args.filter((value) => value !== null);
    return found.length === 0 ? null : found.reduce((best, value) => ((kustoOrder(value, best) ?? 0) * sign > 0 ? value : best));
  },
});

const choose: RunFunction = {
  lazy:
    ([condition, then, otherwise]) =>
    (row) =>
      condition!(row) === true ? then!(row) : otherwise!(row),
};

/** The name of a value's type; of a dynamic value that of what it holds. */
const typeName: RunFunction = {
  lazy: ([value], scope, [operand]) => {
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
  },
};

function notCovered(why: string): never {
  throw refused(why);
}

const bits = (call: (a: bigint, b: bigint) => bigint | null): RunFunction => ({
  call([a, b]) {
    const found = typeof a === 'bigint' && typeof b === 'bigint' ? call(a, b) : null;
    return found === null ? null : wrapLong(found);
  },
});

const hash = (algorithm: string): RunFunction => ({ call: ([value]) => digestOf(algorithm, isMoment(value) ? kustoText(value) : kustoText(value!)) });

/** A truth value inside a dynamic one is written as JSON does. */
const textIn = (value: Value, type: string): string => {
  if (typeof value === 'boolean' && type === 'dynamic') return String(value);
  if (typeof value === 'number' && digitsOf(value) > 15) throw refused('the text of a fraction of more than 15 digits');
  return kustoText(value);
};

const digitsOf = (value: number): number => (Number.isFinite(value) ? value.toExponential().replace(/e.*$/, '').replace(/\D/g, '').length : 0);

/** Arguments as texts, joined. */
const texts: RunFunction = {
  lazy: (args, scope, operands) => {
    const types = operands.map((operand) => kustoType(operand, scope));
    return (row) => args.map((arg, at) => textIn(arg(row), types[at]!)).join('');
  },
};

const toDouble: RunFunction = { takesNull: true, call: ([value]) => doubleOf(value ?? null) };

/** A column where the table has it, else another value. */
const ifExists: RunFunction = {
  mayLack: true,
  lazy: ([column, otherwise], { columns }, [operand]) =>
    operand?.kind === 'field' && columns?.some(({ name }) => operand.name === name) === true ? column! : otherwise!,
};

/** Every column of the table as one bag; without nulls and empty texts where that is said. */
const packAll: RunFunction = {
  lazy: ([without], { columns = [] }) => {
    const names = columns.map(({ name }) => name);
    return (row) => {
      const entries = names.map((name) => [name, row[name] ?? null] as const);
      return bagOf(without?.(row) === true ? entries.filter(([, value]) => value !== null && value !== '') : entries);
    };
  },
};

/** The columns named here as one bag. */
const packColumns: RunFunction = {
  lazy: (args, _, operands) => {
    const names = operands.map((operand) => (operand.kind === 'field' ? operand.name : notCovered('`bag_pack_columns` of what is no column')));
    return (row) => bagOf(args.map((arg, at) => [names[at]!, arg(row)] as const));
  },
};

/** A whole number in sixteens, of as many bits as its type has. */
const toHex: RunFunction = {
  lazy: ([value, width], scope, [operand]) => {
    const type = kustoType(operand!, scope);
    return (row) => {
      const found = value!(row);
      if (typeof found !== 'bigint') return '';
      if (found < 0n && type !== 'int' && type !== 'long') notCovered('`tohex` of a negative number whose type is not known');
      const bits = BigInt.asUintN(type === 'int' ? 32 : 64, found);
      return bits.toString(16).padStart(Math.min(4096, Number(width?.(row) ?? 0)), '0');
    };
  },
};

/** Older names of functions. */
const OLDER: Readonly<Record<string, string>> = {
  arraylength: 'array_length',
  base64_decodestring: 'base64_decode_tostring',
  base64_encodestring: 'base64_encode_tostring',
  columnifexists: 'column_ifexists',
  extractall: 'extract_all',
  extractjson: 'extract_json',
  parsejson: 'parse_json',
};

const FUNCTIONS: ReadonlyMap<string, RunFunction> = new Map<string, RunFunction>([
  ['+', { call: ([a, b]) => add(a!, b!) }],
  [
    '-',
    {
      call: ([a, b]) =>
        b === undefined ? (isLength(a) ? lengthOf(-a.nanos) : typeof a === 'bigint' ? wrapLong(-a) : isNumber(a) ? -Number(a) : null) : subtract(a!, b),
    },
  ],
  ['*', { call: ([a, b]) => multiply(a!, b!) }],
  ['/', { call: ([a, b]) => divide(a!, b!) }],
  ['%', { call: ([a, b]) => modulo(a!, b!) }],
  // A length of time ends a range so long after its beginning.
  ['..', { call: ([from, to]) => (isMoment(from) && isLength(to) ? add(from, to) : to!) }],
  ['iff', choose],
  ['iif', choose],
  [
    'case',
    {
      lazy: (args) => (row) => {
        for (let index = 0; index + 1 < args.length; index += 2) if (args[index]!(row) === true) return args[index + 1]!(row);
        return args.at(-1)!(row);
      },
    },
  ],
  [
    'coalesce',
    {
      lazy: (args) => (row) => {
        let last: Value = null;
        for (const arg of args) {
          last = arg(row);
          if (last !== null && last !== '') return last;
        }
        return last;
      },
    },
  ],
  ['not', { takesNull: true, call: ([value]) => (typeof value === 'boolean' ? !value : null) }],
  ['isnull', { takesNull: true, call: ([value]) => value === null }],
  ['isnotnull', { takesNull: true, call: ([value]) => value !== null }],
  ['isempty', { takesNull: true, call: ([value]) => value === null || value === '' }],
  ['isnotempty', { takesNull: true, call: ([value]) => value !== null && value !== '' }],
  ['isnan', { takesNull: true, call: ([value]) => typeof value === 'number' && Number.isNaN(value) }],
  ['isinf', { takesNull: true, call: ([value]) => value === Infinity || value === -Infinity }],
  ['isfinite', { takesNull: true, call: ([value]) => (value === null ? null : typeof value === 'bigint' || Number.isFinite(value)) }],
  ['isascii', { call: ([value]) => utf8Of(kustoText(value!)).length === kustoText(value!).length }],
  ['max_of', extreme(1)],
  ['min_of', extreme(-1)],
  ['now', { call: ([by], { now }) => momentOf(now + (isLength(by) ? by.nanos : 0n)) }],
  ['ago', { call: ([by], { now }) => (isLength(by) ? momentOf(now - by.nanos) : null) }],
  [
    'abs',
    {
      call: ([value]) =>
        typeof value === 'bigint'
          ? value < 0n
            ? wrapLong(-value)
            : value
          : isNumber(value)
            ? Math.abs(Number(value))
            : isLength(value)
              ? lengthOf(value.nanos < 0n ? -value.nanos : value.nanos)
              : null,
    },
  ],
  ['sign', { call: ([value]) => (isNumber(value) ? BigInt(Math.sign(Number(value))) : null) }],
  ['ceiling', { call: ([value]) => (typeof value === 'bigint' ? value : isNumber(value) ? Math.ceil(Number(value)) : null) }],
  [
    'floor',
    {
      call: ([value, size]) =>
        size === undefined ? (typeof value === 'bigint' ? value : isNumber(value) ? Math.floor(Number(value)) : null) : binOf(value!, size),
    },
  ],
  ['bin', { call: ([value, size]) => binOf(value!, size!) }],
  ['bin_at', { call: ([value, size, from]) => binOf(value!, size!, from) }],
  ['round', { call: ([value, digits = 0n]) => (isNumber(value) ? rounded(Number(value), Number(digits)) : null) }],
  ['pow', { call: ([a, b]) => (isNumber(a) && isNumber(b) ? Number(a) ** Number(b) : null) }],
  ['sqrt', real(Math.sqrt)],
  ['exp', real(Math.exp)],
  ['exp2', real((value) => 2 ** value)],
  ['exp10', real((value) => 10 ** value)],
  ['log', real(Math.log)],
  ['log2', real(Math.log2)],
  ['log10', real(Math.log10)],
  ...(['sin', 'cos', 'tan', 'asin', 'acos', 'atan'] as const).map((name) => [name, real(Math[name])] as const),
  ['cot', real((value) => 1 / Math.tan(value))],
  ['atan2', { call: ([a, b]) => (isNumber(a) && isNumber(b) ? Math.atan2(Number(a), Number(b)) : null) }],
  ['pi', { call: () => Math.PI }],
  ['degrees', real((value) => (value * 180) / Math.PI)],
  ['radians', real((value) => (value * Math.PI) / 180)],
  ['binary_and', bits((a, b) => a & b)],
  ['binary_or', bits((a, b) => a | b)],
  ['binary_xor', bits((a, b) => a ^ b)],
  ['binary_shift_left', bits((a, b) => (b < 0n ? null : a << (b & 63n)))],
  ['binary_shift_right', bits((a, b) => (b < 0n ? null : a >> (b & 63n)))],
  ['binary_not', { call: ([value]) => (typeof value === 'bigint' ? wrapLong(~value) : null) }],
  ['tohex', toHex],
  ['tostring', texts],
  ['strcat', texts],
  [
    'toint',
    {
      takesNull: true,
      call: ([value]) => {
        if (typeof value === 'number') return Number.isNaN(value) ? null : BigInt(Math.trunc(Math.max(-2147483648, Math.min(2147483647, value))));
        const whole = longOf(value ?? null);
        return whole === null ? null : typeof value === 'string' && (whole > 2147483647n || whole < -2147483648n) ? null : BigInt.asIntN(32, whole);
      },
    },
  ],
  ['tolong', { takesNull: true, call: ([value]) => longOf(value ?? null) }],
  ['todouble', toDouble],
  ['toreal', toDouble],
  ['todecimal', { takesNull: true, call: ([value]) => decimalOf(value ?? null) }],
  ['tobool', { takesNull: true, call: ([value]) => booleanOf(value ?? null) }],
  ['toboolean', { takesNull: true, call: ([value]) => booleanOf(value ?? null) }],
  [
    'todatetime',
    timeFrom((value) =>
      isMoment(value) ? value : typeof value === 'string' ? momentIn(value) : isNumber(value) ? boundedMoment(ticksFrom(value) * 100n - YEAR_ONE) : null,
    ),
  ],
  [
    'totimespan',
    timeFrom((value) => (isLength(value) ? value : typeof value === 'string' ? lengthIn(value) : isNumber(value) ? lengthOf(ticksFrom(value) * 100n) : null)),
  ],
  ['toguid', { takesNull: true, call: ([value]) => (typeof value === 'string' ? guidOf(value) : null) }],
  ['parse_json', { takesNull: true, call: ([value]) => parsedJson(value ?? null) }],
  ['todynamic', { takesNull: true, call: ([value]) => parsedJson(value ?? null) }],
  ['toobject', { takesNull: true, call: ([value]) => parsedJson(value ?? null) }],
  ['hash_md5', hash('md5')],
  ['hash_sha1', hash('sha1')],
  ['hash_sha256', hash('sha256')],
  ['base64_encode_tostring', { call: ([value]) => base64Of(utf8Of(kustoText(value!))) }],
  ['base64_decode_tostring', { call: ([value]) => textOfUtf8(bytesOfBase64(kustoText(value!)) ?? '\xff') }],
  [
    'base64_decode_toarray',
    {
      call: ([value]) => {
        const bytes = bytesOfBase64(kustoText(value!));
        return bytes === null ? null : [...bytes].map((char) => BigInt(char.charCodeAt(0)));
      },
    },
  ],
  ['base64_encode_fromarray', { call: ([value]) => (isList(value) ? base64Of(value.map((byte) => String.fromCharCode(Number(byte))).join('')) : null) }],
  ['gettype', typeName],
  ['{}', { takesNull: true, call: (args) => packed(args) }],
  ['bag_pack', { takesNull: true, call: (args) => packed(args) }],
  ['pack', { takesNull: true, call: (args) => packed(args) }],
  ['pack_dictionary', { takesNull: true, call: (args) => packed(args) }],
  ['pack_array', { takesNull: true, call: (args) => [...args] }],
  [
    'around',
    { call: ([value, center, delta]) => (kustoOrder(value!, subtract(center!, delta!)) ?? -1) >= 0 && (kustoOrder(value!, add(center!, delta!)) ?? 1) <= 0 },
  ],
  ['bitset_count_ones', { call: ([value]) => (typeof value === 'bigint' ? BigInt(BigInt.asUintN(64, value).toString(2).replaceAll('0', '').length) : null) }],
  ['column_ifexists', ifExists],
  ['pack_all', packAll],
  ['bag_pack_columns', packColumns],
  [
    'assert',
    { takesNull: true, call: ([holds, message]) => (holds === true ? true : notCovered(`an assertion that does not hold: ${kustoText(message ?? null)}`)) },
  ],
  ...KUSTO_ROWS,
  ...KUSTO_TEXTS,
  ...KUSTO_PARSING,
  ...KUSTO_PUNYCODE,
  ...KUSTO_DATES,
  ...KUSTO_NETWORKS,
  ...KUSTO_DYNAMIC,
  ...KUSTO_SERIES,
  ...KUSTO_STATISTICS,
  ...KUSTO_UNITS,
  ...KUSTO_HASHES,
]);

/** Functions of Kusto over values, older names among them. */
export const KUSTO_FUNCTIONS: ReadonlyMap<string, RunFunction> = new Map([
  ...FUNCTIONS,
  ...Object.entries(OLDER).map(([name, newer]) => [name, FUNCTIONS.get(newer)!] as const),
]);

/** Half away from zero; where a half is only one by how its fraction is kept, engines differ. */
function rounded(value: number, digits: number): number {
  const found = roundTo(value, digits);
  if (digits > 0 && digits <= 15 && Number(Math.abs(value).toFixed(digits)) !== Math.abs(found)) notCovered(`\`round\` of ${value} to ${digits} digits`);
  return found;
}

function packed(args: readonly Value[]): Value {
  const entries: (readonly [string, Value])[] = [];
  for (let index = 0; index + 1 < args.length; index += 2) entries.push([kustoText(args[index]!), args[index + 1]!]);
  return bagOf(entries);
}

/** A text that is no JSON is a dynamic text; an empty one nothing. */
function parsedJson(value: Value): Value {
  if (typeof value !== 'string') return value;
  const found = dynamicOf(value);
  return found === undefined ? (value === '' ? null : value) : found;
}
