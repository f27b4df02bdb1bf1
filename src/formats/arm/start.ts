import type { DraftStart } from '../../model';
import { tacticWords } from '../sentinel/tactics';
import { aboutOf, titleOf } from '../starts';

/** An ARM template that deploys one scheduled analytics rule. */
export function startArm(draft: DraftStart): string {
  const { id, technique, point } = draft;
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { workspace: { type: 'String' } },
    resources: [
      {
        id: `[concat(resourceId('Microsoft.OperationalInsights/workspaces/providers', parameters('workspace'), 'Microsoft.SecurityInsights'), '/alertRules/${id}')]`,
        type: 'Microsoft.OperationalInsights/workspaces/providers/alertRules',
        name: `[concat(parameters('workspace'), '/Microsoft.SecurityInsights/${id}')]`,
        apiVersion: '2023-02-01-preview',
        kind: 'Scheduled',
        properties: {
          displayName: titleOf(draft),
          description: aboutOf(draft),
          severity: 'Medium',
          enabled: true,
          query: point.kusto,
          queryFrequency: 'P1D',
          queryPeriod: 'P1D',
          triggerOperator: 'GreaterThan',
          triggerThreshold: 0,
          suppressionDuration: 'PT1H',
          suppressionEnabled: false,
          tactics: tacticWords(draft.technique.tactics),
          techniques: [technique.id],
          entityMappings: point.entities.map(([entityType, identifier, columnName]) => ({ entityType, fieldMappings: [{ identifier, columnName }] })),
        },
      },
    ],
  };
  return `${JSON.stringify(template, null, 2)}\n`;
}
