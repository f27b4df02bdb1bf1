import type { Literal } from '../../../model';
import { plainNumber } from '../parse/number';

// What cannot stand in quotes on one line: control characters, line breaks of any kind, halves of a character.
// oxlint-disable-next-line no-control-regex
const UNQUOTABLE = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]/;

/** A text as YAML: in single quotes, or double ones where `quote` asks for them and nothing needs an escape; escaped where single quotes cannot hold it. */
export function quoted(text: string, quote: "'" | '"' = "'"): string {
  if (UNQUOTABLE.test(text) && (/[^\ud800-\udfff]/.test(text) ? UNQUOTABLE.test(withoutPairs(text)) : true)) return escaped(text);
  return quote === '"' && !/["\\]/.test(text) ? `"${text}"` : `'${text.replaceAll("'", "''")}'`;
}

const withoutPairs = (text: string): string => text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '');

const escaped = (text: string): string =>
  JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufeff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A number or truth value as a plain scalar that reads back as itself; null for any other literal. */
export function plainScalar({ type, text }: Literal): string | null {
  if (type === 'boolean') return /^(?:true|false)$/i.test(text) ? text.toLowerCase() : null;
  if (type !== 'number' || !/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) || text.length > 40) return null;
  return plainNumber(text) === text ? text : null;
}

const WORD = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

/** A key as YAML: plain where every reader takes it as the text it is. */
export function keyText(key: string): string {
  return /^[A-Za-z_](?:[\w .@-]*[\w.@-])?(?:\|\w+)*$/.test(key) && !WORD.test(key) ? key : quoted(key);
}
