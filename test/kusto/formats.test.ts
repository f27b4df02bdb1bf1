import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { detectFormat } from '../../src/formats/detect';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Opened } from '../../src/model';

const context = { languages: LANGUAGES };
const open = (format: string, text: string): Opened => FORMATS.get(format)!.open(text, context);
const codesOf = ({ diagnostics }: Opened): readonly string[] => diagnostics.map(({ code }) => code);

const RULE = `id: 0a1b2c3d-0000-4000-8000-000000000001
name: Many failures
description: |
  'Finds an address with many failures.'
severity: High
status: Available
requiredDataConnectors:
  - connectorId: AzureActiveDirectory
    dataTypes:
      - SigninLogs
queryFrequency: 15m
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 3
tactics:
  - CredentialAccess
relevantTechniques:
  - T1110.003
tags:
  - Fast
  - SchemaVersion: 0.1.0
query: |
  SigninLogs
  | where ResultType != "0" and OperationName == "Sign-in activity"
  | summarize Failures = count(), Users = make_set(UserPrincipalName) by IPAddress, bin(TimeGenerated, 5m)
  | where Failures > 50
entityMappings:
  - entityType: IP
    fieldMappings:
      - identifier: Address
        columnName: IPAddress
      - identifier: Other
        columnName: Nowhere
customDetails:
  Failures: Failures
alertDetailsOverride:
  alertDisplayNameFormat: 'Failures from {{IPAddress}}'
metadata:
  author:
    name: Someone
version: 1.0.0
`;

describe('a Sentinel rule', () => {
  const opened = open('sentinel', RULE);
  const [rule] = opened.rules;
  const { meta, analysis } = rule!;

  it('has its metadata', () => {
    expect(meta).toMatchObject({
      id: '0a1b2c3d-0000-4000-8000-000000000001',
      title: 'Many failures',
      description: 'Finds an address with many failures.',
      author: ['Someone'],
      status: 'available',
      severity: 'high',
      kind: 'detection',
      techniques: ['T1110.003'],
      tactics: ['credential-access'],
      logsource: 'AzureActiveDirectory (SigninLogs)',
      scopes: ['signinlogs'],
      platforms: ['azure'],
      domains: ['identity'],
      tags: ['Fast', 'SchemaVersion: 0.1.0'],
    });
    expect(meta.times.map(({ kind, text }) => `${kind} ${text}`)).toEqual(['look-back 1h', 'schedule 15m']);
    expect(meta.events).toEqual([{ provider: 'SigninLogs', id: 'Sign-in activity', title: '' }]);
    expect(RULE.slice(meta.places['title']!.start)).toMatch(/^name: Many/);
  });
  it('has a report: window, grouping, thresholds', () => {
    const report = reportOf(rule!);
    expect(report.timeWindow).toBe('5m');
    expect(report.groupBy).toEqual(['IPAddress', 'TimeGenerated']);
    expect(report.leaves.filter(({ polarity }) => polarity === 'threshold').map(({ field, op, values }) => `${field} ${op} ${values[0]!.text}`)).toEqual([
      'Failures gt 50',
      'rows gt 3',
    ]);
  });
  it('knows which outputs are used, and by what name no column answers', () => {
    expect(analysis.outputs.filter(({ used }) => used).map(({ name }) => name)).toEqual(['IPAddress', 'Failures', 'Nowhere']);
    const [remark] = opened.diagnostics.filter(({ code }) => code === 'sentinel/entity-column');
    expect(RULE.slice(remark!.span.start, remark!.span.end)).toBe('Nowhere');
  });
  it('places the query in the document', () => {
    const stage = analysis.stages[2]!;
    expect(RULE.slice(stage.span.start, stage.span.end)).toMatch(/^summarize Failures[^]*5m\)$/);
    for (const token of opened.tokens) expect(RULE.slice(token.start, token.end).trim()).not.toBe('');
    expect([...opened.tokens].sort((a, b) => a.start - b.start)).toEqual(opened.tokens);
  });
  it('completes and explains in the query and around it', () => {
    const format = FORMATS.get('sentinel')!;
    const at = RULE.indexOf('Failures > 50');
    expect(format.suggest(RULE, at + 4, context)).toMatchObject({ span: { start: at, end: at + 8 }, items: [{ label: 'Failures' }] });
    expect(format.hover(RULE, RULE.indexOf('summarize') + 2, context)!.text).toContain('Groups rows');
    expect(format.hover(RULE, RULE.indexOf('queryPeriod') + 2, context)!.text).toContain('How far back');
    expect(format.suggest(RULE, RULE.indexOf('High'), context).items.map(({ label }) => label)).toContain('Low');
  });
  it('takes an addition, indented as the block is', () => {
    const edits = FORMATS.get('sentinel')!.add(RULE, 0, { polarity: 'exclusion', field: 'IPAddress', op: 'eq', value: '192.0.2.1' }, context)!;
    expect(edits).toEqual([
      { span: { start: RULE.indexOf('activity"') + 9, end: RULE.indexOf('activity"') + 9 }, text: '\n  | where not(IPAddress =~ "192.0.2.1")' },
    ]);
  });
  it('is remarked where Sentinel would not take it', () => {
    const broken = RULE.replace('High', 'high')
      .replace('gt\n', 'above\n')
      .replace('queryFrequency: 15m', 'queryFrequency: 1d')
      .replace('CredentialAccess', 'Stealing')
      .replace('T1110.003', 'Brute force')
      .replace('ResultType !=', 'TimeGenerated > ago(7d) and ResultType !=');
    expect(codesOf(open('sentinel', broken)).toSorted()).toEqual(
      [
        'sentinel/severity',
        'sentinel/trigger',
        'sentinel/period',
        'sentinel/tactic',
        'sentinel/technique',
        'sentinel/beyond-period',
        'sentinel/entity-column',
      ].sort(),
    );
    const slips = RULE.replace('queryFrequency', 'querryFrequency').replace('triggerThreshold: ', 'triggerThreshold: about ');
    expect(codesOf(open('sentinel', slips))).toEqual(expect.arrayContaining(['sentinel/slip', 'sentinel/trigger']));
    expect(codesOf(open('sentinel', 'name: x\nseverity: Low\n'))).toEqual(['sentinel/no-query']);
    expect(codesOf(open('sentinel', 'severity: Low\nquery: T\n'))).toEqual(['sentinel/missing-key', 'sentinel/missing-key']);
  });
});

describe('hunting queries and alert feeds', () => {
  it('a query without schedule and severity is a hunting query', () => {
    expect(open('sentinel', 'name: Hunt\ntactics:\n  - Discovery\nquery: "Syslog | where Facility == \\"auth\\""\n').rules[0]!.meta).toMatchObject({
      kind: 'hunting query',
      platforms: ['linux'],
      tactics: ['discovery'],
    });
  });
  it('exploration queries write their keys with capitals', () => {
    const { meta } = open(
      'sentinel',
      'Id: x\nDisplayName: Explore\nQueryPeriodBefore: P7D\nDataSources:\n  - "#SecurityEvent"\nTactics:\n  - LateralMovement\nquery: SecurityEvent\n',
    ).rules[0]!;
    expect(meta).toMatchObject({
      id: 'x',
      title: 'Explore',
      kind: 'hunting query',
      logsource: 'SecurityEvent',
      tactics: ['lateral-movement'],
      times: [{ kind: 'look-back', text: '7d' }],
    });
  });
  it('a rule over alerts alone is an alert feed', () => {
    expect(open('sentinel', 'name: x\nseverity: Low\nquery: SecurityAlert | where ProviderName == "X"\n').rules[0]!.meta.kind).toBe('alert feed');
    expect(open('sentinel', 'name: x\nseverity: Low\nquery: SecurityAlert | join (SigninLogs) on TenantId\n').rules[0]!.meta.kind).toBe('detection');
  });
});

const PAGE = `# *Net* discovery

#### MITRE ATT&CK Technique(s)

| Technique ID | Title | Link |
| --- | --- | --- |
| T1049 | System Network Connections Discovery | https://attack.mitre.org/techniques/T1049/ |
| T1087.002 | Domain Account | https://attack.mitre.org/techniques/T1087/002/ |

#### Description
Finds net.exe, as in:
\`\`\`PowerShell
net session
\`\`\`

#### Author
- **Name:** Someone Else
- **Github:** https://example.com/someone

#### References
- https://example.com/one
- [two](https://example.com/two)

## Defender XDR
\`\`\`KQL
DeviceProcessEvents
| where FileName =~ "net.exe" and ActionType == "ProcessCreated"
\`\`\`
## Sentinel
\`\`\`kusto
SecurityEvent
| where EventID == 4688

SecurityEvent
| where EventID == 4689
\`\`\`kusto
`;

describe('a page with queries', () => {
  const opened = open('markdown', PAGE);
  it('gives a rule for each query, with the heading above it', () => {
    expect(opened.rules.map(({ meta }) => meta.title)).toEqual(['Net discovery (Defender XDR)', 'Net discovery (Sentinel 1)', 'Net discovery (Sentinel 2)']);
    expect(opened.rules.map(({ analysis }) => analysis.stages.length)).toEqual([2, 2, 2]);
  });
  it('has its metadata for all of them', () => {
    expect(opened.rules[0]!.meta).toMatchObject({
      techniques: ['T1049', 'T1087.002'],
      tactics: ['discovery'],
      author: ['Someone Else'],
      references: ['https://example.com/one', 'https://example.com/two'],
      platforms: ['windows'],
      domains: ['endpoint'],
      events: [{ provider: 'DeviceProcessEvents', id: 'ProcessCreated', title: '' }],
    });
    expect(opened.rules[0]!.meta.description).toContain('net session');
    expect(reportOf(opened.rules[1]!).events).toMatchObject([{ provider: 'Security-Auditing', id: '4688' }]);
  });
  it('is where its folder says, as far as its tables do not', () => {
    const { atPath } = FORMATS.get('markdown')!;
    const whereAt = (query: string, path: string) => {
      const { platforms, domains } = atPath!(open('markdown', `# T\n\`\`\`kql\n${query}\n\`\`\`\n`).rules[0]!, path).meta;
      return { platforms, domains };
    };
    expect(whereAt('Unheard_CL', 'Entra ID/page.md')).toEqual({ platforms: ['azure'], domains: ['identity', 'cloud'] });
    expect(whereAt('SecurityEvent', 'Entra ID/page.md')).toEqual({ platforms: ['windows'], domains: ['endpoint'] });
    expect(whereAt('Unheard_CL', 'Anything/page.md')).toEqual({ platforms: [], domains: [] });
  });
  it('places everything in the page', () => {
    const { span } = opened.rules[2]!.analysis.stages[1]!;
    expect(PAGE.slice(span.start, span.end)).toBe('where EventID == 4689');
  });
  it('takes blocks without a word where none says what it is', () => {
    expect(open('markdown', '# T\n```\nSecurityEvent\n| where EventID == 1\n```\n```\nC:\\> dir\n```\n').rules).toHaveLength(1);
    expect(open('markdown', '# T\n```kql\nA | count\n```\n```\nSecurityEvent\n| where EventID == 1\n```\n').rules).toHaveLength(1);
    expect(open('markdown', '# T\n```kql\nSecurityEvent').rules).toHaveLength(1);
    expect(open('markdown', 'no queries').rules).toEqual([]);
    const again = open('markdown', '# T\n```sql\nsql\nfrom logs-*\n| where process.name == "a"\n```\n```sql\nsql\nselect a from b\n```\n').rules;
    expect(again.map(({ analysis }) => [analysis.language, analysis.diagnostics])).toEqual([['esql', []]]);
  });
});

describe('an ARM template', () => {
  const properties = {
    displayName: 'Two failures',
    description: 'd',
    severity: 'Medium',
    query: 'SigninLogs\n| where ResultType == "50126"\n',
    queryFrequency: 'PT5M',
    queryPeriod: 'PT1H30M',
    triggerOperator: 'GreaterThan',
    triggerThreshold: 5,
    tactics: ['CredentialAccess'],
    techniques: ['T1110'],
  };
  const text = JSON.stringify(
    {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      resources: [{ type: 'Microsoft.OperationalInsights/workspaces/providers/alertRules', kind: 'Scheduled', properties }],
    },
    null,
    2,
  );
  it('gives its rules', () => {
    expect(detectFormat(text, 'rule.json').id).toBe('arm');
    const opened = open('arm', text);
    expect(opened.rules).toHaveLength(1);
    const { meta, analysis } = opened.rules[0]!;
    expect(meta).toMatchObject({ title: 'Two failures', severity: 'medium', kind: 'detection', techniques: ['T1110'], tactics: ['credential-access'] });
    expect(meta.times.map((time) => time.text)).toEqual(['90m', '5m']);
    expect(analysis.stages[1]!.text ?? text.slice(analysis.stages[1]!.span.start, analysis.stages[1]!.span.end)).toBe('where ResultType == "50126"');
    expect(opened.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
  it('says when there is none, and takes any text', () => {
    expect(codesOf(open('arm', '{"a": 1}'))).toEqual(['sentinel/no-query']);
    expect(open('arm', '{"a": [').rules).toEqual([]);
  });
});

describe('what a text is', () => {
  it.each([
    ['sentinel', RULE, ''],
    ['markdown', PAGE, ''],
    ['markdown', '# nothing', 'a.md'],
    ['kusto', 'SecurityEvent\n| where EventID == 4688\n| summarize count() by Account', ''],
    ['kusto', 'let a = 1d;\nDeviceEvents | where Timestamp > ago(a)', ''],
    ['kusto', '// why\nCustom_CL\n| where A == "x"\n| project A', ''],
    ['kusto', 'SigninLogs', 'a.kql'],
    ['kuery', 'process.name: net.exe and not user.name: x', 'a.kql'],
    ['esql', 'from logs-* | where a == 1 | stats c = count(*) by b', ''],
    ['spl', 'index=main sourcetype=x | stats count by host', ''],
  ])('%s', (id, text, path) => {
    expect(detectFormat(text, path).id).toBe(id);
  });
});

describe('the samples', () => {
  const folder = join(import.meta.dirname, '../../src/languages/kusto');
  it.each(['sample-two-countries.yaml', 'sample-rare-discovery.kql'])('%s opens without a remark', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const format = detectFormat(text, name);
    expect(format.language).toBe('kusto');
    expect(format.open(text, context).diagnostics).toEqual([]);
  });
  it('an exported rule is named by its source’s convention', () => {
    const text = readFileSync(join(folder, 'sample-two-countries.yaml'), 'utf8');
    expect(FORMATS.get('sentinel')!.fileName(open('sentinel', text).rules[0])).toBe('Oneusersignsinfromtwocountrieswithinanhour.yaml');
    expect(FORMATS.get('markdown')!.fileName(open('markdown', PAGE).rules[0])).toBe('Net discovery.md');
  });
});

describe('documents of other shapes', () => {
  it('Defender’s custom detections', () => {
    const [rule] = open(
      'sentinel',
      'schemaVersion: 1.0.0\nkind: CustomDetection\nproperties:\n  displayName: Odd\n  detectionAction:\n    alertTemplate:\n      severity: high\n      category: Persistence\n      mitreTechniques: [T1053.005]\n  queryCondition:\n    queryText: |-\n      DeviceProcessEvents\n      | where FileName =~ "a.exe"\n',
    ).rules;
    expect(rule?.meta).toMatchObject({ title: 'Odd', severity: 'high', techniques: ['T1053.005'], tactics: ['persistence'] });
    expect(rule?.analysis.sources.map(({ name }) => name)).toEqual(['DeviceProcessEvents']);
  });
  it('Defender’s custom detections as Microsoft Graph has them', () => {
    const text =
      'displayName: Odd\nisEnabled: true\nqueryCondition:\n  queryText: |\n    DeviceProcessEvents\n    | where FileName =~ "a.exe"\nschedule:\n  period: "1H"\ndetectionAction:\n  alertTemplate:\n    title: Odd\n    severity: high\n    category: InitialAccess\n    mitreTechniques:\n      - T1566.002\n';
    expect(detectFormat(text, 'x.yaml').id).toBe('sentinel');
    const [rule] = open('sentinel', text).rules;
    expect(rule?.meta).toMatchObject({ title: 'Odd', severity: 'high', techniques: ['T1566.002'], tactics: ['initial-access'] });
    expect(rule?.analysis.sources.map(({ name }) => name)).toEqual(['DeviceProcessEvents']);
    expect(codesOf(open('sentinel', text))).toEqual([]);
  });
  it('ASIM’s parsers', () => {
    const text = 'Parser:\n  Title: Odd\nParserName: ASimDnsOdd\nParserQuery: |\n  Odd_CL | where A == "b"\n';
    expect(detectFormat(text, 'x.yaml').id).toBe('sentinel');
    expect(open('sentinel', text).rules[0]?.meta).toMatchObject({ title: 'ASimDnsOdd', kind: 'building block' });
  });
  it('what was moved is no rule, and no error', () => {
    const text = 'id: a\nname: b\ndescription: |\n  As part of content migration, this file is moved to a new location.\n';
    expect(detectFormat(text, 'x.yaml').id).toBe('sentinel');
    expect(open('sentinel', text)).toMatchObject({ rules: [], diagnostics: [] });
  });
  it('a root that is indented as a whole', () => {
    const text = '  id: a\n  name: b\n  severity: Low\n  queryFrequency: 1h\n  queryPeriod: 1h\n  query: |\n    T | where A == "b"\n';
    expect(detectFormat(text, 'x.yaml').id).toBe('sentinel');
    expect(open('sentinel', text).rules).toHaveLength(1);
  });
  it('lengths of time that Sentinel does not take', () => {
    const rule = (period: string): string =>
      `id: 0a1b2c3d-0000-4000-8000-000000000001\nname: b\nseverity: Low\nqueryFrequency: ${period}\nqueryPeriod: 14d\nquery: |\n  T | where A == "b"\n`;
    for (const [period, codes] of [
      ['1h', []],
      ['PT1H', []],
      ['1 hour', ['sentinel/duration']],
      ['1m', ['sentinel/duration']],
    ] as const)
      expect(codesOf(open('sentinel', rule(period)))).toEqual(codes);
  });
  it('Markdown with other endings and other words on its fences', () => {
    const page = (word: string): string => `# T\n\`\`\`${word}\nDeviceProcessEvents\n| where Timestamp > ago(1d)\n| where FileName =~ "a.exe"\n\`\`\`\n`;
    expect(detectFormat(page('KQL'), 'UPPER.MD').id).toBe('markdown');
    for (const word of ['KQL', 'C#', 'text2', '']) expect(open('markdown', page(word)).rules, word).toHaveLength(1);
  });
});
