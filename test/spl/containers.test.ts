import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../src/formats/detect';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Opened } from '../../src/model';
import { walkTests } from '../../src/syntax/walk';
import { readTest } from '../support/read-test';

const context = { languages: LANGUAGES };
const sample = (name: string): string => readFileSync(join(import.meta.dirname, '../../src/languages/spl', name), 'utf8');
const open = (format: string, text: string): Opened => FORMATS.get(format)!.open(text, context);

/** Applies edits, which all speak of the text before any of them. */
const edited = (text: string, edits: readonly { span: { start: number; end: number }; text: string }[]): string =>
  [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((whole, edit) => whole.slice(0, edit.span.start) + edit.text + whole.slice(edit.span.end), text);

const escu = (search: string): string =>
  `name: A Rule\nid: 0a1b2c3d-0000-4000-8000-000000000001\ntype: TTP\nstatus: production\ndate: '2026-01-02'\nauthor: Ann, Bob\ndata_source:\n- Sysmon EventID 1\nsearch: ${search}\ntags:\n  asset_type: Endpoint\n  risk_score: 64\n  mitre_attack_id:\n  - T1049\n  security_domain: endpoint\n`;

describe('ESCU', () => {
  it('reads what stands around the search', () => {
    const { meta } = open('splunk', sample('sample-tstats-over-endpoint.yml')).rules[0]!;
    expect(meta).toMatchObject({
      title: 'Windows Network Shares Listed From A Script Host',
      status: 'experimental',
      kind: 'detection',
      severity: 'low',
      modified: '2026-08-14',
      techniques: ['T1049', 'T1135'],
      tactics: ['discovery'],
      platforms: ['windows'],
      domains: ['endpoint'],
      logsource: 'Sysmon EventID 1, Windows Event Log Security 4688',
      providers: ['Sysmon', 'Security-Auditing'],
    });
    expect(meta.events.map(({ provider, id }) => `${provider} ${id}`)).toEqual(['Sysmon 1', 'Security-Auditing 4688']);
    expect(Object.keys(meta.places)).toContain('query');
  });

  it('reads the layout of 2026, whose keys stand at the top', () => {
    const text =
      'name: A Rule\nid: x\ntype: TTP\nsearch: index=a user=root\nmitre_attack_id:\n- T1049\nanalytic_story:\n- A Story\nasset_type: Endpoint\nsecurity_domain: endpoint\n';
    expect(FORMATS.get('splunk')!.detect(text, 'a.yml')).toBeGreaterThan(0.9);
    expect(open('splunk', text).rules[0]!.meta).toMatchObject({ techniques: ['T1049'], tactics: ['discovery'], tags: ['A Story'], domains: ['endpoint'] });
  });

  const forms: readonly (readonly [string, string])[] = [
    ['plain', 'index=a user="root" | stats count by host'],
    ['single quotes', "'index=a user=\"root\" path=''x y'' | stats\n  count by host'"],
    ['double quotes', String.raw`"index=a user=\"root\" | stats count by host"`],
    ['literal block', '|\n  index=a user="root"\n  | stats count by host'],
    ['folded block', '>-\n  index=a user="root"\n  | stats count by host'],
  ];
  for (const [name, search] of forms)
    it(`maps the places of a search in a ${name} scalar`, () => {
      const text = escu(search);
      const { rules, tokens } = open('splunk', text);
      const { analysis, meta } = rules[0]!;
      expect(analysis.stages.map((stage) => stage.kind)).toEqual(['search', 'stats']);
      const places: string[] = [];
      walkTests(analysis.predicate, (test) => {
        const { field, values } = readTest(test);
        if (field === null) return;
        places.push(text.slice(field.span.start, field!.span.end), ...values.map(({ span }) => text.slice(span.start, span.end).replace(/\\"/g, '"')));
      });
      expect(places.slice(0, 4)).toEqual(['index', 'a', 'user', '"root"']);
      expect(meta).toMatchObject({ severity: 'high', author: ['Ann', 'Bob'], status: 'production' });
      for (let at = 1; at < tokens.length; at++) expect(tokens[at]!.start).toBeGreaterThanOrEqual(tokens[at - 1]!.end);
      const edits = FORMATS.get('splunk')!.add(text, 0, { polarity: 'indicator', field: 'user', op: 'eq', value: 'ad"min' }, context)!;
      const again = open('splunk', edited(text, edits));
      const values: string[] = [];
      walkTests(again.rules[0]!.analysis.predicate, (test) => values.push(...readTest(test).values.map((value) => value.text)));
      expect(values).toContain('ad"min');
    });

  it('reads a quoted search whose lines are not indented, and says so', () => {
    const text = escu("'index=a\n| where b=2\n| table c'");
    const { rules, diagnostics } = open('splunk', text);
    expect(rules[0]!.analysis.stages.map((stage) => stage.kind)).toEqual(['search', 'where', 'table']);
    expect(rules[0]!.meta.techniques).toEqual(['T1049']);
    expect(diagnostics.map(({ code }) => code)).toEqual(['yaml/unindented', 'yaml/unindented']);
    expect(
      open(
        'splunk',
        edited(
          text,
          diagnostics.flatMap(({ fix }) => fix!.edits),
        ),
      ).diagnostics,
    ).toEqual([]);
  });

  it('asks the language inside the search, and helps with keys outside it', () => {
    const format = FORMATS.get('splunk')!;
    const text = escu("'index=a | st'");
    const at = text.indexOf("st'") + 2;
    expect(format.suggest(text, at, context).items.map(({ label }) => label)).toContain('stats');
    expect(format.hover(text, text.indexOf('stat') + 1, context)?.text).toMatch(/ready to be used/);
    expect(format.suggest(`${text}k`, text.length + 1, context).items.map(({ label }) => label)).toContain('known_false_positives');
  });
});

describe('Anvilogic', () => {
  it('titles the rule with its data and reads its tactics', () => {
    const { meta } = open('anvilogic', sample('sample-netstat-burst.yml')).rules[0]!;
    expect(meta).toMatchObject({
      title: 'Burst of Connection Listings (Windows Event Log)',
      tactics: ['discovery'],
      techniques: ['T1049'],
      platforms: ['windows'],
    });
  });

  it('takes what only the path knows', () => {
    const rule = open('anvilogic', sample('sample-netstat-burst.yml')).rules[0]!;
    const { atPath } = FORMATS.get('anvilogic')!;
    expect(atPath!(rule, 'x/y.yml')).toEqual(rule);
    const moved = atPath!(rule, 'detections/network/burst/burst-splunk-sysmon.yml');
    expect(moved.meta).toMatchObject({ title: 'Burst of Connection Listings (Sysmon)', providers: ['Sysmon'], domains: ['network'] });
    expect(atPath!(rule, 'burst-splunk-sysmon.yml').meta).toMatchObject({ title: 'Burst of Connection Listings (Sysmon)', domains: rule.meta.domains });
    expect(atPath!(rule, 'detections/web/a/a-splunk-odd.yml').meta.title).toBe(rule.meta.title);
    expect(FORMATS.get('anvilogic')!.fileName(rule)).toBe('burst_of_connection_listings-splunk-winevent.yml');
  });

  it('leaves a logic in another language alone and says why', () => {
    const opened = open('anvilogic', 'title: A\nlogic_format: Snowflake\nlogic: SELECT 1\n');
    expect(opened.rules).toEqual([]);
    expect(opened.diagnostics.map(({ code }) => code)).toEqual(['anvilogic/other-language']);
  });
});

describe('savedsearches.conf', () => {
  const text = [
    '# saved',
    '[Net Use Burst]',
    'search = index=a user="root" \\',
    '| stats count by host \\',
    '| where count > 3',
    'dispatch.earliest_time = -60m@m',
    'cron_schedule = */5 * * * *',
    'alert.severity = 5',
    'disabled = 0',
    'action.correlationsearch.annotations = {"mitre_attack": ["T1049"]}',
    '',
    '[Other]',
    'search = b=2',
    '',
  ].join('\n');

  it('reads each stanza with its times and places', () => {
    const { rules } = open('savedsearches', text);
    expect(rules.map((rule) => [rule.meta.title, rule.analysis.stages.map((stage) => stage.kind).join()])).toEqual([
      ['Net Use Burst', 'search,stats,where'],
      ['Other', 'search'],
    ]);
    const [first] = rules;
    expect(first!.meta).toMatchObject({ severity: 'high', status: 'enabled', techniques: ['T1049'], tactics: ['discovery'] });
    expect(first!.meta.times.map(({ kind, text: bound }) => `${kind} ${bound}`)).toEqual(['look-back 60m', 'schedule */5 * * * *']);
    const where = first!.analysis.stages[2]!;
    expect(text.slice(where.span.start, where.span.end)).toBe('| where count > 3');
  });

  it('says where a value was not continued', () => {
    const broken = '[A]\nsearch = index=a\n| stats count by host\ndisabled = 0\n';
    const { rules, diagnostics } = open('savedsearches', broken);
    expect(rules[0]!.analysis.stages).toHaveLength(1);
    expect(diagnostics.map(({ code, span }) => `${code} ${broken.slice(span.start, span.end)}`)).toEqual(['savedsearches/no-setting | stats count by host']);
  });
});

describe('detection from the text alone', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['splunk', sample('sample-tstats-over-endpoint.yml')],
    ['anvilogic', sample('sample-netstat-burst.yml')],
    ['spl', sample('sample.spl')],
    ['spl', 'index=main EventCode=4688 | stats count by host'],
    ['spl', '`sysmon` EventID=1 "net.exe"'],
    ['spl', '| from datamodel:"Authentication"'],
    ['savedsearches', '[A search]\nsearch = index=a | stats count\n'],
    ['sigma', 'title: A\nlogsource:\n  product: windows\ndetection:\n  a:\n    b: c\n  condition: a\n'],
  ];
  for (const [id, text] of cases) it(`${id}: ${text.slice(0, 30).replace(/\n/g, ' ')}`, () => expect(detectFormat(text).id).toBe(id));
});
