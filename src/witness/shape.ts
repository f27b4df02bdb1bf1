import { channelOf } from '../knowledge/events';
import { familyWriting } from '../knowledge/families';
import { factsOfLogsource } from '../knowledge/logsources';
import { usuallyIn } from '../knowledge/usual-values';
import type { Event, EventValue, Metadata, Rule } from '../model';
import { logsourcesOf } from '../run/logsource';
import type { Fields } from './search';

/** Of a rule what tells how its events look. */
export interface Source {
  readonly taxonomy: Rule['taxonomy'];
  readonly meta: Pick<Metadata, 'logsource' | 'scopes'>;
}

const MINUTE = 60_000n;

/** What a field usually holds, told by its name; nothing where it tells nothing. */
export function usualValues(rule: Source, field: string, now: bigint): readonly EventValue[] {
  const name = field.toLowerCase();
  if (field === timeField(rule) || /(?:^|[._])(?:timestamp|_?time|timegenerated|ingested|created)$|timestamp$|date$|time$/.test(name))
    return [1n, 60n, 600n, 840n, 1440n, 2880n, 10_080n, 43_200n].map((minutes) => new Date(Number(now / 1_000_000n - minutes * MINUTE)).toISOString());
  return usuallyIn(field, rule.taxonomy, false);
}

/** The field for a text that may stand anywhere. */
export const textField = ({ taxonomy }: Source): string => familyWriting(taxonomy)?.text ?? 'message';

/** The field that says when an event happened. */
export const timeField = ({ taxonomy }: Source): string => familyWriting(taxonomy)?.time ?? 'timestamp';

/** How many shapes there are of an event. */
export const SHAPES = 4;

/** The event as its source writes it (0), then plainer, in case the rule does not take it so. */
export function shapeOf(rule: Source, fields: Fields, way: number): Event {
  const whole = way < 2 ? new Map([...identityOf(rule), ...fields]) : fields;
  const isFlat = (familyWriting(rule.taxonomy)?.flat === true) === (way % 2 === 0);
  return isFlat ? Object.fromEntries(whole) : nested(whole);
}

/** A moment a while before now, so many milliseconds on: well within an hour. */
export function momentText(now: bigint, after: number): string {
  const hour = 3_600_000n;
  const millis = now / 1_000_000n;
  return new Date(Number(millis - (millis % hour) - hour + 300_000n) + after).toISOString();
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds of a length of time such as `5m`; null for any other text. */
export function lengthOf(text: string): number | null {
  const found = /^\s*(\d+)\s*(ms|s|m|h|d|w)\s*$/.exec(text);
  return found === null ? null : Number(found[1]) * UNITS[found[2]!]!;
}

/** What the events of the rule's log source say of themselves, so that they are known for it; nothing where they say nothing. */
function identityOf(rule: Source): Fields {
  const [source] = logsourcesOf(rule.meta);
  if (source === undefined) return new Map();
  const { events, providers, platforms } = factsOfLogsource(source);
  if (!platforms.includes('windows')) return new Map();
  const [event] = events;
  // The log that most of its providers write to is its own.
  const channels = event === undefined ? providers.map(channelOf).filter((name) => name !== '') : [channelOf(event.provider)];
  const countOf = (name: string): number => channels.filter((one) => one === name).length;
  const channel = channels.toSorted((a, b) => countOf(b) - countOf(a))[0] ?? '';
  return new Map<string, EventValue>([
    ...(channel === '' ? [] : [['Channel', channel] as const]),
    ...(event === undefined || !/^\d+$/.test(event.id) ? [] : [['EventID', Number(event.id)] as const]),
  ]);
}

/** Names with dots as objects within objects, but where one name is both a value and an object's. */
function nested(fields: Fields): Event {
  const event: Record<string, EventValue> = {};
  const steps = new Map([...fields.keys()].map((name) => [name, name.split('.')] as const));
  const heads = new Set([...steps].flatMap(([, of]) => of.slice(1).map((_, at) => of.slice(0, at + 1).join('.'))));
  const isValue = (of: readonly string[]): boolean => of.some((_, at) => at > 0 && fields.has(of.slice(0, at).join('.')));
  for (const [name, value] of fields) {
    const of = steps.get(name)!;
    if (of.includes('') || heads.has(name) || isValue(of)) {
      event[name] = value;
      continue;
    }
    let inner = event;
    for (const step of of.slice(0, -1)) inner = (Object.hasOwn(inner, step) ? inner[step] : (inner[step] = {})) as Record<string, EventValue>;
    inner[of.at(-1)!] = value;
  }
  return event;
}
