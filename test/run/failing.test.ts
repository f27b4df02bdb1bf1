import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Event } from '../../src/model';
import { runRule } from '../../src/run/dialect/engines';
import { failingOf } from '../../src/run/explain-rule';
import { eventsGiven } from '../../src/run/given';

const ruleOf = (format: string, text: string) => FORMATS.get(format)!.open(text, { languages: LANGUAGES }).rules[0]!;
const sigma = (condition: string, source = 'category: test'): string =>
  `title: t\nlogsource:\n  ${source}\ndetection:\n  sel_a:\n    a: x\n  sel_b:\n    b:\n      - 1\n      - 2\n  flt:\n    c: z\n  condition: ${condition}\n`;
const failing = (format: string, text: string, event: Event) => failingOf(ruleOf(format, text), eventsGiven([event], []))!(event);
const namesOf = (text: string, event: Event): readonly string[] =>
  failing('sigma', text, event).map(({ name, isExcluded }) => (isExcluded ? `not ${name}` : name));

describe('where a rule fails', () => {
  it('is each part that says otherwise than the condition asks', () => {
    const all = sigma('all of sel_* and not flt');
    expect(namesOf(all, { a: 'x', b: 1, c: 'y' })).toEqual([]);
    expect(namesOf(all, { a: 'y', b: 1, c: 'y' })).toEqual(['sel_a']);
    expect(namesOf(all, { a: 'y', b: 3, c: 'z' })).toEqual(['sel_a', 'sel_b', 'not flt']);
  });

  it('is one place where one of several would do', () => {
    expect(namesOf(sigma('1 of sel_* and not flt'), { a: 'y', b: 3, c: 'y' })).toEqual(['sel_a or sel_b']);
    expect(namesOf(sigma('not all of sel_*'), { a: 'x', b: 1 })).toEqual(['not sel_a or sel_b']);
  });

  it('is the log source of events from elsewhere', () => {
    const text = sigma('sel_a', 'product: windows\n  category: process_creation');
    expect(namesOf(text, { Channel: 'Security', EventID: 1102, a: 'x' })).toEqual(['log source']);
  });

  it('is told by its place where parts have no names, and says what cannot be told', () => {
    const text = 'a : "x" and not b : "y"';
    expect(failing('kuery', text, { a: 'x', b: 'y' }).map(({ span, isExcluded }) => [text.slice(span.start, span.end), isExcluded])).toEqual([
      ['b : "y"', true],
    ]);
    expect(failing('sigma', sigma('sel_a').replace('a: x', "a|expand: '%list%'"), { a: 'x' })).toMatchObject([{ name: 'sel_a', isUnknown: true }]);
  });

  it('is nowhere just where the rule matches', () => {
    const value = fc.constantFrom('x', 'y', 'z', 1, 2, 3);
    const conditions = [
      'sel_a and sel_b',
      '1 of sel_*',
      'all of sel_* and not flt',
      'not (sel_a or flt) or sel_b',
      'not all of them',
      'sel_a and not (sel_b and flt)',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...conditions), fc.record({ a: value, b: value, c: value }, { requiredKeys: [] }), (condition, event) => {
        const { matches } = runRule(ruleOf('sigma', sigma(condition)), eventsGiven([event], []));
        expect(failing('sigma', sigma(condition), event).length === 0).toBe(matches.length === 1);
      }),
    );
  });
});
