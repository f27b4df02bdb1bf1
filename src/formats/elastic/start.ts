import type { DraftStart, Platform, StartingPoint } from '../../model';
import { tacticOf } from '../../knowledge/attack';
import { aboutOf, referenceOf, titleOf } from '../starts';

const quoted = (text: string): string => JSON.stringify(text);
const plain = (value: string): string => (/^[\w.-]+$/.test(value) ? value : quoted(value));
const whereOf = ({ elastic }: StartingPoint, join: string, one: (field: string, value: string) => string): string =>
  elastic.where.map(([field, value]) => one(field, value)).join(join);

/** EQL says the category of its events in a word of its own, the other languages in a field. */
const categorised = ({ elastic }: StartingPoint, join: string, one: (field: string, value: string) => string): string =>
  elastic.category === 'any' || elastic.where.some(([field]) => field === 'event.category') ? '' : one('event.category', elastic.category) + join;

const kueryTest = (field: string, value: string): string => `${field}:${plain(value)}`;
const equalTest = (field: string, value: string): string => `${field} == ${quoted(value)}`;

export const startKuery = ({ point }: DraftStart): string => categorised(point, ' and ', kueryTest) + whereOf(point, ' and ', kueryTest);
export const startLucene = ({ point }: DraftStart): string => categorised(point, ' AND ', kueryTest) + whereOf(point, ' AND ', kueryTest);
export const startEql = ({ point }: DraftStart): string => `${point.elastic.category} where ${whereOf(point, ' and ', equalTest)}`;
export const startEsql = ({ point }: DraftStart): string =>
  `FROM ${point.elastic.indices.join(', ')} METADATA _id, _index, _version\n| WHERE ${categorised(point, ' AND ', equalTest)}${whereOf(point, ' AND ', equalTest)}`;

const SYSTEMS: Partial<Readonly<Record<Platform, string>>> = { windows: 'Windows', linux: 'Linux', macos: 'macOS' };

/** A rule of Elastic's repository with a query in kuery, in development. */
export function startElastic(draft: DraftStart): string {
  const { id, date, technique, point } = draft;
  const day = quoted(date.replaceAll('-', '/'));
  const list = (texts: readonly string[]): string => `[${texts.map(quoted).join(', ')}]`;
  const [parent = technique.id] = technique.id.split('.');
  const tactics = technique.tactics.flatMap((short) => tacticOf(short) ?? []);
  const domain = point.domain.charAt(0).toUpperCase() + point.domain.slice(1);
  const system = SYSTEMS[point.platform];
  const tags = [
    `Domain: ${domain}`,
    ...(system === undefined ? [] : [`OS: ${system}`]),
    'Use Case: Threat Detection',
    ...tactics.map(({ name }) => `Tactic: ${name}`),
  ];
  const named = (key: string, of: string, name: string): string =>
    `[[${key}]]\nid = "${of}"\nname = ${quoted(name)}\nreference = "${referenceOf({ ...draft, technique: { ...technique, id: of } })}"\n`;
  const isSub = parent !== technique.id;
  const threats = (tactics.length === 0 ? [null] : tactics).map(
    (tactic) => `[[rule.threat]]
framework = "MITRE ATT&CK"

${isSub ? `[[rule.threat.technique]]\nid = "${parent}"\nreference = "https://attack.mitre.org/techniques/${parent}/"\n\n${named('rule.threat.technique.subtechnique', technique.id, technique.name)}` : named('rule.threat.technique', technique.id, technique.name)}${
      tactic === null
        ? ''
        : `\n[rule.threat.tactic]\nid = "${tactic.id}"\nname = "${tactic.name}"\nreference = "https://attack.mitre.org/tactics/${tactic.id}/"\n`
    }`,
  );
  return `[metadata]
creation_date = ${day}
integration = [${quoted(point.elastic.integration)}]
maturity = "development"
updated_date = ${day}

[rule]
author = []
description = """
${aboutOf(draft)}
"""
from = "now-9m"
index = ${list(point.elastic.indices)}
language = "kuery"
license = ""
name = ${quoted(titleOf(draft))}
risk_score = 47
rule_id = "${id}"
severity = "medium"
tags = ${list(tags)}
timestamp_override = "event.ingested"
type = "query"

query = '''
${startKuery(draft)}
'''

${threats.join('\n')}`;
}
