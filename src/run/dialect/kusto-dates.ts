import { addMonths, formatDate, nanosOf, pad, partsOf } from '../date-format';
import { refused, type RunFunction } from '../dialect';
import { floorDiv, isLength, isMoment, isNumber, lengthOf, momentOf, type Length, type Value } from '../value';
import { boundedMoment, kustoSpan } from './kusto-values';

type Entry = readonly [string, RunFunction];

const DAY = 86_400_000_000_000n;
const TICK = 100n;
const UNIT: Readonly<Record<string, bigint>> = {
  week: 7n * DAY,
  day: DAY,
  hour: 3_600_000_000_000n,
  minute: 60_000_000_000n,
  second: 1_000_000_000n,
  millisecond: 1_000_000n,
  microsecond: 1000n,
  nanosecond: 1n,
};
const MONTHS: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 };

const date = (name: string, call: (nanos: bigint, args: readonly Value[]) => Value): Entry => [
  name,
  { call: (args) => (isMoment(args[0]) ? call(args[0].nanos, args) : null) },
];

const midnight = (nanos: bigint): bigint => floorDiv(nanos, DAY) * DAY;
const atStart = (year: number, month: number, day: number): bigint => nanosOf({ year, month, day, hour: 0, minute: 0, second: 0, nano: 0 });

/** The start of a stretch of the calendar, so many stretches on; weeks begin on Sunday. */
function startOf(unit: 'day' | 'week' | 'month' | 'year', nanos: bigint, offset: number): bigint {
  const parts = partsOf(nanos);
  switch (unit) {
    case 'day':
      return midnight(nanos) + BigInt(offset) * DAY;
    case 'week':
      return midnight(nanos) - BigInt(parts.weekday) * DAY + BigInt(offset) * 7n * DAY;
    case 'month':
      return addMonths(atStart(parts.year, parts.month, 1), offset);
    case 'year':
      return atStart(parts.year + offset, 1, 1);
    default:
      return unit satisfies never;
  }
}

const UNITS = ['day', 'week', 'month', 'year'] as const;

/** The ISO week of a day. */
function isoWeek(nanos: bigint): bigint {
  const parts = partsOf(nanos);
  const thursday = midnight(nanos) + BigInt(4 - (parts.weekday === 0 ? 7 : parts.weekday)) * DAY;
  return (thursday - atStart(partsOf(thursday).year, 1, 1)) / (7n * DAY) + 1n;
}

/** How many borders of a unit lie between two times. */
function difference([unit, left, right]: readonly Value[]): Value {
  if (typeof unit !== 'string' || !isMoment(left) || !isMoment(right)) return null;
  const name = unit.toLowerCase();
  const months = MONTHS[name];
  if (months !== undefined) {
    const [a, b] = [partsOf(left.nanos), partsOf(right.nanos)];
    const index = (parts: typeof a): number => Math.floor((parts.year * 12 + parts.month - 1) / months);
    return BigInt(index(a) - index(b));
  }
  const step = UNIT[name];
  if (step === undefined) throw refused(`the part \`${unit}\` of a time`);
  const origin = name === 'week' ? startOf('week', 0n, 0) : 0n;
  return floorDiv(left.nanos - origin, step) - floorDiv(right.nanos - origin, step);
}

function added([unit, count, value]: readonly Value[]): Value {
  if (typeof unit !== 'string' || !isNumber(count) || !isMoment(value)) return null;
  const months = MONTHS[unit.toLowerCase()];
  if (months !== undefined) return boundedMoment(addMonths(value.nanos, Number(count) * months));
  const step = UNIT[unit.toLowerCase()];
  if (step === undefined) throw refused(`the part \`${unit}\` of a time`);
  return boundedMoment(value.nanos + BigInt(Math.trunc(Number(count))) * step);
}

function partOf([part, value]: readonly Value[]): Value {
  if (typeof part !== 'string' || !isMoment(value)) return null;
  const parts = partsOf(value.nanos);
  switch (part.toLowerCase()) {
    case 'year':
      return BigInt(parts.year);
    case 'quarter':
      return BigInt(Math.ceil(parts.month / 3));
    case 'month':
    case 'monthofyear':
      return BigInt(parts.month);
    case 'week_of_year':
    case 'weekofyear':
    case 'week':
      return isoWeek(value.nanos);
    case 'day':
      return BigInt(parts.day);
    case 'dayofyear':
      return (midnight(value.nanos) - atStart(parts.year, 1, 1)) / DAY + 1n;
    case 'hour':
      return BigInt(parts.hour);
    case 'minute':
      return BigInt(parts.minute);
    case 'second':
      return BigInt(parts.second);
    case 'millisecond':
      return BigInt(Math.floor(parts.nano / 1e6));
    case 'microsecond':
      return BigInt(Math.floor(parts.nano / 1e3));
    case 'nanosecond':
      return BigInt(parts.nano);
    default:
      throw refused(`the part \`${part}\` of a time`);
  }
}

/** A length of time by a pattern of its parts. */
function formatSpan({ nanos }: Length, pattern: string): string {
  const size = (nanos < 0n ? -nanos : nanos) / TICK;
  const clock = { d: size / 864_000_000_000n, H: (size / 36_000_000_000n) % 24n, m: (size / 600_000_000n) % 60n, s: (size / 10_000_000n) % 60n };
  let text = '';
  for (let at = 0; at < pattern.length;) {
    const char = pattern[at]!;
    let end = at;
    while (pattern[end] === char) end++;
    const width = end - at;
    const key = char === 'h' ? 'H' : char;
    if (key === 'd' || key === 'H' || key === 'm' || key === 's') text += pad(Number(clock[key]), width);
    else if (char === 'f' || char === 'F') {
      if (width > 7) throw refused(`the pattern \`${pattern}\``);
      const digits = (size % 10_000_000n).toString().padStart(7, '0').slice(0, width);
      text += char === 'f' ? digits : digits.replace(/0+$/, '');
    } else if (/[A-Za-z]/.test(char)) throw refused(`the pattern \`${pattern}\``);
    else text += pattern.slice(at, end);
    at = end;
  }
  return nanos < 0n ? `-${text}` : text;
}

const ZONES = new Map<string, Intl.DateTimeFormat>();

/** How far the clocks of a zone are ahead at a moment. */
function offsetAt(nanos: bigint, zone: string): bigint {
  let format = ZONES.get(zone);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch {
      throw refused(`the time zone \`${zone}\``);
    }
    ZONES.set(zone, format);
  }
  const millis = floorDiv(nanos, 1_000_000n);
  const parts = new Map(format.formatToParts(new Date(Number(millis))).map(({ type, value }) => [type, Number(value)]));
  const [year, month, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map((type) => parts.get(type as 'year')!) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return nanosOf({ year, month, day, hour, minute, second, nano: 0 }) - floorDiv(nanos, 1_000_000_000n) * 1_000_000_000n;
}

/** The moment at which the clocks of a zone show a time; refused where they show it twice, or never. */
function momentIn(local: bigint, zone: string): Value {
  const found = new Set([-1n, 1n].map((day) => local - offsetAt(local + day * DAY, zone)).filter((nanos) => nanos + offsetAt(nanos, zone) === local));
  const [only] = found;
  if (only === undefined || found.size > 1) throw refused('a local time at which clocks are set');
  return momentOf(only);
}

const zoned = (name: string, call: (nanos: bigint, zone: string) => Value): Entry => [
  name,
  { call: ([value, zone]) => (isMoment(value) && typeof zone === 'string' ? call(value.nanos, zone) : null) },
];

const since = (name: string, step: bigint): Entry => [
  name,
  {
    call: ([value]) => {
      if (!isNumber(value) || !Number.isFinite(Number(value))) return null;
      const whole = typeof value === 'bigint' ? value : BigInt(Math.trunc(value));
      const ticks = ((Number(value) - Number(whole)) * Number(step)) / Number(TICK);
      if (!Number.isInteger(ticks)) throw refused(`\`${name}\` of a fraction that is no whole number of 100 ns`);
      return boundedMoment(((whole * step) / TICK + BigInt(ticks)) * TICK);
    },
  },
];

/** Functions of Kusto over times. */
export const KUSTO_DATES: readonly Entry[] = [
  ...UNITS.flatMap((unit): readonly Entry[] => [
    date(`startof${unit}`, (nanos, [, offset]) => boundedMoment(startOf(unit, nanos, Number(offset ?? 0n)))),
    date(`endof${unit}`, (nanos, [, offset]) => boundedMoment(startOf(unit, nanos, Number(offset ?? 0n) + 1) - TICK)),
  ]),
  date('dayofweek', (nanos) => lengthOf(BigInt(partsOf(nanos).weekday) * DAY)),
  date('dayofmonth', (nanos) => BigInt(partsOf(nanos).day)),
  date('dayofyear', (nanos) => partOf(['dayofyear', momentOf(nanos)])),
  date('monthofyear', (nanos) => BigInt(partsOf(nanos).month)),
  date('getmonth', (nanos) => BigInt(partsOf(nanos).month)),
  date('getyear', (nanos) => BigInt(partsOf(nanos).year)),
  date('hourofday', (nanos) => BigInt(partsOf(nanos).hour)),
  date('week_of_year', isoWeek),
  date('weekofyear', isoWeek),
  zoned('datetime_utc_to_local', (nanos, zone) => momentOf(nanos + offsetAt(nanos, zone))),
  zoned('datetime_local_to_utc', momentIn),
  ['datetime_part', { call: partOf }],
  ['datetime_add', { call: added }],
  ['datetime_diff', { call: difference }],
  [
    'format_datetime',
    {
      call([value, pattern]) {
        if (!isMoment(value) || typeof pattern !== 'string') return '';
        // Days and months are digits, however many letters stand there: at most two at a time.
        const parts = [...pattern.matchAll(/d{1,2}|M{1,2}|[^dM]+/g)].map(([part]) => formatDate(value.nanos, part, 'dotnet'));
        if (parts.includes(null)) throw refused(`the pattern \`${pattern}\``);
        return parts.join('');
      },
    },
  ],
  ['format_timespan', { call: ([value, pattern]) => (isLength(value) && typeof pattern === 'string' ? formatSpan(value, pattern) : '') }],
  [
    'make_datetime',
    {
      call(args) {
        if (!args.every(isNumber) || args.length < 3) return null;
        const [year, month, day, hour = 0, minute = 0, second = 0] = args.map(Number) as [number, number, number, number?, number?, number?];
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
        if (
          year < 1 ||
          year > 9999 ||
          month < 1 ||
          month > 12 ||
          day < 1 ||
          day > last ||
          hour > 23 ||
          minute > 59 ||
          second >= 60 ||
          hour < 0 ||
          minute < 0 ||
          second < 0
        )
          return null;
        const whole = Math.floor(second);
        return momentOf(nanosOf({ year, month, day, hour, minute, second: whole, nano: Math.round((second - whole) * 1e7) * 100 }));
      },
    },
  ],
  [
    'make_timespan',
    {
      call(args) {
        if (!args.every(isNumber) || args.length < 2) return null;
        const numbers = args.map(Number);
        const [days, hours, minutes, seconds] = numbers.length === 4 ? numbers : [0, ...numbers, ...(numbers.length === 2 ? [0] : [])];
        return kustoSpan(`${days}.${hours}:${minutes}:${seconds}`) ?? null;
      },
    },
  ],
  since('unixtime_seconds_todatetime', 1_000_000_000n),
  since('unixtime_milliseconds_todatetime', 1_000_000n),
  since('unixtime_microseconds_todatetime', 1000n),
  since('unixtime_nanoseconds_todatetime', 1n),
];
