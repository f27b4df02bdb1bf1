/** Fields of a moment in UTC. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Nanoseconds of the second. */
  readonly nano: number;
  /** 0 Sunday. */
  readonly weekday: number;
}

export const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
export const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const SECOND = 1_000_000_000n;

/** The fields of a moment of so many nanoseconds since 1970. */
export function partsOf(nanos: bigint): DateParts {
  const seconds = nanos / SECOND - (nanos % SECOND < 0n ? 1n : 0n);
  const date = new Date(Number(seconds) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nano: Number(nanos - seconds * SECOND),
    weekday: date.getUTCDay(),
  };
}

/** Nanoseconds since 1970 of fields, months and days beyond their range carried over. */
export function nanosOf(parts: Omit<DateParts, 'weekday'>): bigint {
  const date = new Date(0);
  date.setUTCFullYear(parts.year, parts.month - 1, parts.day);
  date.setUTCHours(parts.hour, parts.minute, parts.second);
  return BigInt(date.getTime()) * 1_000_000n + BigInt(parts.nano);
}

/** So many months later, the day cut to the month's last. */
export function addMonths(nanos: bigint, months: number): bigint {
  const parts = partsOf(nanos);
  const index = parts.year * 12 + parts.month - 1 + months;
  const [year, month] = [Math.floor(index / 12), (index % 12) + (index % 12 < 0 ? 13 : 1)];
  const last = new Date(Date.UTC(2000, 0, 1));
  last.setUTCFullYear(year, month, 0);
  return nanosOf({ ...parts, year, month, day: Math.min(parts.day, last.getUTCDate()) });
}

export const pad = (value: number, width: number): string => (value < 0 ? '-' : '') + String(Math.abs(value)).padStart(width, '0');
const hour12 = (hour: number): number => (hour % 12 === 0 ? 12 : hour % 12);

/** One letter repeated; undefined: the pattern has no such letters. */
type Written = (letters: string, parts: DateParts) => string | undefined;

/** Java's patterns, as `DateTimeFormatter` has them, for UTC and English. */
const java: Written = (letters, parts) => {
  const width = letters.length;
  switch (letters[0]) {
    case 'y':
    case 'u':
      return width === 2 ? pad(parts.year % 100, 2) : pad(parts.year, width);
    case 'M':
    case 'L':
      return width === 3 ? MONTHS[parts.month - 1]!.slice(0, 3) : width > 3 ? MONTHS[parts.month - 1]! : pad(parts.month, width);
    case 'd':
      return pad(parts.day, width);
    case 'E':
      return width > 3 ? DAYS[parts.weekday]! : DAYS[parts.weekday]!.slice(0, 3);
    case 'e':
      return width < 3 ? pad(parts.weekday + 1, width) : undefined;
    case 'a':
      return parts.hour < 12 ? 'AM' : 'PM';
    case 'H':
      return pad(parts.hour, width);
    case 'h':
      return pad(hour12(parts.hour), width);
    case 'm':
      return pad(parts.minute, width);
    case 's':
      return pad(parts.second, width);
    case 'S':
      return width > 9 ? undefined : pad(parts.nano, 9).slice(0, width);
    case 'X':
      return 'Z';
    case 'Z':
      return width < 4 ? '+0000' : undefined;
    case 'z':
      return 'Z';
    default:
      return undefined;
  }
};

/** .NET's patterns as Kusto takes them. */
const dotnet: Written = (letters, parts) => {
  const width = letters.length;
  switch (letters[0]) {
    case 'y':
      return width <= 2 ? pad(parts.year % 100, width) : pad(parts.year, width);
    case 'M':
      return width <= 2 ? pad(parts.month, width) : undefined;
    case 'd':
      return width <= 2 ? pad(parts.day, width) : undefined;
    case 'H':
      return pad(parts.hour, width);
    case 'h':
      return pad(hour12(parts.hour), width);
    case 'm':
      return pad(parts.minute, width);
    case 's':
      return pad(parts.second, width);
    case 'f':
      return width > 7 ? undefined : pad(parts.nano, 9).slice(0, width);
    case 'F':
      return width > 7 ? undefined : pad(parts.nano, 9).slice(0, width).replace(/0+$/, '');
    case 't':
      return (parts.hour < 12 ? 'AM' : 'PM').slice(0, width);
    default:
      return undefined;
  }
};

/** A moment written by a pattern; null: the pattern has letters that are not covered. */
export function formatDate(nanos: bigint, pattern: string, style: 'java' | 'dotnet'): string | null {
  const parts = partsOf(nanos);
  const write = style === 'java' ? java : dotnet;
  let text = '';
  for (let at = 0; at < pattern.length;) {
    const char = pattern[at]!;
    if (style === 'java' && char === "'") {
      const end = pattern.indexOf("'", at + 1);
      if (end < 0) return null;
      text += end === at + 1 ? "'" : pattern.slice(at + 1, end);
      at = end + 1;
      continue;
    }
    if (!/[A-Za-z]/.test(char)) {
      text += char;
      at++;
      continue;
    }
    let end = at;
    while (pattern[end] === char) end++;
    const written = write(pattern.slice(at, end), parts);
    if (written === undefined) return null;
    text += written;
    at = end;
  }
  return text;
}

/** Nanoseconds since 1970 of a text written by a Java pattern; null: it does not fit; undefined: the pattern is not covered. */
export function parseDate(text: string, pattern: string): bigint | null | undefined {
  const parts = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, nano: 0 };
  let afternoon: boolean | null = null;
  let offset = 0;
  let from = 0;
  for (let at = 0; at < pattern.length;) {
    const char = pattern[at]!;
    if (char === "'") {
      const end = pattern.indexOf("'", at + 1);
      if (end < 0) return undefined;
      const literal = end === at + 1 ? "'" : pattern.slice(at + 1, end);
      if (!text.startsWith(literal, from)) return null;
      from += literal.length;
      at = end + 1;
      continue;
    }
    if (!/[A-Za-z]/.test(char)) {
      if (text[from] !== char) return null;
      from++;
      at++;
      continue;
    }
    let end = at;
    while (pattern[end] === char) end++;
    const width = end - at;
    at = end;
    const digits = (most: number): number | null => {
      const found = new RegExp(`^\\d{1,${most}}`).exec(text.slice(from));
      if (found === null) return null;
      from += found[0].length;
      return Number(found[0]);
    };
    const next = /[A-Za-z]/.test(pattern[at] ?? '') && width > 1 ? width : char === 'y' || char === 'u' ? 4 : 2;
    let value: number | null;
    switch (char) {
      case 'y':
      case 'u':
        value = digits(width === 2 ? 2 : next);
        if (value === null) return null;
        parts.year = width === 2 ? 2000 + value : value;
        break;
      case 'M':
        if (width >= 3) {
          const index = MONTHS.findIndex((month) =>
            text
              .slice(from)
              .toLowerCase()
              .startsWith((width === 3 ? month.slice(0, 3) : month).toLowerCase()),
          );
          if (index < 0) return null;
          parts.month = index + 1;
          from += width === 3 ? 3 : MONTHS[index]!.length;
          break;
        }
        value = digits(next);
        if (value === null) return null;
        parts.month = value;
        break;
      case 'd':
      case 'H':
      case 'h':
      case 'm':
      case 's': {
        value = digits(next);
        if (value === null) return null;
        const field = { d: 'day', H: 'hour', h: 'hour', m: 'minute', s: 'second' }[char] as 'day' | 'hour' | 'minute' | 'second';
        parts[field] = value;
        break;
      }
      case 'S': {
        const found = /^\d{1,9}/.exec(text.slice(from));
        if (found === null) return null;
        from += found[0].length;
        parts.nano = Number(found[0].padEnd(9, '0'));
        break;
      }
      case 'a':
        if (!/^[ap]m/i.test(text.slice(from))) return null;
        afternoon = /^p/i.test(text.slice(from));
        from += 2;
        break;
      case 'X':
      case 'Z':
      case 'x': {
        const found = /^(?:Z|([-+])(\d\d):?(\d\d)?)/.exec(text.slice(from));
        if (found === null) return null;
        from += found[0].length;
        offset = found[1] === undefined ? 0 : (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3] ?? 0));
        break;
      }
      default:
        return undefined;
    }
  }
  if (from !== text.length) return null;
  if (afternoon !== null) parts.hour = (parts.hour % 12) + (afternoon ? 12 : 0);
  if (parts.month < 1 || parts.month > 12 || parts.day < 1 || parts.day > new Date(Date.UTC(parts.year, parts.month, 0)).getUTCDate()) return null;
  if (parts.hour > 23 || parts.minute > 59 || parts.second > 59) return null;
  return nanosOf(parts) - BigInt(offset) * 60n * SECOND;
}
