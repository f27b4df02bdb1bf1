import type { RuleOrder, RuleRow } from '../../model';
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

/** A cell as RFC 4180 has it; one that a spreadsheet would take for a formula is led by an apostrophe. */
function csvCell(value: string): string {
  const plain = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

const textOf = (value: string | readonly string[]): string => (typeof value === 'string' ? value : value.join(' '));

export const toCsv = (rows: readonly RuleRow[]): string =>
  [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((name) => csvCell(textOf(row[name]))).join(','))].join('\r\n') + '\r\n';

/** Without the index, which means nothing outside this catalog. */
export const toJson = (rows: readonly RuleRow[]): string =>
  JSON.stringify(
    rows.map(({ index: _index, ...row }) => row),
    null,
    2,
  ) + '\n';
