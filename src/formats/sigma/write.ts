import type { Carried } from '../../model';
import { yamlList, yamlText } from '../carried';

const STATUSES: ReadonlySet<string> = new Set(['stable', 'test', 'experimental', 'deprecated', 'unsupported']);
const LEVELS: ReadonlySet<string> = new Set(['critical', 'high', 'medium', 'low', 'informational']);

/** A Sigma rule around a log source and a detection, or a correlation after the rules it names; the original stands under `related`. */
export function writeSigma({ id, meta, query, rules }: Carried): string {
  const tags = [...meta.tactics.map((name) => `attack.${name}`), ...meta.techniques.map((name) => `attack.${name.toLowerCase()}`)];
  const isUuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(meta.id);
  return [
    ...rules.map((rule) => `${rule}---\n`),
    yamlText('title', meta.title === '' ? 'Converted rule' : meta.title),
    `id: ${id}\n`,
    isUuid ? `related:\n    - id: ${meta.id.toLowerCase()}\n      type: derived\n` : '',
    `status: ${STATUSES.has(meta.status) ? meta.status : 'experimental'}\n`,
    yamlText('description', meta.description),
    yamlList('references', meta.references),
    yamlText('author', meta.author.join(', ')),
    meta.created === '' ? '' : `date: ${meta.created}\n`,
    meta.modified === '' || meta.modified === meta.created ? '' : `modified: ${meta.modified}\n`,
    yamlText('license', meta.license),
    tags.length === 0 ? '' : `tags:\n${tags.map((tag) => `    - ${tag}\n`).join('')}`,
    query.endsWith('\n') ? query : `${query}\n`,
    yamlList('falsepositives', meta.falsePositives),
    LEVELS.has(meta.severity) ? `level: ${meta.severity}\n` : '',
  ].join('');
}
