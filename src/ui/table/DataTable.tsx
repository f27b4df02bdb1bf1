import { type RowData, useTable } from '@tanstack/react-table';
import { type KeyboardEvent, type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { type Column, features } from './features';
import { type Group, itemsOf } from './itemsOf';
import { inOrder, type Order } from './order';
import type { Place } from './PlainBody';
import { ShowAll } from './ShowAll';
import { LONG, TableBody } from './TableBody';
import { TableHead } from './TableHead';
import { TableRow } from './TableRow';
import { useLitInSight } from './useLitInSight';
import { rowKeyOf, useRowKeys } from './useRowKeys';

interface DataTableProps<Row extends RowData> {
  /** The table's name; or the id of what names it. */
  readonly label?: string;
  readonly labelledBy?: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => string;
  /** Ids of columns that are not shown. */
  readonly hidden?: readonly string[];
  readonly groupOf?: ((row: Row) => Group) | undefined;
  /** What a row shows when it is opened, below itself. */
  readonly detailOf?: (row: Row) => ReactNode;
  /** So many first, the rest on request or where the lit row stands among them. */
  readonly first?: number;
  /** Index of the row the text points at; -1: none. */
  readonly lit?: number;
  /** The row under the pointer or the focus; null when there is none. */
  readonly onPoint?: (row: Row | null) => void;
  /** The row that has the focus now, by key or click. */
  readonly onChoose?: (row: Row) => void;
  /** The order, where it is kept elsewhere; absent: the table keeps it itself. */
  readonly order?: Order | null;
  readonly onOrder?: (order: Order | null) => void;
  /** What Enter and a double click do where a row does not open. */
  readonly onEnter?: (row: Row) => void;
  /** What single letters do on a row; true: it did something. */
  readonly onLetter?: (letter: string, row: Row) => boolean;
  readonly className?: string;
}

const NONE: ReadonlySet<string> = new Set();

/** A dense table: one tab stop with arrow keys inside, rows that open in place, the first rows and then all; long ones draw what is in sight. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { columns, rows, keyOf, hidden, groupOf, detailOf, first = Infinity, lit = -1, onPoint, onEnter } = props;
  const [open, setOpen] = useState(NONE);
  const [all, setAll] = useState(false);
  const [element, setElement] = useState<HTMLTableElement | null>(null);
  const columnVisibility = useMemo(() => Object.fromEntries((hidden ?? []).map((id) => [id, false])), [hidden]);
  const table = useTable({ features, columns, data: rows, getRowId: keyOf, state: { columnVisibility } });
  const [chosen, setChosen] = useState<Order | null>(null);
  const { order = chosen, onOrder = setChosen } = props;
  const made = table.getRowModel().rows;
  const sorted = useMemo(() => inOrder(made, order), [made, order]);
  const cut = !all && sorted.length > first && sorted.findIndex((row) => row.index === lit) < first;
  const shown = useMemo(() => (cut ? sorted.slice(0, first) : sorted), [sorted, cut, first]);
  const items = useMemo(() => itemsOf(shown, open, groupOf), [shown, open, groupOf]);

  const toggle = useCallback((key: string) => setOpen((was) => new Set(was.has(key) ? [...was].filter((other) => other !== key) : [...was, key])), []);
  const rowOf = (key: string | undefined): Row | null => shown.find((row) => row.id === key)?.original ?? null;
  const enter = (key: string): void => {
    const row = rowOf(key);
    if (detailOf !== undefined) toggle(key);
    else if (row !== null) onEnter?.(row);
  };
  const keys = useRowKeys(enter);
  const scrollTo = useRef<(index: number) => void>(() => {});
  const litKey = shown.find((row) => row.index === lit)?.id;
  const showKey = useCallback((key: string) => scrollTo.current(items.findIndex((item) => item.key === key)), [items]);
  useLitInSight(element, litKey, showKey);
  const toEnd = (event: KeyboardEvent, end: 0 | -1): void => {
    event.preventDefault();
    scrollTo.current(end === 0 ? 0 : items.length - 1);
    requestAnimationFrame(() => [...(element?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])].at(end)?.focus());
  };
  const isLetterTaken = (event: KeyboardEvent): boolean => {
    const row = /^[a-z]$/i.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey ? rowOf(rowKeyOf(event.target)) : null;
    if (row === null || event.target instanceof HTMLInputElement || props.onLetter?.(event.key.toLowerCase(), row) !== true) return false;
    event.preventDefault();
    return true;
  };
  const shownColumns = table.getVisibleLeafColumns();
  const draw = (index: number, { isStop, isPart, measured }: Place): ReactNode => {
    const item = items[index];
    if (item === undefined) return null;
    return item.kind === 'row' ? (
      <TableRow
        key={item.key}
        row={item.row}
        previous={item.previous}
        columns={shownColumns}
        index={index}
        rowIndex={isPart ? item.position + 1 : undefined}
        measured={measured}
        className={item.key === litKey ? 'is-lit' : ''}
        isStop={isStop}
        isOpen={detailOf === undefined ? null : open.has(item.key)}
        onToggle={toggle}
      />
    ) : (
      <tr key={item.key} ref={measured} data-index={index} className={item.kind}>
        {item.kind === 'group' ? (
          <th colSpan={shownColumns.length} scope="rowgroup">
            {item.head}
          </th>
        ) : (
          <td colSpan={shownColumns.length}>{detailOf?.(item.row.original)}</td>
        )}
      </tr>
    );
  };

  return (
    <>
      <table
        ref={setElement}
        role="grid"
        className={props.className}
        aria-label={props.label}
        aria-labelledby={props.labelledBy}
        aria-rowcount={items.length > LONG ? shown.length : undefined}
        onKeyDown={(event) => {
          if (event.key === 'Home' || event.key === 'End') toEnd(event, event.key === 'Home' ? 0 : -1);
          else if (!isLetterTaken(event)) keys.onKeyDown(event);
        }}
        onFocus={(event) => {
          keys.onFocus(event);
          const row = rowOf(rowKeyOf(event.target));
          if (row !== null) props.onChoose?.(row);
          onPoint?.(row);
        }}
        onBlur={() => onPoint?.(null)}
        onMouseOver={(event) => onPoint?.(rowOf(rowKeyOf(event.target)))}
        onMouseLeave={() => onPoint?.(null)}
        onDoubleClick={(event) => {
          const row = rowOf(rowKeyOf(event.target));
          if (row !== null) onEnter?.(row);
        }}
      >
        <TableHead table={table} order={order} onOrder={onOrder} />
        <TableBody items={items} active={keys.active} draw={draw} table={element} scrollTo={scrollTo} />
      </table>
      {cut ? <ShowAll count={sorted.length} onShow={() => setAll(true)} /> : null}
    </>
  );
}
