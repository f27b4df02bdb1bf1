import { describe, expect, it } from 'vitest';
import { draftFactsOf } from '../../src/analysis/compare';
import { reportOf } from '../../src/analysis/report';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { EventRule, Parting } from '../../src/model';
import { partingsOf } from '../../src/witness/parting';

const NOW = 1_800_000_000_000_000_000n;

const rulesIn = (format: string, text: string) => FORMATS.get(format)!.open(text, { languages: LANGUAGES }).rules;

const eventRule = (format: string, text: string): EventRule => {
  const report = reportOf(rulesIn(format, text)[0]!);
  const { meaning, events } = draftFactsOf(report);
  const { analysis, taxonomy, meta } = report.rule;
  return {
    language: analysis.language,
    taxonomy,
    predicate: meaning!.predicate,
    logsource: meta.logsource,
    events,
    stages: analysis.stages.map(({ kind }) => kind),
  };
};

const partings = (own: readonly [string, string], other: readonly [string, string]): readonly (readonly [Parting['matches'], Parting['condition']])[] => {
  const rules = rulesIn(...own);
  return partingsOf(rules[0]!, rules, eventRule(...other), NOW).map(({ matches, condition }) => [matches, condition]);
};

const eql = (asked: string): readonly [string, string] => ['eql', `process where ${asked}`];

describe('an event that one of two rules matches and the other does not', () => {
  it('is a near miss of the stricter one', () =>
    expect(partings(eql('process.name : "a" and process.pid == 1'), eql('process.name : "a"'))).toEqual([['rule', 'process.pid is 1']]));
  it('is one that meets the wider one alone', () =>
    expect(partings(eql('process.name : "a"'), eql('process.name : "a" and process.pid == 1'))).toEqual([['draft', null]]));
  it('is there in both ways where neither covers the other', () =>
    expect(partings(eql('process.name : "a" and process.pid == 1'), eql('process.name : "a" and process.pid == 2'))).toEqual([
      ['draft', null],
      ['rule', 'process.pid is 1'],
    ]));
  it('is not there where both ask the same', () => expect(partings(eql('process.name : "a"'), eql('process.name : "A"'))).toEqual([]));
  it('is not one that is only older, or of another system', () =>
    expect(partings(['kusto', 'T | where TimeGenerated > ago(1d) | where A == "x"'], ['kusto', 'T | where A == "x"'])).toEqual([]));
  it('is not made of rules that need several events', () =>
    expect(partings(['eql', 'sequence by host.id [process where process.pid == 1] [process where process.pid == 2]'], eql('process.pid == 1'))).toEqual([]));
});
