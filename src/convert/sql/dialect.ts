import type { RegexDialect } from '../../model';
import type { SqlQuoting } from './tokens';

/** How one database writes what all of them have. */
export interface SqlDialect extends SqlQuoting {
  /** What stands before a percent sign or an underscore of a pattern's own; whether it is named behind the pattern. */
  readonly escape: string;
  readonly namesEscape: boolean;
  /** Whether a regular expression is found in a text, and the kind it is of. */
  regex(left: string, pattern: string): string;
  readonly regexes: RegexDialect;
  /** Whether an address lies in a network; null: there is no such function at hand. */
  readonly inNetwork: ((left: string, network: string) => string) | null;
  /** A value as a text; as a number, or nothing where it is none. */
  asText(left: string): string;
  asNumber(left: string): string;
  /** A percentile by linear interpolation. */
  percentile(value: string, share: number): string;
  /** The stretch of time that a time lies in. */
  bucket(time: string, seconds: number): string;
}

const PLAIN_NAME = /^[A-Za-z_]\w*$/;

/** Words that no column is called without quotes. */
const RESERVED: ReadonlySet<string> = new Set(
  'all and any as asc between by case cast count desc distinct else end except exists false for from full group having ilike in inner intersect interval is join left like limit lower not null offset on or order outer right rlike select table then true union user using when where window with'.split(
    ' ',
  ),
);

export function sqlName(name: string, { quote, names }: SqlQuoting): string {
  if (PLAIN_NAME.test(name) && !RESERVED.has(name.toLowerCase())) return name;
  return `${quote}${names === 'doubled' ? name.replaceAll(quote, quote + quote) : name.replace(/[\\`]/g, '\\$&')}${quote}`;
}

export function sqlText(text: string, { texts }: SqlQuoting): string {
  if (texts === 'doubled') return `'${text.replaceAll("'", "''")}'`;
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}'`;
}
