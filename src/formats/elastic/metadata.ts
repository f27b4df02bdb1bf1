import type { Domain, Metadata, Platform, RuleKind, Span, TimeBound } from '../../model';
import { DOMAINS, PLATFORMS } from '../../model';
import { elasticSourceOf, type ElasticSource } from '../../knowledge/elastic-indexes';
import { NO_METADATA } from '../metadata';
import { at, itemsAt, textAt, textsAt, type DocumentNode, type TableNode } from './tree';

const DOMAIN_TAGS: Readonly<Record<string, Domain>> = {
  endpoint: 'endpoint',
  cloud: 'cloud',
  storage: 'cloud',
  kubernetes: 'container',
  container: 'container',
  identity: 'identity',
  iam: 'identity',
  network: 'network',
  llm: 'ai',
  ai: 'ai',
  'generative ai': 'ai',
  saas: 'saas',
  web: 'web',
  email: 'email',
  application: 'application',
  api: 'application',
};
const PLATFORM_TAGS: Readonly<Record<string, Platform>> = { windows: 'windows', linux: 'linux', macos: 'macos' };

/** Keys of Elastic Endpoint's behaviour rules, which name neither type nor language nor index: their queries are EQL over what Elastic Defend sends. */
const ENDPOINT_KEYS = ['os_list', 'min_endpoint_version', 'optional_actions'];

export const isEndpointRule = (rule: TableNode): boolean => textAt(rule, 'type') === '' && ENDPOINT_KEYS.some((key) => at(rule, key) !== undefined);

/**
 * What a rule table says about itself; `root` is the file's table, with [metadata], and [[threat]] in Endpoint's behaviour rules; exported rules have none.
 * `sources`: index patterns the query names.
 */
export function metadataOf(rule: TableNode, root: DocumentNode | undefined, sources: readonly string[]): Metadata {
  const about = at(root, 'metadata');
  const tags = textsAt(rule, 'tags');
  const index = [...textsAt(rule, 'index'), ...(at(rule, 'index') === undefined ? sources : [])];
  const known = knownSourcesOf([...textsAt(about, 'integration'), ...integrationsOf(rule), ...(isEndpointRule(rule) ? ['endpoint'] : [])], index);
  const byIndex = index.flatMap((pattern) => elasticSourceOf(pattern) ?? []);
  const threats = at(rule, 'threat') === undefined ? itemsAt(root, 'threat') : itemsAt(rule, 'threat');
  const { techniques, tactics } = threatsOf(threats);
  return {
    ...NO_METADATA,
    id: textAt(rule, 'rule_id') || textAt(rule, 'id'),
    title: textAt(rule, 'name'),
    description: textAt(rule, 'description').trim(),
    author: textsAt(rule, 'author'),
    status: textAt(about, 'maturity').toLowerCase(),
    kind: kindOf(rule, about, tags),
    severity: textAt(rule, 'severity').toLowerCase(),
    license: textAt(rule, 'license'),
    created: dateOf(textAt(about, 'creation_date') || textAt(rule, 'created_at')),
    modified: dateOf(textAt(about, 'updated_date') || textAt(rule, 'updated_at')),
    references: [...textsAt(rule, 'references'), ...textsAt(rule, 'reference')],
    tags,
    techniques,
    tactics,
    logsource: index.join(', ') || textAt(rule, 'machine_learning_job_id'),
    scopes: [...new Set(index.map((pattern) => pattern.toLowerCase()))],
    platforms: inOrder(PLATFORMS, platformsNamed(rule, tags), known, 'platforms'),
    domains: inOrder(DOMAINS, domainsNamed(rule, tags), known, 'domains'),
    providers: [...new Set((byIndex.length > 0 ? byIndex : known).flatMap(({ providers }) => providers))],
    times: timesOf(rule),
    groupBy: groupByOf(rule),
    falsePositives: textsAt(rule, 'false_positives'),
    places: placesOf(rule, about, threats),
  };
}

function kindOf(rule: TableNode, about: DocumentNode | undefined, tags: readonly string[]): RuleKind {
  if (textAt(about, 'promotion') === 'true' || tags.some((tag) => tag.startsWith('Promotion:'))) return 'alert feed';
  return textAt(rule, 'building_block_type') === '' ? 'detection' : 'building block';
}

/** `2023/07/11` and `2023-07-11T…` as `2023-07-11`. */
const dateOf = (text: string): string => /^\d{4}[-/]\d{2}[-/]\d{2}/.exec(text)?.[0].replaceAll('/', '-') ?? '';

const integrationsOf = (rule: TableNode): readonly string[] => itemsAt(rule, 'related_integrations').map((item) => textAt(item, 'package'));

/** What is known of the integrations a rule names; of its index patterns where it names none that is known. */
export function knownSourcesOf(integrations: readonly string[], index: readonly string[]): readonly ElasticSource[] {
  const named = integrations.flatMap((name) => elasticSourceOf(name) ?? []);
  return named.length > 0 ? named : index.flatMap((pattern) => elasticSourceOf(pattern) ?? []);
}

function tagged<T extends string>(tags: readonly string[], key: string, table: Readonly<Record<string, T>>): ReadonlySet<T> {
  return new Set(
    tags.flatMap((tag) => {
      const value = tag
        .slice(key.length + 1)
        .trim()
        .toLowerCase();
      return tag.startsWith(`${key}:`) && Object.hasOwn(table, value) ? [table[value]!] : [];
    }),
  );
}

/** Tags say it; where they do not, the sources do. */
function inOrder<T extends Platform | Domain>(
  vocabulary: readonly T[],
  tags: ReadonlySet<T>,
  known: readonly ElasticSource[],
  what: 'platforms' | 'domains',
): readonly T[] {
  const found: ReadonlySet<Platform | Domain> = tags.size > 0 ? tags : new Set(known.flatMap((source): readonly (Platform | Domain)[] => source[what]));
  return vocabulary.filter((name) => found.has(name));
}

/** Operating systems by their tags; Endpoint's rules have a list of them. */
const platformsNamed = (rule: TableNode, tags: readonly string[]): ReadonlySet<Platform> =>
  new Set([
    ...tagged(tags, 'OS', PLATFORM_TAGS),
    ...textsAt(rule, 'os_list').flatMap((name) => (Object.hasOwn(PLATFORM_TAGS, name.toLowerCase()) ? [PLATFORM_TAGS[name.toLowerCase()]!] : [])),
  ]);

const domainsNamed = (rule: TableNode, tags: readonly string[]): ReadonlySet<Domain> =>
  new Set([...tagged(tags, 'Domain', DOMAIN_TAGS), ...(at(rule, 'os_list') === undefined ? [] : (['endpoint'] as const))]);

function threatsOf(threats: readonly DocumentNode[]): { techniques: readonly string[]; tactics: readonly string[] } {
  const techniques = new Set<string>();
  const tactics = new Set<string>();
  for (const threat of threats) {
    const framework = textAt(threat, 'framework');
    if (framework !== '' && framework !== 'MITRE ATT&CK') continue;
    const tactic = textAt(threat, 'tactic', 'name');
    if (tactic !== '') tactics.add(tactic.toLowerCase().replaceAll(' ', '-'));
    for (const technique of itemsAt(threat, 'technique')) {
      for (const node of [technique, ...itemsAt(technique, 'subtechnique')]) {
        const id = textAt(node, 'id').toUpperCase();
        if (id !== '') techniques.add(id);
      }
    }
  }
  return { techniques: [...techniques], tactics: [...tactics] };
}

/** `now-119m` is a bound of `119m`. */
const ageOf = (text: string): string => text.replace(/^now-/, '');

function timesOf(rule: TableNode): readonly TimeBound[] {
  const bound = (kind: TimeBound['kind'], node: DocumentNode | undefined): readonly TimeBound[] =>
    node?.kind === 'text' && node.value !== '' ? [{ kind, text: ageOf(node.value), span: { start: node.start, end: node.end } }] : [];
  return [...bound('look-back', at(rule, 'from')), ...bound('schedule', at(rule, 'interval')), ...bound('history', historyOf(rule))];
}

/** The start of a new-terms rule's history: a table in rule files, a text in exports. */
export const historyOf = (rule: TableNode): DocumentNode | undefined =>
  at(itemsAt(rule, 'new_terms', 'history_window_start')[0], 'value') ?? at(rule, 'history_window_start');

/** The fields of a new-terms rule, in written order. */
export const newTermsOf = (rule: TableNode): readonly DocumentNode[] =>
  at(rule, 'new_terms_fields') === undefined ? itemsAt(rule, 'new_terms', 'value') : itemsAt(rule, 'new_terms_fields');

function groupByOf(rule: TableNode): readonly string[] {
  const terms = newTermsOf(rule).map((node) => textAt(node));
  return [...new Set([...terms, ...textsAt(rule, 'threshold', 'field')])].filter((name) => name !== '').sort();
}

/** Keys that hold a metadata row's text, by the row's name. */
const PLACES: Readonly<Record<string, string>> = {
  title: 'name',
  description: 'description',
  author: 'author',
  kind: 'building_block_type',
  severity: 'severity',
  license: 'license',
  references: 'references',
  tags: 'tags',
  logsource: 'index',
  timeWindow: 'from',
  schedule: 'interval',
  falsePositives: 'false_positives',
  query: 'query',
  id: 'rule_id',
  type: 'type',
  language: 'language',
  groupBy: 'new_terms',
};

function placesOf(rule: TableNode, about: DocumentNode | undefined, threats: readonly DocumentNode[]): Readonly<Record<string, Span>> {
  const places: Record<string, Span> = {};
  const put = (row: string, table: DocumentNode | undefined, key: string): void => {
    const entry = table?.kind === 'table' ? table.entries.get(key) : undefined;
    if (entry !== undefined) places[row] = { start: Math.min(entry.key.start, entry.value.start), end: Math.max(entry.key.end, entry.value.end) };
  };
  for (const [row, key] of Object.entries(PLACES)) put(row, rule, key);
  put('status', about, 'maturity');
  put('created', about, 'creation_date');
  put('modified', about, 'updated_date');
  if (threats.length > 0) places['techniques'] = { start: threats[0]!.start, end: threats.reduce((last, { end }) => Math.max(last, end), 0) };
  return places;
}
