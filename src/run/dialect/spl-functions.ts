import type { Operand } from '../../model';
import { roundTo } from '../arithmetic';
import { digestOf } from '../digest';
import { refused, type Evaluate, type Row, type RunFunction } from '../dialect';
import { textOfUtf8, utf8Of } from '../../syntax/encoding';
import { addressOf } from '../network';
import { regexOf, type ReadyRegex } from '../regex';
import { isBag, isJson, isList, type Value } from '../value';
import { printf, sed } from './spl-format';
import { SPL_JSON } from './spl-json';
import { relativeTime, secondsOf, strftime, strptime } from './spl-time';
import { mvOf, splNumber, splOrder, splText, valuesIn } from './spl-values';

const text1 = (call: (text: string) => Value): RunFunction => ({
  call: ([value]) => (isList(value) ? mvOf(value.map((one) => call(splText(one) ?? ''))) : splText(value) === null ? null : call(splText(value)!)),
});

const real = (call: (number: number) => number): RunFunction => ({
  call: ([value]) => {
    const number = splNumber(value);
    return number === null ? null : finite(call(number));
  },
});

const finite = (number: number): number | null => (Number.isFinite(number) ? number : null);

function arithmetic(call: (a: number, b: number) => number, texts?: (a: string, b: string) => string): RunFunction {
  const pair = (left: Value, right: Value): Value => {
    const [a, b] = [splNumber(left), splNumber(right)];
    if (a !== null && b !== null) return finite(call(a, b));
    const [x, y] = [splText(left), splText(right)];
    return texts !== undefined && x !== null && y !== null && a === null && b === null ? texts(x, y) : null;
  };
  // A row of equal signs is one call: it is worked out from the left.
  return {
    call: ([first, ...rest]) => (rest.length === 0 ? pair(0, first!) : rest.reduce<Value>((left, right) => (left === null ? null : pair(left, right)), first!)),
  };
}

function compiled(pattern: string, dialect: 'pcre' = 'pcre'): Exclude<ReadyRegex, { refused: string }> {
  const ready = regexOf({ text: pattern, dialect, flags: '' }, false);
  if (ready.refused !== undefined) throw refused(ready.refused);
  return ready as Exclude<ReadyRegex, { refused: string }>;
}

const choose: RunFunction = {
  lazy:
    ([condition, then, otherwise]) =>
    (row) =>
      condition!(row) === true ? then!(row) : otherwise!(row),
};

const cases = (wanted: boolean): RunFunction => ({
  lazy: (args) => (row) => {
    for (let at = 0; at + 1 < args.length; at += 2) if ((args[at]!(row) === true) === wanted) return args[at + 1]!(row);
    return null;
  },
});

/** Evaluates an expression for each value of the field it names. */
const each = (
  call: (results: readonly (readonly [Value, Value])[]) => Value,
  at: (operands: readonly Operand[]) => string | null,
  of: (args: readonly Evaluate[]) => Evaluate,
): RunFunction => ({
  lazy: (args, _, operands) => {
    const name = at(operands);
    if (name === null) throw refused('a function over values of what is no field');
    const evaluate = of(args);
    return (row: Row) => call(valuesIn(row[name]).map((value) => [value, evaluate({ ...row, [name]: value })] as const));
  },
});

const fieldIn = (operand: Operand | undefined): string | null => {
  if (operand === undefined) return null;
  if (operand.kind === 'field') return operand.name;
  if (operand.kind === 'call') return operand.args.map(fieldIn).find((name) => name !== null) ?? null;
  if (operand.kind !== 'condition') return null;
  const inner: readonly Operand[] = testsIn(operand.of);
  return inner.map(fieldIn).find((name) => name !== null) ?? null;
};

function testsIn(predicate: Extract<Operand, { kind: 'condition' }>['of']): readonly Operand[] {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return predicate.of.flatMap(testsIn);
    case 'not':
      return testsIn(predicate.of);
    case 'test':
      return predicate.left === null ? [] : [predicate.left];
    default:
      return [];
  }
}

function replaced([source, pattern, by]: readonly Value[]): Value {
  const [regex, to] = [splText(pattern), splText(by)];
  if (regex === null || to === null) return null;
  const rewrite = to.replaceAll('$', '\\$').replace(/\\(\d)/g, '$$$1');
  return mvOf(
    valuesIn(source).map((one) =>
      compiled(regex)
        .re.matcher(splText(one) ?? '')
        .replaceAll(rewrite, true),
    ),
  );
}

function toText([value, format]: readonly Value[]): Value {
  const how = splText(format);
  if (how === null) return typeof value === 'boolean' ? (value ? 'True' : 'False') : splText(value);
  const number = splNumber(value);
  if (number === null) return null;
  if (how === 'hex') return `0x${Math.trunc(number).toString(16).toUpperCase()}`;
  if (how === 'binary') return Math.trunc(number).toString(2);
  if (how === 'commas') {
    const [whole, fraction] = String(roundTo(number, 2)).split('.');
    return `${whole!.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction}`}`;
  }
  if (how === 'duration') {
    const seconds = Math.trunc(number);
    const days = Math.floor(seconds / 86_400);
    const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
    return days > 0 ? `${days}+${clock}` : clock;
  }
  throw refused(`tostring as \`${how}\``);
}

function toNumber([value, base]: readonly Value[]): Value {
  const radix = base === undefined ? 10 : splNumber(base);
  const text = splText(value)?.trim() ?? '';
  if (radix === null || radix < 2 || radix > 36) return null;
  if (radix === 10) return splNumber(value);
  const digits = radix === 16 ? text.replace(/^0x/i, '') : text;
  const found = Number.parseInt(digits, radix);
  return digits !== '' && found.toString(radix) === digits.toLowerCase().replace(/^0+(?=.)/, '') ? found : null;
}

const trimmed = (front: boolean, back: boolean): RunFunction => ({
  call: ([value, chars]) => {
    const set = splText(chars) ?? ' \t';
    let text = splText(value);
    if (text === null) return null;
    if (front) while (text !== '' && set.includes(text[0]!)) text = text.slice(1);
    if (back) while (text !== '' && set.includes(text.at(-1)!)) text = text.slice(0, -1);
    return text;
  },
});

/** A part of several values; places below zero count from the end. */
function mvIndex([value, from, to]: readonly Value[]): Value {
  const values = valuesIn(value);
  const at = (index: Value | undefined): number | null => {
    const number = splNumber(index);
    return number === null ? null : number < 0 ? values.length + number : number;
  };
  const [start, end] = [at(from), to === undefined ? at(from) : at(to)];
  if (start === null || end === null || start < 0 || start >= values.length || end < start) return null;
  return mvOf(values.slice(start, end + 1));
}

function mvRange([from, to, by]: readonly Value[]): Value {
  const [start, end] = [splNumber(from), splNumber(to)];
  const step = by === undefined ? 1 : splNumber(by);
  if (start === null || end === null || step === null || step <= 0) throw refused('mvrange over times');
  const values: Value[] = [];
  for (let value = start; value < end && values.length < 100_000; value += step) values.push(value);
  return mvOf(values);
}

/** What a search for the type of a value gives. */
function typeOf(value: Value | undefined): string {
  if (value === undefined || value === null) return 'Null';
  if (typeof value === 'number') return 'Number';
  if (typeof value === 'boolean') return 'Boolean';
  return isList(value) ? 'Multivalue' : isJson(value) ? (isList(value.value) ? 'Array' : 'Object') : isBag(value) ? 'Object' : 'String';
}

const hash = (algorithm: string): RunFunction => text1((text) => digestOf(algorithm, text));

/** The width of a bin as SPL shows it: the time it begins at, or both ends. */
const binned: RunFunction = {
  lazy: ([value, size], _, operands) => {
    const name = operands[0]?.kind === 'field' ? operands[0].name : '';
    if (size === undefined || operands[1]?.kind !== 'time') throw refused('a bin whose width is not said');
    return (row: Row) => {
      const [number, width] = [splNumber(value!(row)), splNumber(size(row))];
      if (number === null || width === null || width <= 0) return value!(row);
      const start = Math.floor(number / width) * width;
      return name === '_time' ? start : `${start}-${start + width}`;
    };
  },
};

function notCovered(why: string): never {
  throw refused(why);
}

/** Functions of SPL over values. */
export const SPL_FUNCTIONS: ReadonlyMap<string, RunFunction> = new Map<string, RunFunction>([
  [
    '+',
    arithmetic(
      (a, b) => a + b,
      (a, b) => a + b,
    ),
  ],
  ['-', arithmetic((a, b) => a - b)],
  ['*', arithmetic((a, b) => a * b)],
  ['/', arithmetic((a, b) => a / b)],
  ['%', arithmetic((a, b) => a % b)],
  ['.', { call: (args) => (args.some((value) => splText(value) === null) ? null : args.map((value) => splText(value)!).join('')) }],
  ['if', choose],
  ['case', cases(true)],
  ['validate', cases(false)],
  [
    'coalesce',
    {
      lazy: (args) => (row) => {
        for (const arg of args) {
          const value = arg(row);
          if (value !== null) return value;
        }
        return null;
      },
    },
  ],
  ['null', { takesNull: true, call: () => null }],
  ['nullif', { takesNull: true, call: ([a, b]) => (a !== null && b !== null && splOrder(a!, b!) === 0 ? null : (a ?? null)) }],
  ['pi', { call: () => Math.PI }],
  ['now', { call: (_, { now }) => Math.floor(secondsOf(now)) }],
  ['time', { call: (_, { now }) => secondsOf(now) }],
  ['len', text1((text) => [...text].length)],
  ['lower', text1((text) => text.toLowerCase())],
  ['upper', text1((text) => text.toUpperCase())],
  ['trim', trimmed(true, true)],
  ['ltrim', trimmed(true, false)],
  ['rtrim', trimmed(false, true)],
  [
    'substr',
    {
      call: ([value, start, length]) => {
        const [text, from, count] = [splText(value), splNumber(start), length === undefined ? undefined : splNumber(length)];
        if (text === null || from === null || count === null) return null;
        const begin = from > 0 ? from - 1 : from < 0 ? Math.max(0, text.length + from) : 0;
        return text.slice(begin, count === undefined ? undefined : begin + count);
      },
    },
  ],
  ['replace', { call: replaced }],
  ['|sed', { call: ([value, script]) => mvOf(valuesIn(value).map((one) => sed(splText(one) ?? '', splText(script) ?? ''))) }],
  [
    'split',
    {
      call: ([value, by]) => {
        const [text, mark] = [splText(value), splText(by)];
        return text === null || mark === null ? null : mvOf(mark === '' ? [...text] : text.split(mark));
      },
    },
  ],
  [
    '|tokenize',
    {
      call: ([value, pattern]) => {
        const matcher = compiled(splText(pattern) ?? '').re.matcher(splText(value) ?? '');
        const found: Value[] = [];
        while (matcher.find()) found.push(matcher.group(matcher.groupCount() > 0 ? 1 : 0) ?? '');
        return mvOf(found);
      },
    },
  ],
  ['tostring', { call: toText }],
  ['tonumber', { call: toNumber }],
  ['printf', { takesNull: true, call: printf }],
  ['urldecode', text1((text) => textOfUtf8(utf8Of(text).replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))))],
  ['md5', hash('md5')],
  ['sha1', hash('sha1')],
  ['sha256', hash('sha256')],
  ['sha512', hash('sha512')],
  ['abs', real(Math.abs)],
  ['ceil', real(Math.ceil)],
  ['ceiling', real(Math.ceil)],
  ['floor', real(Math.floor)],
  [
    'round',
    {
      call: ([value, digits]) => {
        const number = splNumber(value);
        return number === null ? null : roundTo(number, digits === undefined ? 0 : (splNumber(digits) ?? 0));
      },
    },
  ],
  ['exact', { call: ([value]) => value! }],
  ['sqrt', real(Math.sqrt)],
  ['exp', real(Math.exp)],
  ['ln', real(Math.log)],
  [
    'log',
    {
      call: ([value, base]) => {
        const [number, by] = [splNumber(value), base === undefined ? 10 : splNumber(base)];
        return number === null || by === null ? null : finite(by === 10 ? Math.log10(number) : Math.log(number) / Math.log(by));
      },
    },
  ],
  ['pow', { call: ([a, b]) => (splNumber(a) === null || splNumber(b) === null ? null : finite(splNumber(a)! ** splNumber(b)!)) }],
  ...(['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'] as const).map(
    (name) => [name, real(Math[name])] as const,
  ),
  ['atan2', { call: ([a, b]) => finite(Math.atan2(splNumber(a) ?? NaN, splNumber(b) ?? NaN)) }],
  ['hypot', { call: ([a, b]) => finite(Math.hypot(splNumber(a) ?? NaN, splNumber(b) ?? NaN)) }],
  ['|bin', binned],
  ['max', { takesNull: true, call: (args) => most(args, 1) }],
  ['min', { takesNull: true, call: (args) => most(args, -1) }],
  ['sum', { takesNull: true, call: (args) => args.flatMap((value) => valuesIn(value)).reduce<number>((all, value) => all + (splNumber(value) ?? 0), 0) }],
  [
    'avg',
    {
      takesNull: true,
      call: (args) => {
        const numbers = args.flatMap((value) => valuesIn(value)).flatMap((value) => splNumber(value) ?? []);
        return numbers.length === 0 ? null : numbers.reduce((all, number) => all + number, 0) / numbers.length;
      },
    },
  ],
  [
    'strftime',
    {
      call: ([value, format]) => {
        const [number, pattern] = [splNumber(value), splText(format)];
        return number === null || pattern === null ? null : (strftime(number, pattern) ?? notCovered(`the time pattern \`${pattern}\``));
      },
    },
  ],
  [
    'strptime',
    {
      call: ([value, format]) => {
        const [text, pattern] = [splText(value), splText(format)];
        if (text === null || pattern === null) return null;
        const found = strptime(text, pattern);
        return found === undefined ? notCovered(`the time pattern \`${pattern}\``) : found;
      },
    },
  ],
  [
    'relative_time',
    {
      call: ([from, by]) => {
        const [number, text] = [splNumber(from), splText(by)];
        return number === null || text === null ? null : relativeTime(number, text);
      },
    },
  ],
  [
    'ipmask',
    {
      call: ([mask, address]) => {
        const [a, b] = [addressOf(splText(mask) ?? ''), addressOf(splText(address) ?? '')];
        if (a === null || b === null || !a.isV4 || !b.isV4) return null;
        const bits = a.bits & b.bits & 0xffffffffn;
        return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.');
      },
    },
  ],
  [
    'toint',
    {
      call: (args) => {
        const number = splNumber(toNumber(args));
        return number === null ? null : Math.trunc(number);
      },
    },
  ],
  ['todouble', { call: toNumber }],
  [
    'tobool',
    {
      takesNull: true,
      call: ([value]) => {
        if (typeof value === 'boolean') return value;
        const number = splNumber(value);
        if (number !== null) return number !== 0;
        const text = splText(value)?.toLowerCase();
        return text === 'true' || text === 't' || text === 'yes' ? true : text === 'false' || text === 'f' || text === 'no' ? false : null;
      },
    },
  ],
  ['|makemv', { call: ([value, by]) => mvOf((splText(value) ?? '').split(splText(by) ?? ' ').filter((part) => part !== '')) }],
  ['typeof', { takesNull: true, call: ([value]) => typeOf(value) }],
  ['isnum', { takesNull: true, call: ([value]) => splNumber(value) !== null }],
  ['isint', { takesNull: true, call: ([value]) => Number.isInteger(splNumber(value)) }],
  ['isdouble', { takesNull: true, call: ([value]) => typeof value === 'number' && !Number.isInteger(value) }],
  ['isstr', { takesNull: true, call: ([value]) => typeof value === 'string' && splNumber(value) === null }],
  ['isbool', { takesNull: true, call: ([value]) => typeof value === 'boolean' }],
  ['ismv', { takesNull: true, call: ([value]) => isList(value) }],
  ['mvcount', { takesNull: true, call: ([value]) => (valuesIn(value).length === 0 ? null : valuesIn(value).length) }],
  ['mvindex', { call: mvIndex }],
  [
    'mvjoin',
    {
      call: ([value, by]) =>
        valuesIn(value)
          .map((one) => splText(one) ?? '')
          .join(splText(by) ?? ''),
    },
  ],
  ['mvappend', { takesNull: true, call: (args) => mvOf(args.flatMap((value) => valuesIn(value))) }],
  ['mvdedup', { call: ([value]) => mvOf([...new Map(valuesIn(value).map((one) => [splText(one), one])).values()]) }],
  [
    'mvsort',
    {
      call: ([value]) =>
        mvOf(valuesIn(value).toSorted((a, b) => ((splText(a) ?? '') < (splText(b) ?? '') ? -1 : (splText(a) ?? '') > (splText(b) ?? '') ? 1 : 0))),
    },
  ],
  ['mvreverse', { call: ([value]) => mvOf(valuesIn(value).toReversed()) }],
  ['mvrange', { call: mvRange }],
  [
    'mvzip',
    {
      call: ([a, b, by]) => {
        const [left, right] = [valuesIn(a), valuesIn(b)];
        return mvOf(
          Array.from(
            { length: Math.min(left.length, right.length) },
            (_, at) => `${splText(left[at]) ?? ''}${by === undefined ? ',' : (splText(by) ?? '')}${splText(right[at]) ?? ''}`,
          ),
        );
      },
    },
  ],
  [
    'mvfind',
    {
      call: ([value, pattern]) => {
        const at = valuesIn(value).findIndex((one) => compiled(splText(pattern) ?? '').test(splText(one) ?? ''));
        return at < 0 ? null : at;
      },
    },
  ],
  [
    'mvmap',
    {
      ...each(
        (results) => mvOf(results.flatMap(([, result]) => (result === null ? [] : [result]))),
        (operands) => fieldIn(operands[0]),
        (args) => args[1]!,
      ),
    },
  ],
  [
    'mvfilter',
    each(
      (results) => mvOf(results.flatMap(([value, result]) => (result === true ? [value] : []))),
      (operands) => fieldIn(operands[0]),
      (args) => args[0]!,
    ),
  ],
  ...SPL_JSON,
]);

/** The greatest or least; texts are greater than numbers. */
function most(args: readonly Value[], sign: 1 | -1): Value {
  const values = args.flatMap((value) => valuesIn(value));
  if (values.length === 0) return null;
  return values.reduce((best, value) => {
    const [a, b] = [splNumber(value), splNumber(best)];
    const order = a !== null && b !== null ? a - b : a !== null ? -1 : b !== null ? 1 : splOrder(value, best);
    return order * sign > 0 ? value : best;
  });
}
