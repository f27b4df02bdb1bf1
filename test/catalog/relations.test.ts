import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { heldTextsOf } from '../../src/catalog/held-texts';
import { evidenceOf, relationIndexOf, relationsOfRule, subjectOfDraft } from '../../src/catalog/related';
import { relatedIn, relationIndexOf as relationIndex, type RelationIndex, type Subject } from '../../src/catalog/relation-index';
import { meaningsIn } from '../../src/cli/catalog-folder';
import type { Formula } from '../../src/logic/formula';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { draftFactsOf } from '../../src/analysis/compare';
import { reportOf } from '../../src/analysis/report';
import type { Catalog } from '../../src/catalog/catalog';
import { duplicatesTable } from '../support/duplicates-table';

const ROOT = join(import.meta.dirname, '..', '..');
const FILE = join(ROOT, 'docs', 'relations.md');

let catalog: Catalog;
let index: RelationIndex;

beforeAll(async () => {
  const opened = await meaningsIn(join(ROOT, 'public', 'catalog'));
  catalog = opened.catalog;
  index = await relationIndexOf(catalog, opened.meanings, async () => {});
}, 120_000);

const holdsUnread = (formula: Formula): boolean => formula.kind === 'unread' || (formula.kind !== 'literal' && formula.of.some(holdsUnread));

describe('the rules of the catalog', () => {
  it('are each the same as itself, where all that they ask is read and one event decides', () => {
    const not: string[] = [];
    let asked = 0;
    for (let rule = 0; rule < catalog.list.count; rule++) {
      const subject = index.subjects[rule];
      if (subject == null || subject.fires === 'more') continue;
      const own = relatedIn(index, subject, [rule])[0];
      // Of a rule that does not say which events it reads nothing is proved.
      if (holdsUnread(subject.formula) || own?.reads === 'unknown') continue;
      asked++;
      if (own?.relation !== 'same') not.push(catalog.list.titles[rule]!);
    }
    expect(asked).toBeGreaterThan(9_000);
    expect(not).toEqual([]);
  }, 120_000);

  it('stand to each other as the other way round says', () => {
    const inverse = { same: 'same', covers: 'covered', covered: 'covers', overlaps: 'overlaps', contradicts: 'contradicts' };
    for (let rule = 3; rule < catalog.list.count; rule += 400) {
      const subject = index.subjects[rule];
      if (subject == null) continue;
      for (const { rule: other, relation } of relatedIn(index, subject).slice(0, 40)) {
        const back = relatedIn(index, index.subjects[other]!, [rule])[0];
        expect([relation, back?.relation], `${catalog.list.titles[rule]} and ${catalog.list.titles[other]}`).toEqual([relation, inverse[relation]]);
      }
    }
  }, 120_000);

  it('leave a rule itself out of what stands to it', () => {
    const rule = index.subjects.findIndex((subject) => subject?.fires === 'event');
    const { rules, nearest } = relationsOfRule(catalog, index, rule, 12);
    expect([...rules, ...nearest].map((one) => one.index)).not.toContain(rule);
  });

  it('have their conditions side by side, each once', () => {
    const subjects = index.subjects.filter((subject) => subject !== null).slice(0, 200);
    for (const subject of subjects) {
      const rows = evidenceOf(subject, subject);
      expect(rows.filter(({ as, first }) => as !== 'same' && !first?.includes('a part that is not read'))).toEqual([]);
    }
  });
});

describe('two rules', () => {
  const subjectIn = (format: string, text: string): Subject =>
    subjectOfDraft(draftFactsOf(reportOf(FORMATS.get(format)!.open(text, { languages: LANGUAGES }).rules[0]!)))!;
  /** A Sigma rule of this log source that asks for these fields. */
  const subject = (logsource: string, fields: string): Subject =>
    subjectIn('sigma', `title: T\nname: t\nlogsource: { product: windows, category: ${logsource} }\ndetection:\n  s: { ${fields} }\n  condition: s\n`);
  const process = (detection: string): string => `title: T\nlogsource: { product: windows, category: process_creation }\ndetection:\n  ${detection}\n`;
  const kusto = (query: string): Subject => subjectIn('kusto', query);
  const kuery = (query: string): Subject => subjectIn('kuery', query);
  const between = (own: Subject, other: Subject): readonly string[] =>
    relatedIn(relationIndex([own, other]), own, [1]).map(({ relation, reads }) => `${relation}, ${reads}`);

  it('that ask the same of one kind of event are the same', () =>
    expect(between(subject('process_creation', 'CommandLine: a b'), subject('process_creation', 'CommandLine: a b'))).toEqual(['same, same']));
  it('that share a condition overlap', () =>
    expect(between(subject('process_creation', 'CommandLine: a b, User: x'), subject('process_creation', 'CommandLine: a b, ParentImage: y'))).toEqual([
      'overlaps, same',
    ]));
  it('that no event fires both contradict', () =>
    expect(between(subject('process_creation', 'CommandLine: a b, User: x'), subject('process_creation', 'CommandLine: a b, User: z'))).toEqual([
      'contradicts, same',
    ]));
  it('that ask a field of one value for two of them contradict, whoever writes it; a field that may hold several excludes nothing', () => {
    const named = (rest: string): Subject => kuery(`process.command_line:*abcde* and ${rest}`);
    expect(between(named('process.parent.name:a'), named('process.parent.name:b'))).toEqual(['contradicts, unknown']);
    expect(between(named('process.args:a'), named('process.args:b'))).toEqual(['overlaps, unknown']);
    expect(between(named('process.parent.executable:a'), subject('process_creation', "CommandLine: '*abcde*', ParentImage: b"))).toEqual([
      'contradicts, unknown',
    ]);
    const steps = (first: string): Subject =>
      subjectIn('eql', `sequence by host.id [process where process.name == "${first}"] [process where process.name == "b"]`);
    expect(between(steps('a'), steps('b'))).toEqual(['overlaps, unknown']);
  });
  it('that read other events have nothing to do with each other', () =>
    expect(between(subject('process_creation', 'Image: a b'), subject('network_connection', 'Image: a b'))).toEqual([]));
  it('that sum up the same events by other fields, or keep the most of them, are not the same', () => {
    const [events, byName, byAddress] = ['', ' | summarize count() by FileName', ' | summarize count() by RemoteIP'].map((tail) =>
      kusto(`DeviceNetworkEvents | where RemoteUrl has "example"${tail}`),
    ) as [Subject, Subject, Subject];
    expect(between(byName, byName)).toEqual(['same, same']);
    expect(between(byName, byAddress)).toEqual(['overlaps, same']);
    expect(between(events, byName)).toEqual(['covered, same']);
    expect(between(byName, events)).toEqual(['covers, same']);
    const most = kusto('DeviceNetworkEvents | where RemoteUrl has "example" | summarize count() by FileName | top 10 by count_');
    expect([most.fires, between(most, byName)]).toEqual(['more', ['overlaps, same']]);
    const pivot = kusto('DeviceNetworkEvents | where RemoteUrl has "example" | project FileName, ActionType | evaluate pivot(ActionType)');
    expect([pivot.fires, between(pivot, events)]).toEqual(['more', ['overlaps, same']]);
  });
  it('that ask for nothing but some events are the same, wherever the one says which log they stand in', () => {
    const rule = [
      '[rule]',
      'name = "T"',
      'type = "query"',
      'language = "kuery"',
      'index = ["logs-okta*"]',
      'query = "data_stream.dataset:okta.system and event.action:application.lifecycle.delete"',
    ].join('\n');
    const okta = 'title: T\nlogsource: { product: okta, service: okta }\ndetection:\n  s: { eventType: application.lifecycle.delete }\n  condition: s\n';
    expect(between(subjectIn('elastic', rule), subjectIn('sigma', okta))).toEqual(['same, same']);
  });
  it('that read one log, or one kind of event, and share nothing else have nothing to do with each other', () => {
    expect(
      between(
        kuery('data_stream.dataset:gcp.audit and event.action:*.firewalls.insert'),
        kuery('data_stream.dataset:gcp.audit and event.action:google.pubsub.*'),
      ),
    ).toEqual([]);
    expect(between(kuery('event.action:connection_attempted and process.name:a'), kuery('event.action:connection_attempted and process.name:b'))).toEqual([]);
    expect(between(kuery('event.outcome:success and process.name:a'), kuery('event.outcome:success and process.name:b'))).toEqual([]);
  });
  it('that share nothing but that it went well, where in a registry a key lies, a range, or a few characters that any text may hold, have nothing to do with each other', () => {
    const signIn = (asked: string): Subject => kusto(`SigninLogs | where ResultType == 0 | where ${asked}`);
    expect(between(signIn('AppDisplayName == "a"'), signIn('UserPrincipalName == "b"'))).toEqual([]);
    expect(between(signIn('AppDisplayName == "a"'), kusto('SigninLogs | where ResultType == 50057 | where AppDisplayName == "a"'))).toEqual([
      'contradicts, same',
    ]);
    const key = (paths: string): Subject => subject('registry_set', `TargetObject|contains|all: [${paths}]`);
    expect(between(key("'SYSTEM\\', 'ControlSet', '\\Control\\Lsa'"), key("'\\System\\CurrentControlSet\\Services\\', 'WinDefend'"))).toEqual([]);
    expect(between(key("'SYSTEM\\'"), key("'\\System\\CurrentControlSet\\Services\\'"))).toEqual(['covered, same']);
    const value = (data: string, rest: string): Subject => subject('registry_set', `Details: '${data}', ${rest}`);
    expect(between(value('DWORD (0x00000001)', "TargetObject|endswith: '\\\\a'"), value('DWORD (0x00000001)', "TargetObject|contains: '\\\\b'"))).toEqual([]);
    const line = (values: string, rest = ''): Subject => subject('process_creation', `CommandLine|contains: [${values}]${rest}`);
    expect(between(line("'9', 'noaction'"), line("'localport=3389'"))).toEqual(['covered, same']);
    expect(between(line("'9', 'noaction'", ', User: x'), line("'localport=3389'", ', ParentImage: y'))).toEqual([]);
    expect(between(line("'9', 'noaction'", ', User: x'), line("'9', 'noaction'"))).toEqual(['covers, same']);
    const loaded = (name: string, rest: string): Subject => subject('image_load', `ImageLoaded|endswith: '${name}', ${rest}`);
    expect(between(loaded('.dll', 'Image: a'), loaded('\\x.dll', 'User: b'))).toEqual([]);
    const size = (least: number, rest: string): Subject => subjectIn('eql', `file where file.size >= ${least} and ${rest}`);
    expect(between(size(4096, 'file.name : "a"'), size(30_000, 'user.name : "b"'))).toEqual([]);
  });
  it('that write one number in two ways, or compute a column of one name each, do not contradict by that', () => {
    const value = (data: string): Subject => subject('registry_set', `Details: '${data}', TargetObject|endswith: '\\abcde'`);
    expect(between(value('DWORD (0x00000001)'), value('0x00000001'))).toEqual(['overlaps, same']);
    expect(between(value('DWORD (0x00000001)'), value('0x00000002'))).toEqual(['contradicts, same']);
    const scopes = (asked: string): Subject => subjectIn('spl', `index=x action=abcde | rex field=y "(?<Scope>.*)" | makemv Scope | search Scope=${asked}`);
    expect(between(scopes('a'), scopes('b'))).toEqual(['overlaps, unknown']);
  });
  it('of which one asks for a path and the other for the name of its file are told by the name', () => {
    const image = (asked: string, rest = ''): Subject => subject('process_creation', `${asked}${rest}`);
    expect(between(image("Image: 'C:\\Windows\\curl.exe'"), image("Image|endswith: '\\curl.exe'"))).toEqual(['covers, same']);
    expect(between(image("Image: 'C:\\Windows\\curl.exe'", ', User: xyzzy'), image("Image|endswith: '\\cmd.exe'", ', User: xyzzy'))).toEqual([
      'contradicts, same',
    ]);
    expect(between(image("Image|startswith: 'C:\\Windows\\'", ', User: xyzzy'), image("Image|endswith: '\\cmd.exe'", ', User: xyzzy'))).toEqual([
      'overlaps, same',
    ]);
  });
  it('of which one asks for the path of a file that is no process’s, and the other for its name, are told by the name', () => {
    const file = (asked: string, rest = ''): Subject => subject('file_event', `${asked}, User: xyzzy${rest}`);
    const named = (asked: string): Subject => subjectIn('eql', `file where user.name : "xyzzy" and file.name ${asked}`);
    expect(between(file("TargetFilename: 'C:\\Windows\\livekdd.sys'"), named(': ("winload.exe", "bootmgr")'))).toEqual(['contradicts, unknown']);
    expect(between(file("TargetFilename: 'C:\\Windows\\livekdd.sys'"), named(': "LiveKdd.sys"'))).toEqual(['covers, unknown']);
    expect(between(file("TargetFilename|endswith: '\\livekdd.sys'"), named(': "livekdd.sys"'))).toEqual(['same, unknown']);
    expect(between(named(': "livekdd.sys"'), file("TargetFilename: 'C:\\Windows\\livekdd.sys'"))).toEqual(['covered, unknown']);
    expect(between(named('!= "livekdd.sys"'), file("TargetFilename|endswith: '\\livekdd.sys'"))).toEqual(['contradicts, unknown']);
    expect(between(named(': "livekdd.sys"'), file("TargetFilename|endswith: '.sys'"))).toEqual(['covers, unknown']);
  });
  it('of which one asks for a path and the other for the name that it ends in do not contradict', () => {
    const named = subjectIn('eql', 'process where process.name : ("cmd.exe", "xyzzy.exe") and process.command_line : "abcde"');
    expect(between(named, subject('process_creation', "Image: 'C:\\Windows\\xyzzy.exe', CommandLine: 'abcde'"))).toEqual(['covered, unknown']);
    expect(between(named, subject('process_creation', "Image|contains: '\\servers\\', CommandLine: 'abcde'"))).toEqual(['overlaps, unknown']);
  });
  it('of which one leaves out a path that the other’s, of which only the name is written, always has, contradict', () =>
    expect(
      between(
        subjectIn('sigma', process("s: { ParentImage: 'xyzzy' }\n  f: { Image|contains: '\\Google' }\n  condition: s and not f")),
        subjectIn('sigma', process("s: { ParentImage: 'xyzzy', Image|endswith: '\\GoogleUpdate.exe' }\n  condition: s")),
      ),
    ).toEqual(['contradicts, same']));
  it('that count events, each by itself, exclude each other as those do that ask for one', () => {
    const count = (outcome: string): Subject =>
      subjectIn('esql', `from logs-* | where event.outcome == "${outcome}" and user.name == "xyzzy" | stats n = count(*) by host.name | where n > 5`);
    expect(count('success').fires).toBe('more');
    expect(between(count('success'), kuery('event.outcome:failure and user.name:xyzzy'))).toEqual([]);
    expect(between(count('success'), kuery('user.name:xyzzy'))).toEqual(['overlaps, unknown']);
  });
  it('that ask a field of an integration which holds one value for two contradict', () =>
    expect(
      between(kuery('user.name:xyzzy and kubernetes.audit.objectRef.resource:pods'), kuery('user.name:xyzzy and kubernetes.audit.objectRef.resource:roles')),
    ).toEqual(['contradicts, unknown']));
  it('of which the endpoint may have merged the actions of its events, and no other source does, share an event only where the endpoint is read', () => {
    const rule = (index: string, action: string): Subject =>
      subjectIn(
        'elastic',
        `[rule]\nname = "T"\ntype = "query"\nlanguage = "kuery"\nindex = ["${index}"]\nquery = "user.name:xyzzy and event.action:${action}"`,
      );
    const onIndex = (index: string): readonly string[] => between(rule(index, 'one'), rule(index, 'two'));
    expect([onIndex('logs-okta*'), onIndex('logs-endpoint.events.process*')]).toEqual([[], ['overlaps, same']]);
  });
  it('that read other events of one log, which one of them names among its conditions, have nothing to do with each other', () => {
    const office = (asked: string): Subject => kusto(`OfficeActivity | where UserId == "xyzzy" | where ${asked}`);
    expect(between(office('Operation == "UpdateInboxRules"'), office('Operation startswith "Set-"'))).toEqual([]);
    expect(between(office('Operation == "Set-Mailbox"'), office('Operation startswith "Set-"'))).toEqual(['overlaps, same']);
  });
  it('of many, that share only what many of those ask who look for something in its field, or a few characters of a long text, have nothing to do with each other', () => {
    const started = (parent: string, asked: string): Subject => subject('process_creation', `ParentImage|endswith: '\\${parent}', CommandLine: ${asked}`);
    const [a, b] = [started('cmd.exe', 'one'), started('cmd.exe', 'two')];
    const [many, others] = [
      Array.from({ length: 20 }, (_, at) => started('cmd.exe', `c${at}`)),
      Array.from({ length: 30 }, (_, at) => started(`p${at}.exe`, `d${at}`)),
    ];
    const relation = (all: readonly Subject[]): unknown => relatedIn(relationIndex(all), all[0]!, [1]).map((found) => found.relation);
    const waits = (one: Subject): Subject => ({ ...one, fires: 'more' });
    expect(relation([a, waits(started('cmd.exe', 'one'))])).toEqual(['overlaps']);
    expect(relation([a, b])).toEqual(['contradicts']);
    expect(relation([a, b, ...many, ...others])).toEqual([]);
    expect(
      between(
        subject('process_creation', "CommandLine|contains: 'gathernetworkinfo.vbs', User: x"),
        subject('process_creation', "CommandLine|contains: 'network', ParentImage: y"),
      ),
    ).toEqual([]);
  });
  it('of which one asks for a folder of a drive and the other for another contradict, however each writes it', () => {
    const file = (folder: string): Subject => kusto(`DeviceFileEvents | where FolderPath contains @"${folder}" and SHA1 == "xyzzy"`);
    expect(between(file('C:\\ProgramData'), file('C:\\Users\\Public'))).toEqual(['contradicts, same']);
    expect(between(file('\\ProgramData'), file('\\Users\\Public'))).toEqual(['overlaps, same']);
  });
  it('that read two events of one log have nothing to do with each other, though one of them names a third of another log that is of their kind', () => {
    const key = (category: string): Subject => subject(category, "TargetObject|endswith: '\\xyzzy'");
    expect(between(key('registry_delete'), key('registry_set'))).toEqual([]);
    expect(between(key('registry_delete'), key('registry_event'))).toEqual(['covers, same']);
  });
  it('that share only the exception of an exclusion, or a time, have nothing to do with each other', () => {
    const excluding = subjectIn(
      'sigma',
      process("s: { Image|endswith: '\\a.exe' }\n  f: { CommandLine: x }\n  e: { ParentImage|endswith: '\\java.exe' }\n  condition: s and not (f and not e)"),
    );
    expect(between(subject('process_creation', "ParentImage|endswith: '\\java.exe', User: y"), excluding)).toEqual([]);
    const since = (rest: string): Subject => kusto(`AuditLogs | where TimeGenerated > ago(14d) | where ${rest}`);
    expect(between(since('Identity == "a" or TimeGenerated > ago(1d)'), since('Result == "b"'))).toEqual([]);
  });
  it('that leave out a network, of which one takes what is no address with it and the other does not, are not the same', () => {
    const sigma = subjectIn(
      'sigma',
      "title: T\nlogsource: { product: windows, category: network_connection }\ndetection:\n  s: { DestinationPort: 4444 }\n  f: { DestinationIp|cidr: '10.0.0.0/8' }\n  condition: s and not f\n",
    );
    const columns = kusto('DeviceNetworkEvents | where RemotePort == 4444 | where not(ipv4_is_in_range(RemoteIP, "10.0.0.0/8"))');
    expect(between(columns, sigma)).toEqual(['covers, kind']);
    expect(between(sigma, columns)).toEqual(['covered, kind']);
  });
  it('that search for one Windows event by its text, or name where it is kept, and share nothing else have nothing to do with each other', () => {
    const spl = (rest: string): Subject => subjectIn('spl', `sourcetype=XmlWinEventLog source="XmlWinEventLog:Security" ${rest}`);
    const event = '(TERM(EventCode=4688) OR "<EventID>4688<" OR Type=Process)';
    expect(between(spl(`${event} "csvde.exe"`), spl(`${event} "netscan"`))).toEqual([]);
    expect(between(spl(`${event} "csvde.exe"`), spl(`EventCode=4688 "csvde.exe"`))).toEqual(['same, same']);
  });
  it('of which one leaves out the logs that the other asks for do not cover each other', () => {
    const cleared = (condition: string): Subject =>
      subjectIn(
        'sigma',
        [
          'title: T',
          'logsource: { product: windows, service: system }',
          'detection:',
          '  s: { EventID: 104, Provider_Name: Microsoft-Windows-Eventlog, User: x }',
          "  c: { Channel: ['Microsoft-Windows-PowerShell/Operational', 'Windows PowerShell'] }",
          `  condition: ${condition}`,
        ].join('\n'),
      );
    expect(between(cleared('s and not c'), cleared('s and c'))).toEqual(['contradicts, same']);
    expect(between(cleared('s and c'), cleared('s'))).toEqual(['covers, same']);
  });
  it('of which one asks that a field is there, and nothing of its value, have nothing in common by that', () =>
    expect(
      between(
        subjectIn('eql', 'process where user.name : "?*" and process.name : "a"'),
        subjectIn('eql', 'process where user.name : "x" and process.pid == 1'),
      ),
    ).toEqual([]));
  it('of which one sums up what a macro that is not known sifts again cover what it asks of events', () => {
    const tstats = '| tstats count from datamodel=Endpoint.Processes where Processes.process="*a b*" by Processes.process Processes.dest | `not_known_filter`';
    const [own, other] = [subject('process_creation', "CommandLine|contains: 'a b'"), subjectIn('spl', tstats)];
    expect([other.fires, between(own, other)]).toEqual(['grouped', ['covered, kind']]);
  });
  it('of which one minds the case of letters that the other leaves out say so', () => {
    const limits = (own: Subject, other: Subject): unknown => relatedIn(relationIndex([own, other]), own, [1]).map((found) => [found.relation, found.limits]);
    const [minds, folds, otherCase] = ['FileName == "a.exe"', 'FileName =~ "a.exe"', 'FileName == "A.exe"'].map((asked) =>
      kusto(`DeviceProcessEvents | where ${asked}`),
    ) as [Subject, Subject, Subject];
    expect(limits(folds, minds)).toEqual([['same', ['letters']]]);
    expect(limits(minds, otherCase)).toEqual([['same', ['letters']]]);
    expect(limits(minds, minds)).toEqual([['same', []]]);
    expect(limits(folds, folds)).toEqual([['same', []]]);
  });
  it('of which one asks for an argument and the other for it in the command line: that follows where the argument is written as it is', () => {
    const line = (asked: string): Subject => subjectIn('eql', `process where process.name : "a" and process.command_line : "${asked}"`);
    const args = (asked: string): Subject => subjectIn('eql', `process where process.name : "a" and process.args ${asked}`);
    const stand = (own: Subject, other: Subject): unknown => relatedIn(relationIndex([own, other]), own, [1]).map((found) => [found.relation, found.limits]);
    expect(stand(args(': "/create"'), line('*create*'))).toEqual([['covers', ['arguments']]]);
    expect(stand(line('*create*'), args(': ("/create", "-create*")'))).toEqual([['covered', ['arguments']]]);
    expect(stand(args(': "/create"'), line('*/create *'))).toEqual([['overlaps', []]]);
    expect(stand(args(': "/create"'), line('/create*'))).toEqual([['overlaps', []]]);
    expect(stand(args(': "a b"'), line('*a b*'))).toEqual([['overlaps', []]]);
    expect(stand(args('!= "/create"'), line('*create*'))).toEqual([['overlaps', []]]);
    expect(evidenceOf(args(': "/create"'), line('*create*'))).toContainEqual({
      as: 'wider',
      first: 'process.args is /create',
      second: 'CommandLine contains create',
    });
    const index = relationIndex([line('*create*'), args(': "/create"')]);
    expect(index.subjects.map((own) => relatedIn(index, own!).map(({ rule }) => rule))).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });
  it('of which one says in several conditions what the other asks in one have it said of which follows', () => {
    const [own, other] = [subject('process_creation', "CommandLine: 'abc'"), subject('process_creation', "CommandLine|contains|all: ['a', 'b']")];
    expect(evidenceOf(own, other)).toEqual([
      { as: 'wider', first: 'CommandLine is abc', second: 'CommandLine contains a' },
      { as: 'follows', first: null, second: 'CommandLine contains b' },
    ]);
  });
  it('of which one is a sequence have nothing to do with each other where none of its events fires the other', () => {
    const steps = (...conditions: readonly string[]): Subject =>
      subjectIn('eql', `sequence by host.id ${conditions.map((one) => `[process where ${one}]`).join(' ')}`);
    const one = (asked: string): Subject => subjectIn('eql', `process where process.name : "xyzzy" and ${asked}`);
    const series = steps('process.name : "xyzzy" and process.parent.name : "a"', 'process.name : "b"');
    expect(between(one('process.parent.name : "c"'), series)).toEqual([]);
    expect(between(series, one('process.parent.name : "c"'))).toEqual([]);
    expect(between(one('process.parent.name : "a"'), series)).toEqual(['overlaps, unknown']);
  });
  it('of which one waits for more events say nothing where single ones exclude each other', () => {
    const waits: Subject = { ...subject('process_creation', 'CommandLine: a b, User: x'), fires: 'more' };
    expect(between(waits, subject('process_creation', 'CommandLine: a b, User: z'))).toEqual([]);
    expect(between(waits, subject('process_creation', 'CommandLine: a b'))).toEqual(['overlaps, same']);
  });
});

it('docs/relations.md counts what the bundled catalog holds', () => {
  const text = duplicatesTable(catalog, index);
  if (process.env['UPDATE'] !== undefined) writeFileSync(FILE, text);
  expect(readFileSync(FILE, 'utf8')).toBe(text);
}, 300_000);

it('finds among texts those that hold one, or are held by it', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
  fc.assert(
    fc.property(fc.uniqueArray(text, { maxLength: 20 }), text, (texts, asked) => {
      const found = heldTextsOf(texts)(asked);
      expect([...found].sort((a, b) => a - b)).toEqual([...texts.keys()].filter((at) => texts[at]!.includes(asked) || asked.includes(texts[at]!)));
    }),
  );
});
