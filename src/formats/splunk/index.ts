import { spl } from '../../languages/spl';
import type { Analysis, Domain, Metadata } from '../../model';
import { tacticsOfTechnique } from '../../knowledge/attack';
import { techniqueAt } from '../../knowledge/technique-items';
import { assetOf, joined, securityDomain, sourceOf, titlePlatforms } from '../../knowledge/splunk-sources';
import { entriesOf, isMap, type YamlEntry } from '../../syntax/yaml';
import { NO_METADATA } from '../metadata';
import { queryContainer } from '../query-container';
import { yamlSure } from '../yaml-look';
import { BLOCK, FRESH_ID, hoverKey, type KeyTable, LIST, suggestKeys, TODAY } from '../keys';
import { skeletonsOf, withSkeletons } from '../skeletons';
import { fileStem, listAt, namesIn, placesOf, readYamlRules, techniquesIn, textAt } from './yaml-document';
import { DIAGNOSTICS, remarksOn } from './remarks';
import { startSplunk } from './start';
import { leftBySplunk, writeSplunk } from './write';

const KEYS: KeyTable = {
  name: { help: 'The title people see.', isWanted: true },
  id: { help: 'A UUID that stays the same for ever.', shape: FRESH_ID, isWanted: true },
  version: { help: 'A whole number that grows with each change.', shape: ' ${1:1}', isWanted: true },
  date: { help: 'The day of the last change: yyyy-mm-dd.', shape: TODAY, isWanted: true },
  author: { help: 'Who wrote it, and for whom.', isWanted: true },
  status: { help: 'Whether it is ready to be used.', values: ['production', 'experimental', 'deprecated'], isWanted: true },
  type: {
    help: 'TTP for behaviour that is known to be bad, Anomaly for what is unusual, Hunting for a lead, Correlation over other findings.',
    values: ['TTP', 'Anomaly', 'Hunting', 'Correlation'],
    isWanted: true,
  },
  description: { help: 'What it finds and why that matters.', isWanted: true },
  data_source: {
    help: 'The events it reads, such as Sysmon EventID 1.',
    shape: LIST,
    values: [
      'Sysmon EventID 1',
      'Windows Event Log Security 4688',
      'CrowdStrike ProcessRollup2',
      'Sysmon EventID 3',
      'Sysmon EventID 7',
      'Sysmon EventID 11',
      'Sysmon EventID 13',
      'Powershell Script Block Logging 4104',
      'Windows Event Log System 7045',
      'Sysmon for Linux EventID 1',
      'AWS CloudTrail',
      'O365',
    ],
    isWanted: true,
  },
  search: { help: 'The search, in SPL.', shape: ' |-\n  $0', isWanted: true },
  how_to_implement: { help: 'What must be collected for it to work.', isWanted: true },
  known_false_positives: { help: 'What sets it off without being an attack.', isWanted: true },
  references: { help: 'Pages that explain the behaviour.', shape: LIST },
  drilldown_searches: {
    help: 'Searches an analyst opens from a finding.',
    shape: '\n  - name: $1\n    search: $0\n    earliest_offset: \\$info_min_time\\$\n    latest_offset: \\$info_max_time\\$',
  },
  tags: { help: 'Stories, assets, scores and ATT&CK techniques.', shape: BLOCK, isWanted: true },
  analytic_story: { help: 'The stories it belongs to.', shape: LIST, under: ['', 'tags'] },
  asset_type: {
    help: 'What is attacked.',
    values: ['Endpoint', 'AWS Account', 'Azure Active Directory', 'GCP', 'Kubernetes', 'O365 Tenant', 'Okta Tenant', 'Network', 'Web Server'],
    under: ['', 'tags'],
  },
  confidence: { help: 'How likely a finding is true, 0 to 100.', under: ['tags'] },
  impact: { help: 'How bad a true finding is, 0 to 100.', under: ['tags'] },
  risk_score: { help: 'Confidence times impact, divided by 100.', under: ['tags'] },
  message: { help: 'What a finding says; $field$ stands for a value.', under: ['tags', 'rba'] },
  mitre_attack_id: { help: 'ATT&CK technique IDs.', shape: LIST, techniques: true, under: ['', 'tags'] },
  product: { help: 'Where it runs.', shape: LIST, values: ['Splunk Enterprise', 'Splunk Enterprise Security', 'Splunk Cloud'], under: ['', 'tags'] },
  security_domain: {
    help: 'The part of security it belongs to.',
    values: ['endpoint', 'network', 'threat', 'identity', 'access', 'audit'],
    under: ['', 'tags'],
  },
  tests: { help: 'Recorded attacks it must find.', shape: '\n  - name: True Positive Test\n    attack_data:\n      - data: $0' },
};

/** Splunk Security Content (ESCU): YAML with the search under `search`. */
export const splunkFormat = queryContainer(spl, {
  id: 'splunk',
  label: 'Splunk ESCU',
  diagnostics: DIAGNOSTICS,
  extensions: ['.yml', '.yaml'],
  detect: (text) => yamlSure('splunk', text),
  read(text) {
    const { rules, colour, diagnostics } = readYamlRules(text, 'search');
    return {
      rules: rules.map(({ span, query, keys }) => ({ span, query, metadataOf: (analysis) => metadataOf(keys, analysis), remarks: () => remarksOn(keys) })),
      colour,
      diagnostics,
    };
  },
  suggest: (text, offset) => withSkeletons(suggestKeys(text, offset, KEYS), text, offset, () => skeletonsOf(startSplunk)),
  hover: (text, offset) => techniqueAt(text, offset) ?? hoverKey(text, offset, KEYS),
  start: startSplunk,
  write: { languages: ['spl'], text: writeSplunk, left: leftBySplunk },
  fileName: (rule) => `${fileStem(rule?.meta.title ?? '')}.yml`,
  folder: ({ meta }) => `detections/${meta.domains.map((domain) => FOLDERS[domain]).find((name) => name !== undefined) ?? 'endpoint'}`,
});

/** The security content's folders. */
const FOLDERS: Readonly<Partial<Record<Domain, string>>> = {
  endpoint: 'endpoint',
  network: 'network',
  cloud: 'cloud',
  web: 'web',
  identity: 'application',
  saas: 'application',
  email: 'application',
  application: 'application',
};

function metadataOf(keys: ReadonlyMap<string, YamlEntry>, analysis: Analysis): Metadata {
  const tagsNode = keys.get('tags')?.value;
  // Since 2026 the keys that stood under tags stand at the top.
  const tags = new Map([...keys, ...(isMap(tagsNode) ? entriesOf(tagsNode) : []).map((entry): [string, YamlEntry] => [entry.key, entry])]);
  const sources = [...listAt(keys, 'data_source'), ...listAt(keys, 'data_sources')];
  const source = joined(sources.map(sourceOf));
  const asset = assetOf(textAt(tags, 'asset_type'));
  const platforms = [...new Set([...asset.platforms, ...source.platforms])];
  const techniques = techniquesIn(listAt(tags, 'mitre_attack_id'));
  const type = textAt(keys, 'type').toLowerCase();
  return {
    ...NO_METADATA,
    id: textAt(keys, 'id'),
    title: textAt(keys, 'name'),
    description: textAt(keys, 'description'),
    author: namesIn(textAt(keys, 'author')),
    status: textAt(keys, 'status').toLowerCase(),
    kind: type === 'correlation' ? 'correlation' : 'detection',
    severity: severityOf(textAt(tags, 'risk_score'), type),
    modified: textAt(keys, 'date').slice(0, 10),
    references: listAt(keys, 'references'),
    tags: listAt(tags, 'analytic_story'),
    techniques,
    tactics: [...new Set(techniques.flatMap(tacticsOfTechnique))],
    logsource: sources.join(', '),
    platforms: platforms.length > 0 ? platforms : titlePlatforms(textAt(keys, 'name')),
    domains: [...new Set([...securityDomain(textAt(tags, 'security_domain')), ...asset.domains, ...source.domains])],
    events: source.events,
    providers: source.providers,
    times: analysis.times,
    groupBy: analysis.groupBy,
    falsePositives: listAt(keys, 'known_false_positives'),
    places: placesOf(keys, PLACES),
  };
}

/** The fifth of the scale the risk score lies in; without a score, what the type lets expect. */
function severityOf(score: string, type: string): string {
  const risk = Number.parseFloat(score);
  if (Number.isNaN(risk)) return type === 'ttp' || type === 'correlation' ? 'high' : type === 'anomaly' ? 'medium' : type === 'hunting' ? 'low' : '';
  return ['informational', 'low', 'medium', 'high', 'critical'][Math.min(4, Math.max(0, Math.ceil(risk / 20) - 1))]!;
}

const PLACES: ReadonlyMap<string, string> = new Map([
  ['name', 'title'],
  ['search', 'query'],
  ['data_source', 'logsource'],
  ['known_false_positives', 'falsePositives'],
]);
