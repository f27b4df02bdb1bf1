import { tacticOf, tacticsEverOf } from '../../knowledge/attack';
import type { Carried, LeftBehind, Metadata, StartingPoint } from '../../model';
import { attackLeft, originOf, plainTags, tagsLeft, techniquesIn, titleIn, yamlBlock, yamlList, yamlText } from '../carried';

/** Names of the data that is read; of a whole log, without the one event that a name there has. */
const sourcesOf = ({ sigma, dataSources }: StartingPoint): readonly string[] =>
  sigma.category === '' ? dataSources.map((name) => name.replace(/ \d+$/, '')) : dataSources;

/** A detection of Splunk's security content over the search; what it has no key for stands in the description. */
export function writeSplunk(carried: Carried): string {
  const { id, meta, query, point } = carried;
  const techniques = techniquesIn(meta);
  return [
    yamlText('name', titleIn(meta)),
    `id: ${id}\nversion: 1\n`,
    meta.created === '' ? '' : `date: '${meta.created}'\n`,
    yamlText('author', meta.author.join(', ')),
    'status: experimental\ntype: Anomaly\n',
    yamlText(
      'description',
      [meta.description, originOf(carried), meta.severity === '' ? '' : `Severity: ${meta.severity}.`].filter((text) => text !== '').join('\n'),
    ),
    point === null
      ? 'data_source: []\n'
      : `data_source:\n${sourcesOf(point)
          .map((name) => `  - ${name}\n`)
          .join('')}`,
    yamlBlock('search', query, 2),
    "how_to_implement: ''\n",
    meta.falsePositives.length === 0 ? "known_false_positives: ''\n" : yamlText('known_false_positives', meta.falsePositives.join('; ')),
    yamlList('references', meta.references),
    `tags:\n  analytic_story: []\n  asset_type: Endpoint\n`,
    techniques.length === 0 ? '' : `  mitre_attack_id:\n${techniques.map((technique) => `    - ${technique}\n`).join('')}`,
    '  product:\n    - Splunk Enterprise Security\n  security_domain: threat\n',
  ].join('');
}

/** What of a rule's metadata a detection of the security content has no place for. */
export function leftBySplunk(meta: Metadata): readonly LeftBehind[] {
  const served = new Set(meta.techniques.flatMap(tacticsEverOf));
  const tactics = meta.tactics.filter((short) => tacticOf(short) !== null && !served.has(short));
  return [
    ...(tactics.length === 0 ? [] : [{ row: 'tags', why: `Left out, as tactics are told by techniques alone: ${tactics.join(', ')}` }]),
    ...attackLeft(meta),
    ...tagsLeft(plainTags(meta)),
  ];
}
