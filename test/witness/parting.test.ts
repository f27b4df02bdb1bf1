import { describe, expect, it } from 'vitest';
import { firingRuleOf } from '../../src/analysis/compare';
import { reportOf } from '../../src/analysis/report';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { FiringRule, Parting } from '../../src/model';
import { witnessOfFiring } from '../../src/witness/firing';
import { partingsOf } from '../../src/witness/parting';
import { witnessOf } from '../../src/witness/witness';

const NOW = 1_800_000_000_000_000_000n;

const rulesIn = (format: string, text: string) => FORMATS.get(format)!.open(text, { languages: LANGUAGES }).rules;
const firing = (format: string, text: string) => firingRuleOf(reportOf(rulesIn(format, text)[0]!));
const ofCatalog = (rule: FiringRule) => ({ rule, made: witnessOfFiring(rule, NOW, () => false) });

/** What tells two rules apart, the first a draft or one of the catalog as well. */
const partings = (own: readonly [string, string], other: readonly [string, string]): readonly (readonly [Parting['matches'], Parting['condition']])[] => {
  const [rule, second] = [firing(...own), ofCatalog(firing(...other) as FiringRule)];
  const rules = rulesIn(...own);
  const shown = ({ found }: ReturnType<typeof partingsOf>) => found.map(({ matches, condition }) => [matches, condition] as const);
  const ofDraft = shown(partingsOf({ rule, made: witnessOf(rules[0]!, rules, NOW) }, second, NOW));
  if (typeof rule !== 'string') expect(shown(partingsOf(ofCatalog(rule), second, NOW))).toEqual(ofDraft);
  return ofDraft;
};

const eql = (asked: string): readonly [string, string] => ['eql', `process where ${asked}`];

describe('an event that one of two rules matches and the other does not', () => {
  it('is a near miss of the stricter one', () =>
    expect(partings(eql('process.name : "a" and process.pid == 1'), eql('process.name : "a"'))).toEqual([['other', 'process.pid is 1']]));
  it('is one that meets the wider one alone', () =>
    expect(partings(eql('process.name : "a"'), eql('process.name : "a" and process.pid == 1'))).toEqual([['own', null]]));
  it('is there in both ways where neither covers the other', () =>
    expect(partings(eql('process.name : "a" and process.pid == 1'), eql('process.name : "a" and process.pid == 2'))).toEqual([
      ['own', null],
      ['other', 'process.pid is 1'],
    ]));
  it('is not there where both ask the same', () => expect(partings(eql('process.name : "a"'), eql('process.name : "A"'))).toEqual([]));
  it('is not one that is only older, or of another system', () =>
    expect(partings(['kusto', 'T | where TimeGenerated > ago(1d) | where A == "x"'], ['kusto', 'T | where A == "x"'])).toEqual([]));
  it('is not made of rules that need several events', () =>
    expect(partings(['eql', 'sequence by host.id [process where process.pid == 1] [process where process.pid == 2]'], eql('process.pid == 1'))).toEqual([]));
  it('is made of the other where no near miss of the first tells', () =>
    expect(partings(['kusto', 'T | extend B = strcat(A, "x") | where B == "yx"'], ['kusto', 'T | where A == "z"'])).toEqual([
      ['own', null],
      ['other', null],
    ]));
  it('has the fields that a rule sums up by, and lacking them tells nothing', () => {
    const summing = firing('spl', 'index=a x=1 | stats count by user') as FiringRule;
    const single = firing('spl', 'index=a x=1 y=2') as FiringRule;
    const { found } = partingsOf(ofCatalog(summing), ofCatalog(single), NOW);
    expect(found).toEqual([{ matches: 'own', event: { index: 'a', x: 1, user: 'alice' }, condition: null }]);
  });
  it('does not tell rules apart by the log that they read', () => {
    const [first, second] = ['a', 'b'].map((index) => ofCatalog(firing('spl', `index=${index} x=1`) as FiringRule));
    expect(partingsOf(first!, second!, NOW).found).toEqual([]);
  });
  it('says why none is made', () => {
    const counting = { rule: 'several', made: { withheld: 'it counts' } } as const;
    expect(partingsOf(counting, ofCatalog(firing(...eql('process.pid == 1')) as FiringRule), NOW)).toEqual({
      found: [],
      withheld: { own: 'it counts', other: null },
    });
  });
});
