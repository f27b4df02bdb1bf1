import { describe, expect, it } from 'vitest';
import { addTo } from '../../src/languages/sigma/print/add';
import { openSigma } from '../../src/languages/sigma/lower/documents';
import type { Addition, TextEdit } from '../../src/model';

const RULE = `title: T
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        Image|endswith:
            - '\\a.exe'
            - '\\b.exe' # the other one
        CommandLine|contains: ' -x'
    condition: selection
level: low
`;

function applied(text: string, edits: readonly TextEdit[] | null): string | null {
  if (edits === null) return null;
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((done, { span, text: insert }) => done.slice(0, span.start) + insert + done.slice(span.end), text);
}

const add = (text: string, addition: Partial<Addition>, index = 0): string | null =>
  applied(text, addTo(text, index, { polarity: 'indicator', field: 'Image', op: 'ends_with', value: '\\c.exe', ...addition }));

/** The lines of `after` that `before` does not have. */
const added = (before: string, after: string | null): readonly string[] => {
  const old = before.split('\n');
  return (after ?? 'null').split('\n').filter((line) => !old.includes(line));
};

const errorsOf = (text: string): readonly string[] =>
  openSigma(text)
    .diagnostics.filter(({ severity }) => severity !== 'info')
    .map(({ message }) => message);

describe('an indicator', () => {
  it('goes into the list of its field and modifiers, behind a comment', () => {
    expect(add(RULE, {})).toBe(RULE.replace('# the other one\n', "# the other one\n            - '\\c.exe'\n"));
  });

  it('makes a list of a single value', () => {
    const after = add(RULE, { field: 'CommandLine', op: 'contains', value: ' -y' });
    expect(after).toBe(RULE.replace("CommandLine|contains: ' -x'", "CommandLine|contains:\n            - ' -x'\n            - ' -y'"));
    expect(errorsOf(after!)).toEqual([]);
  });

  it('is not written twice', () => expect(add(RULE, { value: '\\A.EXE' })).toBe(RULE));

  it('of a new field becomes a line of the selection', () => {
    expect(added(RULE, add(RULE, { field: 'OriginalFileName', op: 'eq', value: 'c.exe' }))).toEqual(["        OriginalFileName: 'c.exe'"]);
  });

  it('takes the other ways of comparing as Sigma has them', () => {
    const line = (addition: Partial<Addition>): string | undefined => added(RULE, add(RULE, { field: 'User', ...addition }))[0]?.trim();
    expect(line({ op: 'starts_with', value: 'a*b' })).toBe("User|startswith: 'a\\*b'");
    expect(line({ op: 'wildcard', value: 'a*b[*]c\\*' })).toBe("User: 'a*b\\*c\\\\*'");
    expect(line({ op: 'regex_match', value: '^a\\*b$' })).toBe("User|re|i: '^a\\*b$'");
    expect(line({ op: 'in', value: 'x' })).toBe("User: 'x'");
    expect(line({ op: 'eq', value: '4688' })).toBe('User: 4688');
    expect(line({ op: 'eq', value: '007' })).toBe("User: '007'");
    expect(line({ op: 'gt', value: '5' })).toBe('User|gt: 5');
    expect(line({ op: 'is_null', value: '' })).toBe('User: null');
    expect(line({ op: 'is_not_null', value: '' })).toBe('User|exists: true');
    expect(line({ op: 'cidr_match', value: '10.0.0.0/8' })).toBe("User|cidr: '10.0.0.0/8'");
    expect(line({ op: 'eq', value: "it's" })).toBe("User: 'it''s'");
    expect(line({ op: 'eq', value: 'a\nb' })).toBe('User: "a\\nb"');
    expect(addTo(RULE, 0, { polarity: 'indicator', field: 'User', op: 'between', value: '1' })).toBeNull();
  });

  it('keeps flow lists, double quotes, two blanks and the line breaks of the text', () => {
    const flow = 'detection:\r\n  selection:\r\n    EventID: [1, 2]\r\n    Image|endswith:\r\n    - "a.exe"\r\n  condition: selection\r\n';
    expect(add(flow, { field: 'EventID', op: 'eq', value: '3' })).toBe(flow.replace('[1, 2]', '[1, 2, 3]'));
    expect(add(flow, { value: 'b.exe' })).toBe(flow.replace('"a.exe"\r\n', '"a.exe"\r\n    - "b.exe"\r\n'));
  });

  it('looks into lists of mappings, and not into filters', () => {
    const text =
      "detection:\n    sel:\n        - Image|endswith: '\\a.exe'\n        - OriginalFileName: 'a'\n    filter:\n        User: x\n    condition: sel and not filter\n";
    expect(added(text, add(text, {}))).toEqual(['        - Image|endswith:', "              - '\\a.exe'", "              - '\\c.exe'"]);
    expect(add(text, { field: 'User', op: 'eq', value: 'y' })).toBeNull();
  });

  it('finds no place in a correlation, an empty text, a flow rule', () => {
    expect(add('title: T\ncorrelation:\n    type: event_count\n', {})).toBeNull();
    expect(add('', {})).toBeNull();
    expect(add('detection: { selection: { Image: a }, condition: selection }', {})).toBeNull();
  });
});

describe('an exclusion', () => {
  const exclusion: Partial<Addition> = { polarity: 'exclusion', field: 'ParentImage', op: 'starts_with', value: 'C:\\Program Files\\Agent\\' };

  it('becomes a filter, and the condition takes it', () => {
    const after = add(RULE, exclusion);
    expect(added(RULE, after)).toEqual([
      '    filter_main_agent:',
      "        ParentImage|startswith: 'C:\\Program Files\\Agent\\'",
      '    condition: selection and not 1 of filter_main_*',
    ]);
    expect(errorsOf(after!)).toEqual([]);
  });

  it('leaves a condition alone that takes it already', () => {
    const text = add(RULE, exclusion)!;
    expect(added(text, add(text, { ...exclusion, value: 'D:\\Other\\Tool.exe' }))).toEqual([
      '    filter_main_tool:',
      "        ParentImage|startswith: 'D:\\Other\\Tool.exe'",
    ]);
    expect(added(text, add(text, exclusion))[0]).toBe('    filter_main_agent_2:');
  });

  it('puts alternatives into parentheses', () => {
    const text = RULE.replace('condition: selection', 'condition: selection or selection');
    expect(added(text, add(text, exclusion))).toContain('    condition: (selection or selection) and not 1 of filter_main_*');
  });

  it('amends quoted, folded and listed conditions', () => {
    const quoted = RULE.replace('condition: selection', "condition: 'selection'");
    expect(added(quoted, add(quoted, exclusion))).toContain("    condition: 'selection and not 1 of filter_main_*'");
    const block = RULE.replace('condition: selection', 'condition: |\n        selection');
    expect(added(block, add(block, exclusion))).toContain('        selection and not 1 of filter_main_*');
    const list = RULE.replace('condition: selection', 'condition:\n        - selection\n        - not selection');
    expect(added(list, add(list, exclusion)).filter((line) => line.includes('not 1 of'))).toHaveLength(2);
  });

  it('of a keyword is a list', () => {
    expect(added(RULE, add(RULE, { polarity: 'exclusion', field: '', op: 'keyword', value: 'known good' }))).toEqual([
      '    filter_main_known_good:',
      "        - 'known good'",
      '    condition: selection and not 1 of filter_main_*',
    ]);
  });

  it('goes into the document that is asked for', () => {
    const two = `${RULE}---\n${RULE}`;
    const after = add(two, exclusion, 1)!;
    expect(after.indexOf('filter_main_agent')).toBeGreaterThan(RULE.length);
  });
});
