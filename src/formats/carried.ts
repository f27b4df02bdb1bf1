import type { Carried } from '../model';
import { indented, quotedYaml } from './starts';

/** Where a converted rule comes from, in a sentence, for containers that have no place of their own for it. */
export function originOf({ meta, from }: Carried): string {
  const parts = [`Converted from ${from}`, meta.title === '' ? '' : `rule "${meta.title}"`, meta.id === '' ? '' : `(${meta.id})`].filter((part) => part !== '');
  const by = meta.author.length === 0 ? '' : `, by ${meta.author.join(', ')}`;
  const license = meta.license === '' ? '' : `, licence ${meta.license}`;
  return `${parts.join(' ')}${by}${license}.`;
}

/** A text of any length under a YAML key: in quotes on one line, or as a block. */
export function yamlText(key: string, text: string): string {
  if (text === '') return '';
  return /\n/.test(text) ? `${key}: |-\n${indented(text.replace(/[ \t]+$/gm, ''), 4)}\n` : `${key}: ${quotedYaml(text)}\n`;
}

/** A list under a YAML key; nothing of none. */
export const yamlList = (key: string, items: readonly string[], blanks = 4): string =>
  items.length === 0 ? '' : `${key}:\n${items.map((item) => `${' '.repeat(blanks)}- ${quotedYaml(item.replace(/\s+/g, ' '))}\n`).join('')}`;
