import { describe, expect, test } from 'vitest';
import { draftFactsOf } from '../../src/analysis/compare';
import { reportOf } from '../../src/analysis/report';
import { markingOf } from '../../src/catalog/marking';
import type { Operator, Triple } from '../../src/model';
import { all, ruleOf, testOf } from '../analysis/made';

const triple = (field: string, kind: Operator, value: string): Triple => ({ field, kind, value });
const draft = markingOf(
  draftFactsOf(
    reportOf(
      ruleOf(all(testOf('Image', 'ends_with', ['\\schtasks.exe']), testOf('CommandLine', 'contains', ['/create'])), 'sigma', {
        scopes: ['process_creation', 'windows'],
      }),
    ),
  ),
);

describe('a guide row beside what a draft asks', () => {
  const rows: readonly (readonly [Triple, 'indicator' | 'exclusion', string])[] = [
    [triple('process_name', 'eq', 'schtasks.exe'), 'indicator', 'has'],
    [triple('process_name', 'eq', 'powershell.exe'), 'indicator', 'contradicts'],
    [triple('CommandLine', 'contains', '/delete'), 'indicator', 'missing'],
    [triple('CommandLine', 'contains', '/create /tn'), 'indicator', 'near'],
    [triple('process_name', 'eq', 'schtasks.exe'), 'exclusion', 'contradicts'],
    [triple('process_name', 'eq', 'powershell.exe'), 'exclusion', 'does-not-apply'],
    [triple('CommandLine', 'contains', '/tn update'), 'exclusion', 'missing'],
  ];
  test.each(rows)('%o as %s: %s', (row, polarity, mark) => {
    expect(draft.ofValue(row, polarity)).toBe(mark);
  });
});
