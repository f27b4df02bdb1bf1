import type { DraftStart } from '../model';

/** A new rule's first title: the technique's name, its ID where it has none. */
export const titleOf = ({ technique }: DraftStart): string => technique.name || technique.id;

/** One plain sentence on what a new rule is about. */
export const aboutOf = ({ technique, point }: DraftStart): string =>
  `Looks for ${technique.name === '' ? technique.id : `${technique.name} (${technique.id})`} in ${point.name}.`;

export const referenceOf = ({ technique }: DraftStart): string => `https://attack.mitre.org/techniques/${technique.id.replace('.', '/')}/`;

/** Characters that YAML and TOML take as escapes only, or that end a line for one reader and not for another; tabs and line feeds are none. */
export const UNPRINTABLE = /(?![\t\n])[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/u;

/** A text in double quotes, as YAML and TOML both read it; half of a surrogate pair, which no file can hold, becomes the sign for that. */
export const quotedText = (text: string): string =>
  JSON.stringify(text.replace(/\p{Cs}/gu, '\ufffd')).replace(new RegExp(UNPRINTABLE, 'gu'), (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A text as a YAML scalar in quotes. */
export const quotedYaml = (text: string): string => (UNPRINTABLE.test(text) || text.includes('\n') ? quotedText(text) : `'${text.replaceAll("'", "''")}'`);

/** The lines of a text, each behind the same blanks. */
export const indented = (text: string, blanks: number): string => text.replace(/^(?=.)/gm, ' '.repeat(blanks));
