import type { DraftStart } from '../model';

/** A new rule's first title: the technique's name, its ID where it has none. */
export const titleOf = ({ technique }: DraftStart): string => technique.name || technique.id;

/** One plain sentence on what a new rule is about. */
export const aboutOf = ({ technique, point }: DraftStart): string =>
  `Looks for ${technique.name === '' ? technique.id : `${technique.name} (${technique.id})`} in ${point.name}.`;

export const referenceOf = ({ technique }: DraftStart): string => `https://attack.mitre.org/techniques/${technique.id.replace('.', '/')}/`;

/** A text as a YAML scalar in single quotes. */
export const quotedYaml = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The lines of a text, each behind the same blanks. */
export const indented = (text: string, blanks: number): string => text.replace(/^(?=.)/gm, ' '.repeat(blanks));
