import type { Taxonomy } from '../model';
import table from './unlike-fields.json';

const ROWS: ReadonlyMap<string, { readonly in?: readonly string[]; readonly why: string }> = new Map(table.rows.map((row) => [row.field, row]));

/** How the texts of a canonical field differ between two families, as a clause; null: as far as is known they do not. */
export function unlikeIn(canonical: string, one: Taxonomy, other: Taxonomy): string | null {
  const row = ROWS.get(canonical);
  if (row === undefined || (row.in !== undefined && !row.in.includes(one) && !row.in.includes(other))) return null;
  return row.why;
}
