import { TACTICS } from '../../knowledge/attack';
import { TABLES_BY_USE } from '../../knowledge/tables';
import { BLOCK, FRESH_ID, LIST, type KeyTable } from '../keys';

const TACTIC_WORDS = TACTICS.filter(({ since }) => since === undefined).map(({ name }) => name.replaceAll(' ', ''));

/** The keys of a Sentinel rule in the order they are written. */
export const SENTINEL_KEYS: KeyTable = {
  id: { help: 'A GUID that stays the same for ever.', shape: FRESH_ID, isWanted: true },
  name: { help: 'The title people see.', isWanted: true },
  description: { help: 'What it finds and why that matters.', shape: ' |\n  $0', isWanted: true },
  severity: { help: 'How bad a finding is.', values: ['Informational', 'Low', 'Medium', 'High'], isWanted: true },
  status: { help: 'Whether it is ready to be used.', values: ['Available'] },
  requiredDataConnectors: {
    help: 'The connectors that must feed its tables.',
    shape: '\n  - connectorId: $1\n    dataTypes:\n      - $0',
    isWanted: true,
  },
  connectorId: {
    help: 'The ID of a data connector.',
    values: [
      'MicrosoftThreatProtection',
      'SecurityEvents',
      'AzureActiveDirectory',
      'AzureActivity',
      'Office365',
      'WindowsSecurityEvents',
      'WindowsForwardedEvents',
      'AWS',
      'Syslog',
      'CEF',
      'DNS',
    ],
    under: ['requiredDataConnectors'],
  },
  dataTypes: { help: 'The tables it is needed for.', shape: '\n  - $0', values: TABLES_BY_USE, under: ['requiredDataConnectors'] },
  queryFrequency: { help: 'How often it runs: 5m to 14d.', values: ['5m', '15m', '1h', '6h', '1d'], isWanted: true },
  queryPeriod: { help: 'How far back each run can see; no less than the frequency.', values: ['5m', '15m', '1h', '6h', '1d', '7d', '14d'], isWanted: true },
  triggerOperator: { help: 'How the number of rows is compared with the threshold.', values: ['gt', 'lt', 'eq', 'ne'], isWanted: true },
  triggerThreshold: { help: 'The number of rows that raises an alert.', values: ['0'], isWanted: true },
  tactics: { help: 'ATT&CK tactics, written together: CredentialAccess.', shape: LIST, values: TACTIC_WORDS, isWanted: true },
  relevantTechniques: { help: 'ATT&CK technique IDs.', shape: LIST, techniques: true, isWanted: true },
  query: { help: 'The query, in Kusto.', shape: ' |\n  $0', isWanted: true },
  entityMappings: {
    help: 'Which columns of the answer name the entities of an alert.',
    shape: '\n  - entityType: $1\n    fieldMappings:\n      - identifier: $2\n        columnName: $0',
    isWanted: true,
  },
  entityType: {
    help: 'What kind of thing is named.',
    values: ['Account', 'Host', 'IP', 'URL', 'File', 'FileHash', 'Process', 'Mailbox', 'AzureResource', 'CloudApplication', 'DNS', 'RegistryKey'],
    under: ['entityMappings'],
  },
  fieldMappings: {
    help: 'Identifiers of the entity with the columns that hold them.',
    shape: '\n  - identifier: $1\n    columnName: $0',
    under: ['entityMappings'],
  },
  identifier: {
    help: 'What the column holds of the entity, such as FullName or Address.',
    values: [
      'FullName',
      'Name',
      'UPNSuffix',
      'AadUserId',
      'Sid',
      'HostName',
      'DnsDomain',
      'Address',
      'Url',
      'DomainName',
      'Value',
      'ProcessId',
      'CommandLine',
      'ResourceId',
    ],
    under: ['fieldMappings'],
  },
  columnName: { help: 'A column of the answer.', under: ['fieldMappings'] },
  customDetails: { help: 'Further columns an alert carries, by name.', shape: BLOCK },
  alertDetailsOverride: {
    help: 'Title, description and severity made of columns: {{Column}}.',
    shape: '\n  alertDisplayNameFormat: $1\n  alertDescriptionFormat: $0',
  },
  eventGroupingSettings: { help: 'One alert for all rows, or one for each.', shape: '\n  aggregationKind: $0' },
  aggregationKind: { help: 'One alert for all rows, or one for each.', values: ['AlertPerResult', 'SingleAlert'], under: ['eventGroupingSettings'] },
  suppressionDuration: { help: 'How long it rests after an alert.', values: ['1h', '5h', '1d'] },
  version: { help: 'Grows with each change: 1.0.0.', shape: ' ${1:1.0.0}', isWanted: true },
  kind: { help: 'When it runs: on a schedule, or near real time.', values: ['Scheduled', 'NRT'], isWanted: true },
};
