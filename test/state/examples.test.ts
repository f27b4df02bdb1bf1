import { expect, test } from 'vitest';
import { examplesOf } from '../../src/state/drafts/examples';
import { queryOf } from '../../src/state/catalog-state';
import { pathOf } from '../../src/state/links/routes';
import { defaultPreferences, readPreferences } from '../../src/state/preferences';

const languages = [
  { id: 'sigma', label: 'Sigma' },
  { id: 'spl', label: 'SPL' },
];

test('examples are named by their file, in the order of the languages, the plain one first', () => {
  const found = examplesOf(
    {
      '../languages/spl/sample.spl': 'b',
      '../languages/new/sample.txt': 'd',
      '../languages/sigma/sample-failed-logons.yml': 'c',
      '../languages/sigma/sample.yml': 'a',
    },
    languages,
  );
  expect(found.map(({ id, name, text }) => [id, name, text])).toEqual([
    ['sigma/sample.yml', 'Sigma example', 'a'],
    ['sigma/sample-failed-logons.yml', 'Failed logons', 'c'],
    ['spl/sample.spl', 'SPL example', 'b'],
    ['new/sample.txt', 'new example', 'd'],
  ]);
});

test('a triple is searched for in the search field’s words', () => {
  expect(queryOf({ field: 'process_name', kind: 'eq', value: 'net.exe' })).toBe('indicator:"process_name eq net.exe"');
  expect(queryOf({ field: 'CommandLine', kind: 'contains', value: ' "use"' })).toBe('indicator:"CommandLine contains  \\"use\\""');
  expect(pathOf.rules('value:a b')).toBe('/rules/q/value%3Aa%20b');
});

test('stored preferences are read as far as they make sense', () => {
  expect(readPreferences(null)).toEqual(defaultPreferences);
  expect(readPreferences('{')).toEqual(defaultPreferences);
  expect(readPreferences('{"theme":"dark","tab":5,"layouts":{"work":{"rail":20}}}')).toEqual({
    theme: 'dark',
    tab: '',
    catalog: 'bundled',
    layouts: { work: { rail: 20 } },
    isGuideFolded: null,
    folded: [],
    hiddenChecks: [],
  });
  expect(readPreferences('{"catalog":"both"}').catalog).toBe('both');
  expect(readPreferences('{"catalog":"theirs"}').catalog).toBe('bundled');
  expect(readPreferences('{"theme":1,"layouts":{"work":{"rail":"x"}}}')).toEqual(defaultPreferences);
});
