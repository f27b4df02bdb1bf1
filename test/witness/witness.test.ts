import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../src/formats/detect';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Event, Regex, Rule } from '../../src/model';
import { runRule } from '../../src/run/dialect/engines';
import { eventsGiven } from '../../src/run/given';
import { regexOf } from '../../src/run/regex';
import { regexTexts } from '../../src/witness/regex-text';
import { witnessOf } from '../../src/witness/witness';
import { caseFolders, inputsOf } from '../support/cases';

const NOW = BigInt(Date.UTC(2026, 0, 5, 12)) * 1_000_000n;
const context = { languages: LANGUAGES };

const rulesIn = (text: string, format?: string): readonly Rule[] =>
  (format === undefined ? detectFormat(text, '') : FORMATS.get(format)!).open(text, context).rules;

/** What the rule says of events, asked anew. */
function verdict(rule: Rule, rules: readonly Rule[], events: readonly Event[]): 'fires' | 'does not' | 'cannot tell' {
  const answer = runRule(rule, { ...eventsGiven(events, rules), now: NOW });
  if (answer.verdict === 'refused' || answer.undecided.length > 0) return 'cannot tell';
  return (answer.table?.rows.length ?? answer.matches.length) > 0 ? 'fires' : 'does not';
}

/** Law 8 of what a rule means: a witness fires, its near misses do not. */
function holdsLaw(rule: Rule, rules: readonly Rule[]): boolean {
  const found = witnessOf(rule, rules, NOW);
  if (found.withheld !== undefined) return false;
  expect(verdict(rule, rules, found.events)).toBe('fires');
  for (const miss of found.misses) expect(verdict(rule, rules, miss.events), miss.condition).toBe('does not');
  // What is shown is what can be kept: plain JSON, unchanged by being written.
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  return true;
}

const only = (text: string, format?: string, index = 0): Extract<ReturnType<typeof witnessOf>, { events: unknown }> => {
  const rules = rulesIn(text, format);
  const found = witnessOf(rules[index]!, rules, NOW);
  if (found.withheld !== undefined) throw new Error(found.withheld);
  return found;
};
const withheld = (text: string, format?: string): string | undefined => {
  const rules = rulesIn(text, format);
  return witnessOf(rules[0]!, rules, NOW).withheld;
};

const sigma = (detection: string, logsource = 'product: windows\n  category: process_creation'): string =>
  `title: t\nlogsource:\n  ${logsource}\ndetection:\n${detection}`;

describe('a witness', () => {
  it('has what its log source says of itself, and nothing that is not asked for', () => {
    const { events, misses } = only(
      sigma(
        `  sel:\n    Image|endswith: '\\cmd.exe'\n    CommandLine|contains|all:\n      - whoami\n      - ' /all'\n  filter:\n    ParentImage: 'C:\\a.exe'\n  condition: sel and not filter\n`,
      ),
    );
    expect(events).toEqual([
      { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, Image: 'C:\\Windows\\System32\\cmd.exe', CommandLine: 'cmd.exe /c whoami /all' },
    ]);
    expect(misses.map(({ condition }) => condition)).toEqual([
      'Image ends with \\cmd.exe',
      'CommandLine contains whoami',
      'CommandLine contains  /all',
      'not ParentImage is C:\\a.exe',
    ]);
    expect(misses.at(-1)!.events).toEqual([{ ...events[0], ParentImage: 'C:\\a.exe' }]);
  });

  it('keeps names with dots as objects, and text and values of one field together', () => {
    const { events } = only('process where process.name : "net.exe" and process.args == "use" and process.args : "/user*"', 'eql');
    expect(events).toEqual([{ event: { category: 'process' }, process: { name: 'net.exe', args: ['net.exe', 'use', '/user'] } }]);
  });

  it('has names and paths in their true form', () => {
    const { events } = only(
      sigma(
        `  sel:\n    TargetFilename|contains: '\\AppData\\'\n    Image|endswith: '\\a.exe'\n    Name|endswith: '.pst'\n  condition: sel\n`,
        'category: test',
      ),
    );
    expect(events).toEqual([
      { TargetFilename: 'C:\\Users\\alice\\AppData\\Local\\Temp\\update.exe', Image: 'C:\\Program Files\\a\\a.exe', Name: 'example.pst' },
    ]);
  });

  it.each([
    [
      sigma(
        `  sel:\n    Image|endswith: '\\rundll32.exe'\n    CommandLine|contains: ',DllRegisterServer'\n    ParentImage|endswith: '\\winword.exe'\n  condition: sel\n`,
      ),
      {
        Image: 'C:\\Windows\\System32\\rundll32.exe',
        CommandLine: 'rundll32.exe ,DllRegisterServer',
        ParentImage: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\winword.exe',
      },
    ],
    [
      sigma(`  sel:\n    Image|endswith: '\\cmd.exe'\n  no:\n    Image|startswith: 'C:\\Windows\\'\n  condition: sel and not no\n`),
      { Image: 'C:\\Users\\alice\\AppData\\Local\\Temp\\cmd.exe' },
    ],
    [
      sigma(`  sel:\n    Image|endswith: '/wget'\n    CommandLine|contains: 'http'\n  condition: sel\n`, 'product: linux\n  category: process_creation'),
      { Image: '/usr/bin/wget', CommandLine: 'wget http' },
    ],
    [
      sigma(
        `  sel:\n    TargetObject|contains: '\\CurrentVersion\\Run\\'\n    Details|startswith: '\\Users\\'\n  condition: sel\n`,
        'product: windows\n  category: registry_set',
      ),
      { TargetObject: 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\', Details: '\\Users\\' },
    ],
    [
      sigma(`  sel:\n    User|contains: 'a'\n    DestinationIp: '*'\n    LogonId|exists: true\n  condition: sel\n`),
      { User: 'CORP\\alice', DestinationIp: '203.0.113.7', LogonId: '0x3e7a1f' },
    ],
  ])('looks as its source would write it: %#', (text, fields) => {
    expect(only(text).events[0]).toMatchObject(fields);
  });

  it.each([
    [
      'eql',
      'process where process.name == "svchost.exe" and process.executable != null and process.command_line : "*-k*" and process.args == "-p"',
      {
        process: {
          name: 'svchost.exe',
          executable: 'C:\\Windows\\System32\\svchost.exe',
          command_line: 'svchost.exe -k -p',
          args: ['svchost.exe', '-k', '-p'],
        },
      },
    ],
    [
      'eql',
      'file where event.type : "?*" and file.extension : "pst" and file.path : "?:\\\\Users\\\\*" and user.id : "S-1-5-21-*"',
      {
        event: { category: 'file', type: 'creation' },
        file: { extension: 'pst', path: 'C:\\Users\\alice\\Documents\\report.pst' },
        user: { id: 'S-1-5-21-1004336348-1177238915-682003330-1104' },
      },
    ],
    [
      'kusto',
      'DeviceNetworkEvents | where isnotempty(DeviceName) and not(ipv4_is_in_range(RemoteIP, "203.0.113.0/24")) and isnotempty(RemoteIP) and isnotempty(InitiatingProcessAccountUpn)',
      {
        DeviceName: 'ws01.corp.example',
        RemoteIP: '198.51.100.9',
        InitiatingProcessAccountUpn: 'alice@corp.example',
      },
    ],
    [
      'spl',
      'search index=a whoami Image="*\\\\cmd.exe" | stats count by Image host user',
      {
        _raw: 'Image="C:\\Windows\\System32\\cmd.exe" user=alice whoami',
        Image: 'C:\\Windows\\System32\\cmd.exe',
        host: 'WS01',
        user: 'alice',
      },
    ],
  ])('looks as its source would write it, in %s: %s', (language, text, fields) => {
    expect(only(text, language).events[0]).toMatchObject(fields);
  });

  it('lies in networks and ranges, fits expressions, minds letters', () => {
    const { events } = only(
      sigma(
        `  sel:\n    SourceIp|cidr: 10.1.0.0/16\n    Port|gte: 1024\n    Hash|re: '^[a-f0-9]{8}$'\n    Name|cased: AbC\n  condition: sel\n`,
        'category: test',
      ),
    );
    expect(events).toEqual([{ SourceIp: '10.1.0.1', Port: 1024, Hash: 'aaaaaaaa', Name: 'AbC' }]);
  });

  it('of a sequence is an event for each step, keys alike, in time', () => {
    const { events, misses } = only('sequence by host.id with maxspan=1m [process where process.name == "a"] [network where destination.port == 443]', 'eql');
    expect(events.map((event) => (event['host'] as Event)['id'])).toEqual(Array(2).fill('7c9e6679-7425-40de-944b-e07fc1f90ae7'));
    expect(events.length).toBe(2);
    expect(misses.map(({ condition }) => condition)).toEqual(
      expect.arrayContaining(['step 2 of 2 happens', 'they come in this order', 'they come within 1m', 'all have the same host.id']),
    );
  });

  it('of a correlation is as many events as it asks for', () => {
    const text = `${sigma(`  sel:\n    EventID: 4625\n  condition: sel\n`, 'product: windows\n  service: security')}name: failed\n---\ntitle: many\ncorrelation:\n  type: value_count\n  rules: [failed]\n  group-by: [Computer]\n  timespan: 5m\n  condition:\n    field: TargetUserName\n    gte: 3\n`;
    const { events, misses } = only(text, 'sigma', 1);
    expect(new Set(events.map((event) => event['TargetUserName'])).size).toBe(3);
    expect(misses[0]!.events.length).toBe(2);
    expect(misses.map(({ condition }) => condition)).toEqual(['there are 3 of them', 'they come within 5m', 'all have the same Computer']);
  });

  it('of a pipeline passes its filters, worked back to the fields of the event, as often as its counts ask', () => {
    const { events, misses } = only(
      'DeviceProcessEvents | where Timestamp > ago(1d) | extend name = tolower(FileName) | where name == "net.exe" | summarize n = count() by DeviceName | where n >= 3',
      'kusto',
    );
    expect(events.map((event) => event['FileName'])).toEqual(['net.exe', 'net.exe', 'net.exe']);
    expect(misses.find(({ condition }) => condition.startsWith('n '))!.events.length).toBe(2);
  });

  it('of a pipeline has as many different values as it counts, each where its conditions allow', () => {
    const { events } = only(
      'FROM logs | WHERE action IN ("create", "attach") | STATS kinds = COUNT_DISTINCT(action), hosts = COUNT_DISTINCT(host), n = COUNT(*) BY user | WHERE kinds == 2 AND hosts == 1 AND n >= 4',
      'esql',
    );
    expect(events.map(({ action }) => action).toSorted()).toEqual(['attach', 'attach', 'create', 'create']);
    expect(new Set(events.map(({ host }) => host)).size).toBe(1);
  });

  it('of a pipeline with a join has events of both its sides, their keys alike', () => {
    const { events, misses } = only(
      'T | where a == "x" | join kind=inner (T | where b == "y" | summarize n = count() by Key, k2 = Id | where n >= 2) on Key, $left.id == $right.k2 | where c == 1',
      'kusto',
    );
    expect(events.map(({ a, b }) => a ?? b)).toEqual(['x', 'y', 'y']);
    expect(new Set(events.map(({ Key }) => Key)).size).toBe(1);
    expect(misses.map(({ condition }) => condition)).toContain('b is y');
  });

  it('says which table, index or source it is of, as exports do', () => {
    const rule = 'SigninLogs | where a == "x" | join kind=leftanti (SecurityEvent | where a == "x") on k';
    expect(only(rule, 'kusto').events).toEqual([{ Type: 'SigninLogs', a: 'x' }]);
    const { events } = only('SigninLogs | where a == "x" | join (SecurityEvent | where b == "y") on k', 'kusto');
    expect(events.map(({ Type }) => Type)).toEqual(['SigninLogs', 'SecurityEvent']);
    expect(only(sigma('  sel:\n    EventID: 7036\n  condition: sel\n', 'product: windows\n  service: system')).events).toEqual([
      { Channel: 'System', EventID: 7036 },
    ]);
    expect(only('imAuthentication | where a == "x"', 'kusto').events).toEqual([{ a: 'x' }]);
    expect(only('search index=aws sourcetype=s userIdentity.type=Root', 'spl').events).toEqual([
      { index: 'aws', sourcetype: 's', 'userIdentity.type': 'Root' },
    ]);
  });

  it.each([
    ['kusto', 'T | where tostring(parse_url(Url).Host) endswith ".zip" and Url startswith "https://"'],
    ['kusto', 'T | extend s = split(c, " ") | where s[1] in~ ("a", "u") and tostring(s[-1]) == "z"'],
    ['kusto', "T | where base64_decode_tostring(extract(@'enc ([A-Za-z0-9+/=]{8,})', 1, cmd)) contains 'whoami'"],
    ['kusto', 'T | parse m with * "a=" x " b=" y:long ";" * | where x == "foo" and y > 10'],
    ['kusto', 'T | where p matches regex @"^[a-z]:\\\\\\S+\\.exe" and p matches regex @"[\\\\]+(NetWire|rport)[\\\\]+"'],
    ['kusto', 'T | where r =~ "x" | summarize n = dcount(iff(c has "a", "one", iff(c has "b", "two", ""))) by h | where n >= 2'],
    ['kusto', 'let R = U | summarize arg_max(TimeGenerated, *) by Id | where state == "risk" | distinct name; T | where who in~ (R) and did == "x"'],
    ['kusto', 'T | extend k = case(c contains "A1", "No", c contains "B2", "No", c contains "C3", "No", c contains "D4", "Yes", "") | where k == "Yes"'],
    ['kusto', 'T | extend d = extract("([A-Z]+ )([^ :/]*)", 2, m), t = extract("[.][a-z]*$", 0, d) | where t in (".click", ".club")'],
    ['kusto', 'T | where a == 1 | evaluate bag_unpack(parse_json(F)) | where direction == "Out" and Duration > 100'],
    [
      'kusto',
      'T | mv-apply R = Targets on (where R.type =~ "Role") | mv-apply R = Targets on (where R.type =~ "User" | extend q = tostring(R.name)) | where q == "x"',
    ],
    ['kusto', 'T | where a == 1 | extend k = bin(TimeGenerated, 1h) | join (U | where b == 2 | extend k = bin(TimeGenerated, 1h)) on k'],
    ['kusto', 'T | where a == 1 | join (U | where b == 2 | project t = TimeGenerated, k) on k | where t - TimeGenerated between (1min .. 5min)'],
    ['kusto', 'T | summarize s = min(TimeGenerated), e = max(TimeGenerated), n = count() by h | where e - s > 10m and n >= 3'],
    ['kusto', 'T | where ingestion_time() > ago(1h) and a == 1'],
    ['kusto', 'T | where k == "new" | join kind=leftanti (T | where TimeGenerated < ago(7d)) on k'],
    ['kusto', 'T | where k !in ((T | where TimeGenerated < ago(1d) | distinct k))'],
    ['kusto', 'T | where a == 1 | join kind=rightsemi (U | where b == 2) on k | where c == 3'],
    ['kusto', 'T | where k in ((U | where z == 2 | project kk)) | where q == 1'],
    ['kusto', 'union (T | where a == "x"), (U | where b == "y") | where isnotempty(b) and a != "x"'],
    ['kusto', 'T | summarize a = countif(x == 1), b = countif(x == 2) by h | extend r = a * 100.0 / (a + b) | where r > 80 and b > 0'],
    ['kusto', 'let S = datatable(k:string, n:int)["a", 1, "b", 2]; T | where z == 1 | join kind=inner S on k | where n == 2'],
    [
      'kusto',
      'DeviceEvents | where a == 1 | join (DeviceProcessEvents | where b == 2) on DeviceName | where abs(datetime_diff("minute", TimeGenerated, TimeGenerated1)) <= 1',
    ],
    ['kusto', 'T | where m has "y" | parse m with * "a=" x " b=" * | where x == "foo" and m has "zz"'],
    ['kusto', 'T | extend g = tostring(split(parse_url(u).Path, "/")[2]) | where g in ("a1", "b2", "c3", "d4") | summarize n = dcount(g) by h | where n >= 3'],
    ['kusto', 'T | extend g = tostring(parse_path(tostring(P.entity)).Filename) | summarize n = dcount(g) by u | where n >= 4'],
    ['kusto', 'T | where p has "sql" and array_length(split(p, " ")) >= 10'],
    ['kusto', 'T | where extractjson("$.a.b", x) == "y"'],
    [
      'esql',
      'FROM l | STATS n = COUNT(*), a = MIN(@timestamp), b = MAX(@timestamp) BY h | EVAL hours = TO_INT((TO_DOUBLE(b) - TO_DOUBLE(a)) / 3600000), rate = n / hours | WHERE hours >= 1 AND rate >= 60',
    ],
    [
      'esql',
      'FROM l | STATS n = COUNT(*) BY ip, user | STATS users = COUNT(*), total = SUM(n), most = MAX(n) BY ip | WHERE users >= 5 AND total >= 10 AND most <= 3',
    ],
    [
      'esql',
      'FROM l | WHERE a IN ("assume", "x", "y", "z") | EVAL s = CASE(a == "assume", 1, 0) | STATS n = SUM(s), k = COUNT_DISTINCT(a) BY u | WHERE n >= 1 AND k >= 3',
    ],
    [
      'esql',
      'FROM l | STATS bad = COUNT(CASE(o == "failure", u, NULL)), good = COUNT(CASE(o == "success", u, NULL)), users = COUNT_DISTINCT(u) BY ip | WHERE bad >= 10 AND good <= 1 AND users >= 5',
    ],
    [
      'esql',
      'FROM l | EVAL a = CASE(p LIKE "*a1*", true, false), b = CASE(p LIKE "*b1*", true, false), h = CASE(a OR b, true, false) | WHERE h | EVAL k = CASE(a, "A", b, "B", "other") | STATS n = COUNT_DISTINCT(k) BY u | WHERE n >= 2',
    ],
    ['esql', 'FROM l | GROK m "%{DATA:a} user=%{WORD:u} from %{IP:ip}" | WHERE u == "root" AND a == "sshd"'],
    ['esql', 'FROM l | DISSECT m "%{a} - %{b}" | WHERE b LIKE "x*" AND a == "q"'],
    ['esql', 'FROM l | STATS a = MIN(@timestamp), b = MAX(@timestamp) BY h | WHERE DATE_DIFF("minute", a, b) >= 5'],
    ['spl', 'search index=a | rex field=_raw "\'(?<user>\\w+)@" | rex field=_raw "Z (?<dest>[\\w.]+)\\s" | stats count by dest user'],
    ['esql', 'FROM l | WHERE p RLIKE ".*Effect: *Allow.*" AND p RLIKE ".*Principal: *all.*"'],
    ['esql', 'FROM l | EVAL n = LENGTH(s) - LENGTH(REPLACE(REPLACE(s, "[^a-z0-9 ]", "#"), "#", "")) | WHERE LENGTH(s) > 500 AND n > 100'],
    [
      'esql',
      'FROM l | STATS u = COUNT_DISTINCT(user), n = COUNT(*), f = COUNT_DISTINCT(why) | EVAL t = CASE(u >= 10 AND n >= 30 AND f <= 3, "spray", u == 1 AND n >= 40, "force", "other") | WHERE t != "other"',
    ],
    ['esql', 'FROM l | GROK arn "arn:aws:sts::%{WORD:a}:" | GROK p "account=%{WORD:b}" | WHERE NOT a == b'],
    [
      'spl',
      'search index=a type=EXECVE | foreach a* [eval fields=mvappend(fields, \'<<FIELD>>\')] | eval line=mvjoin(fields, " ") | where like(line, "%cap_setuid %") | stats count by argc line',
    ],
    ['spl', 'search index=a | eval m=mvfind(names, "ForwardTo") | where m >= 0'],
    ['spl', 'search index=a | eval v=mvindex(values, 2), w=mvindex(values, 0) | search v="x" w="y"'],
    ['spl', 'search index=a e=1 | stats dc(u) as n by s | eventstats avg(n) as a, stdev(n) as d | eval far=if(n > a + d * 3, 1, 0) | where far=1'],
  ])('is worked back through what %s makes of fields: %s', (language, text) => {
    const rules = rulesIn(text, language);
    expect(holdsLaw(rules[0]!, rules)).toBe(true);
  });

  it('is no longer looked for when it is late', () => {
    const [rule] = rulesIn(sigma(`  sel:\n    a: '1'\n    b: '2'\n  condition: sel\n`));
    expect(witnessOf(rule!, [], NOW, () => true)).toEqual({ withheld: 'no event was found in the time there was' });
    const whys = new Set<string>();
    for (let most = 0; most < 60; most++) {
      let asked = 0;
      const found = witnessOf(rule!, [], NOW, () => ++asked > most);
      if (found.withheld !== undefined) continue;
      expect(verdict(rule!, [], found.events)).toBe('fires');
      expect(found.misses.length + found.without.length).toBe(2);
      for (const { why } of found.without) whys.add(why);
    }
    expect(whys).toContain('there was no time left to look for one');
  });

  it('is withheld of conditions that go deeper than the stack', () => {
    const late = (): (() => boolean) => {
      const end = performance.now() + 2_000;
      return () => performance.now() > end;
    };
    const parts = Array.from({ length: 30_000 }, (_, at) => `a${at} : b`);
    for (const query of [parts.join(' and '), parts.map((part, at) => `(${part} or c${at} : d)`).join(' and ')]) {
      const rules = rulesIn(query, 'kuery');
      expect(witnessOf(rules[0]!, rules, NOW, late()).withheld).toMatch(/no event was found/);
    }
  });

  it('is withheld with its reason', () => {
    expect(withheld(sigma(`  sel:\n    a: '1'\n  no:\n    a: '1'\n  condition: sel and not no\n`))).toBe('no event was found that meets all conditions');
    expect(withheld(sigma(`  sel:\n    a|re: '(?=x)y'\n  condition: sel\n`))).toMatch(/cannot be judged.*: a regular expression that looks ahead/);
    const threshold = '[rule]\ntype = "threshold"\nlanguage = "kuery"\nquery = "a: b"\n[rule.threshold]\nfield = ["c"]\nvalue = 5\n';
    expect(withheld(threshold, 'elastic')).toBe('it cannot be judged: a threshold, which counts events together');
    expect(withheld("T | where a == 1 | where TimeGenerated >= todatetime('{{StartTimeISO}}')", 'kusto')).toBe(
      'it cannot be judged: `{{StartTimeISO}}`, which is to be filled in',
    );
  });
});

describe('law 8: a witness fires, its near misses do not', () => {
  it.each(caseFolders())(
    'over the cases of %s',
    (language) => {
      const inputs = inputsOf(language).filter((text) => text.length < 4000);
      const step = Math.ceil(inputs.length / 120);
      let found = 0;
      for (let at = 0; at < inputs.length; at += step) {
        const text = inputs[at]!;
        const rules = language === 'sigma' ? rulesIn(text, 'sigma') : rulesIn(text, LANGUAGES.has(language) ? language : undefined);
        for (const rule of rules) if (holdsLaw(rule, rules)) found++;
      }
      expect(found).toBeGreaterThan(5);
    },
    120_000,
  );

  const TEXTS = ['cmd.exe', '*abc*', 'C:\\Windows\\*', '?b', '4688', ' x ', 'straße', 'run -enc'];
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const item = fc
    .tuple(
      fc.constantFrom('Image', 'EventID', 'User.Name', 'Data'),
      fc.constantFrom('', '|contains', '|startswith', '|endswith', '|cased', '|windash|contains', '|base64offset|contains', '|neq'),
      fc.array(fc.constantFrom(...TEXTS), { minLength: 1, maxLength: 3 }),
    )
    .map(([field, modifier, texts]) => `    ${field}${modifier}:\n${texts.map((text) => `      - ${quoted(text)}\n`).join('')}`);
  const section = fc.uniqueArray(item, { minLength: 1, maxLength: 3, selector: (text) => text.split(':')[0] }).map((items) => items.join(''));
  it('over rules of any shape', () => {
    let found = 0;
    fc.assert(
      fc.property(section, section, fc.constantFrom('a', 'not a', 'a and not b', 'a or b', '1 of them', 'not (a and b)', 'a and b'), (a, b, condition) => {
        const rules = rulesIn(sigma(`  a:\n${a}  b:\n${b}  condition: ${condition}\n`, 'category: test'), 'sigma');
        if (holdsLaw(rules[0]!, rules)) found++;
      }),
      { numRuns: 80 },
    );
    expect(found).toBeGreaterThan(30);
  }, 60_000);
});

describe('texts of regular expressions', () => {
  const of = (text: string, dialect: Regex['dialect'] = 'pcre'): Pick<Regex, 'text' | 'dialect' | 'flags'> => ({ text, dialect, flags: '' });
  it.each([
    'a.*b',
    '^(?:foo|bar)\\d{3,}$',
    '[^\\s"\']+\\.exe',
    '(?i)select.+from',
    '\\x41\\u0042[[:digit:]]\\S',
    '(a|b(c|d)){2}e?',
    '\\\\Users\\\\[A-Za-z]+\\\\',
    '[]x-]\\Q.*\\E',
    '[\\x41-\\x43\\]][^\\W\\d]\\tb',
    '\\p{Lu}\\P{L}\\p{N}',
    'a{2}{2}(?:b|c)+',
    '',
  ])('%s', (pattern) => {
    const ready = regexOf(of(pattern), false);
    const texts = [...regexTexts(of(pattern))];
    expect(texts.length).toBeGreaterThan(0);
    if (ready.refused === undefined) for (const { text } of texts) expect(ready.test(text), JSON.stringify(text)).toBe(true);
  });

  it('ends for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abc()[]{}|*+?.^$\\d1,9-'), maxLength: 30 }), (pattern) => {
        for (const { text } of regexTexts(of(pattern))) expect(text.length).toBeLessThan(10_000);
      }),
      { numRuns: 500 },
    );
    expect([...regexTexts(of('((){4000}){4000}'))]).toEqual([]);
    expect([...regexTexts(of(`a${'+'.repeat(20_000)}`))][0]?.text).toBe('a');
  });

  it('gives none of what it does not read', () => {
    for (const pattern of ['(?=a)b', '(a)\\1', '(?>a)', '(?P>x)a']) expect([...regexTexts(of(pattern))]).toEqual([]);
    expect([...regexTexts(of('a~b', 'lucene'))]).toEqual([]);
  });

  it('puts what is asked for into a group', () => {
    const filled = new Map<number | string, string>([
      [1, 'x'],
      ['n', 'y'],
    ]);
    expect([...regexTexts(of('a(?:b)(\\w+)-(?<n>.)'), filled)].map(({ text }) => text)).toContain('abx-y');
  });
});
