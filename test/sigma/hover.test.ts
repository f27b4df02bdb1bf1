import { expect, it } from 'vitest';
import { hover } from '../../src/languages/sigma/assist/hover';

const RULE = `title: T
status: test
tags:
    - attack.t1049
    - attack.discovery
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        Image|endswith: '\\a.exe'
        Own_Field|re|i: b
    filter_main_x:
        User: c
    condition: selection and not 1 of filter_main_*
level: low
---
title: C
correlation:
    type: event_count
    rules: [x]
    timespan: 5m
    condition:
        gte: 3
`;

const at = (word: string, within = word): string | null => {
  const found = hover(RULE, RULE.indexOf(within) + within.indexOf(word) + 1);
  return found === null ? null : `${RULE.slice(found.span.start, found.span.end)} → ${found.text}`;
};

it('explains keys, values, fields, modifiers and names', () => {
  expect(at('title')).toMatch(/^title → `title`: A few words/);
  expect(at('test')).toMatch(/^test → `test`: Works in some/);
  expect(at('attack.t1049')).toBe('attack.t1049 → ATT&CK technique T1049, System Network Connections Discovery (Discovery).');
  expect(at('attack.discovery')).toBe('attack.discovery → ATT&CK tactic Discovery (TA0007).');
  expect(at('category')).toMatch(/^category → `category`: A kind of event/);
  expect(at('windows')).toContain('Sysmon 1, Process creation; Security-Auditing 4688');
  expect(at('Image')).toBe('Image → `Image`: The full path of the process. A field of this log source.');
  expect(at('endswith')).toMatch(/^endswith → `endswith`: The field ends in/);
  expect(at('Own_Field')).toBe('Own_Field → `Own_Field`: Not among the fields of this log source.');
  expect(at('i', '|i: b')).toMatch(/^i → `i`: After `re`/);
  expect(at('condition')).toMatch(/^condition → `condition`: Which search identifiers/);
  expect(at('selection', ' selection and')).toMatch(/^selection → ```\nselection:\n        Image\|endswith/);
  expect(at('filter_main_*')).toBe('1 of filter_main_* → One of: `filter_main_x`.');
  expect(at('not', 'and not')).toMatch(/^not → `not`: What follows/);
  expect(at('low')).toMatch(/^low → `low`:/);
  expect(at('event_count')).toMatch(/^event_count → `event_count`: How many events/);
  expect(at('timespan')).toMatch(/^timespan → `timespan`: The window/);
  expect(at('gte')).toMatch(/^gte → `gte`: This number or more/);
});

it('says nothing where there is nothing to say', () => {
  expect(at('User')).not.toBeNull();
  expect(hover('', 0)).toBeNull();
  expect(hover('a: b', 3)).toBeNull();
  expect(at('T', 'title: T')).toBeNull();
});
