import { describe, expect, it } from 'vitest';
import { comparisonOf } from '../../src/convert/comparison';
import { convert } from '../../src/convert/convert';
import { TARGETS } from '../../src/convert/targets/list';
import { agreementOf } from '../../src/convert/witnesses';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Comparison, Event, JudgedCase, MadeCases, Rule } from '../../src/model';
import { TEXT } from './made-rule';

const rulesIn = (text: string): readonly Rule[] => FORMATS.get('sigma')!.open(text, { languages: LANGUAGES }).rules;
const rules = rulesIn(TEXT);
const hit = { Image: 'C:\\net.exe', CommandLine: 'net use', OddField: 'x' };

interface Given {
  readonly tests?: readonly JudgedCase[];
  readonly made?: MadeCases;
  readonly samples?: readonly Event[];
}

const compared = (target: string, { tests = [], made = { cases: [], withheld: null }, samples = [] }: Given, all = rules): Comparison =>
  comparisonOf(all.at(-1)!, { target, as: null, names: null, own: [], source: '' }, all, { tests, made, samples });

describe('verdicts of a rule and of its text', () => {
  it('are compared over the tests kept with the draft', () => {
    const tests = [
      { id: 'hit', events: [hit], at: 0 },
      { id: 'miss', events: [{ ...hit, CommandLine: 'net USE' }], at: 0 },
    ];
    expect(compared('kusto', { tests }).tests).toEqual({ agree: 2, differing: 0, differ: [], untold: 0 });
    // Lucene minds letters' case where the rule does not.
    const upper = [{ ...tests[0]!, events: [{ ...hit, Image: 'C:\\NET.EXE' }] }];
    expect(compared('lucene', { tests: upper }).tests).toEqual({ agree: 0, differing: 1, differ: ['hit'], untold: 0 });
    expect(compared('spl', { tests: [{ ...tests[0]!, events: [] }] }).tests).toEqual({ agree: 0, differing: 0, differ: [], untold: 1 });
  });

  it('are compared over events that were made, and what was lost by the draft’s names alone is said', () => {
    const cases = [
      { id: '', events: [hit], at: 0 },
      { id: 'OddField is x', events: [{ ...hit, OddField: 'y' }], at: 0 },
    ];
    const none = { differing: 0, differ: [], withheld: null };
    expect(compared('eql', { made: { cases, withheld: null } }).made).toEqual({ ...none, agree: 2, untold: 0 });
    // What SQL says is not run here.
    expect(compared('sql-duckdb', { made: { cases, withheld: null } }).made).toEqual({ ...none, agree: 0, untold: 2 });
    expect(compared('kusto', { made: { cases: [], withheld: 'it asks for too much' } }).made.withheld).toBe('it asks for too much');
    const numbered = rulesIn(TEXT.replace('OddField: x', "ProcessId: '7'"));
    const { made, lostInJudging } = compared('kusto', { made: { cases: [{ id: '', events: [{ ...hit, ProcessId: 7 }], at: 0 }], withheld: null } }, numbered);
    expect(made.differ).toEqual(['']);
    expect(lostInJudging).toContain('`ProcessId` is compared as a text in Kusto: a number or truth value does not fit');
  });

  it('are compared over samples, the first that differ by their places', () => {
    const odd = { ...hit, Image: 'C:\\NET.EXE' };
    expect(compared('lucene', { samples: [{ Image: 'a' }, odd, hit, odd] }).samples).toEqual({
      agree: 2,
      differing: 2,
      differ: ['1', '3'],
      untold: 0,
      isTogether: false,
    });
    expect(compared('sql-duckdb', { samples: [hit, hit] }).samples).toEqual({ agree: 0, differing: 0, differ: [], untold: 2, isTogether: false });
  });

  it('are one where events are taken together', () => {
    const all = rulesIn(
      `${TEXT}---\ntitle: C\ncorrelation:\n    type: event_count\n    rules:\n        - t\n    group-by:\n        - OddField\n    timespan: 1h\n    condition:\n        gte: 2\n`,
    );
    const at = (minute: number): Event => ({ ...hit, UtcTime: `2026-01-01 10:0${minute}:00.000` });
    expect(compared('kusto', { samples: [at(1), at(2)] }, all).samples).toEqual({ agree: 1, differing: 0, differ: [], untold: 0, isTogether: true });
  });

  it('are told by each event, in a pipeline that only filters too', () => {
    const conversion = convert(rules[0]!, TARGETS.get('kusto')!, { names: 'sigma' });
    expect(agreementOf(rules[0]!, rules, conversion, 'kusto')([hit, { Image: 'a' }, hit])).toMatchObject({ witnesses: 3, agree: 3, isTogether: false });
  });
});
