import type { Carried } from '../../model';
import { indented } from '../starts';
import { originOf, yamlText } from '../carried';
import { tacticWords } from './tactics';

const SEVERITIES: Readonly<Record<string, string>> = { critical: 'High', high: 'High', medium: 'Medium', low: 'Low', informational: 'Informational' };

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
    yamlText('name', meta.title === '' ? 'Converted rule' : meta.title.replace(/\s+/g, ' ')),
    yamlText('description', about.join('\n')),
    `severity: ${SEVERITIES[meta.severity] ?? 'Medium'}\n`,
    'status: Available\n',
    point === null
      ? 'requiredDataConnectors: []\n'
      : `requiredDataConnectors:\n  - connectorId: ${point.connector}\n    dataTypes:\n      - ${point.kusto.slice(0, point.kusto.indexOf('\n'))}\n`,
    `queryFrequency: 1h\nqueryPeriod: ${Math.max(1, Math.ceil((seconds ?? 0) / 3600))}h\n`,
    'triggerOperator: gt\ntriggerThreshold: 0\n',
    list('tactics', tacticWords(meta.tactics)),
    list('relevantTechniques', meta.techniques),
    `query: |\n${indented(query, 2)}\n`,
    'version: 1.0.0\nkind: Scheduled\n',
  ].join('');
}
