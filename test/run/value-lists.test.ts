import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventRuleOf } from '../support/event-rule';
import { reportOf } from '../../src/analysis/report';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { EventRule } from '../../src/model';
import { readyEventRule } from '../../src/run/event-rule';
import { MANY } from '../../src/run/test';
import { TRUE } from '../../src/run/truth';

const judging = { names: null, types: new Map(), now: 0n, ignoreLogsource: true } as const;

/** A Sigma rule whose selection is written as given. */
const ruleOf = (selection: string): EventRule =>
  eventRuleOf(
    reportOf(
      FORMATS.get('sigma')!.open(`title: t\nlogsource:\n  category: test\ndetection:\n  a:\n${selection}  condition: a\n`, { languages: LANGUAGES }).rules[0]!,
    ),
  )!;
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const listed = (modifier: string, texts: readonly string[]): string => `    Field|${modifier}:\n${texts.map((text) => `      - ${quoted(text)}\n`).join('')}`;
const apart = (modifier: string, texts: readonly string[]): string => texts.map((text) => `    - Field|${modifier}: ${quoted(text)}\n`).join('');

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'B', '-', '\\', '😀', 'é', 'ſ', 'K', ' '), minLength: 1, maxLength: 6 }),
  fc.constantFrom('😀', '😃', 'md5=aa', '.exe', '\\a.exe', 'a'),
);
const value = fc.oneof(
  text,
  fc.array(text, { maxLength: 4 }).map((texts) => texts.join('')),
  fc.array(text, { maxLength: 3 }),
  fc.constantFrom(null, 4688, true),
);

describe('a comparison with many values', () => {
  it('says of an event what its values say one by one, in one list and as alternatives', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('contains', 'endswith', 'windash|contains', 'contains|cased'),
        fc.array(text, { minLength: MANY, maxLength: MANY + 20 }),
        fc.array(value, { minLength: 1, maxLength: 5 }),
        (modifier, texts, values) => {
          const each = texts.map((one) => readyEventRule(ruleOf(listed(modifier, [one])), judging)!);
          const together = [listed(modifier, texts), apart(modifier, texts)].map((selection) => readyEventRule(ruleOf(selection), judging)!);
          for (const one of values) {
            const row = { Field: one };
            const expected = each.some((rule) => rule.truth(row) === TRUE);
            for (const rule of together) expect(rule.truth(row) === TRUE, `${JSON.stringify(one)} of ${JSON.stringify(texts)}`).toBe(expected);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
