import type { Platform, RuleKind } from '../model';

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
