import { spl } from '../../languages/spl';
import type { Analysis, Metadata } from '../../model';
import { tacticsOfTechnique } from '../../knowledge/attack';
import { assetOf, joined, securityDomain, sourceOf, titlePlatforms } from '../../knowledge/splunk-sources';
import { entriesOf, isMap, type YamlEntry } from '../../syntax/yaml';
import { NO_METADATA } from '../metadata';
import { queryContainer } from '../query-container';
import { yamlSure } from '../yaml-look';
import { hoverKey, type KeyTable, suggestKeys } from './keys';
import { fileStem, listAt, namesIn, placesOf, readYamlRules, techniquesIn, textAt } from './yaml-document';
import { startSplunk } from './start';

const KEYS: KeyTable = {
  name: { help: 'The title people see.' },
  id: { help: 'A UUID that stays the same for ever.' },
  version: { help: 'A whole number that grows with each change.' },
  date: { help: 'The day of the last change: yyyy-mm-dd.' },
  author: { help: 'Who wrote it, and for whom.' },
  status: { help: 'Whether it is ready to be used.', values: ['production', 'experimental', 'deprecated'] },
  type: {
    help: 'TTP for behaviour that is known to be bad, Anomaly for what is unusual, Hunting for a lead, Correlation over other findings.',
    values: ['TTP', 'Anomaly', 'Hunting', 'Correlation'],
  },
  description: { help: 'What it finds and why that matters.' },
  data_source: { help: 'The events it reads, such as Sysmon EventID 1.' },
  search: { help: 'The search, in SPL.' },
  how_to_implement: { help: 'What must be collected for it to work.' },
  known_false_positives: { help: 'What sets it off without being an attack.' },
  references: { help: 'Pages that explain the behaviour.' },
  drilldown_searches: { help: 'Searches an analyst opens from a finding.' },
  tags: { help: 'Stories, assets, scores and ATT&CK techniques.' },
  analytic_story: { help: 'The stories it belongs to.' },
  asset_type: {
    help: 'What is attacked.',
    values: ['Endpoint', 'AWS Account', 'Azure Active Directory', 'GCP', 'Kubernetes', 'O365 Tenant', 'Okta Tenant', 'Network', 'Web Server'],
  },
  confidence: { help: 'How likely a finding is true, 0 to 100.' },
  impact: { help: 'How bad a true finding is, 0 to 100.' },
  risk_score: { help: 'Confidence times impact, divided by 100.' },
  message: { help: 'What a finding says; $field$ stands for a value.' },
  mitre_attack_id: { help: 'ATT&CK technique IDs.' },
  security_domain: { help: 'The part of security it belongs to.', values: ['endpoint', 'network', 'threat', 'identity', 'access', 'audit'] },
  tests: { help: 'Recorded attacks it must find.' },
};

/** Splunk Security Content (ESCU): YAML with the search under `search`. */
export const splunkFormat = queryContainer(spl, {
  id: 'splunk',
  label: 'Splunk ESCU',
  extensions: ['.yml', '.yaml'],
  detect: (text) => yamlSure('splunk', text),
  read(text) {
    const { rules, colour, diagnostics } = readYamlRules(text, 'search');
    return { rules: rules.map(({ span, query, keys }) => ({ span, query, metadataOf: (analysis) => metadataOf(keys, analysis) })), colour, diagnostics };
  },
  suggest: (text, offset) => suggestKeys(text, offset, KEYS),
  hover: (text, offset) => hoverKey(text, offset, KEYS),
  start: startSplunk,
  fileName: (rule) => `${fileStem(rule?.meta.title ?? '')}.yml`,
});

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
