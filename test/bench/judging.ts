import { eventRuleOf } from '../support/event-rule';
import { reportOf } from '../../src/analysis/report';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Event } from '../../src/model';
import { readyEventRule, type Judging } from '../../src/run/event-rule';
import { readEvents } from '../../src/run/events/read';
import { manyRules } from '../../src/run/many';
import { taxonomyOf } from '../../src/run/names';
import { TRUE } from '../../src/run/truth';
import type { Bag } from '../../src/run/value';
import { bundledRules } from '../support/bundled-rules';
import { type Bench, besideJson, count, type Figure, ms, timeOnce, times, unmeasured } from './measure';
import { realEvents, realLines } from './real-events';

const MANY = 1_000_000;
const MEGABYTE = 2 ** 20;

/** One rule over many events, and all rules over hostile ones. */
export async function bench(): Promise<Bench> {
  const title = 'Running one rule';
  const events = realEvents();
  if (events.length === 0) return { title, figures: [unmeasured('all of it', 'no events at hand')] };
  return { title, figures: [...hostile(events), ...(await million(realLines()))] };
}

const judgingOf = (events: readonly Event[]): Judging => ({ names: taxonomyOf(events as readonly Bag[]), types: new Map(), now: 0n, ignoreLogsource: false });

/** All rules over one event whose command line is a megabyte of what engines stumble over. */
function hostile(events: readonly Event[]): readonly Figure[] {
  const many = manyRules(bundledRules().rules, judgingOf(events), events);
  for (const event of events.slice(0, 300)) many.judge(event);
  const started = events.find((event) => typeof event['CommandLine'] === 'string' && typeof event['Image'] === 'string')!;
  const texts: readonly (readonly [string, string])[] = [
    ['blanks', ' '.repeat(MEGABYTE)],
    ['one letter', 'a'.repeat(MEGABYTE)],
    ['backslashes', '\\'.repeat(MEGABYTE)],
    ['cmd.exe again and again', 'cmd.exe /c '.repeat(MEGABYTE / 11)],
  ];
  return texts.map(([name, text]) => {
    const took = timeOnce(() => many.judge({ ...started, CommandLine: text }));
    return besideJson(`all rules over an event with a megabyte of ${name}`, took, ms(took), 'under 400 ms');
  });
}

const RULE = `title: t
logsource:
    product: windows
    category: process_creation
detection:
    selection:
        Image|endswith: '\\\\powershell.exe'
        CommandLine|contains: ' -enc '
    condition: selection`;

/** The same recorded events again and again, as bytes of NDJSON that are made while they are read. */
async function million(lines: readonly string[]): Promise<readonly Figure[]> {
  const block = lines.join('\n') + '\n';
  const bytes = new TextEncoder().encode(block);
  const blocks = Math.ceil(MANY / lines.length);
  const rule = eventRuleOf(reportOf(FORMATS.get('sigma')!.open(RULE, { languages: LANGUAGES }).rules[0]!))!;
  const ready = readyEventRule(rule, judgingOf(lines.slice(0, 200).map((line) => JSON.parse(line) as Event)))!;
  let [matches, seen, heap] = [0, 0, 0];
  async function* pieces(): AsyncIterable<Uint8Array> {
    for (let left = blocks; left > 0; left--) yield bytes;
  }
  const start = performance.now();
  await readEvents('events.ndjson', pieces(), {
    limitBytes: Infinity,
    limitEvents: MANY,
    onEvents(batch) {
      for (const event of batch) if (ready.truth(event as Bag) === TRUE) matches++;
      if ((seen += batch.length) % 50_000 < batch.length) heap = Math.max(heap, process.memoryUsage().heapUsed);
    },
  });
  const took = performance.now() - start;
  const parse = timeOnce(() => {
    for (const line of lines) JSON.parse(line);
  });
  const all = (parse / lines.length) * MANY;
  return [
    {
      what: `${count(MANY)} events of NDJSON, read and judged, ${count(matches)} match`,
      value: `${(took / 1000).toFixed(1)} s, ${count((MANY / took) * 1000)} events/s`,
      beside: `JSON.parse of as many ${(all / 1000).toFixed(1)} s`,
      ratio: times(took / all),
      goal: '',
    },
    {
      what: 'memory at most while they are read',
      value: `${(heap / 1e6).toFixed(0)} MB of heap`,
      beside: `${(((bytes.length / lines.length) * MANY) / 1e6).toFixed(0)} MB of text`,
      ratio: times(heap / ((bytes.length / lines.length) * MANY)),
      goal: '',
    },
  ];
}
