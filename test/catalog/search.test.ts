import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { beginningWith, fieldsIn, valuesIn } from '../../src/catalog/completion';
import { eventFactsOf, eventRulesOf, eventsOf } from '../../src/catalog/events';
import { findValues } from '../../src/catalog/search/find-values';
import { parseQuery } from '../../src/catalog/search/query';
import { searcherOf } from '../../src/catalog/search/search';
import { similarTo } from '../../src/catalog/similar';
import { catalogIn } from '../../src/cli/catalog-folder';
import type { EventRef, Polarity, RuleOrder, Triple } from '../../src/model';
import { perVendor, inputOf, leafWith, opened, ruleWith } from './rules';

const canonical = (field: string, value: string): readonly Triple[] => [{ field, kind: 'eq', value }];
const catalog = opened(
  inputOf(
    [
      ruleWith({
        title: 'Net Use of a Share',
        techniques: ['T1049'],
        tactics: ['discovery'],
        platforms: ['windows'],
        severity: 'low',
        status: 'test',
        author: ['Ada Example'],
        path: 'rules/windows/net_use.yml',
        events: [{ provider: 'Security-Auditing', id: '4688', title: 'A new process has been created.' }],
        leaves: [
          leafWith('Image', 'ends_with', ['\\Net.exe'], 'indicator', canonical('process_name', 'net.exe')),
          leafWith('CommandLine', 'contains', ['use', 'share']),
          leafWith('ParentImage', 'ends_with', ['\\chrome.exe'], 'exclusion'),
        ],
      }),
      ruleWith({
        title: 'Telnet',
        techniques: ['T1021.004'],
        leaves: [leafWith('Image', 'ends_with', ['\\telnet.exe'], 'indicator', canonical('process_name', 'telnet.exe')), leafWith('User', 'eq', ['net.exe'])],
      }),
      ruleWith({
        title: 'Netstat on Linux',
        vendor: 'elastic',
        source: 'elastic',
        language: 'kuery',
        kind: 'building block',
        platforms: ['linux'],
        techniques: ['T1049'],
        leaves: [leafWith('process.name', 'in', ['netstat', 'ss'], 'indicator', [...canonical('process_name', 'netstat'), ...canonical('process_name', 'ss')])],
      }),
      ruleWith({
        title: 'Sessions',
        vendor: 'splunk',
        source: 'anvilogic',
        language: 'spl',
        techniques: ['T1087.001'],
        terms: [{ stage: 0, text: '"Get-NetTCPConnection"' }],
        leaves: [leafWith('EventCode', 'eq', ['4688'], 'indicator', canonical('EventID', '4688'))],
      }),
    ],
    [
      { id: 'T1049', name: 'System Network Connections Discovery', tactics: [] },
      { id: 'T1087', name: 'Account Discovery', tactics: [] },
      { id: 'T1087.001', name: 'Local Account', tactics: [] },
    ],
  ),
);
const search = searcherOf(catalog.list, catalog.facts);
const found = (query: string): string[] => Array.from(search.find(query, null), (rule) => catalog.list.titles[rule]!);

describe('search', () => {
  it('finds everything where nothing is asked, in the order of the catalog', () => {
    expect(found('')).toEqual(['Net Use of a Share', 'Telnet', 'Netstat on Linux', 'Sessions']);
    expect(found('  field: ')).toHaveLength(4);
  });

  it('ranks a whole word of the title before its beginning, its inside, and words elsewhere', () => {
    expect(found('net')).toEqual(['Net Use of a Share', 'Netstat on Linux', 'Telnet', 'Sessions']);
    expect(found('net.exe')).toEqual(['Net Use of a Share', 'Telnet']);
    expect(found('share net')).toEqual(['Net Use of a Share']);
    expect(found('ada')).toEqual(['Net Use of a Share']);
    expect(found('"use of a"')).toEqual(['Net Use of a Share']);
    expect(found('getnothing')).toEqual([]);
  });

  it.each([
    ['field:process_name', ['Net Use of a Share', 'Telnet', 'Netstat on Linux']],
    ['field:Image', ['Net Use of a Share', 'Telnet']],
    ['field:process.name', ['Netstat on Linux']],
    ['value:net.exe', ['Net Use of a Share', 'Telnet']],
    ['value:\\net.exe', ['Net Use of a Share']],
    // Both hold of one comparison, not of any two.
    ['field:process_name value:net.exe', ['Net Use of a Share']],
    ['field:User value:net.exe', ['Telnet']],
    ['field:CommandLine value:share value:use', ['Net Use of a Share']],
    ['field:process_name kind:eq value:net', ['Net Use of a Share', 'Netstat on Linux']],
    ['kind:in', ['Netstat on Linux']],
    ['kind:building', ['Netstat on Linux']],
    ['value:*net*', ['Net Use of a Share', 'Telnet', 'Netstat on Linux']],
    ['value:"net.exe"', ['Net Use of a Share', 'Telnet']],
    ['value:"net"', []],
    ['value:t*t.exe', ['Telnet']],
    ['vendor:elastic', ['Netstat on Linux']],
    ['source:anvilogic', ['Sessions']],
    ['-vendor:sigma', ['Netstat on Linux', 'Sessions']],
    ['technique:T1049', ['Net Use of a Share', 'Netstat on Linux']],
    ['technique:t1087', ['Sessions']],
    ['technique:"local account"', []],
    ['technique:local', ['Sessions']],
    ['tactic:discovery', ['Net Use of a Share']],
    ['platform:windows severity:low status:test', ['Net Use of a Share']],
    ['language:spl', ['Sessions']],
    ['excludes:chrome', ['Net Use of a Share']],
    ['excludes:ParentImage', ['Net Use of a Share']],
    ['value:chrome', []],
    ['term:get-net', ['Sessions']],
    ['event:4688', ['Net Use of a Share']],
    ['event:"Security-Auditing 4688"', ['Net Use of a Share']],
    ['author:ada path:windows', ['Net Use of a Share']],
    ['id:nothing', []],
    ['title:of', ['Net Use of a Share']],
    ['unknown:key', []],
    // As people type it elsewhere.
    ['level:low', ['Net Use of a Share']],
    ['EventID:4688', ['Net Use of a Share']],
    ['net NOT telnet', ['Net Use of a Share', 'Netstat on Linux', 'Sessions']],
    ['NOT net', []],
    ['NOT vendor:sigma', ['Netstat on Linux', 'Sessions']],
    ['NOT -vendor:sigma', ['Net Use of a Share', 'Telnet']],
    ['net AND share', ['Net Use of a Share']],
    ['process_name=net.exe', ['Net Use of a Share']],
    ['process_name=net', []],
    ['process_name=*net*', ['Net Use of a Share', 'Telnet', 'Netstat on Linux']],
    ['Image:net', ['Net Use of a Share']],
    ['User=net.exe', ['Telnet']],
    ['NOT process.name:netstat', ['Net Use of a Share', 'Telnet', 'Sessions']],
    ['tag:attack.t1049 vendor:sigma', ['Net Use of a Share']],
  ])('%s', (query, titles) => {
    expect(found(query)).toEqual(titles);
  });

  it('finds by title and metadata before the facts are there', () => {
    const early = searcherOf(catalog.list, null);
    const titles = (query: string): string[] => Array.from(early.find(query, null), (rule) => catalog.list.titles[rule]!);
    expect(titles('net')).toEqual(['Net Use of a Share', 'Netstat on Linux', 'Telnet']);
    expect(titles('technique:T1049 vendor:sigma')).toEqual(['Net Use of a Share']);
    expect(titles('value:net.exe')).toEqual([]);
  });
});

describe('a query', () => {
  it('keeps a backslash before a closing quote, and undoes an escaped one', () => {
    const valueOf = (query: string) =>
      parseQuery(query, () => false).conditions.map((condition) => (condition.kind === 'comparison' ? condition.value?.pieces : null))[0];
    expect(valueOf('value:"C:\\dir\\"')).toEqual(['c:\\dir\\']);
    expect(valueOf('value:"say \\"hi\\" now"')).toEqual(['say "hi" now']);
    expect(valueOf('value:"say ""hi"" now" x')).toEqual(['say "hi" now']);
    expect(valueOf('value:"half typed')).toEqual(['half typed']);
    expect(valueOf('value:"a*b"')).toEqual(['a*b']);
  });

  it('begins another comparison where a part comes again', () => {
    expect(parseQuery('field:a value:b field:c', () => false).conditions).toHaveLength(2);
    expect(parseQuery('field:a -value:b', () => false).conditions).toHaveLength(2);
    expect(parseQuery('value:a kind:eq field:b', () => false).conditions).toHaveLength(1);
  });

  it('takes a key it does not know for a word', () => {
    expect(parseQuery('c:\\temp', () => false).words.map((needle) => needle.pieces)).toEqual([['c:\\temp']]);
  });
});

describe('what is wrong with a search', () => {
  const remarks = (query: string) => search.remarks(query).map(({ part, instead }) => [part, instead]);

  it.each([
    // A key that does not exist, with the one that is meant where it is a slip away.
    ['techniqe:T1049 net', [['techniqe:T1049', 'technique:T1049']]],
    ['-vednor:sigma', [['-vednor:sigma', '-vendor:sigma']]],
    ['nothing:like-it', [['nothing:like-it', null]]],
    // A key with nothing behind it, unless the rest is still being typed.
    ['field: process_name', [['field: process_name', 'field:process_name']]],
    ['field: value:net.exe', [['field:', null]]],
    ['net field:', []],
    // A quote that nothing closes.
    ['net value:"a b', [['value:"a b', null]]],
    // A value that no rule has, of a key that has few.
    ['vendor:elastik', [['vendor:elastik', 'vendor:elastic']]],
    ['-severity:lo', []],
    ['-severity:lov', [['-severity:lov', '-severity:low']]],
    ['kind:"building blok"', [['kind:"building blok"', 'kind:"building block"']]],
    ['kind:startswith', [['kind:startswith', null]]],
    ['technique:T9999', [['technique:T9999', null]]],
    ['platform:amiga vendor:sigma', [['platform:amiga', null]]],
    // A minus before a plain word.
    ['rundll32 -javascript', [['-javascript', 'NOT javascript']]],
    // What is as it should be.
    ['net "use of" c:\\temp http://x.example reg:\\\\hive -enc', []],
    ['field:process_name value:"net.exe" kind:starts_with vendor:sigma technique:T1049 platform:win*', []],
    ['value:nobody-has-this title:nothing author:nobody', []],
  ])('%s', (query, expected) => {
    expect(remarks(query)).toEqual(expected);
  });

  it('names the values there are', () => {
    expect(search.remarks('vendor:qradar')[0]?.says).toContain('sigma, elastic, splunk');
    expect(search.remarks('kind:startswith')[0]?.says).toContain('detection, building block');
  });

  it('suggests only what asks something of rules, in place of what asks nothing', () => {
    for (const query of ['techniqe:T1049', 'vendor:elastik', 'field: process_name', 'kind:"building blok"'])
      for (const { part, instead } of search.remarks(query)) expect(search.remarks(query.replace(part, instead!))).toEqual([]);
  });
});

describe('similar rules', () => {
  it('share triples with the draft, rare ones first, and say how many of how many', () => {
    const triples: (Triple & { polarity: Polarity })[] = [
      { field: 'process_name', kind: 'eq', value: 'net.exe', polarity: 'indicator' },
      { field: 'CommandLine', kind: 'contains', value: 'use', polarity: 'indicator' },
      { field: 'EventID', kind: 'eq', value: '4688', polarity: 'context' },
    ];
    expect(similarTo(catalog, triples, 9).map(({ title, shared, of }) => [title, shared, of])).toEqual([['Net Use of a Share', 2, 4]]);
    expect(similarTo(catalog, [], 9)).toEqual([]);
  });
});

describe('completion from the corpus', () => {
  const anywhere = { logsource: '', scopes: [] };

  it('gives fields as the taxonomy writes them, the most used first, by the rules of the whole corpus', () => {
    expect(fieldsIn(catalog, 'sigma', anywhere).slice(0, 3)).toEqual([
      { text: 'Image', rules: 3 },
      { text: 'CommandLine', rules: 1 },
      { text: 'EventID', rules: 1 },
    ]);
    expect(beginningWith(fieldsIn(catalog, 'ecs', anywhere), 'name', 9).map(({ text }) => text)).toContain('process.name');
    expect(fieldsIn(catalog, 'ecs', anywhere).map(({ text }) => text)).not.toContain('Image');
  });

  it('gives only the fields of one source where enough rules read it', () => {
    const rules = Array.from({ length: 6 }, (_, at) =>
      ruleWith({ title: `Rule ${at}`, logsource: 'product windows, category registry_set', leaves: [leafWith('TargetObject', 'contains', [`v${at}`])] }),
    );
    const other = ruleWith({ title: 'Other', logsource: 'category proxy', leaves: [leafWith('c-uri', 'contains', ['x'])] });
    const both = opened(inputOf([...rules, other], []));
    expect(fieldsIn(both, 'sigma', { logsource: 'product windows, category registry_set', scopes: [] }).map(({ text }) => text)).toEqual(['TargetObject']);
    expect(fieldsIn(both, 'sigma', { logsource: 'category proxy', scopes: [] }).map(({ text }) => text)).toContain('TargetObject');
  });

  it('leaves out what few rules of a source compare, and what few of a field’s rules call it', () => {
    const logsource = 'product windows, category process_creation';
    const rule = (at: number, field: string, canonicalField: string) =>
      ruleWith({ title: `Rule ${at}`, logsource, leaves: [leafWith(field, 'eq', ['a.exe'], 'indicator', canonical(canonicalField, 'a.exe'))] });
    const rules = [
      ...Array.from({ length: 20 }, (_, at) => rule(at, 'Image', 'process_name')),
      rule(20, 'NewProcessName', 'process_name'),
      rule(21, 'ParentImage', 'parent_process_name'),
    ];
    expect(fieldsIn(opened(inputOf(rules, [])), 'sigma', { logsource, scopes: [] }).map(({ text }) => text)).toEqual(['Image', 'ParentImage']);
    const many = [...Array.from({ length: 510 }, (_, at) => rule(at, 'Image', 'process_name')), rule(510, 'TargetObject', 'TargetObject')];
    expect(fieldsIn(opened(inputOf(many, [])), 'sigma', { logsource, scopes: [] }).map(({ text }) => text)).toEqual(['Image']);
  });

  it("gives values as the taxonomy's own rules write them, then others' canonical ones, each with the rules that look for it", () => {
    expect(valuesIn(catalog, 'sigma', [], 'Image')).toEqual([
      { text: '\\Net.exe', rules: 1 },
      { text: '\\telnet.exe', rules: 1 },
    ]);
    expect(valuesIn(catalog, 'sigma', [], 'ParentImage')).toEqual([{ text: '\\chrome.exe', rules: 0 }]);
    expect(valuesIn(catalog, 'sigma', [], 'EventID')).toEqual([{ text: '4688', rules: 1 }]);
    expect(beginningWith(valuesIn(catalog, 'sigma', [], 'Image'), 'NET', 9)).toEqual([{ text: '\\Net.exe', rules: 1 }]);
    expect(valuesIn(catalog, 'ecs', [], 'no.such.field')).toEqual([]);
  });
});

describe('the table of rules', () => {
  it('stands in the order asked, equal ones by title, those without a value last', () => {
    const titles = (order: RuleOrder): string[] => Array.from(search.find('', order), (rule) => catalog.list.titles[rule]!);
    expect(titles({ by: 'title', descending: false })).toEqual(['Net Use of a Share', 'Netstat on Linux', 'Sessions', 'Telnet']);
    expect(titles({ by: 'title', descending: true })).toEqual(['Telnet', 'Sessions', 'Netstat on Linux', 'Net Use of a Share']);
    expect(titles({ by: 'vendor', descending: true })).toEqual(['Sessions', 'Netstat on Linux', 'Net Use of a Share', 'Telnet']);
    expect(titles({ by: 'technique', descending: false })).toEqual(['Telnet', 'Net Use of a Share', 'Netstat on Linux', 'Sessions']);
    expect(titles({ by: 'severity', descending: false })[0]).toBe('Net Use of a Share');
    expect(titles({ by: 'severity', descending: true })[0]).toBe('Net Use of a Share');
  });

  it('counts facets, each without its own conditions', () => {
    const facets = search.facets('vendor:sigma net');
    expect(facets.vendor).toEqual([
      ['sigma', 2],
      ['elastic', 1],
      ['splunk', 1],
    ]);
    expect(facets.platform).toEqual([['windows', 1]]);
    expect(facets.tactic).toEqual([['discovery', 1]]);
    expect(search.facets('').kind).toEqual([
      ['detection', 3],
      ['building block', 1],
    ]);
    expect(search.facets('').severity).toEqual([['low', 1]]);
  });

  it('finds values, those that begin with the text first', () => {
    const found = (text: string): string[] => findValues(catalog, search.texts, text, 9).map(({ field, value, total }) => `${field} ${value} ${total}`);
    expect(found('NET')).toEqual(['User net.exe 1', 'process_name net.exe 1', 'process_name netstat 1', 'process_name telnet.exe 1']);
    expect(found('event')).toEqual(['EventID 4688 1']);
    expect(found('  ')).toEqual([]);
  });
});

describe('events', () => {
  const rules = eventRulesOf(catalog);

  it('are listed with the rules that cover them', () => {
    expect(eventsOf(catalog, rules)).toEqual({
      events: [
        { provider: 'Security-Auditing', id: '4688', title: 'A new process has been created.', rules: 1, perVendor: perVendor({ sigma: 1 }), techniques: 1 },
      ],
      providers: [{ name: 'Security-Auditing', platform: 'windows', channel: 'Security', events: 1, rules: 1, perVendor: perVendor({ sigma: 1 }) }],
    });
  });

  it('come from providers, each rule counted once, where they are known to be or most of their rules are', () => {
    const read = (provider: string, ...ids: string[]) => ids.map((id) => ({ provider, id, title: '' }));
    const made = opened(
      inputOf([
        ruleWith({ id: '1', platforms: ['linux'], events: [...read('Unheard', 'a', 'b'), ...read('CrowdStrike', 'x')] }),
        ruleWith({ id: '2', platforms: ['linux'], events: [...read('Unheard', 'a'), ...read('Mixed', 'm')] }),
        ruleWith({ id: '3', platforms: ['aws'], events: read('Mixed', 'm') }),
      ]),
    );
    expect(eventsOf(made, eventRulesOf(made)).providers.map(({ name, platform, events, rules: count }) => [name, platform, events, count])).toEqual([
      ['Mixed', null, 1, 2],
      ['Unheard', 'linux', 2, 2],
      ['CrowdStrike', null, 1, 1],
    ]);
  });

  it('have fields with their commonest values, techniques, patterns and rules', () => {
    const event = eventFactsOf(catalog, rules, 'Security-Auditing', '4688')!;
    expect(event).toMatchObject({ channel: 'Security', taggedWith: [['T1049', 1]], patterns: [] });
    expect(event.fields).toEqual([
      {
        field: 'CommandLine',
        rules: 1,
        values: [
          { kind: 'contains', value: 'share', rules: 1 },
          { kind: 'contains', value: 'use', rules: 1 },
        ],
      },
      { field: 'process_name', rules: 1, values: [{ kind: 'eq', value: 'net.exe', rules: 1 }] },
    ]);
    expect(event.rows.map(({ title }) => title)).toEqual(['Net Use of a Share']);
    expect(eventFactsOf(catalog, rules, 'Security-Auditing', '1')).toBeNull();
    // One that no rule reads has its name all the same.
    expect(eventFactsOf(catalog, rules, 'Security-Auditing', '4624')).toMatchObject({
      title: expect.stringMatching(/logged on/),
      rules: 0,
      fields: [],
      rows: [],
    });
  });

  it('stand together in patterns where rules ask for several', () => {
    const [one, two, three] = ['1', '2', '3'].map((id) => ({ provider: 'P', id, title: '' })) as [EventRef, EventRef, EventRef];
    const several = opened(
      inputOf([
        ruleWith({ title: 'a', events: [one, two] }),
        ruleWith({ title: 'b', events: [two, one] }),
        ruleWith({ title: 'c', events: [one, two, three] }),
        ruleWith({ title: 'd', events: [one] }),
      ]),
    );
    expect(eventFactsOf(several, eventRulesOf(several), 'P', '1')!.patterns).toEqual([
      { events: [one, two], rules: 2 },
      { events: [one, two, three], rules: 1 },
    ]);
  });
});

describe('a word that is typed letter by letter', () => {
  it('finds what it finds at once', async () => {
    const { list, facts } = await catalogIn(join(import.meta.dirname, '..', '..', 'public', 'catalog'));
    const typed = searcherOf(list, facts);
    for (const word of ['mimikatz', 'whoami /priv', 'value:net.exe']) {
      for (let length = 1; length <= word.length; length++) {
        const query = word.slice(0, length);
        expect(Array.from(typed.find(query, null)), query).toEqual(Array.from(searcherOf(list, facts).find(query, null)));
      }
    }
  }, 120_000);
});
