import { describe, expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { lintOf } from '../../src/lint/rule-checks';

const COMMENT = '# a line more\n';

/** A rule of so many values, the first of which takes in others. */
const ruleOf = (values: number, typed: string): string => `title: Many values
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        CommandLine|contains:
            - 'tool-3'
${Array.from({ length: values }, (_, at) => `            - '\\my-tool-${at}.exe'`).join('\n')}
    other:
        Image: '${typed}'
    condition: selection or other`;

const remarksOn = (text: string) => {
  const [rule] = FORMATS.get('sigma')!.open(text, { languages: LANGUAGES }).rules;
  return lintOf(reportOf(rule!), text).map(({ code, span }) => ({ code, text: text.slice(span.start, span.end), start: span.start }));
};

describe('what is found in a choice that stays as it is', () => {
  it.each([40, 2500])('is told at its new place, of %i values', (values) => {
    const first = remarksOn(ruleOf(values, 'typed'));
    const again = remarksOn(COMMENT + ruleOf(values, 'typed on'));
    expect(first.length).toBeGreaterThan(0);
    expect(again).toEqual(first.map(({ start, ...rest }) => ({ ...rest, start: start + COMMENT.length })));
  });

  it('is found anew where a value changes', () => {
    const text = ruleOf(40, 'typed');
    const before = remarksOn(text);
    expect(remarksOn(text.replace("'tool-3'", "'no tool-3'")).length).toBeLessThan(before.length);
    expect(remarksOn(text)).toEqual(before);
  });
});
