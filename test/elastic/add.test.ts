import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages/registry';
import type { Addition, Operator } from '../../src/model';

const context = { languages: LANGUAGES };

function added(id: string, text: string, polarity: Addition['polarity'], op: Operator, value: string, field = 'process.name'): string | null {
  const edits = LANGUAGES.get(id)!.add(text, { polarity, field, op, value }, context);
  if (edits === null) return null;
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end)
    .reduce((changed, { span, text: piece }) => changed.slice(0, span.start) + piece + changed.slice(span.end), text);
}

describe('kuery', () => {
  it('joins a field that is asked for already', () => {
    expect(added('kuery', 'process.name: a and b: c', 'indicator', 'eq', 'x')).toBe('process.name: (a or "x") and b: c');
    expect(added('kuery', 'process.name: (a or b*)', 'indicator', 'ends_with', 'x y')).toBe('process.name: (a or b* or *x y)');
    expect(added('kuery', 'a: 1 and not process.name: b', 'exclusion', 'contains', 'x')).toBe('a: 1 and not process.name: (b or *x*)');
    expect(added('kuery', 'a: 1 and not (user.id: 0 or process.name: (b or c))', 'exclusion', 'eq', 'x')).toBe(
      'a: 1 and not (user.id: 0 or process.name: (b or c or "x"))',
    );
  });
  it('appends a conjunct', () => {
    expect(added('kuery', 'a: 1', 'exclusion', 'eq', 'say "x" \\')).toBe('a: 1 and not process.name: "say \\"x\\" \\\\"');
    expect(added('kuery', 'a: 1 or b: 2', 'indicator', 'is_not_null', '')).toBe('(a: 1 or b: 2) and process.name: *');
    expect(added('kuery', '(a: 1 or b: 2)', 'indicator', 'starts_with', 'C:\\x (1)')).toBe('(a: 1 or b: 2) and process.name: C\\:\\\\x \\(1\\)*');
    expect(added('kuery', '', 'exclusion', 'gt', '4')).toBe('not process.name > 4');
    expect(added('kuery', 'a: 1', 'exclusion', 'regex_match', 'x+')).toBeNull();
  });
});

describe('Lucene', () => {
  it('appends a clause', () => {
    expect(added('lucene', 'a:1', 'exclusion', 'eq', 'x "y"')).toBe('a:1 AND NOT process.name:"x \\"y\\""');
    expect(added('lucene', 'a:1 OR b:2', 'indicator', 'starts_with', '/tmp')).toBe('(a:1 OR b:2) AND process.name:\\/tmp*');
  });
});

it('what is added is read as what was asked for', () => {
  for (const [id, text] of [
    ['kuery', 'a: 1'],
    ['lucene', 'a:1'],
  ] as const)
    for (const polarity of ['indicator', 'exclusion'] as const)
      for (const op of ['eq', 'contains', 'starts_with', 'ends_with', 'gt', 'is_not_null', 'cidr_match'] as const) {
        const value = op === 'cidr_match' ? '10.0.0.0/8' : op === 'gt' ? '5' : 'C:\\Temp (1)\\"a b"';
        const query = added(id, text, polarity, op, value, 'file.path')!;
        const { predicate, diagnostics } = LANGUAGES.get(id)!.analyse(query, context);
        expect(
          diagnostics.filter(({ severity }) => severity === 'error'),
          query,
        ).toEqual([]);
        const written = JSON.stringify(predicate);
        expect(written.includes('"kind":"not"'), query).toBe(polarity === 'exclusion');
        expect(written, query).toContain('file.path');
        if (op !== 'is_not_null') expect(written.replaceAll('\\\\', '\\'), query).toContain(JSON.stringify(value).slice(1, -1).replaceAll('\\\\', '\\'));
      }
});
