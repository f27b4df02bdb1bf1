import type { RuleOrder, RuleRow } from '../../model';
import { csvOf } from '../../syntax/csv';
import { askCatalog } from '../../state/threads/catalog';

const PAGE = 1000;

const COLUMNS = [
  'id',
  'title',
  'vendor',
  'source',
  'kind',
  'status',
  'severity',
  'language',
  'techniques',
  'tactics',
  'platforms',
  'domains',
  'created',
  'modified',
] as const;

/** All rows a search finds, in its order. */
export async function allRows(query: string, order: RuleOrder | null): Promise<readonly RuleRow[]> {
  const rows: RuleRow[] = [];
  for (;;) {
    const found = await askCatalog((api) => api.list(query, order, rows.length, PAGE));
    rows.push(...found.rows);
    if (found.rows.length === 0 || rows.length >= found.total) return rows;
  }
}

/** What a spreadsheet would take for a formula is led by an apostrophe. */
const plainCell = (value: string): string => (/^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value);

const textOf = (value: string | readonly string[]): string => (typeof value === 'string' ? value : value.join(' '));

export const toCsv = (rows: readonly RuleRow[]): string => csvOf([COLUMNS, ...rows.map((row) => COLUMNS.map((name) => plainCell(textOf(row[name]))))]);

/** Without the index, which means nothing outside this catalog. */
export const toJson = (rows: readonly RuleRow[]): string =>
  JSON.stringify(
    rows.map(({ index: _index, ...row }) => row),
    null,
    2,
  ) + '\n';
