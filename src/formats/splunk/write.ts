import type { Carried } from '../../model';
import { indented } from '../starts';
import { originOf, yamlList, yamlText } from '../carried';

/** A detection of Splunk's security content over the search; what it has no key for stands in the description. */
export function writeSplunk(carried: Carried): string {
  const { id, meta, query, point } = carried;
  return [
    yamlText('name', meta.title === '' ? 'Converted rule' : meta.title.replace(/\s+/g, ' ')),
    `id: ${id}\nversion: 1\n`,
    meta.created === '' ? '' : `date: '${meta.created}'\n`,
    yamlText('author', meta.author.join(', ')),
    'status: experimental\ntype: Anomaly\n',
    yamlText(
      'description',
      [meta.description, originOf(carried), meta.severity === '' ? '' : `Severity: ${meta.severity}.`].filter((text) => text !== '').join('\n'),
    ),
    point === null ? 'data_source: []\n' : `data_source:\n${point.dataSources.map((name) => `  - ${name}\n`).join('')}`,
    `search: |-\n${indented(query, 2)}\n`,
    "how_to_implement: ''\n",
    meta.falsePositives.length === 0 ? "known_false_positives: ''\n" : yamlText('known_false_positives', meta.falsePositives.join('; ')),
    yamlList('references', meta.references),
    `tags:\n  analytic_story: []\n  asset_type: Endpoint\n`,
    meta.techniques.length === 0 ? '' : `  mitre_attack_id:\n${meta.techniques.map((technique) => `    - ${technique}\n`).join('')}`,
    '  product:\n    - Splunk Enterprise Security\n  security_domain: threat\n',
  ].join('');
}
