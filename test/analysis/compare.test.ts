import { describe, expect, test } from 'vitest';
import { draftFactsOf, fieldCoverageOf, indexDraft, coverageOf } from '../../src/analysis/compare';
import { matches, overlaps } from '../../src/analysis/overlap';
import { reportOf } from '../../src/analysis/report';
import type { Operator, Triple } from '../../src/model';
import { all, any, not, ruleOf, testOf } from './made';
import { expectLinear } from '../support/linear';

const triple = (field: string, kind: Operator, value: string): Triple => ({ field, kind, value });

const draft = indexDraft(
  draftFactsOf(
    reportOf(
      ruleOf(
        all(
          testOf('Image', 'ends_with', ['\\net.exe', '\\System32\\net1.exe']),
          testOf('CommandLine', 'contains', ['use']),
          testOf('OriginalFileName', 'eq', ['net.exe']),
          not(testOf('ParentImage', 'starts_with', ['C:\\Program Files\\'])),
          any(testOf('User', 'eq', ['a']), not(testOf('CurrentDirectory', 'contains', ['\\Temp\\']))),
        ),
        'sigma',
        { scopes: ['process_creation', 'windows'] },
      ),
    ),
  ),
);

describe('a guide row and a draft', () => {
  const indicator: readonly (readonly [Triple, string])[] = [
    [triple('process_name', 'eq', 'net.exe'), 'has'],
    [triple('OriginalFileName', 'eq', 'net.exe'), 'has'],
    [triple('OriginalFileName', 'eq', 'net1.exe'), 'missing'],
    [triple('CommandLine', 'contains', 'accounts'), 'missing'],
    [triple('CommandLine', 'eq', 'net use'), 'near'],
    [triple('CommandLine', 'starts_with', 'net localgroup'), 'missing'],
    [triple('CommandLine', 'regex_match', '(?i)net\\s+(Use|session)'), 'near'],
    [triple('Image', 'eq', 'c:\\windows\\net.exe'), 'near'],
    [triple('Image', 'eq', 'c:\\windows\\subnet.exe'), 'missing'],
    [triple('Image', 'eq', '/bin/net.exe'), 'near'],
    [triple('Image', 'contains', 'powershell'), 'missing'],
    [triple('Company', 'eq', 'x'), 'missing'],
    [triple('event.type', 'eq', 'start'), 'does-not-apply'],
    [triple('ScriptBlockText', 'contains', 'x'), 'does-not-apply'],
    [triple('process.args', 'eq', 'x'), 'does-not-apply'],
  ];
  test.each(indicator)('%o is %s', (row, mark) => {
    expect(coverageOf(draft, row, 'indicator')).toBe(mark);
  });

  const exclusion: readonly (readonly [Triple, string])[] = [
    [triple('ParentImage', 'starts_with', 'c:\\program files\\'), 'has'],
    [triple('ParentImage', 'starts_with', 'c:\\windows\\'), 'missing'],
    [triple('ParentImage', 'eq', 'c:\\program files\\a\\b.exe'), 'near'],
    [triple('parent_process_name', 'eq', 'b.exe'), 'missing'],
    [triple('CurrentDirectory', 'contains', '\\temp\\'), 'near'],
    [triple('process_name', 'eq', 'net.exe'), 'missing'],
  ];
  test.each(exclusion)('excluded, %o is %s', (row, mark) => {
    expect(coverageOf(draft, row, 'exclusion')).toBe(mark);
  });

  test('fields', () => {
    expect(['Image', 'process_name', 'CommandLine', 'parent_process_name', 'Company', 'event.category'].map((field) => fieldCoverageOf(draft, field))).toEqual([
      'has',
      'has',
      'has',
      'missing',
      'missing',
      'does-not-apply',
    ]);
    const onlyPath = indexDraft({
      taxonomy: 'sigma',
      scopes: ['process_creation'],
      meaning: null,
      platforms: [],
      events: [],
      groupBy: [],
      triples: [{ ...triple('Image', 'contains', 'x'), polarity: 'indicator' }],
    });
    expect(fieldCoverageOf(onlyPath, 'process_name')).toBe('near');
  });

  test('nothing but triples leaves the draft', () => {
    const facts = draftFactsOf(reportOf(ruleOf(testOf('Image', 'ends_with', ['\\Net.exe']), 'sigma', { title: 'secret', description: 'secret' })));
    expect(facts).toMatchObject({ taxonomy: 'sigma', scopes: [], triples: [{ field: 'process_name', kind: 'eq', value: 'net.exe', polarity: 'indicator' }] });
  });

  test('thousands of rows against a long draft take no time', () => {
    const asked = (values: number): void => {
      const long = indexDraft({
        taxonomy: 'sigma',
        scopes: [],
        meaning: null,
        platforms: [],
        events: [],
        groupBy: [],
        triples: Array.from({ length: values }, (_, n) => ({ ...triple('CommandLine', 'contains', `value ${n}`), polarity: 'indicator' as const })),
      });
      for (let n = 0; n < values; n++) coverageOf(long, triple('CommandLine', 'eq', `no such text ${n}`), 'indicator');
    };
    expectLinear('values and rows', asked, 500);
  });
});

describe('overlap', () => {
  const cases: readonly (readonly [Operator, string, Operator, string, boolean])[] = [
    ['contains', 'net', 'eq', 'net.exe', true],
    ['contains', 'nets', 'eq', 'net.exe', false],
    ['starts_with', 'c:\\', 'contains', 'c:\\windows', false],
    ['starts_with', 'c:\\windows\\', 'contains', 'c:\\windows', true],
    ['ends_with', '.exe', 'eq', 'net.exe', true],
    ['ends_with', '.dll', 'eq', 'net.exe', false],
    ['wildcard', 'c:\\*\\net.exe', 'ends_with', '\\net.exe', true],
    ['wildcard', '*a?c*', 'eq', 'xxabcxx', true],
    ['wildcard', '*a?c*', 'eq', 'xxacxx', false],
    ['regex_match', 'net use|net view', 'contains', 'net use', true],
    ['regex_match', 'net use', 'contains', 'ne', false],
    ['gt', '5', 'eq', '6', false],
  ];
  test.each(cases)('%s %s and %s %s: %s', (kindA, valueA, kindB, valueB, expected) => {
    const [a, b] = [triple('F', kindA, valueA), triple('F', kindB, valueB)];
    expect([overlaps(a, b), overlaps(b, a)]).toEqual([expected, expected]);
  });

  test('patterns are matched without going back for ever', () => {
    expect(matches('a'.repeat(5000), `${'*a'.repeat(50)}*b`)).toBe(false);
  });
});
