import { describe, expect, test } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { secondsOf, timeLineOf } from '../../src/analysis/time-window';
import type { Analysis, Metadata, Predicate, Taxonomy } from '../../src/model';
import { all, any, not, ruleOf, testOf } from './made';

const reported = (predicate: Predicate, taxonomy: Taxonomy, meta: Partial<Metadata> = {}, analysis: Partial<Analysis> = {}) =>
  reportOf(ruleOf(predicate, taxonomy, meta, analysis));
const eventsOf = (...of: Parameters<typeof reported>): readonly string[] =>
  reported(...of).events.map(({ provider, id, title }) => `${provider} · ${id} · ${title}`);
const source = (name: string) => ({ name, span: { start: 0, end: 0 } });

describe('events', () => {
  test('page 004: an ID in raw XML belongs to the provider of the data', () => {
    const terms = [{ stage: 0, text: '"<EventID>4688<"', span: { start: 0, end: 0 }, negated: false }];
    const expected = ['Security-Auditing · 4688 · A new process has been created.'];
    expect(eventsOf(testOf('EventCode', 'eq', ['4688']), 'cim', { providers: ['Microsoft-Windows-Security-Auditing'] }, { terms })).toEqual(expected);
    expect(eventsOf(testOf('process', 'regex_match', ['net']), 'cim', { providers: ['Security-Auditing'] }, { terms })).toEqual(expected);
  });

  test('the container names events outright', () => {
    const report = reported(testOf('Image', 'eq', ['x']), 'sigma', {
      logsource: 'product windows, category process_creation',
      events: [{ provider: 'Microsoft-Windows-Sysmon', id: '1', title: '' }],
    });
    expect(report.events).toEqual([{ provider: 'Sysmon', id: '1', title: 'Process creation', from: 'product windows, category process_creation' }]);
  });

  test('an ID goes to the provider that knows it', () => {
    const both = { providers: ['Sysmon', 'Security-Auditing'] };
    expect(eventsOf(testOf('EventID', 'in', ['1', '4688', '99999']), 'sigma', both)).toEqual([
      'Security-Auditing · 4688 · A new process has been created.',
      'Sysmon · 1 · Process creation',
    ]);
    expect(eventsOf(testOf('EventID', 'eq', ['99999']), 'sigma', { providers: ['Sysmon'] })).toEqual(['Sysmon · 99999 · ']);
    expect(eventsOf(testOf('EventCode', 'eq', ['7045']), 'cim', { providers: ['Security-Auditing'] })).toEqual([
      'Service Control Manager · 7045 · A service was installed in the system.',
    ]);
  });

  test('a predicate that names the provider or the channel narrows them', () => {
    const rule = all(testOf('Provider_Name', 'eq', ['Service Control Manager']), testOf('EventID', 'eq', ['7045']));
    expect(eventsOf(rule, 'sigma', { providers: ['Service Control Manager', 'Eventlog'] })).toEqual([
      'Service Control Manager · 7045 · A service was installed in the system.',
    ]);
    expect(eventsOf(all(testOf('source', 'eq', ['XmlWinEventLog:Microsoft-Windows-Sysmon/Operational']), testOf('EventCode', 'eq', ['22'])), 'cim')).toEqual([
      'Sysmon · 22 · DNS query',
    ]);
  });

  test('tables and other clouds have their own', () => {
    expect(eventsOf(testOf('EventID', 'eq', ['4625']), 'kusto', {}, { sources: [source('SecurityEvent')] })).toEqual([
      'Security-Auditing · 4625 · An account failed to log on.',
    ]);
    expect(eventsOf(testOf('ActionType', 'eq', ['ConnectionSuccess']), 'kusto', {}, { sources: [source('DeviceNetworkEvents')] })).toEqual([
      'DeviceNetworkEvents · ConnectionSuccess · Connection made',
    ]);
    expect(eventsOf(testOf('event.action', 'eq', ['ConsoleLogin']), 'ecs', { scopes: ['logs-aws.cloudtrail-*'], providers: ['AWS CloudTrail'] })).toEqual([
      'AWS CloudTrail · ConsoleLogin · ',
    ]);
  });

  test('a category is an event of each provider the rule reads', () => {
    const meta = { providers: ['Elastic Defend', 'Microsoft-Windows-Sysmon'] };
    const expected = ['Elastic Defend · process · Process events', 'Sysmon · 1 · Process creation'];
    expect(eventsOf(testOf('event.category', 'eq', ['process']), 'ecs', meta)).toEqual(expected);
    const stages = [{ kind: 'process', role: 'filter' as const, span: { start: 0, end: 0 }, negated: false }];
    expect(eventsOf(testOf('process.name', 'eq', ['a']), 'ecs', meta, { stages })).toEqual(expected);
    expect(eventsOf(all(testOf('event.category', 'eq', ['process']), testOf('event.type', 'eq', ['end'])), 'ecs', meta)).toEqual([
      'Elastic Defend ·  · ',
      'Sysmon ·  · ',
    ]);
  });

  test('an index of one kind of events names the category where no condition does', () => {
    const asked = testOf('process.name', 'eq', ['x']);
    const meta = { providers: ['Elastic Defend'] };
    expect(eventsOf(asked, 'ecs', meta, { sources: [source('logs-endpoint.events.process-*')] })).toEqual(['Elastic Defend · process · Process events']);
    expect(eventsOf(asked, 'ecs', { ...meta, logsource: 'logs-endpoint.events.file-*, logs-endpoint.events.network-*' })).toEqual([
      'Elastic Defend · file · File events',
      'Elastic Defend · network · Network events',
    ]);
    expect(eventsOf(asked, 'ecs', meta, { sources: [source('logs-endpoint.events.process-*'), source('logs-endpoint.events.*')] })).toEqual([
      'Elastic Defend ·  · ',
    ]);
  });

  test('a field that one event alone has names it, whatever its category', () => {
    const rule = all(testOf('event.category', 'eq', ['process']), testOf('powershell.file.script_block_text', 'eq', ['a']));
    expect(eventsOf(rule, 'ecs', { providers: ['Security-Auditing', 'Sysmon', 'PowerShell'] })).toEqual(['PowerShell · 4104 · Script block logging']);
    expect(eventsOf(all(testOf('event.category', 'eq', ['process']), not(testOf('powershell.file.script_block_text', 'eq', ['a']))), 'ecs', { providers: ['Sysmon'] })).toEqual(['Sysmon · 1 · Process creation']); // prettier-ignore
  });

  test('a rule that names no event of what it reads covers any of it, unless it could read anything', () => {
    expect(eventsOf(testOf('user.name', 'eq', ['a']), 'ecs', { providers: ['Okta'] })).toEqual(['Okta ·  · ']);
    expect(eventsOf(testOf('EventCode', 'eq', ['4104']), 'cim', { providers: ['PowerShell'] })).toEqual(['PowerShell · 4104 · Script block logging']);
    expect(
      eventsOf(testOf('user.name', 'eq', ['a']), 'ecs', { providers: ['Okta', 'Sysmon', 'AWS CloudTrail', 'GitHub audit', 'auditd', 'nginx', 'IIS'] }),
    ).toEqual([]);
  });

  test('a provider we know nothing of is one by its name, a channel is not', () => {
    const provider = testOf('Provider_Name', 'eq', ['Microsoft-Windows-Unheard-Of']);
    expect(eventsOf(all(provider, testOf('EventID', 'eq', ['1'])), 'sigma', { providers: ['MsiInstaller'] })).toEqual(['Unheard-Of · 1 · ']);
    expect(eventsOf(testOf('Channel', 'eq', ['Unheard-Of']), 'sigma')).toEqual([]);
  });

  test('a provider names its events in one field or another', () => {
    const meta = { providers: ['Entra ID audit logs'], scopes: ['auditlogs'] };
    const expected = ['Entra ID audit logs · Add user · '];
    expect(eventsOf(testOf('operationName', 'eq', ['Add user']), 'sigma', meta)).toEqual(expected);
    expect(eventsOf(testOf('properties.message', 'eq', ['Add user']), 'sigma', meta)).toEqual(expected);
    expect(eventsOf(testOf('Category', 'eq', ['Add user']), 'sigma', meta)).toEqual(['Entra ID audit logs ·  · ']);
  });

  test('an ID alone speaks where only one provider has it', () => {
    expect(eventsOf(testOf('EventCode', 'eq', ['4104']), 'cim')).toEqual(['PowerShell · 4104 · Script block logging']);
    expect(eventsOf(testOf('EventCode', 'eq', ['1']), 'cim')).toEqual([]);
    // OpenCanary has a 5001 too, which is no event ID.
    expect(eventsOf(testOf('EventCode', 'eq', ['5001']), 'cim')).toEqual(['Windows Defender · 5001 · Real-time protection was disabled']);
    expect(eventsOf(testOf('EventCode', 'eq', ['4688']), 'cim', { providers: ['EDR'] })).toEqual([
      'Security-Auditing · 4688 · A new process has been created.',
    ]);
  });

  test('what is excluded or compared otherwise is not covered', () => {
    expect(eventsOf(not(testOf('EventCode', 'eq', ['4104'])), 'cim')).toEqual([]);
    expect(eventsOf(testOf('EventCode', 'gt', ['4104']), 'cim')).toEqual([]);
    expect(eventsOf(any(testOf('EventCode', 'eq', ['4104']), not(testOf('EventCode', 'eq', ['4103']))), 'cim')).toEqual([
      'PowerShell · 4104 · Script block logging',
    ]);
  });
});

describe('platforms and domains', () => {
  test('predicates add to what the container says', () => {
    expect(reported(testOf('host.os.type', 'in', ['windows', 'linux']), 'ecs').platforms).toEqual(['windows', 'linux']);
    expect(reported(testOf('host.os.type', 'eq', ['macos']), 'ecs', { platforms: ['linux'] }).platforms).toEqual(['linux', 'macos']);
    expect(reported(not(testOf('host.os.type', 'eq', ['windows'])), 'ecs').platforms).toEqual([]);
  });

  test('providers say where they are when nothing else does', () => {
    const report = reported(testOf('EventID', 'eq', ['4624']), 'kusto', {}, { sources: [source('SecurityEvent')] });
    expect([report.platforms, report.domains]).toEqual([['windows'], ['endpoint']]);
    const said = reported(testOf('EventID', 'eq', ['4624']), 'kusto', { platforms: ['linux'], domains: ['web'] }, { sources: [source('SecurityEvent')] });
    expect([said.platforms, said.domains]).toEqual([['linux'], ['web']]);
  });
});

describe('time window and grouping', () => {
  const at = { start: 0, end: 0 };
  test('the narrowest bound comes first, schedules never', () => {
    const lookBack = { kind: 'look-back', text: '119m', span: at } as const;
    const schedule = { kind: 'schedule', text: '60m', span: at } as const;
    expect(reported(testOf('A', 'eq', ['a']), 'ecs', { times: [schedule, lookBack] }).timeWindow).toBe('119m');
    expect(reported(testOf('A', 'eq', ['a']), 'ecs', { times: [lookBack] }, { times: [{ kind: 'maxspan', text: '1m', span: at }] }).timeWindow).toBe('1m');
    expect(reported(testOf('A', 'eq', ['a']), 'ecs', { times: [lookBack] }, { times: [{ kind: 'bin', text: '10m', span: at }] }).timeWindow).toBe('10m');
    expect(reported(testOf('A', 'eq', ['a']), 'ecs', { times: [schedule, { kind: 'history', text: '5d', span: at }] }).timeWindow).toBe('');
  });

  test('the line of times names the narrowest bound, then all others once', () => {
    const lineOf = (...of: Parameters<typeof ruleOf>): string => timeLineOf(ruleOf(...of));
    const lookBack = { kind: 'look-back', text: '119m', span: at } as const;
    const schedule = { kind: 'schedule', text: '60m', span: at } as const;
    const bin = { kind: 'bin', text: '10m', span: at } as const;
    const any = testOf('A', 'eq', ['a']);
    expect(lineOf(any, 'ecs')).toBe('');
    expect(lineOf(any, 'ecs', { times: [lookBack] })).toBe('119m');
    expect(lineOf(any, 'ecs', { times: [schedule, lookBack, { kind: 'history', text: 'now-5d', span: at }] })).toBe('119m; schedule 60m, history now-5d');
    expect(lineOf(any, 'ecs', { times: [schedule, lookBack] }, { times: [bin, bin] })).toBe('10m; schedule 60m, look-back 119m');
    expect(lineOf(any, 'ecs', { times: [schedule] })).toBe('schedule 60m');
  });

  test('of two bins the narrower, as far as both say how long they are', () => {
    const bins = (...texts: readonly string[]) => ({ times: texts.map((text) => ({ kind: 'bin' as const, text, span: at })) });
    expect(reported(testOf('A', 'eq', ['a']), 'kusto', {}, bins('1d', '10m', '1h')).timeWindow).toBe('10m');
    expect(reported(testOf('A', 'eq', ['a']), 'kusto', {}, bins('window', '10m')).timeWindow).toBe('10m');
    expect(['10m', '-24h@h', '1.5 hours', '2mon', '1M', '100ms', '5min', 'soon', ''].map(secondsOf)).toEqual([
      600,
      86_400,
      5400,
      5_184_000,
      2_592_000,
      0.1,
      300,
      null,
      null,
    ]);
  });

  test('page 000: new-terms fields, sorted', () => {
    expect(reported(testOf('A', 'eq', ['a']), 'ecs', { groupBy: ['process.parent.executable', 'process.command_line', 'host.id'] }).groupBy).toEqual([
      'host.id',
      'process.command_line',
      'process.parent.executable',
    ]);
  });
});
