import type { Carried } from '../../model';
import { nameOfTechnique, parentOf, tacticOf, tacticsEverOf } from '../../knowledge/attack';
import { originOf } from '../carried';

const quoted = (text: string): string => JSON.stringify(text);
const list = (key: string, texts: readonly string[]): string => (texts.length === 0 ? '' : `${key} = [${texts.map(quoted).join(', ')}]\n`);
const SCORES: Readonly<Record<string, readonly [severity: string, score: number]>> = {
  critical: ['critical', 99],
  high: ['high', 73],
  medium: ['medium', 47],
  low: ['low', 21],
  informational: ['low', 21],
};

/** A rule of Elastic's repository, in development; what it has no key for stands in the note. */
export function writeElastic(carried: Carried): string {
  const { id, meta, query, language, point, seconds } = carried;
  const [severity, score] = SCORES[meta.severity] ?? SCORES['medium']!;
  const day = meta.created === '' ? '' : `creation_date = ${quoted(meta.created.replaceAll('-', '/'))}\n`;
  const type = language === 'eql' ? 'eql' : language === 'esql' ? 'esql' : 'query';
  const about = meta.description === '' ? originOf(carried) : meta.description;
  return [
    `[metadata]\n${day}maturity = "development"\n\n[rule]\n`,
    list('author', meta.author),
    `description = ${quoted(about)}\n`,
    list('false_positives', meta.falsePositives),
    `from = "now-${9 + Math.ceil((seconds ?? 0) / 60)}m"\n`,
    language === 'esql' ? '' : list('index', point?.elastic.indices ?? []),
    `language = ${quoted(language)}\n`,
    meta.license === '' ? '' : `license = ${quoted(meta.license)}\n`,
    `name = ${quoted(meta.title === '' ? 'Converted rule' : meta.title)}\n`,
    `note = ${quoted(originOf(carried))}\n`,
    list('references', meta.references),
    `risk_score = ${score}\nrule_id = "${id}"\nseverity = "${severity}"\n`,
    `type = "${type}"\n\nquery = ${queryText(query)}\n`,
    ...threats(carried),
  ].join('');
}

/** The query as it is where three quotes can hold it. */
const queryText = (query: string): string => (query.includes("'''") || query.endsWith("'") ? quoted(query) : `'''\n${query}\n'''`);

/** A table for each tactic with the techniques that serve it; those that serve none of them stand under the first. */
function threats({ meta }: Carried): readonly string[] {
  const tactics = meta.tactics.flatMap((short) => tacticOf(short) ?? []);
  const serves = (technique: string, short: string): boolean => tacticsEverOf(technique).includes(short);
  const isAlone = (technique: string): boolean => !tactics.some(({ short }) => serves(technique, short));
  if (tactics.length === 0) return meta.techniques.length === 0 ? [] : [`${THREAT}${techniqueTables(meta.techniques)}`];
  return tactics.map(({ id, name, short }, at) => {
    const own = meta.techniques.filter((technique) => serves(technique, short) || (at === 0 && isAlone(technique)));
    return `${THREAT}${techniqueTables(own)}[rule.threat.tactic]\nid = "${id}"\nname = "${name}"\nreference = "https://attack.mitre.org/tactics/${id}/"\n`;
  });
}

const THREAT = '\n[[rule.threat]]\nframework = "MITRE ATT&CK"\n';

/** Techniques with their sub-techniques below them. */
function techniqueTables(techniques: readonly string[]): string {
  const parents = [...new Set(techniques.map((id) => parentOf(id) ?? id))];
  const table = (key: string, id: string): string =>
    `[[${key}]]\nid = "${id}"\nname = ${quoted(nameOfTechnique(id) ?? id)}\nreference = "https://attack.mitre.org/techniques/${id.replace('.', '/')}/"\n`;
  return parents
    .map((parent) => {
      const below = techniques.filter((id) => parentOf(id) === parent);
      return `${table('rule.threat.technique', parent)}${below.map((id) => table('rule.threat.technique.subtechnique', id)).join('')}`;
    })
    .join('');
}
