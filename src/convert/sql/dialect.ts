import type { RegexDialect } from '../../model';
import type { SqlQuoting } from './tokens';

/** How one database writes what all of them have. */
export interface SqlDialect extends SqlQuoting {
  /** What stands before a percent sign or an underscore of a pattern's own; whether it is named behind the pattern. */
  readonly escape: string;
  readonly namesEscape: boolean;
  /** How a pattern is found whatever its letters' case: by a word of its own, or in small letters. */
  readonly folds: 'ilike' | 'lower';
  /** The function that gives small letters, beside texts of ASCII alone and beside others. */
  readonly lower: { readonly ascii: string; readonly other: string };
  /** Whether a regular expression is found in a text, and the kind it is of. */
  regex(left: string, pattern: string): string;
  readonly regexes: RegexDialect;
  /** What stands before a regular expression with a dot, so that the dot fits no line break. */
  readonly beforeDot: string;
  /** Whether an address lies in a network; null: there is no such function at hand. */
  readonly inNetwork: ((left: string, network: string) => string) | null;
  /** A value as a text. */
  asText(left: string): string;
  /** A text as a number to compare, a value as one to sum up; nothing where it is none. No text is compared as infinite, which would be more than any number. */
  asDecimal(left: string): string;
  asNumber(left: string): string;
  /** A percentile by linear interpolation. */
  percentile(value: string, share: number): string;
  /** The stretch of time that a time lies in. */
  bucket(time: string, seconds: number): string;
}

/** The column that holds when an event happened, and the functions that take a value as a text, and a text as a number. */
export const SQL_TIME = 'timestamp';
export const SQL_AS_TEXT = 'text';
export const SQL_AS_NUMBER = 'number';

/** A column's name, always in its quotes: which words need them differs by release (`Binary`, `User`). */
export const sqlName = (name: string, { quote, names }: SqlQuoting): string =>
  `${quote}${names === 'doubled' ? name.replaceAll(quote, quote + quote) : name.replace(/[\\`]/g, '\\$&')}${quote}`;

export function sqlText(text: string, { texts }: SqlQuoting): string {
  if (texts === 'doubled') return `'${text.replaceAll("'", "''")}'`;
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}'`;
}
