import type { RuleKind, SourceName, Vendor } from '../model';

/** Files of a source, by their path in it, and what their rules are whatever they say. */
interface Reading {
  readonly files: RegExp;
  readonly kind?: RuleKind;
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
  elastic: {
    repository: 'elastic/detection-rules',
    license: 'Elastic-2.0',
    publisher: 'Elastic',
    vendor: 'elastic',
    format: 'elastic',
    reads: [{ files: /^rules(?:_building_block)?\/(?!_deprecated\/).*\.toml$/ }, { files: /^hunting\/.*\.toml$/, kind: 'hunting query' }],
    expected: 'rules, rules_building_block, hunting',
  },
  splunk: {
    repository: 'splunk/security_content',
    license: 'Apache-2.0',
    publisher: 'Splunk',
    vendor: 'splunk',
    format: 'splunk',
    reads: [{ files: /^detections\/.*\.ya?ml$/ }],
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
