import { expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { waysToAdd } from '../../src/lint/apply-rows';

const context = { languages: LANGUAGES };
const ROW = { field: 'CommandLine', kind: 'contains', value: '/create' } as const;

function placesIn(id: string, text: string, polarity: 'indicator' | 'exclusion' = 'indicator'): readonly string[] {
  const format = FORMATS.get(id)!;
  const [rule] = format.open(text, context).rules;
  return waysToAdd(text, rule === undefined ? undefined : reportOf(rule), ROW, polarity, 0, format, context).map(({ into }) => into);
}

const SIGMA = `title: x
logsource: {category: process_creation, product: windows}
detection:
    one:
        Image: 'a'
    two:
        - Image: 'b'
        - User: 'c'
    known:
        User: d
    condition: 1 of one and two and not known
`;

it('offers each selection and item that a row can go into, the best first', () => {
  expect(placesIn('sigma', SIGMA)).toEqual(['one', 'two, item 1', 'two, item 2']);
});

it('does not ask where there is one place', () => {
  expect(placesIn('sigma', SIGMA, 'exclusion')).toEqual(['']);
  expect(placesIn('kuery', 'process.name: a and user.name: b')).toEqual(['stage 1, query']);
});

it('offers the filters of a pipeline before what counts, in a container as well', () => {
  const query = 'index=x action=a | search user=b | stats count by host | where count > 2';
  expect(placesIn('spl', query)).toEqual(['stage 1, search', 'stage 2, search']);
  expect(placesIn('splunk', `name: x\nid: 1\nsearch: '${query}'\n`)).toEqual(['stage 1, search', 'stage 2, search']);
});

it('has no way into what is no rule', () => {
  expect(placesIn('sigma', '')).toEqual([]);
});

const ids = (value: string) => ({ field: 'Image', kind: 'eq', value }) as const;

it.each([
  [
    'sigma',
    "title: x\nlogsource: {category: process_creation, product: windows}\ndetection:\n    one:\n        User: u\n    known:\n        Image: 'C:\\b.exe'\n    condition: one and not known\n",
  ],
  ['kusto', 'DeviceProcessEvents | where AccountName == "u" and FolderPath !~ "C:\\\\b.exe"'],
  ['eql', 'process where user.name == "u" and not process.executable : "C:\\\\b.exe"'],
  ['esql', 'FROM logs-* | WHERE user.name == "u" AND NOT TO_LOWER(process.executable) == "c:\\\\b.exe"'],
  ['kuery', 'user.name: u and not process.executable: "C:\\\\b.exe"'],
  ['lucene', 'user.name:u AND NOT process.executable:"C:\\\\b.exe"'],
])('has no way to ask for what the rule excludes, but for anything else: %s', (id, text) => {
  const format = FORMATS.get(id)!;
  const waysFor = (value: string): number =>
    waysToAdd(text, reportOf(format.open(text, context).rules[0]!), ids(value), 'indicator', 0, format, context).length;
  expect(waysFor('C:\\b.exe')).toBe(0);
  expect(waysFor('C:\\a.exe')).toBeGreaterThan(0);
});
