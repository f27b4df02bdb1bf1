import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sigmaFormat } from '../../src/formats/sigma';
import { LANGUAGES } from '../../src/languages/registry';
import type { Rule } from '../../src/model';

const context = { languages: LANGUAGES };
const sample = (name: string): string => readFileSync(join(import.meta.dirname, '../../src/languages/sigma', name), 'utf8');
const rulesOf = (text: string): readonly Rule[] => sigmaFormat.open(text, context).rules;

describe('the examples', () => {
  for (const name of ['sample.yml', 'sample-failed-logons.yml'])
    it(`${name} has nothing to remark`, () => expect(sigmaFormat.open(sample(name), context).diagnostics).toEqual([]));
});

describe('metadata', () => {
  it('of a rule', () => {
    const [rule] = rulesOf(sample('sample.yml'));
    const { places, description, references, falsePositives, ...meta } = rule!.meta;
    expect(description).toMatch(/^Lists network connections/);
    expect([references.length, falsePositives.length]).toEqual([2, 2]);
    expect(Object.keys(places)).toContain('logsource');
    expect(meta).toEqual({
      id: '5b0c7f5e-2c0d-4f0a-9d53-6d1f6a7c9b21',
      title: 'Connection Listing By Built-In Tools',
      author: ['Rulewright'],
      status: 'experimental',
      kind: 'detection',
      severity: 'low',
      license: '',
      created: '2026-08-03',
      modified: '2026-10-19',
      tags: ['attack.discovery', 'attack.t1049'],
      techniques: ['T1049'],
      tactics: ['discovery'],
      logsource: 'product windows, category process_creation',
      scopes: ['process_creation', 'windows'],
      platforms: ['windows'],
      domains: ['endpoint'],
      events: [
        { provider: 'Sysmon', id: '1', title: 'Process creation' },
        { provider: 'Security-Auditing', id: '4688', title: 'A new process has been created.' },
      ],
      providers: ['Sysmon', 'Security-Auditing'],
      times: [],
      groupBy: [],
    });
  });

  it('of correlations comes from the rules below them, through correlations too', () => {
    const rules = rulesOf(sample('sample-failed-logons.yml'));
    expect(rules.map(({ meta }) => meta.kind)).toEqual(['detection', 'detection', 'correlation', 'correlation']);
    expect(rules[3]!.meta).toMatchObject({
      logsource: 'product windows, service security',
      platforms: ['windows'],
      groupBy: ['TargetUserName'],
      techniques: ['T1110.001'],
    });
    expect(rules[2]!.meta.times).toMatchObject([{ kind: 'timespan', text: '5m' }]);
  });

  it('of correlations that go in a circle', () => {
    const one = (name: string, other: string): string => `title: T\nname: ${name}\ncorrelation:\n    type: temporal\n    rules: [${other}]\n    timespan: 5m\n`;
    expect(rulesOf(`${one('a', 'b')}---\n${one('b', 'a')}`).map(({ meta }) => meta.logsource)).toEqual(['', '']);
  });

  it('reads dates, tags and authors as people write them', () => {
    const [rule] = rulesOf(
      "title: T\ndate: 2026/3/4\nauthor: 'A B (C), @d'\nlevel: High\ntags: [attack.T1087.001, attack.command_and_control, attack.g0016, cve.2024-1234]\n",
    );
    expect(rule!.meta).toMatchObject({
      created: '2026-03-04',
      author: ['A B (C)', '@d'],
      severity: 'high',
      techniques: ['T1087.001'],
      tactics: ['command-and-control'],
    });
  });

  it('of a text that is no rule is empty', () => {
    expect(rulesOf('')).toEqual([]);
    expect(rulesOf('just words')[0]!.meta).toMatchObject({ title: '', techniques: [], platforms: [] });
    expect(rulesOf('logsource: { product: constructor, service: __proto__ }\n__proto__: x')[0]!.meta.platforms).toEqual(['other']);
  });
});

describe('log sources', () => {
  const meta = (logsource: string): Rule['meta'] => rulesOf(`title: T\nlogsource: ${logsource}\n`)[0]!.meta;
  it('have platforms and domains', () => {
    expect(meta('{ product: azure, service: signinlogs }')).toMatchObject({ platforms: ['azure'], domains: ['identity', 'cloud'] });
    expect(meta('{ product: linux, category: process_creation }')).toMatchObject({ platforms: ['linux'], events: [{ provider: 'Linux-Sysmon', id: '1' }] });
    expect(meta('{ category: webserver }')).toMatchObject({ platforms: [], domains: ['web'] });
    expect(meta('{ product: gcp, service: google_workspace.admin }')).toMatchObject({ platforms: ['google_workspace'], domains: ['saas'] });
    expect(meta('{ product: cisco, service: aaa }')).toMatchObject({ platforms: ['network'], domains: ['network'] });
  });
  it('tell whose an event ID is', () => {
    expect(meta('{ product: windows, service: security }')).toMatchObject({ events: [], providers: ['Security-Auditing', 'Eventlog'] });
    expect(meta('{ product: windows, category: registry_set }').events.map(({ provider, id }) => `${provider} ${id}`)).toEqual([
      'Sysmon 13',
      'Security-Auditing 4657',
    ]);
  });
});

describe('file names', () => {
  const name = (text: string): string => sigmaFormat.fileName(rulesOf(text)[0]);
  const rule = (logsource: string, title: string): string => name(`title: ${title}\nlogsource: ${logsource}\n`);
  it('follow the convention of SigmaHQ', () => {
    expect(rule('{ product: windows, category: process_creation }', 'Suspicious Use Of Certutil')).toBe('proc_creation_win_susp_use_certutil.yml');
    expect(rule('{ product: windows, category: registry_set }', 'A Key Is Set')).toBe('registry_set_key.yml');
    expect(rule('{ product: windows, service: security }', 'Failed Logon')).toBe('win_security_failed_logon.yml');
    expect(rule('{ product: windows, category: ps_script }', 'Keylogger')).toBe('posh_ps_keylogger.yml');
    expect(rule('{ product: linux, service: auditd }', 'Shell From Web Server')).toBe('lnx_auditd_shell_web_server.yml');
    expect(rule('{ product: aws, service: cloudtrail }', 'Root Used')).toBe('aws_cloudtrail_root_used.yml');
    expect(rule('{ product: acme, service: widget }', 'Übel')).toBe('acme_widget_ubel.yml');
    expect(name('title: Many Logons\ncorrelation:\n    type: event_count\n')).toBe('correlation_many_logons.yml');
    expect(name('title: Admins\nlogsource: { product: windows }\nfilter:\n    rules: any\n')).toBe('filter_admins.yml');
  });
  it('are never empty, strange or long', () => {
    expect(sigmaFormat.fileName(undefined)).toBe('sigma_rule.yml');
    expect(name('title: ../../x')).toBe('x_rule_rule.yml');
    expect(rule('{ product: windows, category: process_creation }', 'word '.repeat(80))).toMatch(/^[a-z0-9_]{10,70}\.yml$/);
  });
});

describe('detection of the format', () => {
  it('knows rules, correlations and filters by their keys', () => {
    expect(sigmaFormat.detect(sample('sample.yml'), '')).toBeGreaterThan(0.9);
    expect(sigmaFormat.detect('title: T\ncorrelation:\n    type: temporal', 'x.yml')).toBeGreaterThan(0.8);
    expect(sigmaFormat.detect('title: T\nlogsource:\n  product: windows\n', '')).toBeGreaterThan(0.7);
    expect(sigmaFormat.detect('index=main | stats count', '')).toBeLessThan(0.1);
    expect(sigmaFormat.detect('detection:', '')).toBeLessThan(0.5);
  });
});

it('colours tell fields, modifiers, names and expressions apart, in order', () => {
  const opened = sigmaFormat.open(sample('sample.yml'), context);
  const of = (type: string): readonly string[] =>
    opened.tokens.filter((token) => token.type === type).map(({ start, end }) => sample('sample.yml').slice(start, end));
  expect(of('field')).toContain('Image');
  expect(of('modifier')).toEqual(expect.arrayContaining(['endswith', 'contains', 'all', 're']));
  expect(of('macro')).toEqual(expect.arrayContaining(['selection_netstat', 'filter_main_*']));
  expect(of('keyword')).toEqual(expect.arrayContaining(['and', 'not', '1', 'of', 'all']));
  expect(of('comment')).toEqual(['# Connection listing by built-in tools', '# mapping a drive is no listing']);
  expect(of('regex')).toEqual(["'\\suse\\s+[a-z]:\\s'"]);
  for (const [at, token] of opened.tokens.entries()) expect(at === 0 || opened.tokens[at - 1]!.end <= token.start).toBe(true);
});
