import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { KeptTest } from '../../src/model';
import { ownTestText, regressionFiles } from '../../src/state/drafts/test-texts';
import { outcomesOf, testsIn } from '../../workers/sample-tests';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';

const RULE = `title: "Net: seen"\nid: 5b1a0f4e-7c35-4f0e-9d5c-8a4b4b1f0c11\nlogsource:\n  category: test\ndetection:\n  sel:\n    Image|endswith: '\\net.exe'\n  condition: sel\n`;
const rules = FORMATS.get('sigma')!.open(RULE, { languages: LANGUAGES }).rules;
const AT = Date.UTC(2026, 0, 5);
const kept = (id: string, mustMatch: boolean, image: string, name = ''): KeptTest => ({
  id,
  name,
  mustMatch,
  events: [{ Image: image }],
  about: '5b1a0f4e-7c35-4f0e-9d5c-8a4b4b1f0c11',
  at: AT,
});
const TESTS = [kept('a', true, 'C:\\net.exe', 'a "quoted": name'), kept('b', false, 'C:\\cmd.exe')];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('tests as files', () => {
  test('our own come back as they were', async () => {
    const text = ownTestText('net.yml', TESTS);
    const { tests, problems } = await testsIn([{ name: 'net.test.json', bytes: bytes(text) }]);
    expect(problems).toEqual([]);
    expect(tests.map(({ name, mustMatch, events, file, at }) => ({ name, mustMatch, events, file, at }))).toEqual(
      TESTS.map(({ name, mustMatch, events }) => ({ name, mustMatch, events, file: 'net.yml', at: AT })),
    );
  });

  test('regression folders come back, and what is missing of them is said', async () => {
    const files = regressionFiles({ fileName: 'net.yml', text: RULE, id: rules[0]!.meta.id, title: 'Net: seen' }, TESTS, { id: 'x', date: '2026-01-05' });
    expect(files['rules/net.yml']).toBe(RULE);
    expect(parse(files['regression_data/rules/net/info.yml']!)).toMatchObject({
      rule_metadata: [{ title: 'Net: seen' }],
      regression_tests_info: [{ match_count: 1 }, { match_count: 0, path: 'regression_data/rules/net/2.json' }],
    });
    const given = Object.entries(files).map(([name, text]) => ({ name, bytes: bytes(text) }));
    const read = await testsIn(given);
    expect(read.problems).toEqual([]);
    expect(read.tests.map(({ name, mustMatch, events }) => [name, mustMatch, events])).toEqual([
      ['a "quoted": name', true, [{ Image: 'C:\\net.exe' }]],
      ['Test 2', false, [{ Image: 'C:\\cmd.exe' }]],
    ]);
    const without = await testsIn(given.filter(({ name }) => !name.endsWith('2.json')));
    expect(without.tests.length).toBe(1);
    expect(without.problems[0]).toContain('2.json');
    expect((await testsIn([{ name: 'x.test.json', bytes: bytes('{') }])).problems[0]).toContain('x.test.json');
  });

  test('hold, or fail with the reason', () => {
    expect(outcomesOf(rules, [...TESTS, kept('c', true, 'C:\\cmd.exe'), kept('d', false, 'C:\\net.exe')])).toEqual([
      { id: 'a', why: null },
      { id: 'b', why: null },
      { id: 'c', why: '0 of 1 events match, at least 1 must' },
      { id: 'd', why: '1 of 1 events match, 0 must' },
    ]);
    expect(outcomesOf([], TESTS)[0]!.why).toBe('there is no rule');
  });
});
