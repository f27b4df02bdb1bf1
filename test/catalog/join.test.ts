import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guideOf } from '../../src/catalog/guide';
import { infoOf } from '../../src/catalog/store/stored-format';
import { NO_DETAILS } from '../../src/catalog/store/details';
import { joinCatalogs } from '../../src/catalog/store/join';
import { indexOfKey } from '../../src/catalog/store/metadata-columns';
import { openStored } from '../../src/catalog/store/open';
import { ruleOf } from '../../src/catalog/rule';
import type { CatalogRule } from '../../src/catalog/store/encode';
import type { Guide, SourceName } from '../../src/model';
import { inputOf, leafWith, opened, ruleWith } from './rules';

const ALL = { platforms: [], domains: [], vendors: [], subTechniques: true, unsettled: true };
const NAMED = [{ id: 'T1049', name: 'System Network Connections Discovery', tactics: ['discovery'] }];

const catalogOf = (rules: readonly CatalogRule[], names: readonly SourceName[]) =>
  opened({
    ...inputOf(rules, NAMED),
    sources: names.map((name) => ({ name, repository: name, commit: name, license: name })),
  });
const withTexts = (catalog: ReturnType<typeof opened>) => ({ catalog, texts: () => null, details: NO_DETAILS, meanings: () => null });
const joined = (first: ReturnType<typeof opened>, second: ReturnType<typeof opened>) => openStored(joinCatalogs(withTexts(first), withTexts(second))).catalog;

const rulesFrom = (source: SourceName): fc.Arbitrary<readonly CatalogRule[]> =>
  fc.array(
    fc
      .record({
        title: fc.string({ maxLength: 6 }),
        vendor: fc.constantFrom('sigma', 'elastic' as const),
        field: fc.constantFrom('process_name', 'User'),
        value: fc.constantFrom('net.exe', 'ss', 'root'),
        polarity: fc.constantFrom('indicator', 'exclusion' as const),
        technique: fc.constantFrom('T1049', 'T1000'),
      })
      .map(({ title, vendor, field, value, polarity, technique }) =>
        ruleWith({ title, vendor, source, techniques: [technique], path: `${source}/${title}`, leaves: [leafWith(field, 'eq', [value], polarity)] }),
      ),
    { maxLength: 6 },
  );

const rowsOf = (guide: Guide | null): Map<string, number> =>
  new Map(
    [...(guide?.values ?? []), ...(guide?.exclusions ?? []).map((row) => ({ ...row, field: `not ${row.field}` }))].map((row) => [
      `${row.field} ${row.value}`,
      row.rules,
    ]),
  );

describe('two catalogs as one', () => {
  it('count in every row of a guide what both count', () => {
    fc.assert(
      fc.property(rulesFrom('sigma'), rulesFrom('private'), (bundled, own) => {
        const [first, second] = [catalogOf(bundled, ['sigma']), catalogOf(own, ['private'])];
        const [a, b, both] = [first, second, joined(first, second)].map((catalog) => guideOf(catalog, 'T1049', ALL, null));
        const [rowsA, rowsB, rowsBoth] = [rowsOf(a!), rowsOf(b!), rowsOf(both!)];
        expect(both!.total).toBe(a!.total + b!.total);
        for (const key of new Set([...rowsA.keys(), ...rowsB.keys(), ...rowsBoth.keys()]))
          expect(rowsBoth.get(key), key).toBe((rowsA.get(key) ?? 0) + (rowsB.get(key) ?? 0));
      }),
    );
  });

  it('are the first where the second is empty', () => {
    fc.assert(
      fc.property(rulesFrom('sigma'), (bundled) => {
        const first = catalogOf(bundled, ['sigma']);
        const both = joined(first, catalogOf([], []));
        expect(infoOf(both.about)).toEqual(infoOf(first.about));
        expect(Array.from({ length: both.list.count }, (_, index) => ruleOf(both, index))).toEqual(
          Array.from({ length: first.list.count }, (_, index) => ruleOf(first, index)),
        );
      }),
    );
  });

  it('take a source that both have from the second, so that no rule counts twice', () => {
    const rule = ruleWith({ title: 'Net use', source: 'sigma', path: 'a.yml', techniques: ['T1049'], leaves: [leafWith('process_name', 'eq', ['net.exe'])] });
    const both = joined(catalogOf([rule, { ...rule, title: 'Gone' }], ['sigma']), catalogOf([rule], ['sigma', 'private']));
    expect(both.list.titles).toEqual(['Net use']);
    expect(both.about.sources.map(({ name, rules }) => [name, rules])).toEqual([
      ['sigma', 1],
      ['private', 0],
    ]);
  });

  it("leave every public rule where it was beside the reader's own, however alike they are", () => {
    const rule = ruleWith({ title: 'Net use', source: 'sigma', id: 'a-1', path: 'a.yml', leaves: [leafWith('process_name', 'eq', ['net.exe'])] });
    const bundled = catalogOf([rule, { ...rule, source: 'elastic', vendor: 'sigma', path: 'b.yml' }], ['sigma', 'elastic']);
    const both = joined(bundled, catalogOf([{ ...rule, source: 'private' }], ['private']));
    expect(both.about.sources.map(({ name, rules }) => [name, rules])).toEqual([
      ['sigma', 1],
      ['elastic', 1],
      ['private', 1],
    ]);
  });

  it('keep the texts of each', () => {
    const [first, second] = [
      catalogOf([ruleWith({ title: 'a', source: 'sigma' })], ['sigma']),
      catalogOf([ruleWith({ title: 'b', source: 'private' })], ['private']),
    ];
    const { texts } = openStored(joinCatalogs({ ...withTexts(first) }, { ...withTexts(second), texts: () => 'title: b' }));
    expect([texts(0), texts(1)]).toEqual([null, 'title: b']);
  });
});

describe('the name of a rule in links', () => {
  it('is its ID or title within its source, whatever else a catalog holds, and tells apart what share it', () => {
    const rules = [
      ruleWith({ title: 'Same', source: 'sigma', id: 'a-1' }),
      ruleWith({ title: 'Same', source: 'private', vendor: 'kusto' }),
      ruleWith({ title: 'Same', source: 'private', vendor: 'kusto', path: 'z' }),
      ruleWith({ title: 'Other', source: 'private', id: 'a-1' }),
    ];
    const keysIn = (catalog: ReturnType<typeof opened>) =>
      Object.fromEntries(
        ['sigma', 'private'].flatMap((source) =>
          ['a-1', 'Same', 'Same~2', 'Same~3'].map((key) => [`${source} ${key}`, ruleOf(catalog, indexOfKey(catalog.list, source, key))?.title ?? null]),
        ),
      );
    const both = catalogOf(rules, ['sigma', 'private']);
    expect(keysIn(both)).toEqual({
      'sigma a-1': 'Same', 'sigma Same': null, 'sigma Same~2': null, 'sigma Same~3': null,
      'private a-1': 'Other', 'private Same': 'Same', 'private Same~2': 'Same', 'private Same~3': null,
    }); // prettier-ignore
    expect(indexOfKey(catalogOf(rules.slice(1), ['private']).list, 'private', 'a-1')).toBeGreaterThanOrEqual(0);
  });
});

describe('an event that sources spell in several ways', () => {
  it('is one event, as most rules spell it', () => {
    const reading = (...ids: string[]) => ruleWith({ title: ids.join(), events: ids.map((id) => ({ provider: 'auditd', id, title: '' })) });
    const catalog = catalogOf([reading('SYSCALL'), reading('SYSCALL', 'syscall'), reading('syscall'), reading('SYSCALL'), reading('PATH')], ['sigma']);
    expect(catalog.facts.eventTable.map(({ id }) => id).toSorted()).toEqual(['PATH', 'SYSCALL']);
    expect(Array.from({ length: 5 }, (_, index) => ruleOf(catalog, index)!.events.length)).toEqual([1, 1, 1, 1, 1]);
  });
});
