import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Event } from '../../src/model';
import { manyRules } from '../../src/run/many';
import { taxonomyOf } from '../../src/run/names';
import type { Bag } from '../../src/run/value';
import { bundledRules } from '../support/bundled-rules';

const EVENTS = join(import.meta.dirname, '..', '..', '..', 'shared', 'expected', 'run', 'sigma', 'events', 'evtx-attack-samples.ndjson.gz');
const ALONE = 10;

/** All rules of the bundled catalog over events: together by the index, warm, against each rule alone over some of them; goal: at least 100 times. */
export function bench(): readonly string[] {
  if (!existsSync(EVENTS)) return ['no events at hand'];
  const events = gunzipSync(readFileSync(EVENTS))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Event);
  const started = performance.now();
  const many = manyRules(bundledRules().rules, { names: taxonomyOf(events as readonly Bag[]), types: new Map(), now: 0n, ignoreLogsource: false });
  const ready = performance.now() - started;
  const pass = (run: (event: Event) => void, some: readonly Event[]): number => {
    const from = performance.now();
    some.forEach(run);
    return (some.length / (performance.now() - from)) * 1000;
  };
  const cold = pass((event) => many.judge(event), events);
  const warm = Math.max(...[1, 2, 3].map(() => pass((event) => many.judge(event), events)));
  const alone = pass((event) => many.ready.forEach((one) => one?.truth(event as Bag)), events.slice(0, ALONE));
  return [
    `${many.ready.filter((one) => one !== null).length} rules ready in ${ready.toFixed(0)} ms, ${many.always} looked at for every event`,
    `together: ${cold.toFixed(0)} events a second at first, ${warm.toFixed(0)} warm; each alone: ${alone.toFixed(1)}; ratio ${(warm / alone).toFixed(0)} (goal: at least 100)`,
  ];
}
