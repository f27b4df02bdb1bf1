import type { Platform, RuleKind, SourceName } from '../model';

const PLATFORM_NAMES: Readonly<Record<Platform, string>> = {
  windows: 'Windows',
  linux: 'Linux',
  macos: 'macOS',
  aws: 'AWS',
  azure: 'Azure',
  gcp: 'Google Cloud',
  m365: 'Microsoft 365',
  okta: 'Okta',
  github: 'GitHub',
  google_workspace: 'Google Workspace',
  kubernetes: 'Kubernetes',
  network: 'Network',
  other: 'Other',
};

/** A platform as people write it. */
export const platformName = (platform: Platform): string => PLATFORM_NAMES[platform];

/** A tactic's short name as people write it: "defense-evasion" is "Defense Evasion". */
export const tacticName = (short: string): string =>
  short
    .split('-')
    .map((word) => (word === 'and' ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');

const SOURCE_LABELS: Readonly<Record<SourceName, string>> = {
  sigma: 'SigmaHQ',
  mdecrevoisier: 'mdecrevoisier',
  mbabinski: 'mbabinski',
  'dfir-report': 'The DFIR Report',
  tsale: 'tsale',
  elastic: 'Elastic',
  'elastic-endpoint': 'Elastic Endpoint',
  splunk: 'ESCU',
  anvilogic: 'Anvilogic',
  'sentinel-2025': 'Sentinel 2025',
  sentinel: 'Sentinel',
  'sentinel-as-code': 'Sentinel-As-Code',
  'bert-janp': 'Bert-JanP',
  alexverboon: 'alexverboon',
  slimkql: 'SlimKQL',
  falconfriday: 'FalconFriday',
  cyb3rmik3: 'cyb3rmik3',
  'sentinel-facts': 'Sentinel, listed',
  private: 'private',
};

/** Where rules come from as people call it, beside their vendor. */
export const sourceLabel = (source: SourceName): string => SOURCE_LABELS[source];

const KIND_NOTES: Readonly<Record<RuleKind, string>> = {
  detection: '',
  'building block': ' (feeds higher-level correlation rules; not a standalone alert)',
  correlation: '',
  filter: ' (narrows other rules; finds nothing itself)',
  'hunting query': ' (not counted in guides)',
  'alert feed': " (forwards another product's alert; not counted in guides)",
  'no query text': ' (listed by its title, techniques and tables only; not counted anywhere)',
};

/** What a rule's page says behind its kind; '' where nothing needs to be. */
export const kindNote = (kind: RuleKind): string => KIND_NOTES[kind];
