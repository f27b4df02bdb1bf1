import type { DraftStart } from '../../model';
import { aboutOf, indented, quotedYaml, titleOf } from '../starts';
import { tacticWords } from './tactics';

/** The table a starting query reads. */
const tableOfStart = ({ point }: DraftStart): string => point.kusto.slice(0, point.kusto.indexOf('\n'));

/** A scheduled analytics rule of Microsoft Sentinel over the query. */
export function startSentinel(draft: DraftStart): string {
  const { id, technique, point } = draft;
  const entities = point.entities.map(
    ([type, identifier, column]) => `  - entityType: ${type}\n    fieldMappings:\n      - identifier: ${identifier}\n        columnName: ${column}`,
  );
  return `id: ${id}
name: ${quotedYaml(titleOf(draft))}
description: ${quotedYaml(aboutOf(draft))}
severity: Medium
status: Available
requiredDataConnectors:
  - connectorId: ${point.connector}
    dataTypes:
      - ${tableOfStart(draft)}
queryFrequency: 1d
queryPeriod: 1d
triggerOperator: gt
triggerThreshold: 0
tactics:
${tacticWords(draft.technique.tactics)
  .map((word) => `  - ${word}`)
  .join('\n')}
relevantTechniques:
  - ${technique.id}
query: |
${indented(point.kusto, 2)}
${entities.length === 0 ? '' : `entityMappings:\n${entities.join('\n')}\n`}version: 1.0.0
kind: Scheduled
`;
}
