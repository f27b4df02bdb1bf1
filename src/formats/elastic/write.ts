import type { Carried, LeftBehind, Metadata } from '../../model';
import { nameOfTechnique, parentOf, tacticOf, tacticsEverOf } from '../../knowledge/attack';
import { attackLeft, originOf, plainTags, severityLeft, techniquesIn, titleIn } from '../carried';
import { quotedText, UNPRINTABLE } from '../starts';

const list = (key: string, texts: readonly string[]): string => (texts.length === 0 ? '' : `${key} = [${texts.map(quotedText).join(', ')}]\n`);
const SCORES: Readonly<Record<string, readonly [severity: string, score: number]>> = {
  critical: ['critical', 99],
  high: ['high', 73],
  medium: ['medium', 47],
  low: ['low', 21],
  informational: ['low', 21],
};

const scoreFor = ({ severity }: Metadata): readonly [severity: string, score: number] => SCORES[severity] ?? SCORES['medium']!;

/** A rule of Elastic's repository, in development; what it has no key for stands in the note. */
export function writeElastic(carried: Carried): string {
  const { id, meta, query, language, point, seconds } = carried;
  const [severity, score] = scoreFor(meta);
  const day = meta.created === '' ? '' : `creation_date = ${quotedText(meta.created.replaceAll('-', '/'))}\n`;
  const type = language === 'eql' ? 'eql' : language === 'esql' ? 'esql' : 'query';
  const about = meta.description === '' ? originOf(carried) : meta.description;
  return [
    `[metadata]\n${day}maturity = "development"\n\n[rule]\n`,
    list('author', meta.author),
    `description = ${quotedText(about)}\n`,
    list('false_positives', meta.falsePositives),
    `from = "now-${9 + Math.ceil((seconds ?? 0) / 60)}m"\n`,
    language === 'esql' ? '' : list('index', point?.elastic.indices ?? []),
    `language = ${quotedText(language)}\n`,
    meta.license === '' ? '' : `license = ${quotedText(meta.license)}\n`,
    `name = ${quotedText(titleIn(meta))}\n`,
    `note = ${quotedText(originOf(carried))}\n`,
    list('references', meta.references),
    `risk_score = ${score}\nrule_id = "${id}"\nseverity = "${severity}"\n`,
    list('tags', plainTags(meta)),
    `type = "${type}"\n\nquery = ${queryText(query)}\n`,
    ...threats(carried),
  ].join('');
}

/** What of a rule's metadata Elastic's rules have no place for. */
export const leftByElastic = (meta: Metadata): readonly LeftBehind[] => [...attackLeft(meta), ...severityLeft(meta, scoreFor(meta)[0])];

/** The query as it is where three quotes can hold it. */
const queryText = (query: string): string =>
  query.includes("'''") || query.endsWith("'") || UNPRINTABLE.test(query) ? quotedText(query) : `'''\n${query}\n'''`;

/** A table for each tactic with the techniques that serve it; those that serve none of them stand under the first. */
function threats({ meta }: Carried): readonly string[] {
  const techniques = techniquesIn(meta);
  const tactics = meta.tactics.flatMap((short) => tacticOf(short) ?? []);
  const serves = (technique: string, short: string): boolean => tacticsEverOf(technique).includes(short);
  const isAlone = (technique: string): boolean => !tactics.some(({ short }) => serves(technique, short));
  if (tactics.length === 0) return techniques.length === 0 ? [] : [`${THREAT}${techniqueTables(techniques)}`];
  return tactics.map(({ id, name, short }, at) => {
    const own = techniques.filter((technique) => serves(technique, short) || (at === 0 && isAlone(technique)));
    return `${THREAT}${techniqueTables(own)}[rule.threat.tactic]\nid = "${id}"\nname = "${name}"\nreference = "https://attack.mitre.org/tactics/${id}/"\n`;
  });
}

const THREAT = '\n[[rule.threat]]\nframework = "MITRE ATT&CK"\n';

/** Techniques with their sub-techniques below them. */
function techniqueTables(techniques: readonly string[]): string {
  const parents = [...new Set(techniques.map((id) => parentOf(id) ?? id))];
  const table = (key: string, id: string): string =>
    `[[${key}]]\nid = "${id}"\nname = ${quotedText(nameOfTechnique(id) ?? id)}\nreference = "https://attack.mitre.org/techniques/${id.replace('.', '/')}/"\n`;
  return parents
    .map((parent) => {
      const below = techniques.filter((id) => parentOf(id) === parent);
      return `${table('rule.threat.technique', parent)}${below.map((id) => table('rule.threat.technique.subtechnique', id)).join('')}`;
    })
    .join('');
}
