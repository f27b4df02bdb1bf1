import type { Platform } from '../model';

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
