import type { RuleKind, SourceName, Vendor } from '../model';

/** Files of a source, by their path in it, and what their rules are whatever they say. */
interface Reading {
  readonly files: RegExp;
  readonly kind?: RuleKind;
  readonly status?: string;
}

/** How a source is read. */
interface SourceRules {
  /** On GitHub; '' for sources that are not public. */
  readonly repository: string;
  /** The licence of its rules, where a rule names none. */
  readonly license: string;
  /** Whose rules they are, where a rule names no author. */
  readonly publisher: string;
  /** Null: each rule's vendor is that of its fields' names. */
  readonly vendor: Vendor | null;
  /** The format of its files; null: found from each text. */
  readonly format: string | null;
  readonly reads: readonly Reading[];
  /** It holds no rules: it lists, line by line, those of this repository. */
  readonly lists?: string;
  /** The folder of its SPL macros. */
  readonly macros?: string;
  /** What should be there, in words, for a folder that holds nothing. */
  readonly expected: string;
}

export const SOURCES: Readonly<Record<SourceName, SourceRules>> = {
  sigma: {
    repository: 'SigmaHQ/sigma',
    license: 'DRL-1.1',
    publisher: '',
    vendor: 'sigma',
    format: 'sigma',
    reads: [{ files: /^rules(?:-threat-hunting|-emerging-threats|-compliance)?\/.*\.ya?ml$/ }],
    expected: 'rules, rules-threat-hunting, rules-emerging-threats, rules-compliance',
  },
  mdecrevoisier: {
    repository: 'mdecrevoisier/SIGMA-detection-rules',
    license: 'CC0-1.0',
    publisher: 'mdecrevoisier',
    vendor: 'sigma',
    format: 'sigma',
    reads: [{ files: /^[^/]+\/.*\.ya?ml$/ }],
    expected: 'folders of Sigma rules',
  },
  mbabinski: {
    repository: 'mbabinski/Sigma-Rules',
    license: 'GPL-3.0',
    publisher: 'Micah Babinski',
    vendor: 'sigma',
    format: 'sigma',
    reads: [{ files: /^\d{4}_[^/]+\/.*\.ya?ml$/ }],
    expected: 'folders by year and subject, with Sigma rules',
  },
  'dfir-report': {
    repository: 'The-DFIR-Report/Sigma-Rules',
    license: 'GPL-3.0',
    publisher: 'The DFIR Report',
    vendor: 'sigma',
    format: 'sigma',
    reads: [{ files: /^rules\/.*\.ya?ml$/ }, { files: /^deprecated\/.*\.ya?ml$/, status: 'deprecated' }],
    expected: 'rules, deprecated',
  },
  tsale: {
    repository: 'tsale/Sigma_rules',
    license: 'GPL-3.0',
    publisher: 'Kostas Tsale',
    vendor: 'sigma',
    format: 'sigma',
    reads: [{ files: /^[^/.]+\/.*\.ya?ml$/ }],
    expected: 'folders of Sigma rules',
  },
  elastic: {
    repository: 'elastic/detection-rules',
    license: 'Elastic-2.0',
    publisher: 'Elastic',
    vendor: 'elastic',
    format: 'elastic',
    reads: [{ files: /^rules(?:_building_block)?\/(?!_deprecated\/).*\.toml$/ }, { files: /^hunting\/.*\.toml$/, kind: 'hunting query' }],
    expected: 'rules, rules_building_block, hunting',
  },
  'elastic-endpoint': {
    repository: 'elastic/protections-artifacts',
    license: 'Elastic-2.0',
    publisher: 'Elastic',
    vendor: 'elastic',
    format: 'elastic',
    reads: [{ files: /^behavior\/rules\/.*\.toml$/ }],
    expected: 'behavior/rules',
  },
  splunk: {
    repository: 'splunk/security_content',
    license: 'Apache-2.0',
    publisher: 'Splunk',
    vendor: 'splunk',
    format: 'splunk',
    reads: [{ files: /^detections\/deprecated\/.*\.ya?ml$/, status: 'deprecated' }, { files: /^detections\/.*\.ya?ml$/ }],
    macros: 'macros',
    expected: 'detections, macros',
  },
  anvilogic: {
    repository: 'anvilogic-forge/armory',
    license: 'GPL-3.0',
    publisher: 'Anvilogic',
    vendor: 'splunk',
    format: 'anvilogic',
    reads: [{ files: /^detections\/.*-splunk-[^/]*\.ya?ml$/ }],
    expected: 'detections/**-splunk-*.yml',
  },
  sentinel: {
    repository: 'Azure/Azure-Sentinel',
    license: 'MIT',
    publisher: 'Microsoft',
    vendor: 'kusto',
    format: 'sentinel',
    reads: [{ files: /^(?:Detections|Hunting Queries|Solutions\/[^/]+\/(?:Analytic Rules|Hunting Queries))\/.*\.ya?ml$/ }],
    expected: 'Detections, Hunting Queries, Solutions/*/Analytic Rules',
  },
  // Microsoft's content as of 2025, copied under other folders; where its copy is public is not known, so its rules have no link.
  'sentinel-2025': {
    repository: '',
    license: 'MIT',
    publisher: 'Microsoft',
    vendor: 'kusto',
    format: 'sentinel',
    reads: [{ files: /^(?:[^/]+\/)?(?:Hunting Queries|Connector\/[^/]+\/(?:Analytic Rules|Hunting Queries))\/.*\.ya?ml$/ }],
    expected: 'Hunting Queries, Connector/*/Analytic Rules',
  },
  'sentinel-as-code': {
    repository: 'noodlemctwoodle/Sentinel-As-Code',
    license: 'Apache-2.0',
    publisher: 'noodlemctwoodle',
    vendor: 'kusto',
    format: 'sentinel',
    reads: [{ files: /^Content\/(?:AnalyticalRules|HuntingQueries)\/.*\.ya?ml$/ }],
    expected: 'Content/AnalyticalRules, Content/HuntingQueries',
  },
  'bert-janp': {
    repository: 'Bert-JanP/Hunting-Queries-Detection-Rules',
    license: 'BSD-3-Clause',
    publisher: 'Bert-Jan',
    vendor: 'kusto',
    format: 'markdown',
    reads: [{ files: /^(?!(?:.*\/)?(?:README|[^/]*Template)\.md$).*\.md$/ }],
    expected: 'Markdown files with KQL blocks',
  },
  alexverboon: {
    repository: 'alexverboon/Hunting-Queries-Detection-Rules',
    license: 'BSD-3-Clause',
    publisher: 'Alex Verboon',
    vendor: 'kusto',
    format: 'markdown',
    reads: [{ files: /^(?!(?:.*\/)?(?:README|[^/]*Template)\.md$).*\.md$/ }],
    expected: 'Markdown files with KQL blocks',
  },
  slimkql: {
    repository: 'SlimKQL/Hunting-Queries-Detection-Rules',
    license: 'BSD-3-Clause',
    publisher: 'Steven Lim',
    vendor: 'kusto',
    format: 'kusto',
    reads: [{ files: /\.kql$/ }],
    expected: 'files of KQL',
  },
  falconfriday: {
    repository: 'FalconForceTeam/FalconFriday',
    license: 'BSD-3-Clause',
    publisher: 'FalconForce',
    vendor: 'kusto',
    format: 'markdown',
    reads: [{ files: /^(?!README\.md$).*\.md$/ }],
    expected: 'Markdown files with KQL blocks',
  },
  cyb3rmik3: {
    repository: 'cyb3rmik3/KQL-threat-hunting-queries',
    license: 'MIT',
    publisher: 'Michail Michalos',
    vendor: 'kusto',
    format: 'markdown',
    reads: [{ files: /^(?!(?:.*\/)?(?:README|[^/]*Template)\.md$).*\.md$/ }],
    expected: 'Markdown files with KQL blocks',
  },
  'sentinel-facts': {
    repository: 'oshezaf/sentinelninja',
    license: 'Apache-2.0',
    publisher: 'Microsoft',
    vendor: 'kusto',
    format: null,
    reads: [{ files: /^content\.ndjson$/ }],
    lists: 'Azure/Azure-Sentinel',
    expected: 'content.ndjson',
  },
  private: {
    repository: '',
    license: '',
    publisher: '',
    vendor: null,
    format: null,
    reads: [{ files: /(?:)/ }],
    macros: 'macros',
    expected: 'rule files of any kind',
  },
};
