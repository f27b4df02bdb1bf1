import { isTechniqueId, tacticOf } from '../knowledge/attack';
import type { Carried, LeftBehind, Metadata } from '../model';
import { indented, quotedText, quotedYaml, UNPRINTABLE } from './starts';

/** The title on one line; a rule that has none gets one. */
export const titleIn = ({ title }: Metadata): string => title.replace(/\s+/g, ' ').trim() || 'Converted rule';

/** Where a converted rule comes from, in a sentence, for containers that have no place of their own for it. */
export function originOf({ meta, from }: Carried): string {
  const parts = [`Converted from ${from}`, meta.title === '' ? '' : `rule "${titleIn(meta)}"`, meta.id === '' ? '' : `(${meta.id})`].filter(
    (part) => part !== '',
  );
  const days = [meta.created === '' ? '' : `of ${meta.created}`, meta.modified === '' || meta.modified === meta.created ? '' : `modified ${meta.modified}`];
  const more = [
    ...days.filter((part) => part !== ''),
    ...(meta.author.length === 0 ? [] : [`by ${meta.author.join(', ')}`]),
    ...(meta.status === '' ? [] : [`status ${meta.status}`]),
    ...(meta.license === '' ? [] : [`licence ${meta.license}`]),
  ];
  return `${[parts.join(' '), ...more].join(', ')}.`;
}

/** Tags that say no technique or tactic, which stand elsewhere. */
export const plainTags = ({ tags }: Metadata): readonly string[] => tags.filter((tag) => !/^attack\.(?:t\d{4}(?:\.\d{3})?|[a-z][a-z_-]*)$/i.test(tag));

/** Tags without a place. */
export const tagsLeft = (tags: readonly string[]): readonly LeftBehind[] =>
  tags.length === 0 ? [] : [{ row: 'tags', why: `Left out, as there is no place for such tags: ${tags.join(', ')}` }];

/** The techniques that are written as ATT&CK writes them. */
export const techniquesIn = ({ techniques }: Metadata): readonly string[] => techniques.filter(isTechniqueId);

/** Tactics and techniques that a container of ATT&CK's own names cannot name. */
export function attackLeft({ tactics, techniques }: Metadata): readonly LeftBehind[] {
  const unknown = [...tactics.filter((short) => tacticOf(short) === null), ...techniques.filter((id) => !isTechniqueId(id))];
  return unknown.length === 0 ? [] : [{ row: 'tags', why: `Left out, as ATT&CK has no such tactic or technique: ${unknown.join(', ')}` }];
}

/** A severity that is not on the container's scale, with what stands there instead, null for nothing. */
export const severityLeft = ({ severity }: Metadata, written: string | null): readonly LeftBehind[] =>
  severity === '' || severity === written?.toLowerCase()
    ? []
    : [{ row: 'severity', why: `There is no severity \`${severity}\` here: ${written === null ? 'none is given' : `\`${written}\` stands there`}` }];

/** A text of any length under a YAML key: in quotes on one line, or as a block. */
export function yamlText(key: string, text: string): string {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();
  if (lines === '') return '';
  return lines.includes('\n') ? yamlBlock(key, lines, 4) : `${key}: ${quotedYaml(lines)}\n`;
}

/** A text as a block under a YAML key, as it is; in quotes where it holds what a block cannot. `end`: whether it ends in a line break. */
export const yamlBlock = (key: string, text: string, blanks: number, end: '|' | '|-' = '|-'): string =>
  UNPRINTABLE.test(text) ? `${key}: ${quotedText(text)}\n` : `${key}: ${end}\n${indented(text, blanks)}\n`;

/** A list under a YAML key; nothing of none. */
export const yamlList = (key: string, items: readonly string[], blanks = 4): string =>
  items.length === 0 ? '' : `${key}:\n${items.map((item) => `${' '.repeat(blanks)}- ${quotedYaml(item.replace(/\s+/g, ' ').trim())}\n`).join('')}`;
