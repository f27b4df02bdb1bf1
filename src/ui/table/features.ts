import { type ColumnDef, columnVisibilityFeature, metaHelper, type RowData, tableFeatures } from '@tanstack/react-table';
import type { ReactNode } from 'react';

/** How a column looks; its width is a token. */
interface Look {
  readonly className?: string | undefined;
  readonly width?: string | undefined;
  /** In pixels, where columns can be resized. */
  readonly size?: number | undefined;
  /** Numbers: right-aligned. */
  readonly end?: boolean | undefined;
  /** The same as in the row above, and so in all such columns before it: stays, in grey. */
  readonly repeats?: boolean | undefined;
  /** Holds the button that opens its row. */
  readonly opens?: boolean | undefined;
  /** Rows can be ordered by it. */
  readonly sortable?: boolean | undefined;
  /** Names its row. */
  readonly rowHead?: boolean | undefined;
  /** The head is for screen readers only. */
  readonly unseenHead?: boolean | undefined;
  /** What the head means, on hover. */
  readonly title?: string | undefined;
}

/** What our tables ask of TanStack Table. Order and widths are a few lines of our own: its features for them weigh more than all our tables. */
export const features = tableFeatures({ columnMeta: metaHelper<Look>(), columnVisibilityFeature });

export type Column<Row extends RowData> = ColumnDef<typeof features, Row>;

interface ColumnOptions<Row> extends Look {
  /** What is drawn; absent: the cell's data itself. */
  readonly cell?: ((row: Row) => ReactNode) | undefined;
}

/** A column: its id, its head, what of a row it holds (for order and repetition), and how it is drawn. */
export function column<Row extends RowData>(id: string, head: string, of: (row: Row) => string | number | null, options: ColumnOptions<Row> = {}): Column<Row> {
  const { cell, ...meta } = options;
  return { id, header: head, accessorFn: of, cell: ({ row }) => (cell ?? of)(row.original), meta };
}
