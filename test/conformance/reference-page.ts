import type { Operator } from '../../src/model';

/** What the reference page of T1049 prints, and why ours differs where it does. */
interface FieldRow {
  readonly name: string;
  /** Under which name ours counts it. */
  readonly ours?: string;
  readonly rules: number;
  readonly kinds: string;
  readonly why: string;
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
    why: `${KUSTO}; single kinds by corpus date`,
  },
  { name: 'process_name', rules: 13, kinds: 'eq 10, in 2, match 2', why: `${BASENAME}: 13 and the 5 rules with Image ends_with` },
  { name: 'EventID', rules: 8, kinds: 'eq 8', why: KUSTO },
  {
    name: 'Image',
    rules: 6,
    kinds: 'ends_with 5, eq 1, is_not_null 1, starts_with 1, wildcard 1',
    why: `${BASENAME}: the 5 with ends_with are gone from here`,
  },
  { name: 'OriginalFileName', rules: 6, kinds: 'eq 6', why: `${DATED}: no other rule of these names original_file_name in this copy` },
  { name: 'event.type', rules: 6, kinds: 'eq 6', why: '' },
  { name: 'EventType', rules: 3, kinds: 'eq 2, in 1', why: '' },
  { name: 'event.category', rules: 3, kinds: 'eq 3', why: '' },
  {
    name: 'host.os.type',
    rules: 3,
    kinds: 'eq 2, in 1',
    why: 'seven of the nine Elastic rules name it, each once, as their texts show; the page counts the three kuery rules only',
  },
  { name: 'process.args', rules: 3, kinds: 'eq 2, in 2, starts_with 1, wildcard 1', why: '' },
  { name: 'ParentImage', rules: 2, kinds: 'ends_with 1, eq 1', why: `${PARENT}; ?: begins a wildcard here, on the page a plain value` },
  { name: 'ScriptBlockText', rules: 2, kinds: 'contains 1, eq 1, in 1', why: '' },
  { name: 'Type', ours: 'type', rules: 2, kinds: 'eq 2', why: 'counted under the name the most rules give it' },
  { name: 'dc_process', rules: 2, kinds: 'gt 2', why: 'listed as a threshold too, being a computed field' },
  { name: 'dc_process_name', rules: 2, kinds: 'gt 2', why: 'listed as a threshold too, being a computed field' },
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
