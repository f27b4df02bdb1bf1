import { describe, expect, it } from 'vitest';
import { eventRuleOf } from '../support/event-rule';
import { reportOf } from '../../src/analysis/report';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Event } from '../../src/model';
import { readyEventRule, type Judging } from '../../src/run/event-rule';
import { reasonOf } from '../../src/run/reason';
import { newTally } from '../../src/run/tally';
import { FALSE, TRUE, UNKNOWN } from '../../src/run/truth';
import type { Bag } from '../../src/run/value';

const judging = (names: Judging['names']): Judging => ({ names, types: new Map(), now: 0n, ignoreLogsource: false });
const readyOf = (format: string, text: string, names: Judging['names']) => {
  const rule = eventRuleOf(reportOf(FORMATS.get(format)!.open(text, { languages: LANGUAGES }).rules[0]!));
  return rule === null ? null : readyEventRule(rule, judging(names));
};
const truthOf = (format: string, text: string, event: Event, names: Judging['names'] = null) => readyOf(format, text, names)?.truth(event as Bag);

const SYSMON = { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, Image: 'C:\\Windows\\System32\\whoami.exe', CommandLine: 'whoami /all' };
const EQL = 'process where host.os.type == "windows" and event.type == "start" and process.name : "whoami.exe"';
const sigma = (detection: string, logsource = 'product: windows\n  category: process_creation'): string =>
  `title: t\nlogsource:\n  ${logsource}\ndetection:\n${detection}\n  condition: a\n`;

describe('a rule on one event', () => {
  it('reads fields under the names of other families, and what the kind of an event says', () => {
    expect(truthOf('eql', EQL, SYSMON, 'sigma')).toBe(TRUE);
    expect(truthOf('eql', EQL, { ...SYSMON, EventID: 7 }, 'sigma')).toBe(FALSE);
    expect(truthOf('eql', EQL, { ...SYSMON, Image: 'C:\\x\\net.exe' }, 'sigma')).toBe(FALSE);
    expect(truthOf('kusto', 'DeviceProcessEvents | where FileName =~ "whoami.exe"', SYSMON, 'sigma')).toBe(TRUE);
    expect(truthOf('kusto', 'DeviceNetworkEvents | where InitiatingProcessFileName =~ "whoami.exe"', SYSMON, 'sigma')).not.toBe(TRUE);
  });

  it('takes bounds of a search as met, of the time that a row was taken in too', () => {
    const query = (bound: string): string => `DeviceProcessEvents | where FileName =~ "whoami.exe" and ${bound}`;
    const event = { FileName: 'whoami.exe', $table: 'DeviceProcessEvents' };
    for (const bound of ['Timestamp > ago(1h)', 'ingestion_time() > ago(1h)', 'ingestion_time() between (ago(2h) .. ago(1h))'])
      expect(truthOf('kusto', query(bound), event), bound).toBe(TRUE);
    expect(truthOf('kusto', query('not(isnull(ingestion_time()))'), event)).toBe(UNKNOWN);
  });

  it('is not told where the events have no name for a field that decides', () => {
    expect(truthOf('eql', `${EQL} and process.Ext.api.name == "x"`, SYSMON, 'sigma')).toBe(UNKNOWN);
    expect(truthOf('eql', `${EQL} and process.Ext.api.name == "x"`, { ...SYSMON, Image: 'C:\\x\\net.exe' }, 'sigma')).toBe(FALSE);
  });

  it('is not told of an event that does not say what it is, if it only asks for something to be missing, or for words', () => {
    const lacking = sigma("  b:\n    Image|endswith: '.exe'").replace('condition: a', 'condition: not b');
    expect(truthOf('sigma', lacking, { Other: 'x' })).toBe(UNKNOWN);
    expect(truthOf('sigma', lacking, { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, Image: 'C:\\a.scr' })).toBe(TRUE);
    expect(truthOf('sigma', lacking, { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 3, Image: 'C:\\a.scr' })).toBe(FALSE);
    expect(truthOf('sigma', sigma("  a:\n    - 'abc'", 'product: cisco'), { message: 'xabcx' })).toBe(UNKNOWN);
    expect(truthOf('sigma', sigma("  a:\n    CommandLine|contains: 'abc'"), { CommandLine: 'xabcx' })).toBe(TRUE);
  });

  it('takes what it asks of the time as met, and reads no column that the query makes', () => {
    expect(truthOf('kusto', 'T | where TimeGenerated > ago(1d) | where A == "x"', { A: 'x', TimeGenerated: '2001-01-01T00:00:00Z' })).toBe(TRUE);
    expect(truthOf('kusto', 'T | extend B = strlen(A) | where B > 3 and A contains "abc"', { A: 'abcd' })).toBe(UNKNOWN);
    expect(truthOf('kusto', 'T | where TimeGenerated > ago(1d)', { A: 'x' })).toBeUndefined();
    expect(truthOf('kusto', 'T | where A == "x" | summarize count() by B', { A: 'x' })).toBeUndefined();
  });

  it('is of the table that a row says it is of', () => {
    const rule = 'DeviceProcessEvents | where FileName == "x"';
    expect(truthOf('kusto', rule, { FileName: 'x' })).toBe(TRUE);
    expect(truthOf('kusto', rule, { FileName: 'x', Type: 'DeviceProcessEvents' })).toBe(TRUE);
    expect(truthOf('kusto', rule, { FileName: 'x', Type: 'DeviceFileEvents' })).toBe(FALSE);
  });

  it('says why, with the values that were seen', () => {
    const lines = reasonOf(readyOf('eql', EQL, 'sigma')!, SYSMON);
    expect(lines[0]).toMatchObject({ kind: 'source', verdict: 'matches', seen: 'Microsoft-Windows-Sysmon/Operational 1' });
    expect(lines.find(({ field }) => field === 'process.name')).toMatchObject({ verdict: 'matches', values: ['whoami.exe'], seen: 'whoami.exe' });
    expect(lines.find(({ field }) => field === 'host.os.type')).toMatchObject({ verdict: 'matches', seen: 'windows' });
  });
});

describe('a tally', () => {
  it('counts every hit, keeps the first events and stays small', () => {
    const tally = newTally();
    for (let number = 0; number < 5000; number++)
      tally.add(number, { '@timestamp': new Date(1e12 + number * 60_000).toISOString() }, null, { matches: [7], undecided: number % 2 === 0 ? [9] : [] });
    expect(tally.rules.get(7)).toMatchObject({ hits: 5000, undecided: 0 });
    expect(tally.rules.get(9)).toMatchObject({ hits: 0, undecided: 2500 });
    expect(tally.rules.get(7)!.first).toHaveLength(1000);
    expect(tally.rules.get(7)!.times.size).toBeLessThanOrEqual(2048);
    expect(tally.range()).toEqual([1e12, 1e12 + 4999 * 60_000]);
    expect(tally.strip(7).reduce((sum, count) => sum + count, 0)).toBe(5000);
    expect(tally.strip(9)).toEqual([]);
  });
});
