import { describe, expect, it } from 'vitest';
import { withoutCopies } from '../../src/catalog/store/copies';
import type { CatalogRule } from '../../src/catalog/store/encode';
import type { Predicate, RuleMeaning } from '../../src/model';
import { ruleWith } from './rules';

const HERE = { start: 0, end: 0 };
const test = (name: string, value: string): Predicate => ({
  kind: 'test',
  span: HERE,
  left: { kind: 'field', name, span: HERE },
  compare: 'equals',
  values: [{ kind: 'literal', span: HERE, type: 'string', text: value }],
  case: 'fold',
  missing: 'false',
  word: 'eq',
});
const meaning = (...of: readonly Predicate[]): RuleMeaning => ({ predicate: { kind: 'all', span: HERE, of }, isWhole: true });
const NET = test('process_name', 'net.exe');
const USE = test('CommandLine', 'use');

const kept = (...rules: readonly Partial<CatalogRule>[]): readonly string[] => withoutCopies(rules.map((rule) => ruleWith(rule))).rules.map(({ path }) => path);

describe('a rule in several places', () => {
  it('counts once by its ID, at the first source, with the others named', () => {
    const { rules, leftOut } = withoutCopies([
      ruleWith({ id: 'A', title: 'Net use', source: 'tsale', path: 'copy.yml' }),
      ruleWith({ id: 'a', title: 'Net Use', source: 'sigma', path: 'own.yml' }),
    ]);
    expect(rules.map(({ path }) => path)).toEqual(['own.yml']);
    expect(rules[0]!.copies).toEqual([{ source: 'tsale', path: 'copy.yml', by: 'id' }]);
    expect(leftOut).toMatchObject([{ rule: { path: 'copy.yml' }, kept: { path: 'own.yml' }, by: 'id' }]);
  });

  it('counts once by its meaning, in whatever order it is written', () => {
    const one = { title: 'One', path: 'one.yml', meaning: meaning(NET, USE) };
    expect(kept(one, { title: 'Other', path: 'other.yml', meaning: meaning(USE, NET, NET) })).toEqual(['one.yml']);
  });

  it('does not tell by one condition, by a part of a rule, over other events or of another vendor', () => {
    const one = { title: 'One', path: 'one.yml', meaning: meaning(NET, USE) };
    const both = ['one.yml', 'other.yml'];
    expect(kept({ ...one, meaning: meaning(NET) }, { ...one, path: 'other.yml', meaning: meaning(NET) })).toEqual(both);
    const part = { ...meaning(NET, USE), isWhole: false };
    expect(kept({ ...one, meaning: part }, { ...one, path: 'other.yml', meaning: part })).toEqual(both);
    const unread: Predicate = { kind: 'unread', span: HERE, reason: 'unmodelled' };
    expect(kept({ ...one, meaning: meaning(NET, USE, unread) }, { ...one, path: 'other.yml', meaning: meaning(NET, USE, unread) })).toEqual(both);
    expect(kept(one, { ...one, path: 'other.yml', platforms: ['linux'] })).toEqual(both);
    expect(kept(one, { ...one, path: 'other.yml', events: [{ provider: 'Sysmon', id: '1', title: '' }] })).toEqual(both);
    expect(kept(one, { ...one, path: 'other.yml', vendor: 'elastic', source: 'elastic' })).toEqual(both);
  });

  it('is not told by an ID that another rule took by mistake', () => {
    expect(kept({ id: 'a', title: 'Net use', path: '1.yml' }, { id: 'a', title: 'Shadow copies', path: '2.yml' })).toEqual(['1.yml', '2.yml']);
    expect(kept({ id: 'a', title: 'First of a file', path: '1.yml' }, { id: 'a', title: 'Second of a file', path: '1.yml', ordinal: 1 })).toHaveLength(2);
  });

  it('stays where it is in use, and as it was changed last', () => {
    const rule = { id: 'a', title: 'Net use' };
    expect(kept({ ...rule, path: '1.yml', status: 'deprecated' }, { ...rule, path: '2.yml' })).toEqual(['2.yml']);
    expect(kept({ ...rule, path: '1.yml', modified: '2024-01-01' }, { ...rule, path: '2.yml', modified: '2025-01-01' })).toEqual(['2.yml']);
  });

  it("stays a reader's own", () => {
    const rule = { id: 'a', title: 'Net use', meaning: meaning(NET, USE) };
    expect(kept({ ...rule, path: '1.yml' }, { ...rule, path: '2.yml', source: 'private' })).toHaveLength(2);
  });

  it('is listed only where its text is nowhere', () => {
    const listed = { kind: 'no query text', vendor: 'kusto', source: 'sentinel-facts' } as const;
    const text = { vendor: 'kusto', source: 'sentinel', id: 'a', title: 'Net use', path: 'x/NetUse.yaml' } as const;
    const { rules } = withoutCopies([
      ruleWith(text),
      ruleWith({ ...listed, id: 'A', title: 'Net usage', path: 'y/Other.yaml' }),
      ruleWith({ ...listed, title: 'net use', path: 'z/netuse.yml', ordinal: 1 }),
      ruleWith({ ...listed, id: 'b', title: 'Elsewhere', path: 'z/Elsewhere.yaml', ordinal: 2 }),
    ]);
    expect(rules.map(({ title }) => title)).toEqual(['Net use', 'Elsewhere']);
    expect(rules[0]!.copies).toEqual([]);
  });

  it('is what it was when looked at again', () => {
    const once = withoutCopies([
      ruleWith({ id: 'a', title: 'Net use', path: '1.yml' }),
      ruleWith({ id: 'a', title: 'Net use', path: '2.yml' }),
      ruleWith({ title: 'Other', path: '3.yml' }),
    ]);
    expect(withoutCopies(once.rules)).toEqual({ rules: once.rules, leftOut: [] });
  });
});
