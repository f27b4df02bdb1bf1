import type { SampleTable } from '../src/model';
import type { Table } from '../src/run/engine';
import { plainOf, type Value } from '../src/run/value';
import { csvOf } from '../src/syntax/csv';
import { shortened } from '../src/syntax/written';

/** Rows that are shown of a result, and that are copied. */
export const MOST_ROWS = 500;
const MOST_COPIED = 20_000;
/** Characters of a cell. */
const LONGEST_CELL = 300;

export const namesOf = ({ columns }: Table): readonly string[] => columns.map(({ name }) => name);

/** The first rows as text, each cell as long as a screen has room for. */
export const tableOf = ({ rows }: Table, columns: readonly string[]): SampleTable => ({
  columns,
  rows: rows.slice(0, MOST_ROWS).map((row) => columns.map((name) => cellOf(row[name]))),
  total: rows.length,
});

/** Its first rows whole, as RFC 4180 has them. */
export function csvOfTable(table: Table): { readonly text: string; readonly rows: number; readonly total: number } {
  const names = namesOf(table);
  const rows = table.rows.slice(0, MOST_COPIED);
  return { text: csvOf([names, ...rows.map((row) => names.map((name) => textOf(row[name])))]), rows: rows.length, total: table.rows.length };
}

function textOf(value: Value | undefined): string {
  if (value === undefined) return '';
  const plain = plainOf(value);
  return typeof plain === 'string' ? plain : plain === null ? '' : JSON.stringify(plain);
}

/** A value as text, cut short. */
export function cellOf(value: Value | undefined): string {
  return shortened(textOf(value), LONGEST_CELL);
}
