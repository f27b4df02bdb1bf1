import type { Operator } from '../../src/model';

/** What the reference page of T1049 prints, and why ours differs where it does. */
interface FieldRow {
  readonly name: string;
  /** Under which name ours counts it. */
  readonly ours?: string;
  readonly rules: number;
  readonly kinds: string;
  /** As they stand there, with commas between. */
  readonly samples: string;
  readonly why?: string;
  /** Why the samples differ. */
  readonly sampled?: string;
}

const KUSTO = 'the Kusto rule of the page is not under T1049 in this copy of Sentinel';
const MOVED = 'better normalisation: a file name of Image counts as process_name, as the page says it does';

export const FIELDS: readonly FieldRow[] = [
  {
    name: 'CommandLine',
    rules: 16,
    kinds: 'contains 7, regex_match 3, ends_with 2, in 2, match 2, eq 1, is_not_null 1',
    samples:
      '(?i)netstat(\\.exe)?|net(\\.exe)?\\s+(use|sessions)|Get-TCPC..., (?i)whoami|systeminfo|ipconfig|arp|nltest|dclist|domain_t..., accounts, group, localgroup',
    why: `corpus date: ${KUSTO}; contains, ends_with and in are probably by searches written otherwise in a newer ESCU, five of whose rules compare the command line with contains here`,
    sampled:
      'corpus date: two ESCU rules share -a here (Network Connection Discovery With Arp, With Netstat), so it stands before values of one rule and localgroup falls out; blanks of a value are kept',
  },
  {
    name: 'process_name',
    rules: 13,
    kinds: 'eq 10, in 2, match 2',
    samples: 'arp.exe, (?i)(whoami|systeminfo|ipconfig|arp|nltest|tasklist|net1?..., atbroker.exe, bginfo.exe, net.exe',
    why: `${MOVED}: 13 and the five rules with Image ends_with`,
    sampled: 'better normalisation: two Sigma rules look for net.exe and net1.exe as Image, so both have four rules, as many as arp.exe',
  },
  {
    name: 'EventID',
    rules: 8,
    kinds: 'eq 8',
    samples: '4104, 4688, 1, 4103',
    why: `corpus date: ${KUSTO}`,
    sampled: 'corpus date: without the Kusto rule 4688 has two rules, like 1 and 4103',
  },
  {
    name: 'Image',
    rules: 6,
    kinds: 'ends_with 5, eq 1, is_not_null 1, starts_with 1, wildcard 1',
    samples: '/last, /lsof, /netstat, \\net.exe, \\net1.exe',
    why: `${MOVED}: the five with ends_with are gone from here`,
    sampled: 'better normalisation: its file names count as process_name; what is left are the paths of one Elastic rule',
  },
  {
    name: 'OriginalFileName',
    rules: 6,
    kinds: 'eq 6',
    samples: 'net.exe, net1.exe, netsh.exe, sharpview.exe',
    why: 'corpus date: one more ESCU rule compares it there, probably Network Connection Discovery With Net, which in this copy names process_name only',
  },
  { name: 'event.type', rules: 6, kinds: 'eq 6', samples: 'start' },
  { name: 'EventType', rules: 3, kinds: 'eq 2, in 1', samples: 'exec, exec_event, fork' },
  { name: 'event.category', rules: 3, kinds: 'eq 3', samples: 'process' },
  {
    name: 'host.os.type',
    rules: 3,
    kinds: 'eq 2, in 1',
    samples: '',
    why: 'better counting: seven of the nine Elastic rules name it, three in kuery and four in EQL; the three of the page are as many as the kuery rules, and of the same kinds',
  },
  {
    name: 'process.args',
    rules: 3,
    kinds: 'eq 2, in 2, starts_with 1, wildcard 1',
    samples: '*.cluster.local, *.svc, *.svc.cluster.local, -s, config',
    sampled: 'better normalisation: the star in front of a member of a list says that a value ends so, and is no part of it',
  },
  {
    name: 'ParentImage',
    rules: 2,
    kinds: 'ends_with 1, eq 1',
    samples:
      '?:\\program files (x86)\\teamcity\\jre\\bin\\java.exe, ?:\\program files\\teamcity\\jre\\bin\\java.exe, ?:\\teamcity\\buildagent\\jre\\bin\\java.exe, \\searchfilterhost.exe, \\searchprotocolhost.exe',
    why: 'better normalisation: the file names of the rule with ends_with count as parent_process_name; the question mark of `?:\\…` is a wildcard here, a plain character there',
    sampled: 'better normalisation: the two file names count as parent_process_name',
  },
  {
    name: 'ScriptBlockText',
    rules: 2,
    kinds: 'contains 1, eq 1, in 1',
    samples: '.getgporeport(), ::getipglobalproperties(), ::getprocesses, get-nettcpconnection',
  },
  {
    name: 'Type',
    ours: 'type',
    rules: 2,
    kinds: 'eq 2',
    samples: '',
    why: "its name only: the table of fields has auditd's type, and the case of letters tells no fields apart; the third of all rules means auditd's",
  },
  { name: 'dc_process', rules: 2, kinds: 'gt 2', samples: '3' },
  { name: 'dc_process_name', rules: 2, kinds: 'gt 2', samples: '1' },
];

/** The figures of its headings, and why ours differ. */
export const HEADS = {
  rules: { page: 33, why: `corpus date: ${KUSTO}; all: eight rules of Anvilogic more, whose searches do not hold the text \`<EventID>\`` },
  vendors: { page: [9, 9, 14, 1], why: `corpus date: ${KUSTO}; all: 14 rules of Anvilogic in place of six` },
  events: {
    page: 7,
    why: 'another catalog of events: the page gives only their number. Of the 17 here seven are of operating systems and have a name of their own (Security-Auditing 4688, Sysmon 1, PowerShell 4103 and 4104, Windows PowerShell 400, Linux-Sysmon 1, macOS Endpoint Security exec); the ten others are those of security products, auditd, Cisco IOS and Splunk risk events',
  },
  fields: {
    page: 27,
    why: 'corpus date: three more, probably of the Kusto rule and of newer ESCU rules; the page prints 15 of its fields, all of which stand below. Ours are as many as counted alike: GrandParentImage and process.parent.name become grandparent_process_name and parent_process_name, no field falls away',
  },
  values: {
    page: 422,
    why: 'corpus date: eleven more, probably of the Kusto rule and of newer ESCU and other Elastic rules; the page prints 30 of its rows, all of which stand below. Better normalisation: of the 411 counted alike four are thresholds, which have a table of their own here, and six fall together with another row (file names of Image, members of lists)',
  },
  exclusions: {
    page: 132,
    why: 'corpus date: four rows of the page are of the Kusto rule, so the same rules have nine more here, probably by newer Elastic rules: of the 137 counted alike Elastic has 132. The page prints 15 of its rows, all of which stand below. Better normalisation: user.id S-1-5-18, once alone and once in a list, is one row',
  },
} as const;

/** Figures to check by (rule model, section 10): of an independent count over the same sources, beside the page's. */
export const REACHES: readonly {
  readonly field: string;
  readonly kind: Operator;
  readonly value: string;
  readonly page: number;
  readonly expected: number;
  readonly why: string;
}[] = [
  {
    field: 'event.type',
    kind: 'eq',
    value: 'start',
    page: 606,
    expected: 633,
    why: 'corpus date: newer Elastic rules here. 42 rules that name it only in a list beside others count too; which three rules more the independent count leaves out it does not say',
  },
  {
    field: 'event.category',
    kind: 'eq',
    value: 'process',
    page: 128,
    expected: 128,
    why: 'three rules that name it only in a list beside others count too; which two rules more the independent count leaves out it does not say',
  },
  {
    field: 'EventID',
    kind: 'eq',
    value: '4688',
    page: 313,
    expected: 289,
    why: 'corpus date; the independent count is that of one Elastic rule and 288 of Anvilogic: 23 Kusto rules count here too, one of which names it in a list',
  },
  {
    field: 'EventID',
    kind: 'eq',
    value: '4104',
    page: 268,
    expected: 275,
    why: 'corpus date; five rules of Anvilogic name it as signature_id, which the page would count apart',
  },
  {
    field: 'OriginalFileName',
    kind: 'eq',
    value: 'net.exe',
    page: 28,
    expected: 37,
    why: 'corpus date: another ESCU, of whose rules eleven name it here, all through the macro process_net; one Elastic rule that names it in a list beside others counts too',
  },
];

/** T1049 by vendor (rule model, section 10). */
export const EXPECTED_RULES: readonly { readonly name: string; readonly page: number; readonly expected: number; readonly why: string }[] = [
  { name: 'Sigma', page: 9, expected: 9, why: '' },
  { name: 'Elastic', page: 9, expected: 9, why: '' },
  { name: 'Splunk, ESCU', page: 8, expected: 8, why: '' },
  { name: 'Splunk, Anvilogic', page: 6, expected: 14, why: 'the page takes only those whose search holds the text `<EventID>`' },
  { name: 'Kusto', page: 1, expected: 0, why: `corpus date: ${KUSTO}` },
];

interface ValueRow {
  readonly field: string;
  readonly kind: Operator;
  readonly value: string;
  readonly here: number;
  readonly reach: number;
  /** Why fewer or more of the same rules have it. */
  readonly why?: string;
  /** Why its reach, counted alike, is another. */
  readonly reached?: string;
}

const DATED = 'corpus date';
const ONE_MORE = 'corpus date: one more ESCU rule compares OriginalFileName there';
const SHIFTED =
  'corpus date: another ESCU, where net1.exe reaches further than net.exe; in this copy 22 of its rules compare with net.exe and 21 with net1.exe';
const name = (value: string, here: number, reach: number, reached: string = DATED, why?: string): ValueRow => ({
  field: 'process_name',
  kind: 'eq',
  value,
  here,
  reach,
  reached,
  ...(why === undefined ? null : { why }),
});
const NET = 'better normalisation: two Sigma rules that look for it as Image';

export const VALUES: readonly ValueRow[] = [
  { field: 'event.type', kind: 'eq', value: 'start', here: 6, reach: 606, reached: 'corpus date: newer Elastic rules here' },
  name('net.exe', 5, 22, SHIFTED, NET),
  name('netstat.exe', 5, 8),
  name('arp.exe', 4, 8),
  name('nbtstat.exe', 4, 8, ''),
  name('net1.exe', 4, 35, 'corpus date: the same', NET),
  name('netsh.exe', 4, 18),
  name('dsget.exe', 3, 7, ''),
  name('dsquery.exe', 3, 12),
  name('gpresult.exe', 3, 7, ''),
  name('hostname.exe', 3, 7),
  name('ipconfig.exe', 3, 8),
  name('nltest.exe', 3, 10),
  name('ping.exe', 3, 9),
  name('powershell.exe', 3, 104),
  name('qprocess.exe', 3, 7, ''),
  name('quser.exe', 3, 8),
  name('qwinsta.exe', 3, 8),
  name('reg.exe', 3, 20),
  name('sc.exe', 3, 29),
  name('systeminfo.exe', 3, 7),
  name('tasklist.exe', 3, 9),
  name('tracert.exe', 3, 6),
  name('whoami.exe', 3, 11),
  { field: 'OriginalFileName', kind: 'eq', value: 'net.exe', here: 4, reach: 28, why: ONE_MORE, reached: DATED },
  { field: 'OriginalFileName', kind: 'eq', value: 'net1.exe', here: 4, reach: 44, why: ONE_MORE, reached: DATED },
  { field: 'CommandLine', kind: 'regex_match', value: '(?i)netstat(\\.exe)?|net(\\.exe)?\\s+(use|sessions)|Get-TCPConnection', here: 3, reach: 3 },
  { field: 'EventID', kind: 'eq', value: '4104', here: 3, reach: 268, reached: DATED },
  { field: 'EventID', kind: 'eq', value: '4688', here: 3, reach: 313, why: `corpus date: ${KUSTO}`, reached: DATED },
  { field: 'event.category', kind: 'eq', value: 'process', here: 3, reach: 128, reached: 'corpus date: newer Elastic rules here' },
];

interface ExclusionRow {
  readonly field: string;
  readonly kind: Operator;
  readonly value: string;
  /** What of it ours counts otherwise. */
  readonly ours?: { readonly field?: string; readonly kind?: Operator; readonly value?: string };
  readonly rules: number;
  readonly why?: string;
}

const LISTED = 'better normalisation: a member of a list counts as eq, like the value alone';

export const EXCLUSIONS: readonly ExclusionRow[] = [
  {
    field: 'CommandLine',
    kind: 'match',
    value: '(?i)\\x5cSplunkUniversalForwarder\\x5c(etc|bin)\\x5c',
    ours: { kind: 'regex_match' },
    rules: 2,
    why: 'better normalisation: match counts as regex_match',
  },
  {
    field: 'user',
    kind: 'match',
    value: '\\$$',
    ours: { field: 'User', kind: 'regex_match' },
    rules: 2,
    why: 'better normalisation: user counts as User, match as regex_match',
  },
  { field: 'CurrentDirectory', kind: 'in', value: '/opt/microsoft/mdatp/sbin', ours: { kind: 'eq' }, rules: 1, why: LISTED },
  { field: 'CurrentDirectory', kind: 'in', value: '/usr/lib/check_mk_agent/plugins', ours: { kind: 'eq' }, rules: 1, why: LISTED },
  { field: 'CurrentDirectory', kind: 'in', value: '/var/ossec', ours: { kind: 'eq' }, rules: 1, why: LISTED },
  { field: 'EventData', kind: 'contains', value: 'gc_service.exe', rules: 1, why: `corpus date: ${KUSTO}` },
  { field: 'EventData', kind: 'contains', value: 'gc_worker.exe', rules: 1, why: `corpus date: ${KUSTO}` },
  {
    field: 'Image',
    kind: 'ends_with',
    value: '/who',
    ours: { field: 'process_name', kind: 'eq', value: 'who' },
    rules: 1,
    why: 'better normalisation: a file name of Image counts as process_name',
  },
  { field: 'Image', kind: 'starts_with', value: '/run/containerd/', rules: 1 },
  { field: 'Image', kind: 'starts_with', value: '/srv/snp/docker/', rules: 1 },
  { field: 'Image', kind: 'starts_with', value: '/tmp/.criu', rules: 1 },
  { field: 'Image', kind: 'starts_with', value: '/tmp/go-build', rules: 1 },
  { field: 'ParentCommandLine', kind: 'contains', value: '/usr/bin/landscape-sysinfo', rules: 1 },
  { field: 'ParentImage', kind: 'contains', value: 'gc_service.exe', rules: 1, why: `corpus date: ${KUSTO}` },
  { field: 'ParentImage', kind: 'contains', value: 'gc_worker.exe', rules: 1, why: `corpus date: ${KUSTO}` },
];
