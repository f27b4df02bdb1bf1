import { describe, expect, test } from 'vitest';
import { draftFactsOf, indexDraft, coverageOf } from '../../src/analysis/compare';
import { lintOf } from '../../src/lint/rule-checks';
import { reportOf } from '../../src/analysis/report';
import { conditionalRows, exclusionRows, indicatorRows, thresholdRows, type Row } from '../../src/analysis/rows';
import { FORMATS } from '../../src/formats/registry';
import { NO_METADATA } from '../../src/formats/metadata';
import { LANGUAGES } from '../../src/languages/registry';
import { isInside, type Metadata, type Report } from '../../src/model';

const reportsOf = (format: string, text: string): readonly Report[] => FORMATS.get(format)!.open(text, { languages: LANGUAGES }).rules.map(reportOf);
const shown = (rows: readonly Row[]): readonly string[] =>
  rows.map(({ field, op, values }) => `${field} ${op} ${values.map(({ text }) => text).join(', ')}`.trimEnd());

const sigma = `title: Shares listed by a strange parent
id: 6b1c6d0e-6a55-4d53-9b41-6ac1f6a1f0aa
status: test
logsource:
    category: process_creation
    product: windows
detection:
    selection_img:
        - Image|endswith:
              - '\\net.exe'
              - '\\net1.exe'
        - OriginalFileName: 'net.exe'
    selection_cli:
        CommandLine|contains|all:
            - ' view'
            - '\\\\'
    filter_main_parent:
        ParentImage|startswith: 'C:\\Program Files\\Acme\\'
        ParentImage|endswith: '\\agent.exe'
    filter_main_user:
        User: 'svc'
    condition: all of selection_* and not 1 of filter_main_*
tags:
    - attack.discovery
    - attack.t1135
level: low
`;

describe('a Sigma rule', () => {
  const [report] = reportsOf('sigma', sigma);

  test('indicators, exclusions that suppress together', () => {
    expect(shown(indicatorRows(report!.leaves))).toEqual([
      'CommandLine contains  view, \\',
      'Image ends_with \\net.exe, \\net1.exe',
      'OriginalFileName eq net.exe',
    ]);
    expect(shown(exclusionRows(report!.leaves))).toEqual([
      'ParentImage ends_with \\agent.exe',
      'ParentImage starts_with C:\\Program Files\\Acme\\',
      'User eq svc',
    ]);
    const composites = report!.leaves.filter(({ polarity }) => polarity === 'exclusion').map(({ field, composite }) => [field, composite !== null]);
    expect(composites).toEqual([
      ['ParentImage', true],
      ['ParentImage', true],
      ['User', false],
    ]);
  });

  test('what the corpus counts', () => {
    expect(draftFactsOf(report!).triples.map(({ field, kind, value, polarity }) => `${polarity} ${field} ${kind} ${value}`)).toEqual([
      'indicator process_name eq net.exe',
      'indicator process_name eq net1.exe',
      'indicator OriginalFileName eq net.exe',
      'indicator CommandLine contains  view',
      'indicator CommandLine contains \\',
      'exclusion ParentImage starts_with c:\\program files\\acme\\',
      'exclusion parent_process_name eq agent.exe',
      'exclusion User eq svc',
    ]);
  });

  test('events, platforms and what a guide row is to it', () => {
    expect(report!.events.map(({ provider, id }) => `${provider} ${id}`)).toEqual(['Security-Auditing 4688', 'Sysmon 1']);
    expect([report!.platforms, report!.domains]).toEqual([['windows'], ['endpoint']]);
    const draft = indexDraft(draftFactsOf(report!));
    expect(coverageOf(draft, { field: 'process_name', kind: 'eq', value: 'net1.exe' }, 'indicator')).toBe('has');
    expect(coverageOf(draft, { field: 'event.type', kind: 'eq', value: 'start' }, 'indicator')).toBe('does-not-apply');
    expect(lintOf(report!, '')).toEqual([]);
  });

  test('an identifier that stands twice in a condition counts once', () => {
    const [twice] = reportsOf('sigma', sigma.replace('condition: all of', 'condition: selection_cli and all of'));
    expect(twice!.leaves).toHaveLength(report!.leaves.length);
  });

  test('a filter of one branch is conditional', () => {
    const [branched] = reportsOf('sigma', sigma.replace(/condition: .*/, 'condition: selection_cli or (selection_img and not filter_main_user)'));
    expect(shown(exclusionRows(branched!.leaves))).toEqual([]);
    expect(shown(conditionalRows(branched!.leaves))).toEqual(['User eq svc']);
    const leaf = branched!.leaves.find(({ polarity }) => polarity === 'conditional')!;
    expect(leaf.branch).toBeDefined();
    expect(isInside(leaf.span, leaf.branch!)).toBe(true);
  });

  test('a correlation has a window and a threshold', () => {
    const [correlation] = reportsOf(
      'sigma',
      'title: Many\ncorrelation:\n    type: event_count\n    rules:\n        - a\n    group-by:\n        - User\n    timespan: 5m\n    condition:\n        gte: 10\n',
    );
    expect(correlation!.timeWindow).toBe('5m');
    expect(correlation!.groupBy).toEqual(['User']);
    expect(thresholdRows(correlation!.leaves)).toHaveLength(1);
  });
});

describe('an Elastic rule', () => {
  const rule = (language: string, query: string, type = language === 'eql' ? 'eql' : 'query'): string =>
    `[rule]\nname = "A"\nrule_id = "1"\nfrom = "now-9m"\nindex = ["logs-endpoint.events.process-*", "winlogbeat-*"]\nlanguage = "${language}"\ntype = "${type}"\ntags = ["OS: Windows"]\nquery = '''\n${query}\n'''\n`;

  test('kuery: a mixed group gives its kinds, a negated one exclusions', () => {
    const [report] = reportsOf(
      'elastic',
      rule('kuery', 'event.category:process and host.os.type:windows and process.name:(a.exe or b*) and not process.parent.name:"c.exe"'),
    );
    expect(shown(indicatorRows(report!.leaves))).toEqual(['event.category eq process', 'process.name eq a.exe', 'process.name starts_with b']);
    expect(shown(exclusionRows(report!.leaves))).toEqual(['process.parent.name eq c.exe']);
    expect(report!.leaves.filter(({ polarity }) => polarity === 'context').map(({ field }) => field)).toEqual(['host.os.type']);
    expect(report!.events.map(({ provider, id }) => `${provider} ${id}`)).toContain('Elastic Defend process');
    expect(report!.timeWindow).toBe('9m');
  });

  test('EQL: a category is an event, an event that must be missing is absent', () => {
    const [report] = reportsOf(
      'elastic',
      rule('eql', 'sequence by host.id with maxspan=1m\n  [process where process.name : "a.exe"]\n  ![file where file.name : "b.txt"]'),
    );
    expect(report!.leaves.map(({ field, polarity, stage }) => [field, polarity, stage])).toEqual([
      ['process.name', 'indicator', 0],
      ['file.name', 'absent', 1],
    ]);
    expect(report!.timeWindow).toBe('1m');
    expect(report!.groupBy).toEqual(['host.id']);
    expect(report!.events.map(({ id }) => id)).not.toContain('file');
  });
});

/** A bare query, with what its container would say of it. */
function reportOfQuery(language: string, text: string, meta: Partial<Metadata> = {}): Report {
  const { analyse, taxonomy } = LANGUAGES.get(language)!;
  return reportOf({ span: { start: 0, end: text.length }, meta: { ...NO_METADATA, ...meta }, analysis: analyse(text, { languages: LANGUAGES }), taxonomy });
}

describe('a Splunk search of the kind on page 004', () => {
  const report = reportOfQuery(
    'spl',
    '`data` (TERM(EventCode=4688) OR "<EventID>4688<" OR Type=Process) "route" OR ("arp" ("-a" or "-g")) OR TERM(Get-NetRoute) | regex process="(?i)route(\\.exe)?\\s+print" | table _time, host, process_* | bin span=1s | stats values(*) as * by _time, host',
    { providers: ['Microsoft-Windows-Security-Auditing'] },
  );

  test('its event, its indicators, its window', () => {
    expect(report.events.map(({ provider, id, title }) => [provider, id, title])).toEqual([['Security-Auditing', '4688', 'A new process has been created.']]);
    expect(shown(indicatorRows(report.leaves))).toEqual(['EventCode eq 4688', 'process regex_match (?i)route(\\.exe)?\\s+print']);
    expect(report.leaves.find(({ field }) => field === 'Type')!.polarity).toBe('context');
    expect([report.timeWindow, report.groupBy]).toEqual(['1s', ['_time', 'host']]);
    expect(report.platforms).toEqual(['windows']);
  });

  test('what the corpus counts', () => {
    expect(
      draftFactsOf(report)
        .triples.filter(({ polarity }) => polarity === 'indicator')
        .map(({ field, kind, value }) => `${field} ${kind} ${value}`),
    ).toEqual(['EventID eq 4688', 'CommandLine regex_match (?i)route(\\.exe)?\\s+print']);
  });
});

describe('a Kusto query', () => {
  test('fields are those of the table; counts are thresholds; times are context', () => {
    const report = reportOfQuery(
      'kusto',
      'DeviceProcessEvents\n| where Timestamp > ago(1d)\n| where FileName in~ ("arp.exe", "route.exe") and InitiatingProcessFileName !~ "agent.exe"\n| summarize Count = count() by DeviceName, bin(Timestamp, 10m)\n| where Count > 5',
    );
    expect(report.leaves.map(({ field, polarity }) => [field, polarity])).toEqual([
      ['Timestamp', 'context'],
      ['FileName', 'indicator'],
      ['InitiatingProcessFileName', 'exclusion'],
      ['Count', 'threshold'],
    ]);
    expect(draftFactsOf(report).triples.map(({ field, kind, value, polarity }) => `${polarity} ${field} ${kind} ${value}`)).toEqual([
      'indicator process_name eq arp.exe',
      'indicator process_name eq route.exe',
      'exclusion parent_process_name eq agent.exe',
      'threshold Count gt 5',
    ]);
    expect(report.timeWindow).toBe('10m');
  });
});
