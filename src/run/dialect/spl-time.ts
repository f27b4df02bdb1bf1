import { addMonths, DAYS, MONTHS, nanosOf, pad, partsOf } from '../date-format';

const SECOND = 1_000_000_000n;

/** Seconds since 1970 as nanoseconds; a number holds no more of today's than microseconds. */
const nanosOfSeconds = (seconds: number): bigint => BigInt(Math.floor(seconds)) * SECOND + BigInt(Math.round((seconds - Math.floor(seconds)) * 1e6)) * 1000n;
export const secondsOf = (nanos: bigint): number => Number(nanos / SECOND) + Number(nanos % SECOND) / 1e9;

/** A time written by a pattern with `%`; null: the pattern has what is not covered. */
export function strftime(seconds: number, pattern: string): string | null {
  const nanos = nanosOfSeconds(seconds);
  const parts = partsOf(nanos);
  let isCovered = true;
  const text = pattern.replace(/%(\d?)([A-Za-z%+])/g, (all, digits: string, letter: string) => {
    switch (letter) {
      case 'Y':
        return pad(parts.year, 4);
      case 'y':
        return pad(parts.year % 100, 2);
      case 'm':
        return pad(parts.month, 2);
      case 'd':
        return pad(parts.day, 2);
      case 'e':
        return String(parts.day).padStart(2, ' ');
      case 'H':
        return pad(parts.hour, 2);
      case 'k':
        return String(parts.hour).padStart(2, ' ');
      case 'I':
        return pad(parts.hour % 12 === 0 ? 12 : parts.hour % 12, 2);
      case 'M':
        return pad(parts.minute, 2);
      case 'S':
        return pad(parts.second, 2);
      case 'p':
        return parts.hour < 12 ? 'AM' : 'PM';
      case 'b':
      case 'h':
        return MONTHS[parts.month - 1]!.slice(0, 3);
      case 'B':
        return MONTHS[parts.month - 1]!;
      case 'a':
        return DAYS[parts.weekday]!.slice(0, 3);
      case 'A':
        return DAYS[parts.weekday]!;
      case 'w':
        return String(parts.weekday);
      case 'j':
        return pad(Math.floor((Date.UTC(parts.year, parts.month - 1, parts.day) - Date.UTC(parts.year, 0, 1)) / 86_400_000) + 1, 3);
      case 'F':
        return `${pad(parts.year, 4)}-${pad(parts.month, 2)}-${pad(parts.day, 2)}`;
      case 'T':
        return `${pad(parts.hour, 2)}:${pad(parts.minute, 2)}:${pad(parts.second, 2)}`;
      case 'D':
        return `${pad(parts.month, 2)}/${pad(parts.day, 2)}/${pad(parts.year % 100, 2)}`;
      case 's':
        return String(Math.floor(seconds));
      case 'N':
        return pad(parts.nano, 9).slice(0, digits === '' ? 9 : Number(digits));
      case 'Q':
        return pad(parts.nano, 9).slice(0, digits === '' ? 3 : Number(digits));
      case 'f':
        return pad(parts.nano, 9).slice(0, 6);
      case 'z':
        return '+0000';
      case 'Z':
        return 'UTC';
      case '%':
        return '%';
      default:
        isCovered = false;
        return all;
    }
  });
  return isCovered ? text : null;
}

/** Seconds since 1970 of a text written by a pattern; null: it does not fit; undefined: the pattern is not covered. */
export function strptime(text: string, pattern: string): number | null | undefined {
  const parts = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, nano: 0 };
  let [at, isPast, offset] = [0, null as boolean | null, 0];
  let epoch: number | null = null;
  const digits = (most: number): number | null => {
    const found = new RegExp(`^\\s*(\\d{1,${most}})`).exec(text.slice(at));
    if (found === null) return null;
    at += found[0].length;
    return Number(found[1]);
  };
  const expanded = pattern.replaceAll('%F', '%Y-%m-%d').replaceAll('%T', '%H:%M:%S').replaceAll('%D', '%m/%d/%y');
  for (let index = 0; index < expanded.length; index++) {
    const char = expanded[index]!;
    if (char !== '%') {
      if (/\s/.test(char)) while (/\s/.test(text[at] ?? '')) at++;
      else if (text[at++] !== char) return null;
      continue;
    }
    let letter = expanded[++index] ?? '';
    if (/\d/.test(letter)) letter = expanded[++index] ?? '';
    const fields: Readonly<Record<string, readonly [keyof typeof parts, number]>> = {
      Y: ['year', 4],
      m: ['month', 2],
      d: ['day', 2],
      e: ['day', 2],
      H: ['hour', 2],
      k: ['hour', 2],
      I: ['hour', 2],
      M: ['minute', 2],
      S: ['second', 2],
    };
    const field = fields[letter];
    if (field !== undefined) {
      const value = digits(field[1]);
      if (value === null) return null;
      parts[field[0]] = value;
      continue;
    }
    switch (letter) {
      case 'y': {
        const value = digits(2);
        if (value === null) return null;
        parts.year = value < 69 ? 2000 + value : 1900 + value;
        break;
      }
      case 'b':
      case 'B':
      case 'h': {
        const month = MONTHS.findIndex((name) => text.slice(at, at + 3).toLowerCase() === name.slice(0, 3).toLowerCase());
        if (month < 0) return null;
        parts.month = month + 1;
        at += text.slice(at).toLowerCase().startsWith(MONTHS[month]!.toLowerCase()) ? MONTHS[month]!.length : 3;
        break;
      }
      case 'a':
      case 'A': {
        const day = /^[A-Za-z]+/.exec(text.slice(at));
        if (day === null) return null;
        at += day[0].length;
        break;
      }
      case 'p': {
        const half = /^[ap]m/i.exec(text.slice(at));
        if (half === null) return null;
        isPast = /^p/i.test(half[0]);
        at += 2;
        break;
      }
      case 'N':
      case 'Q':
      case 'f': {
        const found = /^\d{1,9}/.exec(text.slice(at));
        if (found === null) return null;
        parts.nano = Number(found[0].padEnd(9, '0'));
        at += found[0].length;
        break;
      }
      case 'z':
      case 'Z': {
        const found = /^(?:UTC|GMT|Z|([-+])(\d\d):?(\d\d))/.exec(text.slice(at));
        if (found === null) return letter === 'Z' ? undefined : null;
        offset = found[1] === undefined ? 0 : (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
        at += found[0].length;
        break;
      }
      case 's': {
        const found = /^\d+/.exec(text.slice(at));
        if (found === null) return null;
        epoch = Number(found[0]);
        at += found[0].length;
        break;
      }
      case '%':
        if (text[at++] !== '%') return null;
        break;
      default:
        return undefined;
    }
  }
  if (epoch !== null) return epoch;
  if (isPast !== null) parts.hour = (parts.hour % 12) + (isPast ? 12 : 0);
  if (parts.month < 1 || parts.month > 12 || parts.day < 1 || parts.day > 31 || parts.hour > 23 || parts.minute > 59 || parts.second > 61) return null;
  return secondsOf(nanosOf(parts)) - offset * 60;
}

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^s(?:ecs?|econds?)?$/, 1],
  [/^m(?:ins?|inutes?)?$/, 60],
  [/^h(?:rs?|ours?)?$/, 3600],
  [/^d(?:ays?)?$/, 86_400],
  [/^w(?:eeks?)?$/, 604_800],
];

/** Seconds of `5m`, `1h`, `2days`; null for months and any other text. */
export function spanSeconds(text: string): number | null {
  const found = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text.trim());
  const unit = found === null ? undefined : UNITS.find(([name]) => name.test(found[2]!.toLowerCase()));
  return unit === undefined ? null : Number(found![1]) * unit[1];
}

/** A relative time such as `-7d@d`, `now`, `+1mon` from a moment; null for any other text. */
export function relativeTime(from: number, text: string): number | null {
  let nanos = nanosOfSeconds(from);
  const written = text.trim().replace(/^now(?:\(\))?/, '');
  const parts = /^((?:[-+]\d*[a-z]+)*)(?:@([a-z]+\d?)((?:[-+]\d*[a-z]+)*))?$/i.exec(written);
  if (parts === null) return null;
  const shift = (list: string): boolean => {
    for (const [, sign, count, unit] of list.matchAll(/([-+])(\d*)([a-z]+)/gi)) {
      const number = (sign === '-' ? -1 : 1) * Number(count === '' ? 1 : count);
      const name = unit!.toLowerCase();
      if (/^mon(?:ths?)?$/.test(name)) nanos = addMonths(nanos, number);
      else if (/^q(?:tr|uarters?)?$/.test(name)) nanos = addMonths(nanos, number * 3);
      else if (/^y(?:r|rs|ears?)?$/.test(name)) nanos = addMonths(nanos, number * 12);
      else {
        const found = UNITS.find(([one]) => one.test(name));
        if (found === undefined) return false;
        nanos += BigInt(number * found[1]) * SECOND;
      }
    }
    return true;
  };
  if (!shift(parts[1]!)) return null;
  if (parts[2] !== undefined) {
    const snapped = snap(nanos, parts[2].toLowerCase());
    if (snapped === null) return null;
    nanos = snapped;
    if (!shift(parts[3] ?? '')) return null;
  }
  return secondsOf(nanos);
}

function snap(nanos: bigint, unit: string): bigint | null {
  const parts = partsOf(nanos);
  const day = nanosOf({ ...parts, hour: 0, minute: 0, second: 0, nano: 0 });
  if (unit.startsWith('s')) return nanosOf({ ...parts, nano: 0 });
  if (unit.startsWith('mon')) return nanosOf({ ...parts, day: 1, hour: 0, minute: 0, second: 0, nano: 0 });
  if (unit.startsWith('m')) return nanosOf({ ...parts, second: 0, nano: 0 });
  if (unit.startsWith('h')) return nanosOf({ ...parts, minute: 0, second: 0, nano: 0 });
  if (unit.startsWith('d')) return day;
  if (unit.startsWith('q')) return nanosOf({ ...parts, month: Math.floor((parts.month - 1) / 3) * 3 + 1, day: 1, hour: 0, minute: 0, second: 0, nano: 0 });
  if (unit.startsWith('y')) return nanosOf({ ...parts, month: 1, day: 1, hour: 0, minute: 0, second: 0, nano: 0 });
  const week = /^w(?:eek)?([0-7])?$/.exec(unit);
  if (week === null) return null;
  const back = (parts.weekday - (Number(week[1] ?? 0) % 7) + 7) % 7;
  return day - BigInt(back) * 86_400n * SECOND;
}
