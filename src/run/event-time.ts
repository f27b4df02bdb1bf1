import { numberOf } from './dialect/textual';
import { readerOf } from './fields';
import { nanosOfText } from './time';
import { isMoment, isNumber, type Bag, type Value } from './value';

/** Fields that hold when an event happened, surest first. */
const TIMES = [
  '@timestamp',
  'TimeCreated_SystemTime',
  'SystemTime',
  'TimeCreated',
  'UtcTime',
  'timestamp',
  'Timestamp',
  'TimeGenerated',
  '_time',
  'eventTime',
  'event_time',
  'time',
  'ts',
];
const READERS = TIMES.map(readerOf);

/** When an event happened, in nanoseconds since 1970: ISO text, or a number of seconds, milliseconds or more; null where nothing tells. */
export function timeOfEvent(row: Bag): bigint | null {
  for (const read of READERS) {
    const value = read(row);
    const nanos = value === undefined ? null : nanosOf(value);
    if (nanos !== null) return nanos;
  }
  return null;
}

function nanosOf(value: Value): bigint | null {
  if (isMoment(value)) return value.nanos;
  if (typeof value === 'string') {
    const iso = nanosOfText(value);
    if (iso !== null) return iso;
  }
  const number = isNumber(value) || typeof value === 'string' ? numberOf(value) : null;
  if (number === null || number < 1e8 || number >= 1e20) return null;
  const scale = number < 1e11 ? 1e9 : number < 1e14 ? 1e6 : number < 1e17 ? 1e3 : 1;
  return BigInt(Math.round(number * scale));
}
