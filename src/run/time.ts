const MILLI = 1_000_000n;
const ISO = /^(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[-+]\d\d(?::?\d\d)?)?$/i;

/** Nanoseconds since 1970 of an ISO-like text, UTC where no zone is written; null for any other text. */
export function nanosOfText(text: string): bigint | null {
  const found = ISO.exec(text.trim());
  if (found === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = found;
  const millis = daysFrom(Number(year), Number(month), Number(day));
  if (millis === null || Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return null;
  const clock = (Number(hour) * 60 + Number(minute) - zoneMinutes(zone)) * 60 + Number(second);
  return (BigInt(millis) + BigInt(clock) * 1000n) * MILLI + BigInt(fraction.padEnd(9, '0'));
}

/** Milliseconds of a day; null where there is no such day. */
function daysFrom(year: number, month: number, day: number): number | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : null;
}

function zoneMinutes(zone: string): number {
  const found = /^([-+])(\d\d):?(\d\d)?$/.exec(zone);
  return found === null ? 0 : (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3] ?? 0));
}
