import type { RowData } from '@tanstack/react-table';
import type { TableRowData } from './TableRow';

/** The column rows are ordered by, and which way. */
export interface Order {
  readonly id: string;
  readonly desc: boolean;
}

const collator = new Intl.Collator('en', { numeric: true });

function compared(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a ?? ''), String(b ?? ''));
}

/** The rows in this order, equal ones as they were; null leaves them. */
export const inOrder = <Row extends RowData>(rows: readonly TableRowData<Row>[], order: Order | null): readonly TableRowData<Row>[] =>
  order === null ? rows : rows.toSorted((a, b) => compared(a.getValue(order.id), b.getValue(order.id)) * (order.desc ? -1 : 1));

/** What a click on a column's head makes of an order: one way, the other, and none again. Numbers begin with the largest. */
export function nextOrder(order: Order | null, id: string, largestFirst: boolean): Order | null {
  if (order?.id !== id) return { id, desc: largestFirst };
  return order.desc === largestFirst ? { id, desc: !largestFirst } : null;
}
