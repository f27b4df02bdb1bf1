import { describe, expect, it } from 'vitest';
import { add } from '../../src/languages/kusto/print/add';
import { parse } from '../../src/languages/kusto/parse/parser';
import type { Addition } from '../../src/model';

function added(text: string, addition: Partial<Addition>): string | null {
  const edits = add(text, { polarity: 'indicator', field: 'Account', op: 'eq', value: 'x', ...addition });
  if (edits === null) return null;
  let changed = text;
  for (const { span, text: insert } of [...edits].sort((a, b) => b.span.start - a.span.start))
    changed = changed.slice(0, span.start) + insert + changed.slice(span.end);
  expect(parse(changed).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return changed;
}

describe('a value', () => {
  it('joins the list of its field', () => {
    expect(added('T | where Account in ("a", "b")', {})).toBe('T | where Account in ("a", "b", "x")');
    expect(added('T | where B == 1 and Account !in~ ("a")', { polarity: 'exclusion' })).toBe('T | where B == 1 and Account !in~ ("a", "x")');
    expect(added('T | where Account has_any ("a")', { op: 'contains' })).toBe('T | where Account has_any ("a", "x")');
  });
  it('makes a list of a single comparison', () => {
    expect(added('T | where Account =~ "a"', {})).toBe('T | where Account in~ ("a", "x")');
    expect(added('T | where Account == "a"', {})).toBe('T | where Account in ("a", "x")');
    expect(added('T | where Account has "a" and B == 1', { op: 'contains' })).toBe('T | where Account has_any ("a", "x") and B == 1');
  });
  it('never joins a list that a let holds, or another kind of comparison', () => {
    expect(added('let l = dynamic(["a"]);\nT | where Account in (l)', {})).toBe('let l = dynamic(["a"]);\nT | where Account in (l) and Account =~ "x"');
    expect(added('T | where Account startswith "a"', { op: 'contains' })).toBe('T | where Account startswith "a" and Account contains "x"');
  });
  it('is written as its column asks', () => {
    expect(added('SecurityEvent | where EventID == 4624', { field: 'EventID', value: '4625' })).toBe('SecurityEvent | where EventID in (4624, 4625)');
    expect(added('SecurityEvent', { field: 'EventID', value: '4625' })).toBe('SecurityEvent\n| where EventID == 4625');
    expect(added('T', { value: 'C:\\a "b"' })).toBe('T\n| where Account =~ @"C:\\a ""b"""');
    expect(added('T', { field: 'a.b c.0.d' })).toBe(`T\n| where a['b c'][0].d =~ "x"`);
  });
});

describe('a condition', () => {
  it('is one more and of the last where on the columns of the source', () => {
    expect(added('T\n| where A == 1 or B == 2\n| summarize count() by C\n| where count_ > 5', {})).toBe(
      'T\n| where (A == 1 or B == 2) and Account =~ "x"\n| summarize count() by C\n| where count_ > 5',
    );
    expect(added('T\n| where A == 1\n    and B == 2', {})).toBe('T\n| where A == 1\n    and B == 2\n    and Account =~ "x"');
  });
  it('on a column the query made stands after it', () => {
    expect(added('T | summarize Total = count() by C | where Total > 5', { field: 'Total', op: 'lt', value: '9' })).toBe(
      'T | summarize Total = count() by C | where Total > 5 and Total < 9',
    );
  });
  it('that excludes is a where of its own', () => {
    expect(added('T\n| where A == 1\n| project A', { polarity: 'exclusion', op: 'starts_with' })).toBe(
      'T\n| where A == 1\n| where not(Account startswith "x")\n| project A',
    );
  });
  it('comes after the source where nothing is filtered', () => {
    expect(added('T | project A', { polarity: 'exclusion' })).toBe('T\n| where not(Account =~ "x") | project A');
  });
  it.each([
    ['regex_match', 'a\\d', 'Account matches regex @"a\\d"'],
    ['wildcard', 'a*b?', 'Account matches regex "(?i)^a.*b.$"'],
    ['cidr_match', '10.0.0.0/8', 'ipv4_is_in_range(Account, "10.0.0.0/8")'],
    ['is_null', '', 'isempty(Account)'],
    ['is_not_null', '', 'isnotempty(Account)'],
    ['ge', '5', 'Account >= 5'],
    ['ends_with', '.exe', 'Account endswith ".exe"'],
  ] as const)('of kind %s', (op, value, written) => {
    expect(added('T', { op, value })).toBe(`T\n| where ${written}`);
  });
  it('has no place in a text without rows, and no words for some kinds', () => {
    expect(added('', {})).toBeNull();
    expect(added('let a = 1;', {})).toBeNull();
    expect(added('T', { op: 'keyword' })).toBeNull();
  });
});
