import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { runRule } from '../../src/run/dialect/engines';
import { eventsGiven } from '../../src/run/given';
import { countsByItself } from '../../src/run/stage-counts';
import { timeStripOf } from '../../src/run/time-strip';

const ruleOf = (format: string, text: string) => FORMATS.get(format)!.open(text, { languages: LANGUAGES }).rules[0]!;
const EVENTS = [
  { a: 'x', n: 1, '@timestamp': '2026-10-01T00:00:00Z' },
  { a: 'x', n: 2, '@timestamp': '2026-10-01T01:00:00Z' },
  { a: 'y', n: 3, '@timestamp': '2026-10-01T02:00:00Z' },
];

describe('counts of stages', () => {
  it('say what reaches and leaves each stage of a pipeline', () => {
    const { stages } = runRule(ruleOf('kusto', 'T | where a == "x" | where n > 1 | summarize c = count() by a'), eventsGiven(EVENTS, []));
    expect(stages?.map(({ before, after }) => [before, after])).toEqual([
      [3, 3],
      [3, 2],
      [2, 1],
      [1, 1],
    ]);
  });

  it('stand up to the stage that is refused', () => {
    const { verdict, stages } = runRule(ruleOf('kusto', 'T | where a == "x" | evaluate autocluster()'), eventsGiven(EVENTS, []));
    expect(verdict).toBe('refused');
    expect(stages?.map(({ after }) => after)).toEqual([3, 2]);
  });

  it('say of other rules of how many events each part is true by itself', () => {
    const text = 'title: t\nlogsource:\n  category: test\ndetection:\n  one:\n    a: x\n  two:\n    n: 3\n  condition: one and not two\n';
    expect(countsByItself(ruleOf('sigma', text), eventsGiven(EVENTS, [])).map(({ before, after }) => [before, after])).toContainEqual([null, 2]);
  });

  it('say what each part and those before it leave, where the condition asks for all of them, and only of events that the rule reads', () => {
    const text = (condition: string, source = 'category: test') =>
      `title: t\nlogsource:\n  ${source}\ndetection:\n  one:\n    a: x\n  two:\n    n: 2\n  condition: ${condition}\n`;
    const leftOf = (rule: string) => countsByItself(ruleOf('sigma', rule), eventsGiven(EVENTS, [])).flatMap(({ left }) => (left === undefined ? [] : [left]));
    expect(leftOf(text('one and two'))).toEqual([2, 1]);
    expect(leftOf(text('one and not two'))).toEqual([2, 1]);
    expect(leftOf(text('not 1 of *'))).toEqual([1, 1]);
    expect(leftOf(text('one or two'))).toEqual([]);
    const elsewhere = EVENTS.map((event) => ({ ...event, Channel: 'Security', EventID: 1102 }));
    const rule = ruleOf('sigma', text('one and two', 'product: windows\n  category: process_creation'));
    expect(countsByItself(rule, eventsGiven(elsewhere, [])).map(({ after }) => after)).toEqual([0, 0, 0]);
  });

  it('have a time where the rows say one', () => {
    expect(timeStripOf([...EVENTS, { a: 'x' }], 9)).toMatchObject({ from: Date.UTC(2026, 9, 1), to: Date.UTC(2026, 9, 1, 2), of: [0, 24, 47, null] });
    expect(timeStripOf(EVENTS, 1)?.of).toEqual([0]);
    expect(timeStripOf([{ a: 'x' }], 9)).toBeNull();
  });
});
