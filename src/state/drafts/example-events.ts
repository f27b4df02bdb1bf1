import type { Example } from './document';

/** By path of the example; each is fetched when it is first wanted. */
const EVENTS = import.meta.glob<string>('../../languages/*/events*.ndjson', { query: '?raw', import: 'default' });

/** `sigma/sample.yml` has its events in `sigma/events.yml.ndjson`. */
const pathOf = ({ id }: Example): string => `../../languages/${id.replace(/\/sample/, '/events')}.ndjson`;

const MINUTE = 60_000;

/** The events that ship with an example; null: none do, or they cannot be had now. */
export async function eventsOfExample(example: Example): Promise<string | null> {
  const text = await EVENTS[pathOf(example)]?.().catch(() => null);
  return text === undefined || text === null ? null : timed(text, Date.now());
}

/** Times that stand there as `"now-90m"`, for rules that ask for what was lately. */
export const timed = (text: string, now: number): string =>
  text.replace(/"now-(\d+)m"/g, (_written, minutes: string) => JSON.stringify(new Date(now - Number(minutes) * MINUTE).toISOString()));
