import type { Carried, LeftBehind, Metadata } from '../../model';
import { plainTags, severityLeft, tagsLeft, titleIn, yamlList, yamlText } from '../carried';

const STATUSES: ReadonlySet<string> = new Set(['stable', 'test', 'experimental', 'deprecated', 'unsupported']);
const LEVELS: ReadonlySet<string> = new Set(['critical', 'high', 'medium', 'low', 'informational']);
/** Sigma's schema. */
const LONGEST_TITLE = 256;

const isUuid = (id: string): boolean => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
/** Sigma's tags have a namespace. */
const isTag = (tag: string): boolean => /^[a-z\d_-]+\.[a-z\d._-]+$/.test(tag);

const tagsIn = (meta: Metadata): readonly string[] => [
  ...meta.tactics.map((name) => `attack.${name}`),
  ...meta.techniques.map((name) => `attack.${name.toLowerCase()}`),
  ...plainTags(meta),
];

/** A Sigma rule around a log source and a detection, or a correlation after the rules it names; the original stands under `related`. */
export function writeSigma({ id, meta, query, rules }: Carried): string {
  const tags = tagsIn(meta).filter(isTag);
  return [
    ...rules.map((rule) => `${rule}---\n`),
    yamlText('title', titleIn(meta).slice(0, LONGEST_TITLE)),
    `id: ${id}\n`,
    isUuid(meta.id) ? `related:\n    - id: ${meta.id.toLowerCase()}\n      type: derived\n` : '',
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

/** What of a rule's metadata Sigma has no place for. */
export function leftBySigma(meta: Metadata): readonly LeftBehind[] {
  return [
    ...(titleIn(meta).length > LONGEST_TITLE ? [{ row: 'title', why: `A title has at most ${LONGEST_TITLE} characters: the rest is left out` }] : []),
    ...(meta.id === '' || isUuid(meta.id) ? [] : [{ row: 'id', why: `Left out, as what is related is named by a UUID: \`${meta.id}\`` }]),
    ...(meta.status === '' || STATUSES.has(meta.status)
      ? []
      : [{ row: 'status', why: `There is no status \`${meta.status}\` here: \`experimental\` stands there` }]),
    ...tagsLeft(tagsIn(meta).filter((tag) => !isTag(tag))),
    ...severityLeft(meta, LEVELS.has(meta.severity) ? meta.severity : null),
  ];
}
