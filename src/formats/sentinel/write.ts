import type { Carried, LeftBehind, Metadata } from '../../model';
import { attackLeft, originOf, plainTags, severityLeft, techniquesIn, titleIn, yamlBlock, yamlList, yamlText } from '../carried';
import { tacticWords } from './tactics';

const SEVERITIES: Readonly<Record<string, string>> = { critical: 'High', high: 'High', medium: 'Medium', low: 'Low', informational: 'Informational' };

const severityFor = ({ severity }: Metadata): string => SEVERITIES[severity] ?? 'Medium';

/** A scheduled analytics rule of Microsoft Sentinel; what it has no key for stands in the description. */
export function writeSentinel(carried: Carried): string {
  const { id, meta, query, point, seconds } = carried;
  const about = [
    meta.description,
    originOf(carried),
    ...(meta.falsePositives.length === 0 ? [] : [`False positives: ${meta.falsePositives.join('; ')}`]),
    ...(meta.references.length === 0 ? [] : [`References: ${meta.references.join(' ')}`]),
  ].filter((text) => text !== '');
  const list = (key: string, items: readonly string[]): string => (items.length === 0 ? '' : `${key}:\n${items.map((item) => `  - ${item}\n`).join('')}`);
  return [
    `id: ${id}\n`,
    yamlText('name', titleIn(meta)),
    yamlText('description', about.join('\n')),
    `severity: ${severityFor(meta)}\n`,
    'status: Available\n',
    point === null
      ? 'requiredDataConnectors: []\n'
      : `requiredDataConnectors:\n  - connectorId: ${point.connector}\n    dataTypes:\n      - ${point.kusto.slice(0, point.kusto.indexOf('\n'))}\n`,
    `queryFrequency: 1h\nqueryPeriod: ${Math.max(1, Math.ceil((seconds ?? 0) / 3600))}h\n`,
    'triggerOperator: gt\ntriggerThreshold: 0\n',
    list('tactics', tacticWords(meta.tactics)),
    list('relevantTechniques', techniquesIn(meta)),
    yamlList('tags', plainTags(meta), 2),
    yamlBlock('query', query, 2, '|'),
    'version: 1.0.0\nkind: Scheduled\n',
  ].join('');
}

/** What of a rule's metadata Sentinel has no place for. */
export const leftBySentinel = (meta: Metadata): readonly LeftBehind[] => [...attackLeft(meta), ...severityLeft(meta, severityFor(meta))];
