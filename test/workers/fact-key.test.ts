import { describe, expect, it } from 'vitest';
import { draftFactsOf } from '../../src/analysis/compare';
import { reportOf } from '../../src/analysis/report';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { factKey } from '../../workers/fact-key';

const keyOf = (text: string): string => factKey(draftFactsOf(reportOf(FORMATS.get('sigma')!.open(text, { languages: LANGUAGES }).rules[0]!)));

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
    expect(keyOf(RULE.replace('title: A', 'title: A longer one\ndescription: of it'))).toBe(keyOf(RULE));
  });

  it.each([
    ['a value', "'yy'", "'y'"],
    ['a field', 'CommandLine', 'ParentCommandLine'],
    ['how it is compared', '|contains', '|startswith'],
    ['what is excluded', 'condition: s', 'condition: not s'],
    ['where events come from', 'windows', 'linux'],
  ])('is another with %s', (_, from, to) => {
    expect(keyOf(RULE.replace(from, to))).not.toBe(keyOf(RULE));
  });
});
