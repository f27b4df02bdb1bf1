import type { RowData } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import type { TableRowData } from './TableRow';

/** A row that stands above others and names what they share. */
export interface Group {
  readonly key: string;
  readonly head: ReactNode;
}

/** What a table's body is drawn from: group heads, rows, and what opened rows show. */
type Item<Row extends RowData> =
  | { readonly kind: 'group'; readonly key: string; readonly head: ReactNode }
  | { readonly kind: 'row'; readonly key: string; readonly row: TableRowData<Row>; readonly previous: TableRowData<Row> | undefined; readonly position: number }
  | { readonly kind: 'detail'; readonly key: string; readonly row: TableRowData<Row> };

/** The items of these rows, in order. */
export function itemsOf<Row extends RowData>(
  rows: readonly TableRowData<Row>[],
  open: ReadonlySet<string>,
  groupOf: ((row: Row) => Group) | undefined,
): readonly Item<Row>[] {
  const items: Item<Row>[] = [];
  let group = '';
  rows.forEach((row, position) => {
    const own = groupOf?.(row.original);
    if (own !== undefined && (position === 0 || own.key !== group)) {
      group = own.key;
      items.push({ kind: 'group', key: `group ${position} ${own.key}`, head: own.head });
    }
    items.push({ kind: 'row', key: row.id, row, previous: rows[position - 1], position });
    if (open.has(row.id)) items.push({ kind: 'detail', key: `detail ${row.id}`, row });
  });
  return items;
}
