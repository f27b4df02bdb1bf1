import { describe, expect, it } from 'vitest';
import { companionsOf } from '../../src/catalog/companions';
import { guideOf } from '../../src/catalog/guide';
import { reachesOf, rulesOfTriple } from '../../src/catalog/reach';
import { techniquesOf } from '../../src/catalog/techniques';
import type { Guide, GuideFilters, GuidePlace } from '../../src/model';
import { perVendor, inputOf, leafWith, opened, ruleWith } from './rules';

const ALL: GuideFilters = { platforms: [], domains: [], vendors: [], subTechniques: true, unsettled: true };

const netConnections = { techniques: ['T1049'], tactics: ['discovery'] };
const catalog = opened(
  inputOf(
    [
      ruleWith({
        title: 'Net use',
        ...netConnections,
        platforms: ['windows'],
        domains: ['endpoint'],
        events: [
          { provider: 'Sysmon', id: '1', title: 'Process creation' },
          { provider: 'Security-Auditing', id: '4688', title: 'A new process has been created.' },
        ],
        leaves: [
          // The same value twice, and by two operators: one rule.
          leafWith('Image', 'ends_with', ['\\net.exe', '\\NET1.exe'], 'indicator', [
            { field: 'process_name', kind: 'eq', value: 'net.exe' },
            { field: 'process_name', kind: 'eq', value: 'net1.exe' },
          ]),
          leafWith('process_name', 'eq', ['net.exe']),
          leafWith('CommandLine', 'contains', ['d', 'c', 'b', 'a']),
          leafWith('ParentImage', 'starts_with', ['/opt/'], 'exclusion'),
        ],
      }),
      ruleWith({
        title: 'a lower title first',
        ...netConnections,
        platforms: ['linux', 'windows'],
        leaves: [leafWith('process_name', 'eq', ['net.exe', 'ss']), leafWith('CommandLine', 'contains', ['a']), leafWith('User', 'is_not_null', [])],
      }),
      ruleWith({
        title: 'Elastic one',
        vendor: 'elastic',
        source: 'elastic',
        language: 'kuery',
        ...netConnections,
        domains: ['endpoint'],
        leaves: [
          leafWith('process_name', 'in', ['ss', 'NETSTAT'], 'indicator', [
            { field: 'process_name', kind: 'eq', value: 'ss' },
            { field: 'process_name', kind: 'eq', value: 'netstat' },
          ]),
          leafWith('host.os.type', 'eq', ['linux'], 'context'),
          leafWith('count', 'gt', ['3'], 'threshold'),
          leafWith('ParentImage', 'starts_with', ['/opt/'], 'exclusion'),
          leafWith('CommandLine', 'match', ['x'], 'exclusion'),
          leafWith('Zone', 'eq', ['q'], 'conditional'),
          leafWith('Gone', 'eq', ['q'], 'absent'),
        ],
      }),
      ruleWith({ title: 'Elsewhere', techniques: ['T1000'], leaves: [leafWith('process_name', 'eq', ['ss'])] }),
      ruleWith({ title: 'A forwarded alert', techniques: ['T1049'], kind: 'alert feed', leaves: [leafWith('process_name', 'eq', ['ss'])] }),
      ruleWith({ title: 'A hunt', vendor: 'elastic', source: 'elastic', techniques: ['T1049'], kind: 'hunting query' }),
    ],
    [{ id: 'T1049', name: 'System Network Connections Discovery', tactics: ['discovery'] }],
  ),
);

const guide = (filters: Partial<GuideFilters> = {}): Guide => guideOf(catalog, 't1049', { ...ALL, ...filters }, null)!;

describe('rules that should not be relied on', () => {
  const states = opened(
    inputOf(
      ['stable', 'experimental', 'deprecated', 'Experimental', 'test', ''].map((status, at) =>
        ruleWith({ title: `${at}`, status: status.toLowerCase(), techniques: ['T1049'], leaves: [leafWith('process_name', 'eq', ['ss'])] }),
      ),
    ),
  );

  it('are left out where they are not asked for, and told by their number', () => {
    expect(guideOf(states, 'T1049', { ...ALL, unsettled: false }, null)).toMatchObject({ shown: 3, total: 6, unsettled: 3 });
    expect(guideOf(states, 'T1049', ALL, null)).toMatchObject({ shown: 6, total: 6, unsettled: 3 });
  });

  it('count in the reach of a value all the same', () => {
    expect(guideOf(states, 'T1049', { ...ALL, unsettled: false }, null)!.values[0]).toMatchObject({ rules: 3, reach: 6 });
  });
});

describe('rules that are only listed', () => {
  it('stand in no guide and no reach, but in the list', () => {
    const listing = opened(
      inputOf([
        ruleWith({ title: 'Whole', techniques: ['T1049'], leaves: [leafWith('process_name', 'eq', ['ss'])] }),
        ruleWith({ title: 'Listed', vendor: 'kusto', source: 'sentinel-facts', kind: 'no query text', techniques: ['T1049'] }),
      ]),
    );
    expect(listing.about).toMatchObject({ rules: 1, listed: 1, perVendor: [1, 0, 0, 0] });
    expect(guideOf(listing, 'T1049', ALL, null)).toMatchObject({ total: 1, perVendor: [1, 0, 0, 0] });
    expect(listing.list.titles).toEqual(['Whole', 'Listed']);
  });
});

describe('the guide of a technique', () => {
  it('counts rules, by vendor, and lists them by vendor and title', () => {
    expect(guide()).toMatchObject({
      technique: { id: 'T1049', name: 'System Network Connections Discovery', tactics: ['discovery'], known: true },
      shown: 3,
      total: 3,
      own: 3,
    });
    expect(guide().perVendor).toEqual(perVendor({ sigma: 2, elastic: 1 }));
    expect(guide().rules.map((rule) => rule.title)).toEqual(['a lower title first', 'Net use', 'Elastic one']);
  });

  it('counts a field once a rule, with kinds as written by number then name, and first values', () => {
    expect(guide().fields).toEqual([
      {
        field: 'process_name',
        rules: 3,
        how: [
          ['eq', 2],
          ['ends_with', 1],
          ['in', 1],
        ],
        samples: ['net.exe', 'ss', 'net1.exe', 'netstat'],
        mark: null,
      },
      // Of a, b, c and d the first three are samples of their rule.
      { field: 'CommandLine', rules: 2, how: [['contains', 2]], samples: ['a', 'b', 'c'], mark: null },
      { field: 'User', rules: 1, how: [['is_not_null', 1]], samples: [], mark: null },
      { field: 'count', rules: 1, how: [['gt', 1]], samples: ['3'], mark: null },
      { field: 'host.os.type', rules: 1, how: [['eq', 1]], samples: [], mark: null },
    ]);
  });

  it('lists values by field, the field with the best count first, with their reach in the whole catalog', () => {
    expect(guide().values.map(({ field, kind, value, rules, reach }) => `${field} ${kind} ${value} ${rules}/${reach}`)).toEqual([
      'CommandLine contains a 2/2',
      'CommandLine contains b 1/1',
      'CommandLine contains c 1/1',
      'CommandLine contains d 1/1',
      'process_name eq net.exe 2/2',
      'process_name eq ss 2/3',
      'process_name eq net1.exe 1/1',
      'process_name eq netstat 1/1',
      'User is_not_null  1/1',
    ]);
    expect(guide().values[5]).toMatchObject({ reachPerVendor: perVendor({ sigma: 2, elastic: 1 }) });
  });

  it('lists exclusions by count, then field; thresholds; nothing conditional or absent', () => {
    expect(guide().exclusions.map(({ field, kind, value, rules, reach }) => `${field} ${kind} ${value} ${rules}/${reach}`)).toEqual([
      'ParentImage starts_with /opt/ 2/2',
      'CommandLine match x 1/1',
    ]);
    expect(guide().thresholds).toEqual([{ field: 'count', kind: 'gt', value: '3', rules: 1 }]);
  });

  it('lists events by count, then provider', () => {
    expect(guide().events.map(({ provider, id, rules }) => `${provider} ${id} ${rules}`)).toEqual(['Security-Auditing 4688 1', 'Sysmon 1 1']);
  });

  it('recomputes everything under filters, but not the total', () => {
    expect(guide({ platforms: ['linux'] })).toMatchObject({ shown: 1, total: 3, perVendor: perVendor({ sigma: 1 }) });
    expect(guide({ vendors: ['elastic'] }).fields.map(({ field, rules }) => [field, rules])).toEqual([
      ['count', 1],
      ['host.os.type', 1],
      ['process_name', 1],
    ]);
    expect(guide({ vendors: ['elastic'] }).values.map(({ value, rules, reach }) => [value, rules, reach])).toEqual([
      ['netstat', 1, 1],
      ['ss', 1, 3],
    ]);
    expect(guide({ domains: ['endpoint'], vendors: ['sigma'] }).rules.map((rule) => rule.title)).toEqual(['Net use']);
    expect(guide({ platforms: ['aws'] })).toMatchObject({ shown: 0, fields: [], values: [], exclusions: [], rules: [] });
  });

  it('says what the filters can be set to, each under the others', () => {
    expect(guide().platforms).toEqual([
      ['windows', 2],
      ['linux', 1],
    ]);
    expect(guide({ platforms: ['linux'] }).platforms).toEqual([
      ['windows', 2],
      ['linux', 1],
    ]);
    expect(guide({ platforms: ['linux'] }).domains).toEqual([]);
  });

  it('marks its rows against a draft', () => {
    const marked = guideOf(catalog, 'T1049', ALL, {
      taxonomy: 'sigma',
      scopes: ['process_creation'],
      meaning: null,
      platforms: [],
      events: [],
      groupBy: [],
      triples: [{ field: 'process_name', kind: 'eq', value: 'ss', polarity: 'indicator' }],
    })!;
    const markOf = (value: string): string | null => marked.values.find((row) => row.value === value)!.mark;
    expect([markOf('ss'), markOf('net.exe'), markOf('a')]).toEqual(['has', 'missing', 'missing']);
    expect(marked.fields.find((row) => row.field === 'host.os.type')?.mark).toBe('does-not-apply');
    expect(marked.exclusions[0]?.mark).toBe('missing');
  });

  it('cuts a sample at 57 characters and three dots', () => {
    const long = 'x'.repeat(80);
    const one = opened(inputOf([ruleWith({ techniques: ['T1049'], leaves: [leafWith('a', 'eq', [long])] })]));
    expect(guideOf(one, 'T1049', ALL, null)?.fields[0]?.samples).toEqual([`${'x'.repeat(57)}...`]);
    expect(guideOf(one, 'T1049', ALL, null)?.values[0]?.value).toBe(long);
  });
});

const HERE: GuidePlace = { technique: 'T1049', filters: ALL };

describe('reach', () => {
  it('counts rules, never values, in all, per vendor, and here', () => {
    const triple = { field: 'process_name', kind: 'eq', value: 'ss' } as const;
    const none = { total: 0, perVendor: perVendor({}), here: 0 };
    expect(reachesOf(catalog, [triple, { ...triple, value: 'none' }, { ...triple, field: 'none' }], HERE)).toEqual([
      { total: 3, perVendor: perVendor({ sigma: 2, elastic: 1 }), here: 2, excluding: none },
      { ...none, excluding: none },
      { ...none, excluding: none },
    ]);
  });

  it('counts the rules that exclude it apart', () => {
    expect(reachesOf(catalog, [{ field: 'ParentImage', kind: 'starts_with', value: '/opt/' }], HERE)).toMatchObject([
      { total: 0, here: 0, excluding: { total: 2, perVendor: perVendor({ sigma: 1, elastic: 1 }), here: 2 } },
    ]);
  });

  it('leads to the rules, by polarity', () => {
    const titles = (field: string, kind: 'eq' | 'starts_with', value: string, polarity: 'indicator' | 'exclusion' | 'conditional', under: GuidePlace | null) =>
      rulesOfTriple(catalog, { field, kind, value }, polarity, under).map((rule) => rule.title);
    expect(titles('process_name', 'eq', 'ss', 'indicator', HERE)).toEqual(['a lower title first', 'Elastic one']);
    expect(titles('process_name', 'eq', 'ss', 'indicator', null)).toHaveLength(3);
    expect(titles('ParentImage', 'starts_with', '/opt/', 'exclusion', null)).toEqual(['Net use', 'Elastic one']);
    expect(titles('ParentImage', 'starts_with', '/opt/', 'indicator', null)).toEqual([]);
    expect(titles('Zone', 'eq', 'q', 'conditional', null)).toEqual(['Elastic one']);
  });
});

describe('what is excluded in the same rules', () => {
  const together = (leaf: ReturnType<typeof leafWith>) => ({ ...leaf, composite: 0 });
  const known = opened(
    inputOf([
      ruleWith({ title: 'a', techniques: ['T1049'], leaves: [leafWith('User', 'eq', ['x', 'y'], 'exclusion'), leafWith('Image', 'eq', ['z'], 'exclusion')] }),
      ruleWith({
        title: 'b',
        techniques: ['T1049'],
        leaves: [together(leafWith('User', 'eq', ['x'], 'exclusion')), together(leafWith('Image', 'eq', ['z'], 'exclusion')), leafWith('Image', 'eq', ['w'])],
      }),
      ruleWith({ title: 'c', techniques: ['T1000'], leaves: [leafWith('User', 'eq', ['x'], 'exclusion'), leafWith('Zone', 'eq', ['q'], 'exclusion')] }),
    ]),
  );
  const USER = { field: 'User', kind: 'eq', value: 'x' } as const;

  it('is counted by rules, and by those that exclude only both together', () => {
    expect(companionsOf(known, USER, HERE, 9)).toEqual([
      { field: 'Image', kind: 'eq', value: 'z', rules: 2, joined: 1 },
      { field: 'User', kind: 'eq', value: 'y', rules: 1, joined: 0 },
    ]);
    expect(companionsOf(known, USER, null, 9)).toHaveLength(3);
    expect(companionsOf(known, USER, null, 1)).toHaveLength(1);
    expect(companionsOf(known, { ...USER, value: 'nobody' }, null, 9)).toEqual([]);
  });
});

describe('techniques', () => {
  const tagged = (title: string, ...techniques: string[]) => ruleWith({ title, techniques });
  const families = opened(
    inputOf(
      [
        tagged('parent', 'T1087'),
        tagged('local', 'T1087.001'),
        tagged('both', 'T1087', 'T1087.002'),
        tagged('old parent', 'T1562'),
        tagged('old tools', 'T1562.001'),
        tagged('old firewall', 'T1562.004'),
        tagged('new tools', 'T1685'),
        tagged('new event log', 'T1685.001'),
        tagged('unknown', 'T9999.001'),
      ],
      [
        { id: 'T1087', name: 'Account Discovery', tactics: ['discovery'] },
        { id: 'T1087.001', name: 'Local Account', tactics: ['discovery'] },
        { id: 'T1087.002', name: 'Domain Account', tactics: ['discovery'] },
        { id: 'T1562', name: 'Impair Defenses', tactics: ['defense-evasion'] },
        { id: 'T1562.001', name: 'Disable or Modify Tools', tactics: ['defense-evasion'] },
        { id: 'T1562.004', name: 'Disable or Modify System Firewall', tactics: ['defense-evasion'] },
      ],
    ),
  );
  const rulesOf = (id: string, subTechniques = true): string[] => guideOf(families, id, { ...ALL, subTechniques }, null)!.rules.map((rule) => rule.title);

  it('take the rules of their sub-techniques by a switch, and state both counts', () => {
    expect(guideOf(families, 'T1087', ALL, null)).toMatchObject({ total: 3, own: 2 });
    expect(guideOf(families, 'T1087', { ...ALL, subTechniques: false }, null)).toMatchObject({ total: 2, own: 2 });
    expect(rulesOf('T1087.001')).toEqual(['local']);
  });

  it('count both generations of one behaviour together, and say so', () => {
    expect(rulesOf('T1562.001')).toEqual(['new tools', 'old tools']);
    expect(rulesOf('T1685', false)).toEqual(['new tools', 'old parent', 'old tools']);
    expect(rulesOf('T1685')).toEqual(['new event log', 'new tools', 'old parent', 'old tools']);
    expect(rulesOf('T1562')).toEqual(['new event log', 'new tools', 'old firewall', 'old parent', 'old tools']);
    expect(guideOf(families, 'T1562.001', ALL, null)?.technique.other).toBe('T1685');
    expect(guideOf(families, 'T1685', ALL, null)?.technique).toMatchObject({
      name: 'Disable or Modify Tools',
      tactics: ['defense-impairment'],
      today: ['defense-impairment'],
      known: true,
    });
    expect(guideOf(families, 'T1562.001', ALL, null)?.technique.today).toEqual([]);
  });

  it('keep an ID that is newer than the bundled ATT&CK, and mark it', () => {
    expect(guideOf(families, 'T9999.001', ALL, null)?.technique).toEqual({ id: 'T9999.001', name: '', tactics: [], other: '', today: [], known: false });
    expect(guideOf(families, 'T9998', ALL, null)).toBeNull();
    expect(guideOf(families, 'nonsense', ALL, null)).toBeNull();
  });

  it('are listed with the rules a guide would count', () => {
    const listed = techniquesOf(families.list);
    expect(listed.find(({ id }) => id === 'T1087')).toMatchObject({ rules: 3, own: 2, perVendor: perVendor({ sigma: 3 }) });
    const ids = listed.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    expect(listed.some(({ id }) => id === 'T9999.001')).toBe(true);
  });
});
