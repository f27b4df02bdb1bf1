/** A YAML format's ID, and how sure a text is of it; or what the YAML is instead. */
interface YamlLook {
  readonly format: 'sigma' | 'splunk' | 'anvilogic' | 'sentinel' | null;
  readonly sure: number;
  /** What it is instead, in a few words; '' where it is no YAML. */
  readonly other: string;
}

const HEAD = 400_000;
let last: { readonly text: string; readonly look: YamlLook } | null = null;

/** What a YAML text is by the keys at its root; that of the last text is kept. */
export function yamlLook(text: string): YamlLook {
  if (last?.text !== text) last = { text, look: lookAt(text.slice(0, HEAD)) };
  return last.look;
}

/** How sure a text is of one of the formats. */
export const yamlSure = (format: NonNullable<YamlLook['format']>, text: string): number => {
  const look = yamlLook(text);
  return look.format === format ? look.sure : 0;
};

const KEY = /^([ \t]*)(?:- )?(?:"([\w .-]+)"|'([\w .-]+)'|([A-Za-z_][\w.-]*))[ \t]*:(?=[ \t\r\n]|$)/;

/** The keys at the least indentation, with the text behind each; of all documents. Invisible characters before the first do not count. */
function rootKeys(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let indent = -1;
  let block = -1;
  let from = /^[\s\u200b-\u200f\u2060\ufeff]*/.exec(text)![0].length;
  while (from > 0 && ' \t'.includes(text[from - 1]!)) from--;
  for (const line of text.slice(from).split('\n')) {
    if (/^[ \t]*(?:#|$)/.test(line)) continue;
    const width = /^[ \t]*/.exec(line)![0].length;
    // The text of a block stands deeper than its key.
    if (block >= 0 && width > block) continue;
    block = -1;
    const key = KEY.exec(line);
    if (key === null) continue;
    if (/:[ \t]*[|>][+-]?\d*[ \t\r]*$/.test(line)) block = width;
    if (indent >= 0 && width > indent) continue;
    if (indent >= 0 && width < indent) found.clear();
    indent = width;
    const name = key[2] ?? key[3] ?? key[4]!;
    if (!found.has(name)) found.set(name, line.slice(key[0].length).trim());
  }
  return found;
}

const SENTINEL = [
  'severity',
  'queryFrequency',
  'requiredDataConnectors',
  'relevantTechniques',
  'triggerOperator',
  'entityMappings',
  'QueryPeriodBefore',
  'InputEntityType',
  'tactics',
  'dataSources',
  'DataSources',
];
const ESCU = ['tags', 'data_source', 'how_to_implement', 'known_false_positives', 'type', 'analytic_story', 'mitre_attack_id', 'security_domain'];
/** What Chainsaw's own rules read (its `FileKind`). */
const CHAINSAW_KINDS: ReadonlySet<string> = new Set(['evtx', 'hve', 'json', 'jsonl', 'mft', 'xml', 'esedb']);
const SIGMA_BESIDE = ['status', 'level', 'falsepositives', 'tags', 'references', 'author', 'id'];

/** JSON is YAML: a Sigma rule that a program wrote. A list of them, or one a line, is no document of YAML that Sigma has. */
const isSigmaJson = (text: string): boolean => /"detection"\s*:\s*\{/.test(text) && /"condition"\s*:/.test(text) && /"logsource"\s*:/.test(text);

function lookAt(text: string): YamlLook {
  if (/^[\s\ufeff]*[{[]/.test(text)) {
    if (!isSigmaJson(text)) return { format: null, sure: 0, other: '' };
    const isOne = /^[\s\ufeff]*\{/.test(text) && !/\}[ \t]*\r?\n[ \t]*\{/.test(text);
    return isOne ? { format: 'sigma', sure: 0.9, other: '' } : { format: null, sure: 0, other: 'several Sigma rules as JSON, of which one a file is read' };
  }
  const keys = rootKeys(text);
  const has = (...names: readonly string[]): boolean => names.some((name) => keys.has(name));
  const is = (format: NonNullable<YamlLook['format']>, sure: number): YamlLook => ({ format, sure, other: '' });
  const not = (other: string): YamlLook => ({ format: null, sure: 0, other });
  if (keys.size === 0) return not('');
  const beside = SIGMA_BESIDE.filter((name) => keys.has(name)).length;
  const isDetection = keys.has('detection');

  if (keys.has('logic') && has('logic_format', 'technique_id', 'techniques')) return is('anvilogic', has('logic_format') ? 0.97 : 0.6);
  if (CHAINSAW_KINDS.has(keys.get('kind') ?? '') && !has('logsource', 'query')) return not('a Chainsaw rule');
  if (isDetection && /hayabusa/i.test(keys.get('ruletype') ?? '')) return not('a Hayabusa rule');
  if (has('uuid') && has('pattern', 'effort', 'alert_category', 'alert_type')) return not('a Sekoia rule');
  if (isDetection) return is('sigma', has('logsource') || /^[ \t]+condition:/m.test(text) ? 0.95 : has('title') || beside > 1 ? 0.7 : 0.3);
  if (keys.has('correlation') && /^[ \t]+(?:type|rules|group-by|timespan|condition):/m.test(text)) return is('sigma', 0.9);
  if (keys.has('filter') && has('logsource')) return is('sigma', 0.9);
  if (keys.has('logsource') && (has('title') || beside > 0)) return is('sigma', 0.8);
  if (keys.has('search') && has('name', 'id', 'description') && has(...ESCU)) return is('splunk', 0.95);
  if (isSentinel(keys)) return is('sentinel', 0.96);
  if (keys.has('query') && has('name', 'id', 'displayName', 'title') && has('description', 'tags', 'version')) return is('sentinel', 0.6);
  if (keys.has('title') && has('status', 'level') && has('falsepositives', 'references', 'tags')) return is('sigma', 0.6);
  const other = otherYaml(keys, text);
  // Microsoft's files that were moved keep such a note: no rule, but theirs.
  if (other === MOVED) return { format: 'sentinel', sure: 0.3, other };
  // A rule whose writing has only begun.
  return keys.has('title') && other === NO_RULE ? { format: 'sigma', sure: beside > 0 ? 0.4 : 0.3, other } : not(other);
}

const NO_RULE = 'YAML that is no rule';
const MOVED = 'a note that a rule has moved';

/** A query with what only Sentinel's rules have; parsers and custom detections of the same family. */
function isSentinel(keys: ReadonlyMap<string, string>): boolean {
  const has = (...names: readonly string[]): boolean => names.some((name) => keys.has(name));
  if (has('query', 'Query')) return has(...SENTINEL);
  return has('ParserQuery', 'queryCondition') || keys.get('kind') === 'CustomDetection';
}

function otherYaml(keys: ReadonlyMap<string, string>, text: string): string {
  const has = (...names: readonly string[]): boolean => names.every((name) => keys.has(name));
  if (keys.has('jobs') && (keys.has('on') || keys.has('name'))) return 'a workflow';
  if (has('id', 'description') && /\bmoved\b/i.test(text.slice(0, 2000))) return MOVED;
  if (has('definition', 'name')) return 'a macro';
  if (has('narrative')) return 'a story';
  if (has('source', 'sourcetype') || keys.has('supported_TA')) return 'a data source';
  return NO_RULE;
}
