import { describe, expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { elasticFormat } from '../../src/formats/elastic';
import { LANGUAGES } from '../../src/languages/registry';
import { renderAnalysis } from '../support/render';

const context = { languages: LANGUAGES };
const open = (text: string) => elasticFormat.open(text, context);

/** Operations and unread parts of a document's only rule, one a line. */
const operations = (...lines: readonly string[]): readonly string[] => {
  const text = ['[rule]', 'name = "N"', ...lines].join('\n');
  return renderAnalysis(text, open(text).rules[0]!.analysis)
    .split('\n')
    .filter((line) => line.startsWith('  > '))
    .map((line) => line.slice(4));
};
const exclusions = (text: string): readonly string[] =>
  reportOf(open(text).rules[0]!)
    .leaves.filter(({ polarity }) => polarity === 'exclusion')
    .map(({ field, op, values }) => `${field} ${op} ${values.map((value) => value.text).join(', ')}`.trim());
const codes = (text: string): readonly string[] =>
  open(text).diagnostics.map(({ code, span, fix }) => `${code} ${text.slice(span.start, span.end)}${fix === undefined ? '' : ` → ${fix.edits[0]!.text}`}`);

describe('what a rule’s type does with the events its query finds', () => {
  it('threshold: counts them in groups', () => {
    const rule = [
      'type = "threshold"',
      "query = 'a:1'",
      '[rule.threshold]',
      'field = ["host.id"]',
      'value = 5',
      '[[rule.threshold.cardinality]]',
      'field = "user.id"',
      'value = 2',
    ];
    expect(operations(...rule)).toEqual([
      'filter · predicate {a eq "1"<number> (case)}',
      'aggregate · how group · measures [count fn count args [], count_distinct(user.id) fn count_distinct args [user.id]] · by [host.id host.id]',
      'filter · predicate {count′ ge "5"<number>}',
      'filter · predicate {count_distinct(user.id)′ ge "2"<number>}',
    ]);
  });
  it('new terms: told as not modelled', () => {
    expect(operations('type = "new_terms"', "query = 'a:1'", 'new_terms_fields = ["a", "b"]', 'history_window_start = "now-7d"').at(-1)).toBe(
      'unread unmodelled (new terms of a, b since now-7d)',
    );
  });
  it('threat match: only what a document of the other index fits', () => {
    const one = ['type = "threat_match"', "query = 'a:1'", 'threat_index = ["ti-*"]', "threat_query = '*:*'"];
    const mapping = ['[[rule.threat_mapping]]', '[[rule.threat_mapping.entries]]', 'field = "source.ip"', 'value = "threat.ip"'];
    expect(operations(...one, ...mapping).at(-1)).toBe('join · how leftsemi · with ‹ti-*› · on [left source.ip right threat.ip]');
    expect(operations(...one, ...mapping, ...mapping).at(-1)).toBe('unread unmodelled (threat match with ti-*)');
  });
  it('machine learning and saved queries: told', () => {
    expect(operations('type = "machine_learning"', 'machine_learning_job_id = "j"', 'anomaly_threshold = 75')).toEqual([
      'unread unmodelled (machine learning job)',
      'filter · predicate {anomaly_score′ ge "75"<number>}',
    ]);
    expect(operations('type = "saved_query"', 'saved_id = "s"')).toEqual(['filter · predicate unread unknown (saved query s)']);
  });
});

describe('filters', () => {
  const filter = (query: string): readonly string[] => operations('type = "query"', "query = 'z:1'", '[[rule.filters]]', `query = ${query}`).slice(1);
  it.each([
    ['{ match = { m = "two words" } }', 'm eq "two words" (case)'],
    ['{ match_phrase = { m = { query = "two words" } } }', 'm eq "two words" (case)'],
    ['{ match = { m = { query = "x", operator = "and" } } }', 'unread unmodelled (filter match with operator)'],
    ['{ prefix = { p = { value = "C:*", case_insensitive = true } } }', 'p starts_with "C:*"'],
    ['{ regexp = { p = "a.*" } }', 'p regex_match "a.*"<regex> (case)'],
    ['{ terms = { "source.ip" = ["10.0.0.0/8", "::1"] } }', 'source.ip in "10.0.0.0/8", "::1" (case)'],
    ['{ range = { n = { gte = 1, lt = 5 } } }', '(n ge "1"<number> and n lt "5"<number>) of one n'],
    ['{ range = { t = { gte = "now-1d", lte = "now" } } }', 't between "now-1d"<time>, "now"<time>'],
    ['{ range = { t = { gte = 1, time_zone = "x" } } }', 'unread unmodelled (filter range with time_zone)'],
    ['{ match_all = {} }', 'true'],
    ['{ nested = { path = "u", query = { term = { "u.a" = 1 } } } }', '(u.a eq "1"<number> (case)) of one u'],
    ['{ bool = { should = [{ term = { a = 1 } }, { exists = { field = "b" } }], minimum_should_match = 1 } }', '(a eq "1"<number> (case) or b is_not_null)'],
    ['{ bool = { should = [{ term = { a = 1 } }], filter = [{ term = { b = 2 } }] } }', 'b eq "2"<number> (case)'],
    ['{ bool = { should = [{ term = { a = 1 } }, { term = { b = 1 } }], minimum_should_match = 2 } }', 'unread unmodelled (minimum_should_match 2)'],
    ['{ query_string = { query = "a:1" } }', 'unread unmodelled (filter query_string)'],
    ['{ __proto__ = { a = 1 }, constructor = { b = 2 } }', '(unread unmodelled (filter __proto__) and unread unmodelled (filter constructor))'],
  ])('%s', (query, demand) => expect(filter(query)).toEqual([`filter · predicate ${demand.startsWith('unread') ? demand : `{${demand}}`}`]));
});

describe('exceptions', () => {
  const rule = (more: object): string => JSON.stringify({ rule_id: 'r', type: 'query', language: 'kuery', name: 'N', risk_score: 1, query: 'a:1', ...more });
  const named = { exceptions_list: [{ id: 'x', list_id: 'l1', type: 'detection', namespace_type: 'single' }] };
  const list = JSON.stringify({ id: 'x', list_id: 'l1', name: 'L', type: 'detection', namespace_type: 'single', description: 'd' });
  const item = (...entries: readonly object[]): string => JSON.stringify({ item_id: 'i', list_id: 'l1', name: 'e', type: 'simple', entries });

  it('of an export are exclusions of the rules that name their list', () => {
    const text = [
      rule(named),
      list,
      item({ field: 'process.name', operator: 'included', type: 'match', value: 'good.exe' }),
      rule({ rule_id: 'other' }),
      '{"exported_count":4}',
    ].join('\n');
    const { rules, diagnostics } = open(text);
    expect(diagnostics).toEqual([]);
    expect(rules).toHaveLength(2);
    expect(exclusions(text)).toEqual(['process.name eq good.exe']);
    expect(reportOf(rules[1]!).leaves).toHaveLength(1);
  });
  it('hold when all their entries do', () => {
    const text = [
      rule(named),
      item(
        { field: 'a', operator: 'included', type: 'match_any', value: ['x', 'y'] },
        { field: 'b', operator: 'excluded', type: 'exists' },
        { field: 'c', operator: 'included', type: 'wildcard', value: 'C:\\\\*' },
        { field: 'd', type: 'nested', entries: [{ field: 'e', operator: 'included', type: 'match', value: 'z' }] },
      ),
    ].join('\n');
    const lines = renderAnalysis(text, open(text).rules[0]!.analysis).split('\n');
    expect(lines).toContain(
      '  > filter · predicate {not (a in "x", "y" (case) and not b is_not_null and c starts_with "C:\\\\" (case) and (d.e eq "z" (case)) of one d)}',
    );
  });
  it('that are not in the document are told', () => {
    const text = rule(named);
    expect(codes(text)).toEqual([`elastic/exception-list ${JSON.stringify(named.exceptions_list[0])}`]);
    const value = [rule(named), item({ field: 'a', operator: 'included', type: 'list', list: { id: 'ips', type: 'ip' } })].join('\n');
    expect(JSON.stringify(open(value).rules[0]!.analysis)).toContain('value list ips');
  });
});

describe('Endpoint’s behaviour rules', () => {
  const text = [
    '[rule]',
    'id = "i"',
    'name = "Odd"',
    'os_list = ["windows", "macos"]',
    'reference = ["https://example.com"]',
    'version = "1.0.0"',
    "query = '''",
    'process where process.name : "x.exe"',
    "'''",
    'min_endpoint_version = "8.0.0"',
    '[[threat]]',
    'framework = "MITRE ATT&CK"',
    '[[threat.technique]]',
    'id = "T1055"',
    '[threat.tactic]',
    'name = "Defense Evasion"',
  ].join('\n');
  it('are EQL with their own metadata', () => {
    const { rules, diagnostics } = open(text);
    expect(diagnostics).toEqual([]);
    expect(rules[0]!.analysis.language).toBe('eql');
    expect(rules[0]!.meta).toMatchObject({
      id: 'i',
      title: 'Odd',
      techniques: ['T1055'],
      tactics: ['defense-evasion'],
      platforms: ['windows', 'macos'],
      domains: ['endpoint'],
      references: ['https://example.com'],
    });
    expect(reportOf(rules[0]!).events).toMatchObject([{ provider: 'Elastic Defend', id: 'process' }]);
  });
});

describe('a type and a language that do not go together', () => {
  it('are one slip: the query is read as what it looks like', () => {
    expect(codes(`[rule]\nname = "N"\ntype = "eql"\nlanguage = "kuery"\nquery = 'process where a == "b"'\n`)).toEqual([
      'elastic/language-type "kuery" → "eql"',
    ]);
  });
});

describe('values of a closed list', () => {
  const rule = (line: string): readonly string[] => codes(`[rule]\nname = "N"\ntype = "query"\nquery = 'a:1'\n${line}\n`);
  it('are told with what was meant', () => {
    expect(rule('severity = "Medium"')).toEqual(['elastic/severity "Medium" → "medium"']);
    expect(rule('severity = "urgent"')).toEqual(['elastic/severity "urgent"']);
    expect(rule('risk_score = "47"')).toEqual(['elastic/risk-score "47" → 47']);
    expect(rule('risk_score = 470')).toEqual(['elastic/risk-score 470']);
    expect(rule('severity = "low"\nrisk_score = 21')).toEqual([]);
  });
});

describe('what Elastic would not take of a rule', () => {
  const rule = (...lines: readonly string[]): string => ['[rule]', 'name = "N"', 'type = "query"', "query = 'a: 1'", ...lines].join('\n');
  it('keys one slip away, lengths of time and tactics written otherwise', () => {
    const slips = rule(
      'riskscore = 5',
      'from = "now-9min"',
      'interval = "5 minutes"',
      '[[rule.threat]]',
      'framework = "MITRE ATT&CK"',
      '[rule.threat.tactic]',
      'name = "Persistance"',
      '[[rule.threat.technique]]',
      'id = "T10533"',
    );
    expect(codes(slips)).toEqual([
      'elastic/key riskscore',
      'elastic/duration "now-9min"',
      'elastic/duration "5 minutes"',
      'elastic/threat "Persistance"',
      'elastic/threat "T10533"',
    ]);
  });
  it('Endpoint’s rules have keys of their own', () => {
    expect(codes(rule('os_list = ["linux"]', 'reference = ["https://a.test"]'))).toEqual([]);
    expect(codes(rule('from = "now-9m"', 'interval = "5m"'))).toEqual([]);
  });
});
