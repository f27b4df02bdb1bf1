import type { Carried } from '../../model';
import { nameOfTechnique, tacticOf } from '../../knowledge/attack';
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
  const { id, meta, query, language, point } = carried;
  const [severity, score] = SCORES[meta.severity] ?? SCORES['medium']!;
  const day = meta.created === '' ? '' : `creation_date = ${quoted(meta.created.replaceAll('-', '/'))}\n`;
  const type = language === 'eql' ? 'eql' : language === 'esql' ? 'esql' : 'query';
  const about = meta.description === '' ? originOf(carried) : meta.description;
  return [
    `[metadata]\n${day}maturity = "development"\n\n[rule]\n`,
    list('author', meta.author),
    `description = ${quoted(about)}\n`,
    list('false_positives', meta.falsePositives),
    'from = "now-9m"\n',
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

function threats({ meta }: Carried): readonly string[] {
  const techniques = meta.techniques.map((id) => {
    const [parent = id] = id.split('.');
    const head = `[[rule.threat.technique]]\nid = "${parent}"\nname = ${quoted(nameOfTechnique(parent) ?? parent)}\nreference = "https://attack.mitre.org/techniques/${parent}/"\n`;
    if (parent === id) return head;
    return `${head}[[rule.threat.technique.subtechnique]]\nid = "${id}"\nname = ${quoted(nameOfTechnique(id) ?? id)}\nreference = "https://attack.mitre.org/techniques/${id.replace('.', '/')}/"\n`;
  });
  const tactics = meta.tactics.flatMap((short) => tacticOf(short) ?? []);
  if (techniques.length + tactics.length === 0) return [];
  return (tactics.length === 0 ? [null] : tactics).map(
    (tactic) =>
      `\n[[rule.threat]]\nframework = "MITRE ATT&CK"\n${techniques.join('')}${
        tactic === null
          ? ''
          : `[rule.threat.tactic]\nid = "${tactic.id}"\nname = "${tactic.name}"\nreference = "https://attack.mitre.org/tactics/${tactic.id}/"\n`
      }`,
  );
}
