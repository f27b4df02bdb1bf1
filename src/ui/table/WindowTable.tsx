import { type RowData, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { Bar } from '../Skeleton';
import { type Column, features } from './features';
import type { Order } from './order';
import { type ColumnSizes, TableHead } from './TableHead';
import { TableRow } from './TableRow';
import { useAwaitedRow } from './useAwaitedRow';
import { rowKeyOf, useRowKeys } from './useRowKeys';

interface WindowTableProps<Row extends RowData> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly hidden: readonly string[];
  /** How many rows there are in all. */
  readonly count: number;
  /** The row at a position; undefined while it is on its way. */
  readonly rowAt: (position: number) => Row | undefined;
  /** Which positions are in sight. */
  readonly onRange: (first: number, last: number) => void;
  /** Goes back to the top when it changes. */
  readonly about: string;
  /** Where it was scrolled to when it was left, in pixels. */
  readonly startAt: number;
  readonly onScroll: (top: number) => void;
  /** The column the rows are ordered by; null: by none of them. */
  readonly order: Order | null;
  readonly onOrder: (order: Order | null) => void;
  /** Widths of columns as they were left, in pixels by column. */
  readonly sizes: ColumnSizes;
  readonly onSizes: (sizes: ColumnSizes) => void;
  readonly keyOf: (row: Row) => string;
  readonly onEnter: (row: Row) => void;
  readonly selected: ReadonlySet<string>;
  /** Space, or a click beside what can be clicked in it, selects a row, or no longer. */
  readonly onSelect: (row: Row) => void;
}

const ROW = 24;
const OVERSCAN = 20;
const SHARES = ['62%', '48%', '70%', '54%'];

/** A table of rows that come as they are needed: only what is in sight is asked for and drawn, however many there are. Columns can be resized. */
export function WindowTable<Row extends RowData>(props: WindowTableProps<Row>) {
  const { columns, hidden, count, rowAt, onRange, about, order, sizes, keyOf, onEnter, selected, onSelect } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({ count, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: OVERSCAN });
  const drawn = virtualizer.getVirtualItems();
  const first = drawn[0]?.index ?? 0;
  const last = drawn.at(-1)?.index ?? 0;
  useEffect(() => onRange(first, last), [onRange, first, last]);
  const focusOnceThere = useAwaitedRow(scroller);
  const seen = useRef<{ readonly about: string; readonly isPlaced: boolean }>({ about, isPlaced: false });
  const { startAt } = props;
  useEffect(() => {
    if (seen.current.about !== about) scroller.current?.scrollTo({ top: 0 });
    else if (!seen.current.isPlaced && count > 0) scroller.current?.scrollTo({ top: startAt });
    seen.current = { about, isPlaced: count > 0 };
  }, [about, count, startAt]);

  const positions = new Map<string, number>();
  const data: Row[] = [];
  for (let position = first; position <= last; position++) {
    const row = rowAt(position);
    if (row !== undefined) positions.set(keyOf(row), data.push(row) && position);
  }
  const columnVisibility = useMemo(() => Object.fromEntries(hidden.map((id) => [id, false])), [hidden]);
  const table = useTable({ features, columns, data, getRowId: keyOf, state: { columnVisibility } });
  const rows = new Map(table.getRowModel().rows.map((row) => [positions.get(row.id), row]));
  const rowOf = (key: string | undefined): Row | undefined => data.find((row) => keyOf(row) === key);
  const keys = useRowKeys((key) => {
    const row = rowOf(key);
    if (row !== undefined) onEnter(row);
  });
  const stop = keys.active !== null && positions.has(keys.active) ? keys.active : data[0] === undefined ? null : keyOf(data[0]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault();
      virtualizer.scrollToIndex(event.key === 'Home' ? 0 : count - 1);
      focusOnceThere(event.key === 'Home' ? 0 : count - 1);
      return;
    }
    const row = event.key === ' ' ? rowOf(rowKeyOf(event.target)) : undefined;
    if (row === undefined) keys.onKeyDown(event);
    else {
      event.preventDefault();
      onSelect(row);
    }
  };
  const shown = table.getVisibleLeafColumns();

  return (
    <div ref={scroller} className="windowed" data-scrolls onScroll={(event) => props.onScroll(event.currentTarget.scrollTop)}>
      <table
        role="grid"
        className="fixed"
        aria-label={props.label}
        aria-rowcount={count}
        aria-multiselectable="true"
        onKeyDown={onKeyDown}
        onFocus={keys.onFocus}
        onClick={(event) => {
          const row = (event.target as HTMLElement).closest('a, button') === null ? rowOf(rowKeyOf(event.target)) : undefined;
          if (row !== undefined) onSelect(row);
        }}
        onDoubleClick={(event) => {
          const row = rowOf(rowKeyOf(event.target));
          if (row !== undefined) onEnter(row);
        }}
      >
        <TableHead table={table} order={order} onOrder={props.onOrder} sizes={sizes} onSizes={props.onSizes} />
        <tbody>
          <tr className="gap" aria-hidden="true" style={{ height: drawn[0]?.start ?? 0 }} />
          {drawn.map(({ index }) => {
            const row = rows.get(index);
            return row === undefined ? (
              <tr key={index} aria-rowindex={index + 1} aria-busy="true">
                {shown.map((column, at) => (
                  <td key={column.id}>
                    <Bar share={SHARES[(index + at) % SHARES.length]!} />
                  </td>
                ))}
              </tr>
            ) : (
              <TableRow
                key={index}
                row={row}
                previous={undefined}
                columns={shown}
                index={index}
                rowIndex={index + 1}
                measured={undefined}
                className=""
                isSelected={selected.has(row.id)}
                isStop={row.id === stop}
                isOpen={null}
              />
            );
          })}
          <tr className="gap" aria-hidden="true" style={{ height: virtualizer.getTotalSize() - (drawn.at(-1)?.end ?? 0) }} />
        </tbody>
      </table>
    </div>
  );
}
