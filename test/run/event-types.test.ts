import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Event } from '../../src/model';
import { runRule } from '../../src/run/dialect/engines';
import type { Answer } from '../../src/run/engine';
import { eventsGiven } from '../../src/run/given';

const run = (text: string, events: readonly Event[]): Answer => {
  const { rules } = FORMATS.get('kusto')!.open(text, { languages: LANGUAGES });
  return runRule(rules[0]!, eventsGiven(events, rules));
};

describe('columns of events whose types nobody gives', () => {
  it('hold times where every table that has one of the name does', () => {
    const events = ['2026-01-05T11:05:00Z', '2026-01-05T11:40:00Z', '2026-01-05T13:01:00Z'].map((TimeGenerated) => ({ TimeGenerated, Account: 'a' }));
    const { table } = run('SecurityEvent | summarize n = count(), s = max(TimeGenerated) - min(TimeGenerated) by Account, bin(TimeGenerated, 1h)', events);
    expect(table!.rows.map((row) => Number(row['n']))).toEqual([2, 1]);
    expect(run('SecurityEvent | where TimeGenerated - datetime(2026-01-05 11:00) < 10m', events).matches).toEqual([0]);
  });

  it('stay texts under any other name', () => {
    expect(run('T | where isnull(When - datetime(2026-01-05))', [{ When: '2026-01-05T11:05:00Z' }]).matches).toEqual([0]);
  });
});

describe('a time that its author leaves to whoever runs the query', () => {
  it.each(['todatetime', 'totimespan'])('is refused by name in %s', (fn) => {
    const { verdict, refused } = run(`T | where x >= ${fn}('{{StartTimeISO}}')`, []);
    expect(verdict).toBe('refused');
    expect(refused[0]!.why).toBe('`{{StartTimeISO}}`, which is to be filled in');
  });
});
