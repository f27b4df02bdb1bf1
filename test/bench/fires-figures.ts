import type { Event, EventRule } from '../../src/model';
import { readyEventRule, type Judging } from '../../src/run/event-rule';
import { manyRules } from '../../src/run/many';
import { taxonomyOf } from '../../src/run/names';
import type { Bag } from '../../src/run/value';
import { besideJson, count, type Figure, ms, timeOnce, times } from './measure';

/** Events that each rule alone is judged on: making every rule ready anew for each takes seconds. */
const PLAIN = 2;
const ALONE = 100;
const ROUNDS = 5;
/** Events that are timed together: few enough to be judged between two turns of whatever else the machine does. */
const SLICE = 20;
/** Every so many-th event is told to the index beforehand, as the first events of a file are. */
const SAMPLED = 5;

const judgingOf = (events: readonly Event[]): Judging => ({ names: taxonomyOf(events as readonly Bag[]), types: new Map(), now: 0n, ignoreLogsource: false });
const eventsOf = (lines: readonly string[]): readonly Event[] => lines.map((line) => JSON.parse(line) as Event);

/** Rules over events: together by the index, warm, against each rule alone. Events come as lines of JSON; `sets`: of each kind apart. */
export function firesFigures(rules: readonly (EventRule | null)[], lines: readonly string[], sets: readonly (readonly string[])[]): readonly Figure[] {
  const sigma = rules.filter((rule) => rule?.language === 'sigma');
  const events = eventsOf(lines);
  return [
    ...ofRules('Sigma rules', sigma, events),
    overSets('Sigma rules', sigma, sets),
    ...ofRules('rules of all languages', rules, events),
    overSets('rules of all languages', rules, sets),
  ];
}

/** Milliseconds that a call takes over all of some values, slice by slice the best of rounds over all of them: what else the machine does counts for nobody. */
function tookOver<T>(values: readonly T[], call: (value: T) => unknown): number {
  const slices = Array.from({ length: Math.ceil(values.length / SLICE) }, (_, at) => values.slice(at * SLICE, (at + 1) * SLICE));
  const best = slices.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++)
    slices.forEach(
      (slice, at) =>
        (best[at] = Math.min(
          best[at]!,
          timeOnce(() => slice.forEach((value) => call(value))),
        )),
    );
  return best.reduce((sum, took) => sum + took, 0);
}

const perSecond = (events: number, took: number): string => `${count((events / took) * 1000)} events/s`;

/** Rules together over events of every kind, each set's in its own names, warm: as many times what `JSON.parse` takes for them as on any machine. */
function overSets(of: string, rules: readonly (EventRule | null)[], sets: readonly (readonly string[])[]): Figure {
  const ready = new Map<Judging['names'], ReturnType<typeof manyRules>>();
  const total = { events: 0, took: 0, json: 0 };
  for (const lines of sets) {
    const events = eventsOf(lines);
    const judging = judgingOf(events);
    const many = ready.get(judging.names) ?? manyRules(rules, judging, events);
    ready.set(judging.names, many);
    total.events += events.length;
    total.took += tookOver(events, (event) => many.judge(event));
    total.json += tookOver(lines, (line) => JSON.parse(line));
  }
  return {
    what: `${of} together over ${count(total.events)} events of every kind`,
    value: perSecond(total.events, total.took),
    beside: `JSON.parse of the same ${perSecond(total.events, total.json)}`,
    ratio: `${times(total.took / total.json)} its time`,
    goal: '30,000 events/s',
  };
}

function ofRules(of: string, rules: readonly (EventRule | null)[], events: readonly Event[]): readonly Figure[] {
  const judging = judgingOf(events);
  let many = manyRules([], judging);
  const ready = timeOnce(
    () =>
      (many = manyRules(
        rules,
        judging,
        events.filter((_, at) => at % SAMPLED === 0),
      )),
  );
  const first = timeOnce(() => events.forEach((event) => many.judge(event)));
  const together = tookOver(events, (event) => many.judge(event)) / events.length;
  const some = events.filter((_, at) => at % Math.ceil(events.length / ALONE) === 0);
  // The first round makes the rules ready that the index never asked.
  const compiled = tookOver(some, (event) => many.ready.forEach((one) => one?.truth(event as Bag))) / some.length;
  const plain =
    timeOnce(() =>
      some
        .filter((_, at) => at % Math.ceil(some.length / PLAIN) === 0)
        .forEach((event) => rules.forEach((rule) => rule !== null && readyEventRule(rule, judging)?.truth(event as Bag))),
    ) / PLAIN;
  const told = `${count(many.ready.filter((one) => one !== null).length)} ${of}`;
  const against = (what: string, alone: number, goal: string): Figure => ({
    what: `${told} together, ${what}`,
    value: perSecond(1, together),
    beside: `${(1000 / alone).toFixed(2)} events/s`,
    ratio: `${times(alone / together)} faster`,
    goal,
  });
  return [
    against('against each made ready for each event', plain, '100 times'),
    against('against each ready, without the index', compiled, '10 times'),
    {
      what: `${told}, the first time over these events`,
      value: perSecond(events.length, first),
      beside: `warm ${perSecond(1, together)}`,
      ratio: times(first / events.length / together),
      goal: '',
    },
    besideJson(`making ${of} ready, once`, ready, ms(ready)),
  ];
}
