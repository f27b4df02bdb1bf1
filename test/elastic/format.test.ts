import { describe, expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { detectFormat } from '../../src/formats/detect';
import { elasticFormat } from '../../src/formats/elastic';
import { LANGUAGES } from '../../src/languages/registry';
import type { Addition, Opened, Report, TextEdit } from '../../src/model';

const context = { languages: LANGUAGES };
const open = (text: string): Opened => elasticFormat.open(text, context);
const leavesOf = (report: Report): readonly string[] =>
  report.leaves.map(({ field, op, values, polarity }) => `${polarity} ${field} ${op} ${values.map(({ text }) => text).join(', ')}`.trim());
const rule = (...lines: readonly string[]): string => ['[metadata]', 'maturity = "production"', '', '[rule]', 'name = "N"', ...lines].join('\n');
const apply = (text: string, edits: readonly TextEdit[]): string =>
  [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((changed, { span, text: piece }) => changed.slice(0, span.start) + piece + changed.slice(span.end), text);
const codes = (text: string): readonly string[] => open(text).diagnostics.map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`);

describe('rule types', () => {
  it('threshold: group fields, count and distinct values', () => {
    const text = rule(
      'type = "threshold"',
      "query = '''a:1'''",
      '[rule.threshold]',
      'field = ["user.name", "host.id"]',
      'value = 10',
      '[[rule.threshold.cardinality]]',
      'field = "source.ip"',
      'value = 3',
    );
    const [first] = open(text).rules;
    const report = reportOf(first!);
    expect(first!.analysis.stages).toHaveLength(1);
    expect(first!.analysis.stages[0]).toMatchObject({ kind: 'threshold', role: 'aggregate' });
    expect(first!.analysis.stages[0]!.parameters!.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Threshold field: user.name, host.id',
      'Threshold value: 10',
      'Cardinality: source.ip ≥ 3',
    ]);
    expect(leavesOf(report)).toEqual(['indicator a eq 1', 'threshold count ge 10', 'threshold count_distinct(source.ip) ge 3']);
    expect(report.leaves.map(({ stage }) => stage)).toEqual([0, 0, 0]);
    expect(report.groupBy).toEqual(['host.id', 'user.name']);
  });

  it('threat match: index, query and mapping', () => {
    const text = rule(
      'type = "threat_match"',
      'language = "kuery"',
      "query = '''source.ip:*'''",
      'threat_index = ["ti-*"]',
      "threat_query = '''x:1'''",
      '[[rule.threat_mapping]]',
      '[[rule.threat_mapping.entries]]',
      'field = "source.ip"',
      'type = "mapping"',
      'value = "threat.indicator.ip"',
    );
    expect(open(text).rules[0]!.analysis.stages[0]).toMatchObject({ kind: 'threat_match' });
    expect(open(text).rules[0]!.analysis.stages[0]!.parameters!.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Threat index: ti-*',
      'Threat query: x:1',
      'Threat mapping: source.ip = threat.indicator.ip',
    ]);
  });

  it('machine learning: no query, the score is a threshold', () => {
    const text = rule('type = "machine_learning"', 'anomaly_threshold = 75', 'machine_learning_job_id = "rare_job"');
    const { rules, diagnostics } = open(text);
    expect(diagnostics).toEqual([]);
    expect(rules[0]!.analysis.stages).toMatchObject([
      {
        kind: 'machine_learning',
        parameters: [
          { name: 'Job', value: 'rare_job' },
          { name: 'Anomaly threshold', value: '75' },
        ],
      },
    ]);
    expect(leavesOf(reportOf(rules[0]!))).toEqual(['threshold anomaly_score ge 75']);
  });

  it('EQL and ES|QL keep their stages', () => {
    const eql = open(
      rule('type = "eql"', 'language = "eql"', "query = '''", 'sequence by host.id with maxspan=1m', '  [process where a == 1]', "  [file where b == 2]'''"),
    );
    expect(eql.rules[0]!.analysis.stages.map(({ kind }) => kind)).toEqual(['process', 'file']);
    expect(reportOf(eql.rules[0]!)).toMatchObject({ timeWindow: '1m', groupBy: ['host.id'] });
    const esql = open(rule('type = "esql"', "query = '''", "from logs-okta* | where a == 1'''"));
    expect(esql.rules[0]!.analysis.stages.map(({ kind }) => kind)).toEqual(['from', 'where']);
    expect(esql.rules[0]!.meta).toMatchObject({ logsource: 'logs-okta*', platforms: ['okta'] });
  });

  it('alert suppression is told with the stage', () => {
    const text = rule(
      'type = "query"',
      "query = 'a:1'",
      '[rule.alert_suppression]',
      'group_by = ["host.name"]',
      '[rule.alert_suppression.duration]',
      'unit = "h"',
      'value = 6',
    );
    expect(open(text).rules[0]!.analysis.stages[0]!.parameters!.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Suppressed by: host.name',
      'Suppressed for: 6h',
    ]);
  });

  it('promotion rules are alert feeds', () => {
    const text = '[metadata]\nmaturity = "production"\npromotion = true\n[rule]\ntype = "query"\nquery = "event.kind:alert"\n';
    expect(open(text).rules[0]!.meta.kind).toBe('alert feed');
  });
});

describe('saved filters', () => {
  it('are demands, negated ones exclusions', () => {
    const text = rule(
      'type = "query"',
      "query = '''event.code:4104'''",
      '[[rule.filters]]',
      '[rule.filters.meta]',
      'negate = true',
      '[rule.filters.query.wildcard."file.path"]',
      'case_insensitive = true',
      'value = "?:\\\\\\\\ProgramData\\\\\\\\*"',
      '[[rule.filters]]',
      '[rule.filters.meta]',
      'negate = false',
      '[rule.filters.query.match_phrase]',
      '"user.name" = "root"',
      '[[rule.filters]]',
      '[rule.filters.meta]',
      'disabled = true',
      '[rule.filters.query.term]',
      'x = 1',
      '[[rule.filters]]',
      '[rule.filters.exists]',
      'field = "host.id"',
      '[rule.filters.meta]',
      'negate = true',
    );
    expect(leavesOf(reportOf(open(text).rules[0]!))).toEqual([
      'indicator event.code eq 4104',
      'exclusion file.path wildcard ?:\\ProgramData\\*',
      'indicator user.name eq root',
      'exclusion host.id is_not_null',
    ]);
  });

  it('of other forms are kept as opaque', () => {
    const text = rule(
      'type = "query"',
      "query = 'a:1'",
      '[[rule.filters]]',
      '[rule.filters.query.bool]',
      'must = [{ range = { b = { gte = 1, lt = 5 } } }, { script = { source = "x" } }]',
      'must_not = [{ terms = { c = ["y", "x"] } }]',
    );
    const { predicate } = open(text).rules[0]!.analysis;
    expect(JSON.stringify(predicate)).toContain('"note":"filter script"');
    expect(leavesOf(reportOf(open(text).rules[0]!))).toEqual(['indicator a eq 1', 'indicator b ge 1', 'indicator b lt 5', 'exclusion c in x, y']);
  });
});

describe('damaged and unusual documents', () => {
  it('a query whose quotes are open is analysed all the same', () => {
    const text = rule('type = "query"', "query = '''", 'process.name: (a or b) and host.name: c', '', '[[rule.threat]]', 'framework = "MITRE ATT&CK"');
    const { rules } = open(text);
    expect(leavesOf(reportOf(rules[0]!))).toEqual(['indicator process.name in a, b', 'indicator host.name eq c']);
    expect(codes(text)).toEqual(["elastic/unclosed '''"]);
  });

  it('remarks of the query stand in the document', () => {
    const text = rule('type = "eql"', 'language = "eql"', "query = '''", "process where process.name = \"x\"'''");
    const [remark] = open(text).diagnostics;
    expect(remark).toMatchObject({ code: 'eql/single-equals' });
    expect(text.slice(remark!.span.start - 1, remark!.span.end + 1)).toBe(' = ');
    expect(apply(text, remark!.fix!.edits)).toContain('process.name == "x"');
  });

  it('an escaped query is placed through its escapes', () => {
    const text = rule('type = "query"', 'query = "process.name: \\"a\\" and file.path: C\\\\:\\\\\\\\Temp"');
    const { rules } = open(text);
    const leaves = reportOf(rules[0]!).leaves;
    expect(leaves.map(({ values }) => values[0]!.text)).toEqual(['a', 'C:\\Temp']);
    expect(text.slice(leaves[0]!.values[0]!.span.start, leaves[0]!.values[0]!.span.end)).toBe('\\"a\\"');
  });

  it('says what is missing', () => {
    expect(codes('x = 1')).toEqual(['elastic/no-rule x = 1']);
    expect(codes(rule('type = "query"'))).toEqual(['elastic/no-query "query"']);
    expect(codes(rule('type = "quary"', "query = 'a:1'"))).toEqual(['elastic/unknown-type "quary"']);
    expect(codes(rule('type = "eql"', 'language = "kuery"', "query = 'a:1'"))).toEqual(['elastic/language-type "kuery"']);
    expect(codes(rule('type = "query"', 'language = "sql"', "query = 'a'"))).toEqual(['elastic/unknown-language "sql"']);
    expect(open('').diagnostics).toEqual([]);
  });

  it('exported rules open, one a line', () => {
    const line = (name: string, query: string): string =>
      JSON.stringify({
        rule_id: name,
        name,
        type: 'new_terms',
        language: 'kuery',
        query,
        new_terms_fields: ['b', 'a'],
        history_window_start: 'now-7d',
        from: 'now-1h',
        severity: 'high',
        risk_score: 73,
        threat: [],
      });
    const text = `${line('one', 'process.name: "x\\\\y" and a: 1')}\n${line('two', 'b: 2')}\n${JSON.stringify({ exported_count: 2 })}\n`;
    const { rules, diagnostics } = open(text);
    expect(diagnostics).toEqual([]);
    expect(rules.map(({ meta }) => [meta.title, meta.severity, meta.groupBy])).toEqual([
      ['one', 'high', ['a', 'b']],
      ['two', 'high', ['a', 'b']],
    ]);
    expect(rules[0]!.analysis.stages[0]!.parameters!.map(({ value }) => value)).toEqual(['b, a', 'now-7d']);
    const [leaf] = reportOf(rules[0]!).leaves;
    expect(leaf!.values[0]!.text).toBe('x\\y');
    expect(text.slice(leaf!.values[0]!.span.start, leaf!.values[0]!.span.end)).toBe('\\"x\\\\\\\\y\\"');
    expect(open(JSON.stringify(JSON.parse(line('one', 'a: 1')), null, 2)).rules).toHaveLength(1);
    expect(open(text.slice(0, 80)).diagnostics.length).toBeGreaterThan(0);
  });

  it('hunts have a rule for each query', () => {
    const text =
      "[hunt]\nname = \"H\"\nuuid = \"u\"\nintegration = [\"okta\"]\nlanguage = [\"ES|QL\", \"EQL\", \"SQL\"]\nmitre = [\"T1078\", \"t1110.001\"]\nquery = [\n'''\nfrom logs-okta* | where a == 1\n''',\n'''\nprocess where b == 2\n''',\n'''select 1'''\n]\n";
    const { rules, diagnostics } = open(text);
    expect(diagnostics).toEqual([]);
    expect(rules.map(({ meta, analysis }) => [meta.kind, analysis.language, analysis.stages[0]!.kind])).toEqual([
      ['hunting query', 'esql', 'from'],
      ['hunting query', 'eql', 'process'],
      ['hunting query', 'none', 'unknown'],
    ]);
    expect(rules[0]!.meta.techniques).toEqual(['T1078', 'T1110.001']);
  });

  it('hunts are on the platform of their folder where their text names none', () => {
    const { atPath } = elasticFormat;
    const platformsAt = (text: string, path: string) => atPath!(open(text).rules[0]!, path).meta.platforms;
    const hunt = (integration: string) => `[hunt]\nname = "H"\nintegration = ["${integration}"]\nlanguage = ["SQL"]\nquery = ['select 1']\n`;
    expect(platformsAt(hunt('endpoint'), 'hunting/linux/queries/h.toml')).toEqual(['linux']);
    expect(platformsAt(hunt('okta'), 'hunting/linux/queries/h.toml')).toEqual(['okta']);
    expect(platformsAt(hunt('endpoint'), 'hunting/cross-platform/queries/h.toml')).toEqual([]);
  });
});

describe('in the editor', () => {
  const text = rule('type = "query"', "query = '''", "process.name: (a or b) and not user.name: root'''");
  const exclusion: Addition = { polarity: 'exclusion', field: 'user.name', op: 'eq', value: 'it\'s "x"' };

  it('adds a row to the query inside the document', () => {
    expect(apply(text, elasticFormat.add(text, 0, exclusion, context)!)).toContain('not user.name: (root or "it\'s \\"x\\"")');
    const escaped = rule('type = "query"', 'query = "user.id: 1"');
    expect(apply(escaped, elasticFormat.add(escaped, 0, exclusion, context)!)).toContain('query = "user.id: 1 and not user.name: \\"it\'s \\\\\\"x\\\\\\"\\""');
    expect(elasticFormat.add(text, 3, exclusion, context)).toBeNull();
  });

  it('completes in the query, among keys and among values', () => {
    expect(elasticFormat.suggest(text, text.indexOf('a or'), context)).toMatchObject({ valuesOf: 'process.name' });
    const keys = '[rule]\nsev';
    expect(elasticFormat.suggest(keys, keys.length, context).items.map(({ label }) => label)).toContain('severity');
    const values = '[rule]\ntype = "';
    expect(elasticFormat.suggest(values, values.length, context).items.map(({ label }) => label)).toContain('new_terms');
  });

  it('explains keys and fields', () => {
    expect(elasticFormat.hover(text, text.indexOf('process.name') + 2, context)!.text).toContain('keyword');
    expect(elasticFormat.hover(text, text.indexOf('type =') + 1, context)!.text).toContain('How the query is run');
  });

  it('names a file by tactic and title', () => {
    const named = '[rule]\nname = "Odd: Parents (Linux)"\n[[rule.threat]]\n[rule.threat.tactic]\nname = "Defense Evasion"\n';
    expect(elasticFormat.fileName(open(named).rules[0])).toBe('defense_evasion_odd_parents_linux.toml');
    expect(elasticFormat.fileName(undefined)).toBe('rule.toml');
  });
});

describe('what a text looks like', () => {
  it.each([
    ['[metadata]\nmaturity = "x"\n[rule]\nname = "a"', 'elastic'],
    ['{"rule_id":"a","type":"query","risk_score":1,"query":"a:1"}', 'elastic'],
    ['process.name: "a" and event.type: start', 'kuery'],
    ['event.category:process and host.os.type:(linux or macos)', 'kuery'],
    ['process where process.name == "a"', 'eql'],
    ['// note\nsequence by host.id [file where true] [process where true]', 'eql'],
    ['from logs-* metadata _id\n| where a == 1', 'esql'],
    ['process.name:/a.*/ AND NOT user.name:root', 'lucene'],
    ['title: a\nlogsource:\n    product: windows\ndetection:\n    sel:\n        Image: a\n    condition: sel', 'sigma'],
  ])('%j is %s', (source, id) => expect(detectFormat(source).id).toBe(id));
});
