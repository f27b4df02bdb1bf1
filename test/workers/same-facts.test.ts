import { describe, expect, it } from 'vitest';
import { draftFactsOf } from '../../src/analysis/compare';
import { reportOf } from '../../src/analysis/report';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { areSameFacts } from '../../workers/same-facts';

const factsOf = (text: string) => draftFactsOf(reportOf(FORMATS.get('sigma')!.open(text, { languages: LANGUAGES }).rules[0]!));

const RULE = `title: A
logsource:
    category: process_creation
    product: windows
detection:
    s:
        Image|endswith: '\\a.exe'
        CommandLine|contains: [x, 'yy']
    condition: s
`;

describe('what the corpus is asked about a draft', () => {
  it('stays the same where only its text moves', () => {
    expect(areSameFacts(factsOf(RULE.replace('title: A', 'title: A longer one\ndescription: of it')), factsOf(RULE))).toBe(true);
  });

  it.each([
    ['a value', "'yy'", "'y'"],
    ['a field', 'CommandLine', 'ParentCommandLine'],
    ['how it is compared', '|contains', '|startswith'],
    ['what is excluded', 'condition: s', 'condition: not s'],
    ['where events come from', 'windows', 'linux'],
    ['a value more', "'yy'", "'yy', z"],
    ['a value fewer', ", 'yy'", ''],
  ])('is another with %s', (_, from, to) => {
    expect(areSameFacts(factsOf(RULE.replace(from, to)), factsOf(RULE))).toBe(false);
  });
});
