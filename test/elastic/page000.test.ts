import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { exclusionRows, indicatorRows, type Row } from '../../src/analysis/rows';
import { elasticFormat } from '../../src/formats/elastic';
import { LANGUAGES } from '../../src/languages/registry';

const text = readFileSync(join(import.meta.dirname, 'page000.toml'), 'utf8');
const { rules, diagnostics, tokens } = elasticFormat.open(text, { languages: LANGUAGES });
const report = reportOf(rules[0]!);
const shown = (rows: readonly Row[]): readonly string[] =>
  rows.map(({ field, op, values }) => `${field} ${op} ${values.map((value) => value.text).join(', ')}`);
const source = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);

// A rule of the shape of the reference page: a building block of type new_terms with distributed values in its exclusions.
describe('a new-terms rule', () => {
  it('opens without a remark', () => {
    expect(rules).toHaveLength(1);
    expect(diagnostics).toEqual([]);
  });

  it('has the rows of the page', () => {
    const { meta } = rules[0]!;
    expect(meta).toMatchObject({
      id: '6b0f6a06-1d3f-4b4b-8a27-4c1c5d4a9e01',
      title: 'Routes Listed from a New Parent',
      status: 'production',
      kind: 'building block',
      severity: 'low',
      author: ['Rulewright'],
      license: 'MIT',
      created: '2024-02-03',
      modified: '2025-06-07',
      techniques: ['T1016', 'T1016.001', 'T1049'],
      tactics: ['discovery'],
      platforms: ['linux', 'macos'],
      domains: ['endpoint'],
      logsource: 'logs-endpoint.events.*',
      scopes: ['logs-endpoint.events.*'],
      providers: ['Elastic Defend'],
    });
    expect(report.timeWindow).toBe('119m');
    expect(report.groupBy).toEqual(['host.id', 'process.command_line', 'process.parent.executable']);
    expect(meta.times.map(({ kind, text: time }) => `${kind} ${time}`)).toEqual(['look-back 119m', 'schedule 60m', 'history 5d']);
  });

  it('has one stage with its parameters in written order', () => {
    const [stage, ...others] = rules[0]!.analysis.stages;
    expect(others).toEqual([]);
    expect(stage).toMatchObject({ kind: 'new_terms', role: 'filter' });
    expect(source(stage!.span).startsWith('event.category:process')).toBe(true);
    expect(source(stage!.span).endsWith(')')).toBe(true);
    expect(stage!.parameters!.map(({ name, value, span }) => [name, value, source(span)])).toEqual([
      ['New terms', 'process.parent.executable, process.command_line, host.id', '"process.parent.executable", "process.command_line", "host.id"'],
      ['History since', 'now-5d', '"now-5d"'],
    ]);
  });

  it('has the exclusion rows', () => {
    expect(shown(exclusionRows(report.leaves))).toEqual([
      'process.parent.executable eq /srv/bin/poll',
      'process.parent.executable eq /usr/sbin/watcher',
      'process.parent.executable starts_with /opt/agent/',
      'process.working_directory in /opt/poll, /var/lib/watcher',
    ]);
  });

  it('has the indicator rows, host.os.type aside', () => {
    expect(shown(indicatorRows(report.leaves))).toEqual(['event.action eq exec', 'event.category eq process', 'process.name in ip, netstat, route']);
  });

  it('places everything in the document', () => {
    for (const { span } of report.leaves) expect(source(span)).toMatch(/^[\w.]+:|^"|^\//);
    for (const { values } of report.leaves) for (const value of values) expect(source(value.span)).toContain(value.text.slice(0, 4));
    const { places } = rules[0]!.meta;
    expect(source(places['title']!)).toBe('name = "Routes Listed from a New Parent"');
    expect(source(places['timeWindow']!)).toBe('from = "now-119m"');
    expect(source(places['techniques']!).startsWith('[[rule.threat]]')).toBe(true);
  });

  it('colours container and query in order', () => {
    let last = 0;
    for (const { start, end } of tokens) {
      expect(start).toBeGreaterThanOrEqual(last);
      expect(end).toBeGreaterThan(start);
      last = end;
    }
    const typeOf = (what: string): string | undefined => tokens.find(({ start }) => start === text.indexOf(what))?.type;
    expect(typeOf('severity')).toBe('key');
    expect(typeOf('event.category:process')).toBe('field');
    expect(typeOf("'''\nevent")).toBe('string');
    expect(typeOf('[[rule.threat]]')).toBe('key');
  });
});
