import { DIAGNOSTICS } from './diagnostics';
import { kusto } from '../../languages/kusto';
import { embeddedScalar } from '../../syntax/yaml-scalar';
import { entriesOf, isScalar, type YamlDocument } from '../../syntax/yaml';
import { parseLenientYaml } from '../../syntax/yaml-repair';
import { tokensOfYaml } from '../../syntax/yaml-tokens';
import { hoverKey, type KeyTable, suggestKeys } from '../splunk/keys';
import { type ContainedRule, queryContainer } from '../query-container';
import { yamlSure } from '../yaml-look';
import { containedRule } from './contained-rule';
import { remarkOf } from './remarks';
import { keysIn, readRule } from './yaml-rule';
import { startSentinel } from './start';

const KEYS: KeyTable = {
  id: { help: 'A GUID that stays the same for ever.' },
  name: { help: 'The title people see.' },
  description: { help: 'What it finds and why that matters.' },
  severity: { help: 'How bad a finding is.', values: ['Informational', 'Low', 'Medium', 'High'] },
  status: { help: 'Whether it is ready to be used.', values: ['Available'] },
  kind: { help: 'When it runs: on a schedule, or near real time.', values: ['Scheduled', 'NRT'] },
  requiredDataConnectors: { help: 'The connectors that must feed its tables.' },
  connectorId: { help: 'The ID of a data connector.' },
  dataTypes: { help: 'The tables it is needed for.' },
  queryFrequency: { help: 'How often it runs: 5m to 14d.', values: ['5m', '15m', '1h', '6h', '1d'] },
  queryPeriod: { help: 'How far back each run can see; no less than the frequency.', values: ['5m', '15m', '1h', '6h', '1d', '7d', '14d'] },
  triggerOperator: { help: 'How the number of rows is compared with the threshold.', values: ['gt', 'lt', 'eq', 'ne'] },
  triggerThreshold: { help: 'The number of rows that raises an alert.' },
  tactics: { help: 'ATT&CK tactics, written together: CredentialAccess.' },
  relevantTechniques: { help: 'ATT&CK technique IDs.' },
  query: { help: 'The query, in Kusto.' },
  entityMappings: { help: 'Which columns of the answer name the entities of an alert.' },
  entityType: {
    help: 'What kind of thing is named.',
    values: ['Account', 'Host', 'IP', 'URL', 'File', 'FileHash', 'Process', 'Mailbox', 'AzureResource', 'CloudApplication', 'DNS', 'RegistryKey'],
  },
  fieldMappings: { help: 'Identifiers of the entity with the columns that hold them.' },
  identifier: { help: 'What the column holds of the entity, such as FullName or Address.' },
  columnName: { help: 'A column of the answer.' },
  customDetails: { help: 'Further columns an alert carries, by name.' },
  alertDetailsOverride: { help: 'Title, description and severity made of columns: {{Column}}.' },
  eventGroupingSettings: { help: 'One alert for all rows, or one for each.' },
  suppressionDuration: { help: 'How long it rests after an alert.' },
  version: { help: 'Grows with each change: 1.0.0.' },
};

/** Microsoft Sentinel's analytics rules, hunting and exploration queries: YAML with the query under `query`. */
/** What is left where a file was: it has no query any more. */
const MOVED = /this (?:file|query|rule|content) (?:is|has been|was) moved to/i;

export const sentinelFormat = queryContainer(kusto, {
  id: 'sentinel',
  label: 'Sentinel rule',
  diagnostics: DIAGNOSTICS,
  extensions: ['.yaml', '.yml'],
  detect: (text) => yamlSure('sentinel', text),
  read(text) {
    const { documents, tokens, diagnostics } = parseLenientYaml(text);
    const rules: ContainedRule[] = [];
    const remarks = [...diagnostics];
    for (const document of documents) {
      const rule = ruleIn(text, document);
      if (rule !== null) rules.push(rule);
      else if (MOVED.test(text.slice(document.span.start, document.span.end))) continue;
      else if (document.map !== null)
        remarks.push(
          remarkOf(
            'sentinel/no-query',
            { start: document.span.start, end: Math.min(document.span.start + 1, document.span.end) },
            'This document has no `query`.',
          ),
        );
    }
    const isQuery = (offset: number): boolean => rules.some(({ query }) => offset >= query.span.start && offset < query.span.end);
    return { rules, colour: () => tokensOfYaml(tokens, text, (offset, isKey) => (!isKey && isQuery(offset) ? null : undefined)), diagnostics: remarks };
  },
  suggest: (text, offset) => suggestKeys(text, offset, KEYS),
  hover: (text, offset) => hoverKey(text, offset, KEYS),
  start: startSentinel,
  fileName: (rule) => `${(rule?.meta.title ?? '').replace(/[^\p{L}\p{N}]+/gu, '') || 'rule'}.yaml`,
});

function ruleIn(text: string, { map, span }: YamlDocument): ContainedRule | null {
  if (map === null) return null;
  const keys = keysIn(entriesOf(map));
  const node = (keys.get('query') ?? keys.get('parserquery') ?? keys.get('querytext'))?.value;
  return isScalar(node) ? containedRule(span, embeddedScalar(text, node), readRule(keys)) : null;
}
