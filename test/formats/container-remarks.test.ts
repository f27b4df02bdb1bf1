import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/registry';
import { problemOfCron } from '../../src/formats/savedsearches/cron';
import { LANGUAGES } from '../../src/languages/registry';

/** The remarks of a container on its own keys, each with the text it stands at. */
const remarksIn = (format: string, text: string): readonly string[] =>
  FORMATS.get(format)!
    .open(text, { languages: LANGUAGES })
    .diagnostics.filter(({ code }) => code.startsWith(`${format}/`))
    .map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`);

describe('Elastic: what a type needs beside its query', () => {
  const rule = (type: string, rest = ''): string => `[rule]\nname = "N"\nquery = "a:1"\ntype = "${type}"\n${rest}`;
  it.each([
    ['threshold', '', ['elastic/missing-part "threshold"']],
    ['threshold', '[rule.threshold]\nfield = ["a"]', ['elastic/missing-part "threshold"']],
    ['threshold', '[rule.threshold]\nfield = ["a"]\nvalue = 0', ['elastic/part 0']],
    ['threshold', '[rule.threshold]\nvalue = "5"', ['elastic/part "5"']],
    ['threshold', '[rule.threshold]\nvalue = 5\n[[rule.threshold.cardinality]]\nfield = "a"\nvalue = 0\n', ['elastic/part 0']],
    ['threshold', '[rule.threshold]\nfield = []\nvalue = 5', []],
    ['new_terms', '', ['elastic/missing-part "new_terms"', 'elastic/missing-part "new_terms"']],
    ['new_terms', 'new_terms_fields = ["a"]\nhistory_window_start = "now-7d"\n', []],
    ['threat_match', 'threat_index = ["ti"]\n', ['elastic/missing-part "threat_match"']],
    ['machine_learning', 'machine_learning_job_id = "j"\nanomaly_threshold = 101\n', ['elastic/part 101']],
    ['saved_query', '', ['elastic/missing-part "saved_query"']],
    ['query', '', []],
  ])('%s %j', (type, rest, found) => expect(remarksIn('elastic', rule(type, rest))).toEqual(found));
});

describe('Splunk’s security content', () => {
  const ID = '0a1b2c3d-0000-4000-8000-000000000001';
  it.each([
    [`id: ${ID}\nstatus: production\ntype: TTP\ndate: 2024-05-31\nversion: 3\n`, []],
    ['id: abc\nversion: one\ndate: 2024-13-01\n', ['splunk/form abc', 'splunk/form one', 'splunk/form 2024-13-01']],
    ['status: prod\ntype: ttp\n', ['splunk/word prod', 'splunk/word ttp']],
    ['tags:\n  mitre_attack_id: [T1059.001, t1059, 1059]\n  security_domain: endpoints\n', ['splunk/form t1059', 'splunk/form 1059', 'splunk/word endpoints']],
    ['mitre_attack_id: T105\n', ['splunk/form T105']],
  ])('%j', (keys, found) => expect(remarksIn('splunk', `name: N\n${keys}search: index=a\n`)).toEqual(found));
});

describe('Anvilogic', () => {
  it.each([
    ['technique_id:\n- T1610\n', []],
    ['technique_id:\n- t1610\n- T16\n', ['anvilogic/technique t1610', 'anvilogic/technique T16']],
  ])('%j', (keys, found) => expect(remarksIn('anvilogic', `title: N\nlogic_format: SPL\nlogic: index=a\n${keys}`)).toEqual(found));
});

describe('Sentinel', () => {
  const rule = (id: string, tactics: string): string =>
    `id: ${id}\nname: N\nseverity: High\nqueryFrequency: 1h\nqueryPeriod: 1h\ntactics: ${tactics}\nquery: SecurityEvent | where EventID == 1\nkind: Scheduled\n`;
  it.each([
    [rule('0a1b2c3d-0000-4000-8000-000000000001', '[Execution]'), []],
    [rule('my-rule', '[Execution]'), ['sentinel/id my-rule']],
    [rule('0a1b2c3d-0000-4000-8000-00000000001', 'Execution'), ['sentinel/id 0a1b2c3d-0000-4000-8000-00000000001', 'sentinel/list Execution']],
  ])('%j', (text, found) => expect(remarksIn('sentinel', text)).toEqual(found));
});

describe('saved searches', () => {
  it.each([
    ['cron_schedule = */5 * * * *\nalert.severity = 4\nenableSched = true', []],
    ['cron_schedule = 61 * * * *', ['savedsearches/schedule 61 * * * *']],
    ['alert.severity = 9', ['savedsearches/value 9']],
  ])('%j', (settings, found) => expect(remarksIn('savedsearches', `[A search]\nsearch = index=a\n${settings}\n`)).toEqual(found));

  it.each(['* * * * *', '0,30 */2 1-5 * 1-5', '0 0 1 jan sun', '5-59/10 0-23 * * 7', '  3   4 * * *  '])('cron takes %j', (text) =>
    expect(problemOfCron(text)).toBeNull(),
  );
  it.each([
    '',
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '*/0 * * * *',
    '5-1 * * * *',
    'a * * * *',
    '1,,2 * * * *',
  ])('cron does not take %j', (text) => expect(problemOfCron(text)).not.toBeNull());
});
