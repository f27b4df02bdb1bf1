import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/model';
import type { Judging } from '../../src/run/event-rule';
import { manyRules } from '../../src/run/many';
import { taxonomyOf } from '../../src/run/names';
import { FALSE, TRUE, UNKNOWN } from '../../src/run/truth';
import type { Bag } from '../../src/run/value';
import { bundledRules } from '../support/bundled-rules';
import { rowOf } from '../../src/catalog/store/metadata-columns';
import { SHARED } from './sigma-cases';

const EVENTS = join(SHARED, 'expected', 'run', 'sigma', 'events');
const PANTHER = join(SHARED, 'events', 'panther', 'tests.ndjson');
const judging = (names: Judging['names']): Judging => ({ names, types: new Map(), now: 0n, ignoreLogsource: false });
const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');
/** What begins with `_` is about the event and not of it. */
const eventOf = (line: string): Event => Object.fromEntries(Object.entries(JSON.parse(line) as Event).filter(([key]) => !key.startsWith('_')));

const parentOf = (technique: string): string => technique.split('.')[0]!;

describe('all rules of the catalog over events', () => {
  it.skipIf(!existsSync(EVENTS))('say together what each says alone', () => {
    const { rules } = bundledRules();
    const ready = new Map<Judging['names'], ReturnType<typeof manyRules>>();
    const counts = { events: 0, matches: 0, undecided: 0, pairs: 0 };
    for (const file of readdirSync(EVENTS).sort()) {
      const lines = linesOf(gunzipSync(readFileSync(join(EVENTS, file))).toString('utf8'));
      // Some of each set, from all its parts: each rule alone over all of them would take an hour.
      const events = lines.filter((_, at) => at % Math.ceil(lines.length / 12) === 0).map(eventOf);
      const names = taxonomyOf(events as readonly Bag[]);
      const many = ready.get(names) ?? manyRules(rules, judging(names));
      ready.set(names, many);
      for (const event of events) {
        const alone = many.ready.map((ready) => ready?.truth(event as Bag) ?? FALSE);
        const of = (truth: number): readonly number[] => alone.flatMap((found, number) => (found === truth ? [number] : []));
        const expected = { matches: of(TRUE), undecided: of(UNKNOWN) };
        expect(many.judge(event)).toEqual(expected);
        counts.events++;
        counts.matches += expected.matches.length;
        counts.undecided += expected.undecided.length;
        counts.pairs += rules.length;
      }
    }
    console.log(`All rules together as each alone: ${JSON.stringify(counts)}`);
    expect(counts.matches).toBeGreaterThan(0);
  });

  it.skipIf(!existsSync(PANTHER))('over events that Panther labels: a report', () => {
    interface Labelled {
      readonly techniques: readonly string[];
      readonly expected: boolean;
      readonly log: Event;
    }
    const { list, rules } = bundledRules();
    const labelled = linesOf(readFileSync(PANTHER, 'utf8')).map((line) => JSON.parse(line) as Labelled);
    const ready = new Map<Judging['names'], ReturnType<typeof manyRules>>();
    const counts = new Map([true, false].map((expected) => [expected, { events: 0, fired: 0, alike: 0, rules: new Set<number>() }]));
    const byRule = new Map<number, number>();
    for (const { expected, log: event, techniques } of labelled) {
      if (typeof event !== 'object' || event === null) continue;
      const names = taxonomyOf([event as Bag]);
      if (!ready.has(names)) ready.set(names, manyRules(rules, judging(names)));
      const { matches } = ready.get(names)!.judge(event);
      const count = counts.get(expected === true)!;
      count.events++;
      if (matches.length > 0) count.fired++;
      if (matches.some((rule) => rowOf(list, rule).techniques.some((id) => techniques.some((one) => parentOf(one) === parentOf(id))))) count.alike++;
      for (const rule of matches) {
        count.rules.add(rule);
        byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
      }
    }
    const shown = [true, false].map((expected) => {
      const { events, fired, alike, rules: found } = counts.get(expected)!;
      return `${events} events that ${expected ? 'should' : 'should not'} alert: ${fired} fire some rule of the catalog, ${alike} one with a technique of the label; ${found.size} rules in all`;
    });
    const most = [...byRule].toSorted((a, b) => b[1] - a[1]).slice(0, 10);
    console.log(`Panther's labelled events\n${shown.join('\n')}\n${most.map(([rule, count]) => `${count} ${list.titles[rule]}`).join('\n')}`);
  });
});
