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
  readonly why: string;
  /** Why the samples differ. */
  readonly sampled?: string;
}

const KUSTO = 'the page has one Kusto rule more, which this copy of Sentinel does not hold';
const BASENAME = 'file names of Image are counted under process_name, as the page says it does and does not';
const PARENT = 'the same for ParentImage: file names are counted under parent_process_name';
const DATED = 'the page read a newer ESCU and an older Elastic repository';

export const FIELDS: readonly FieldRow[] = [
  {
    name: 'CommandLine',
    rules: 16,
    kinds: 'contains 7, regex_match 3, ends_with 2, in 2, match 2, eq 1, is_not_null 1',
    sampled: 'blanks around a value are kept; values of equally many rules stand in order, and the blank comes first',
    samples:
      '(?i)netstat(\\.exe)?|net(\\.exe)?\\s+(use|sessions)|Get-TCPC..., (?i)whoami|systeminfo|ipconfig|arp|nltest|dclist|domain_t..., accounts, group, localgroup',
    why: `${KUSTO}; single kinds by corpus date`,
  },
  {
    name: 'process_name',
    rules: 13,
    kinds: 'eq 10, in 2, match 2',
    sampled: 'file names of Image are counted here',
    samples: 'arp.exe, (?i)(whoami|systeminfo|ipconfig|arp|nltest|tasklist|net1?..., atbroker.exe, bginfo.exe, net.exe',
    why: `${BASENAME}: 13 and the 5 rules with Image ends_with`,
  },
  { name: 'EventID', rules: 8, kinds: 'eq 8', sampled: '4688 has three rules there, with the Kusto rule', samples: '4104, 4688, 1, 4103', why: KUSTO },
  {
    name: 'Image',
    rules: 6,
    kinds: 'ends_with 5, eq 1, is_not_null 1, starts_with 1, wildcard 1',
    sampled: 'its file names are counted under process_name',
    samples: '/last, /lsof, /netstat, \\net.exe, \\net1.exe',
    why: `${BASENAME}: the 5 with ends_with are gone from here`,
  },
  {
    name: 'OriginalFileName',
    rules: 6,
    kinds: 'eq 6',
    samples: 'net.exe, net1.exe, netsh.exe, sharpview.exe',
    why: `${DATED}: no other rule of these names original_file_name in this copy`,
  },
  { name: 'event.type', rules: 6, kinds: 'eq 6', samples: 'start', why: '' },
  { name: 'EventType', rules: 3, kinds: 'eq 2, in 1', samples: 'exec, exec_event, fork', why: '' },
  { name: 'event.category', rules: 3, kinds: 'eq 3', samples: 'process', why: '' },
  {
    name: 'host.os.type',
    rules: 3,
    kinds: 'eq 2, in 1',
    samples: '',
    why: 'seven of the nine Elastic rules name it, each once, as their texts show; the page counts the three kuery rules only',
  },
  {
    name: 'process.args',
    rules: 3,
    kinds: 'eq 2, in 2, starts_with 1, wildcard 1',
    sampled: 'the stars of a member of a list say how it is compared, here as everywhere',
    samples: '*.cluster.local, *.svc, *.svc.cluster.local, -s, config',
    why: '',
  },
  {
    name: 'ParentImage',
    rules: 2,
    kinds: 'ends_with 1, eq 1',
    sampled: 'its file names are counted under parent_process_name',
    samples:
      '?:\\program files (x86)\\teamcity\\jre\\bin\\java.exe, ?:\\program files\\teamcity\\jre\\bin\\java.exe, ?:\\teamcity\\buildagent\\jre\\bin\\java.exe, \\searchfilterhost.exe, \\searchprotocolhost.exe',
    why: `${PARENT}; ?: begins a wildcard here, on the page a plain value`,
  },
  {
    name: 'ScriptBlockText',
    rules: 2,
    kinds: 'contains 1, eq 1, in 1',
    samples: '.getgporeport(), ::getipglobalproperties(), ::getprocesses, get-nettcpconnection',
    why: '',
  },
  { name: 'Type', ours: 'type', rules: 2, kinds: 'eq 2', samples: '', why: 'counted under the name the most rules give it' },
  { name: 'dc_process', rules: 2, kinds: 'gt 2', samples: '3', why: 'listed as a threshold too, being a computed field' },
  { name: 'dc_process_name', rules: 2, kinds: 'gt 2', samples: '1', why: 'listed as a threshold too, being a computed field' },
];

/** The figures of its headings, and why ours differ. */
export const HEADS = {
  rules: `${KUSTO}; all rules: eight of Anvilogic more, which search without the text of an event's ID`,
  vendors: `${KUSTO}; all rules: 14 of Anvilogic in place of six`,
  events:
    'the page counts the events of its own catalog of Windows events; here the events of every product a rule reads count: Elastic Defend, CrowdStrike, SentinelOne, Linux and macOS beside Sysmon and Security-Auditing',
  fields: `${KUSTO} (EventData is a field of its own); the page prints 15 of its fields, all of which stand below`,
  values: `${KUSTO}; a file name of Image and of process_name is one row here; the page prints 30 of its rows, all of which stand below`,
  exclusions: `${KUSTO} (four of its rows are printed); the page prints 15 of its rows, all of which stand below; those it does not print cannot be told apart from those of the newer Elastic rules here`,
} as const;

/** Figures of an independent count over the same sources (rule model, section 10), beside the page's. */
export const REACHES: readonly {
  readonly field: string;
  readonly kind: Operator;
  readonly value: string;
  readonly page: number;
  readonly independent: number;
  readonly why: string;
}[] = [
  {
    field: 'event.type',
    kind: 'eq',
    value: 'start',
    page: 606,
    independent: 633,
    why: '42 rules that name it only in a list beside others count here',
  },
  { field: 'event.category', kind: 'eq', value: 'process', page: 128, independent: 128, why: 'five rules that name it in a list beside others count here' },
  { field: 'EventID', kind: 'eq', value: '4688', page: 313, independent: 289, why: 'the 23 Kusto rules count here' },
  { field: 'EventID', kind: 'eq', value: '4104', page: 268, independent: 275, why: '' },
  { field: 'OriginalFileName', kind: 'eq', value: 'net.exe', page: 28, independent: 37, why: 'one rule that names it in a list beside others counts here' },
];

interface ValueRow {
  readonly field: string;
  readonly kind: Operator;
  readonly value: string;
  readonly here: number;
  readonly reach: number;
  readonly why: string;
}

const MORE = 'file names of Image count here';
const name = (value: string, here: number, reach: number, why = MORE): ValueRow => ({ field: 'process_name', kind: 'eq', value, here, reach, why });

export const VALUES: readonly ValueRow[] = [
  { field: 'event.type', kind: 'eq', value: 'start', here: 6, reach: 606, why: 'newer Elastic repository here' },
  name('net.exe', 5, 22),
  name('netstat.exe', 5, 8),
  name('arp.exe', 4, 8),
  name('nbtstat.exe', 4, 8),
  name('net1.exe', 4, 35),
  name('netsh.exe', 4, 18),
  name('dsget.exe', 3, 7),
  name('dsquery.exe', 3, 12),
  name('gpresult.exe', 3, 7),
  name('hostname.exe', 3, 7),
  name('ipconfig.exe', 3, 8),
  name('nltest.exe', 3, 10),
  name('ping.exe', 3, 9),
  name('powershell.exe', 3, 104),
  name('qprocess.exe', 3, 7),
  name('quser.exe', 3, 8),
  name('qwinsta.exe', 3, 8),
  name('reg.exe', 3, 20),
  name('sc.exe', 3, 29),
  name('systeminfo.exe', 3, 7),
  name('tasklist.exe', 3, 9),
  name('tracert.exe', 3, 6),
  name('whoami.exe', 3, 11),
  { field: 'OriginalFileName', kind: 'eq', value: 'net.exe', here: 4, reach: 28, why: `${DATED}; macros with a definition are counted here` },
  { field: 'OriginalFileName', kind: 'eq', value: 'net1.exe', here: 4, reach: 44, why: DATED },
  { field: 'CommandLine', kind: 'regex_match', value: '(?i)netstat(\\.exe)?|net(\\.exe)?\\s+(use|sessions)|Get-TCPConnection', here: 3, reach: 3, why: '' },
  { field: 'EventID', kind: 'eq', value: '4104', here: 3, reach: 268, why: DATED },
  { field: 'EventID', kind: 'eq', value: '4688', here: 3, reach: 313, why: `${KUSTO}; ${DATED}` },
  { field: 'event.category', kind: 'eq', value: 'process', here: 3, reach: 128, why: 'newer Elastic repository here' },
];

interface ExclusionRow {
  readonly field: string;
  readonly kind: Operator;
  readonly value: string;
  /** What of it ours counts otherwise. */
  readonly ours?: { readonly field?: string; readonly kind?: Operator; readonly value?: string };
  readonly rules: number;
  readonly why: string;
}

export const EXCLUSIONS: readonly ExclusionRow[] = [
  {
    field: 'CommandLine',
    kind: 'match',
    value: '(?i)\\x5cSplunkUniversalForwarder\\x5c(etc|bin)\\x5c',
    ours: { field: 'CommandLine', kind: 'regex_match' },
    rules: 2,
    why: 'match is counted as regex_match',
  },
  { field: 'user', kind: 'match', value: '\\$$', ours: { field: 'User', kind: 'regex_match' }, rules: 2, why: 'user is counted as User' },
  {
    field: 'CurrentDirectory',
    kind: 'in',
    value: '/opt/microsoft/mdatp/sbin',
    ours: { field: 'CurrentDirectory', kind: 'eq' },
    rules: 1,
    why: 'in is counted as eq, one a value',
  },
  {
    field: 'CurrentDirectory',
    kind: 'in',
    value: '/usr/lib/check_mk_agent/plugins',
    ours: { field: 'CurrentDirectory', kind: 'eq' },
    rules: 1,
    why: 'the same',
  },
  { field: 'CurrentDirectory', kind: 'in', value: '/var/ossec', ours: { field: 'CurrentDirectory', kind: 'eq' }, rules: 1, why: 'the same' },
  { field: 'EventData', kind: 'contains', value: 'gc_service.exe', rules: 1, why: KUSTO },
  { field: 'EventData', kind: 'contains', value: 'gc_worker.exe', rules: 1, why: KUSTO },
  {
    field: 'Image',
    kind: 'ends_with',
    value: '/who',
    ours: { field: 'process_name', kind: 'eq', value: 'who' },
    rules: 1,
    why: 'a file name, counted as process_name eq who',
  },
  { field: 'Image', kind: 'starts_with', value: '/run/containerd/', rules: 1, why: '' },
  { field: 'Image', kind: 'starts_with', value: '/srv/snp/docker/', rules: 1, why: '' },
  { field: 'Image', kind: 'starts_with', value: '/tmp/.criu', rules: 1, why: '' },
  { field: 'Image', kind: 'starts_with', value: '/tmp/go-build', rules: 1, why: '' },
  { field: 'ParentCommandLine', kind: 'contains', value: '/usr/bin/landscape-sysinfo', rules: 1, why: '' },
  { field: 'ParentImage', kind: 'contains', value: 'gc_service.exe', rules: 1, why: KUSTO },
  { field: 'ParentImage', kind: 'contains', value: 'gc_worker.exe', rules: 1, why: KUSTO },
];
