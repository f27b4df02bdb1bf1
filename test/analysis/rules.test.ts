import { describe, expect, test } from 'vitest';
import { draftFactsOf, indexDraft, markOf } from '../../src/analysis/compare';
import { lintOf } from '../../src/analysis/lint';
import { reportOf } from '../../src/analysis/report';
import { conditionalRows, exclusionRows, indicatorRows, thresholdRows, type Row } from '../../src/analysis/rows';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { isInside, type Report } from '../../src/model';

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
    expect(markOf(draft, { field: 'process_name', kind: 'eq', value: 'net1.exe' }, 'indicator')).toBe('has');
    expect(markOf(draft, { field: 'event.type', kind: 'eq', value: 'start' }, 'indicator')).toBe('does-not-apply');
    expect(lintOf(report!)).toEqual([]);
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
