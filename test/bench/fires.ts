import type { Event, EventRule } from '../../src/model';
import { readyEventRule, type Judging } from '../../src/run/event-rule';
import { manyRules } from '../../src/run/many';
import { taxonomyOf } from '../../src/run/names';
import type { Bag } from '../../src/run/value';
import { bundledRules } from '../support/bundled-rules';
import { type Bench, besideJson, count, type Figure, ms, timeOnce, times, unmeasured } from './measure';
import { eventSets, realEvents } from './real-events';

/** Events that each rule alone is judged on: making every rule ready anew for each takes seconds. */
const PLAIN = 2;
const ALONE = 100;
const ROUNDS = 5;
/** Every so many-th event is told to the index beforehand, as the first events of a file are. */
const SAMPLED = 5;

/** All rules of the bundled catalog over events of Windows: together by the index, warm, against each rule alone. */
export function bench(): Bench {
  const title = 'What fires here';
  const events = realEvents();
  if (events.length === 0) return { title, figures: [unmeasured('all of it', 'no events at hand')] };
  const judging: Judging = { names: taxonomyOf(events as readonly Bag[]), types: new Map(), now: 0n, ignoreLogsource: false };
  const { rules } = bundledRules();
  const sigma = rules.filter((rule) => rule?.language === 'sigma');
  return {
    title: `${title}: ${count(events.length)} events of Windows`,
    figures: [
      ...ofRules('Sigma rules', sigma, events, judging),
      ...ofRules('rules of all languages', rules, events, judging),
      overSets('Sigma rules', sigma),
      overSets('rules of all languages', rules),
    ],
  };
}

/** Every so many-th event of the reference stands for all: of Windows, Linux, clouds, networks, and those made from rules. */
const STEP = 6;

/** Rules together over events of every kind, each file's in its own names, warm: as many times what `JSON.parse` takes for them as on any machine. */
function overSets(of: string, rules: readonly (EventRule | null)[]): Figure {
  const ready = new Map<Judging['names'], ReturnType<typeof manyRules>>();
  const total = { events: 0, took: 0, json: 0 };
  for (const events of eventSets(STEP)) {
    const names = taxonomyOf(events as readonly Bag[]);
    const many = ready.get(names) ?? manyRules(rules, { names, types: new Map(), now: 0n, ignoreLogsource: false }, events);
    ready.set(names, many);
    const lines = events.map((event) => JSON.stringify(event));
    const best = (one: () => void): number => Math.min(...Array.from({ length: ROUNDS }, () => timeOnce(one)));
    total.events += events.length;
    total.took += best(() => events.forEach((event) => many.judge(event)));
    total.json += best(() => lines.forEach((line) => JSON.parse(line)));
  }
  return {
    what: `${of} together over ${count(total.events)} events of every kind`,
    value: `${count((total.events / total.took) * 1000)} events/s`,
    beside: `JSON.parse of the same ${count((total.events / total.json) * 1000)} events/s`,
    ratio: `${times(total.took / total.json)} its time`,
    goal: '30,000 events/s',
  };
}

function ofRules(of: string, rules: readonly (EventRule | null)[], events: readonly Event[], judging: Judging): readonly Figure[] {
  const rate = (judge: (event: Event) => unknown, some: readonly Event[]): number => (some.length / timeOnce(() => some.forEach(judge))) * 1000;
  const sample = events.filter((_, at) => at % SAMPLED === 0);
  let many = manyRules([], judging);
  const ready = timeOnce(() => (many = manyRules(rules, judging, sample)));
  const first = rate((event) => many.judge(event), events);
  const together = Math.max(...Array.from({ length: ROUNDS }, () => rate((event) => many.judge(event), events)));
  const some = events.filter((_, at) => at % Math.ceil(events.length / ALONE) === 0);
  // The first pass makes the rules ready that the index never asked.
  const compiled = Math.max(...[1, 2, 3].map(() => rate((event) => many.ready.forEach((one) => one?.truth(event as Bag)), some)));
  const plain = rate(
    (event) => rules.forEach((rule) => rule !== null && readyEventRule(rule, judging)?.truth(event as Bag)),
    some.filter((_, at) => at % Math.ceil(some.length / PLAIN) === 0),
  );
  const told = `${count(many.ready.filter((one) => one !== null).length)} ${of}`;
  const value = `${count(together)} events/s`;
  return [
    {
      what: `${told} together, against each made ready for each event`,
      value,
      beside: `${plain.toFixed(2)} events/s`,
      ratio: `${times(together / plain)} faster`,
      goal: '100 times',
    },
    {
      what: `${told} together, against each ready, without the index`,
      value,
      beside: `${count(compiled)} events/s`,
      ratio: `${times(together / compiled)} faster`,
      goal: '10 times',
    },
    { what: `${told}, the first time over these events`, value: `${count(first)} events/s`, beside: value, ratio: times(first / together), goal: '' },
    besideJson(`making ${of} ready, once`, ready, ms(ready)),
  ];
}
