import type { Taxonomy } from '../model';
import table from './unlike-fields.json';

interface Row {
  readonly field: string;
  readonly in?: readonly string[];
  readonly why: string;
  readonly digits?: readonly string[];
}

const ROWS: readonly Row[] = table.rows;

/** How the texts of a canonical field differ in another family: why, as a clause, and how a text that is a number is written there; null: as far as is known they do not, or its numbers do not. */
export function unlikeIn(
  canonical: string,
  from: Taxonomy,
  to: Taxonomy,
): { readonly why: string; readonly digits: ((text: string) => string | null) | null } | null {
  const row = ROWS.find(({ field, in: families }) => field === canonical && (families === undefined || families.includes(from) || families.includes(to)));
  if (row === undefined) return null;
  const [before, after] = row.in?.includes(to) === true ? (row.digits ?? []) : [];
  return { why: row.why, digits: before === undefined || after === undefined ? null : (text) => digitsOf(text, before, after) };
}

/** A number in hexadecimal digits between two texts, in decimal ones; null: the text is none. */
function digitsOf(text: string, before: string, after: string): string | null {
  const isFramed = text.toLowerCase().startsWith(before.toLowerCase()) && text.endsWith(after);
  const digits = text.slice(before.length, text.length - after.length);
  return isFramed && /^[0-9a-f]{1,8}$/i.test(digits) ? String(Number.parseInt(digits, 16)) : null;
}
