import { FlexRender, type Row as CoreRow, type RowData } from '@tanstack/react-table';
import { memo } from 'react';
import type { features } from './features';
import { Disclose } from './InRow';

export type TableRowData<Row extends RowData> = CoreRow<typeof features, Row>;

interface TableRowProps<Row extends RowData> {
  readonly row: TableRowData<Row>;
  readonly previous: TableRowData<Row> | undefined;
  /** Changes when other columns show, or the same ones otherwise. */
  readonly columns: unknown;
  /** Position among the drawn items, for measuring. */
  readonly index: number;
  /** 1-based position among all rows, where not all are drawn. */
  readonly rowIndex: number | undefined;
  readonly measured: ((element: HTMLElement | null) => void) | undefined;
  readonly className: string;
  readonly isStop: boolean;
  /** Null: there is nothing to open. */
  readonly isOpen: boolean | null;
  readonly onToggle?: (key: string) => void;
  /** Absent: rows are not selected here. */
  readonly isSelected?: boolean;
}

/** How many of the row's first repeating columns say the same as the row above. */
function repeatedOf<Row extends RowData>(row: TableRowData<Row>, previous: TableRowData<Row> | undefined): number {
  const repeating = row.getVisibleCells().filter((cell) => cell.column.columnDef.meta?.repeats);
  const differs = repeating.findIndex((cell) => previous?.getValue(cell.column.id) !== cell.getValue());
  return differs < 0 ? repeating.length : differs;
}

/** Whether nothing about a row is to be drawn anew; the table makes new row objects of the same data. */
const isSame = <Row extends RowData>(a: TableRowProps<Row>, b: TableRowProps<Row>): boolean =>
  a.row.id === b.row.id &&
  a.row.original === b.row.original &&
  a.previous?.original === b.previous?.original &&
  a.columns === b.columns &&
  a.index === b.index &&
  a.rowIndex === b.rowIndex &&
  a.measured === b.measured &&
  a.className === b.className &&
  a.isStop === b.isStop &&
  a.isOpen === b.isOpen &&
  a.onToggle === b.onToggle &&
  a.isSelected === b.isSelected;

/** One row; what repeats the row above stays in grey. */
export const TableRow = memo(OneRow, isSame) as typeof OneRow;

function OneRow<Row extends RowData>({ row, previous, index, rowIndex, measured, className, isStop, isOpen, onToggle, isSelected }: TableRowProps<Row>) {
  const cells = row.getVisibleCells();
  const repeated = new Set(
    cells
      .filter((cell) => cell.column.columnDef.meta?.repeats)
      .slice(0, repeatedOf(row, previous))
      .map((cell) => cell.id),
  );
  return (
    <tr
      ref={measured}
      data-index={index}
      data-row={row.id}
      className={isOpen ? `${className} is-open` : className}
      tabIndex={isStop ? 0 : -1}
      aria-rowindex={rowIndex}
      aria-selected={isSelected}
    >
      {cells.map((cell) => {
        const look = cell.column.columnDef.meta ?? {};
        const classes = [look.className, look.end ? 'end' : '', repeated.has(cell.id) ? 'repeat' : ''].filter(Boolean).join(' ') || undefined;
        const Cell = look.rowHead ? 'th' : 'td';
        return (
          <Cell key={cell.id} className={classes} {...(look.rowHead ? { scope: 'row' } : {})}>
            {look.opens && isOpen !== null ? (
              <Disclose isOpen={isOpen} onClick={() => onToggle?.(row.id)}>
                <FlexRender cell={cell} />
              </Disclose>
            ) : (
              <FlexRender cell={cell} />
            )}
          </Cell>
        );
      })}
    </tr>
  );
}
