import { type ReactTable, type RowData } from '@tanstack/react-table';
import { Icon } from '../Icon';
import type { features } from './features';
import { nextOrder, type Order } from './order';
import { SizeGrip } from './SizeGrip';

export type ColumnSizes = Readonly<Record<string, number>>;

interface TableHeadProps<Row extends RowData> {
  readonly table: ReactTable<typeof features, Row>;
  readonly order: Order | null;
  readonly onOrder: (order: Order | null) => void;
  /** Pixels of columns that were resized; absent: they cannot be. */
  readonly sizes?: ColumnSizes;
  readonly onSizes?: (sizes: ColumnSizes) => void;
}

/** The heads of a table's columns: sortable ones are buttons, resizable ones have a grip. */
export function TableHead<Row extends RowData>({ table, order, onOrder, sizes, onSizes }: TableHeadProps<Row>) {
  return (
    <thead>
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id}>
          {group.headers.map((header) => {
            const { id } = header.column;
            const { width, size, end, unseenHead, sortable, title } = header.column.columnDef.meta ?? {};
            const isOrdered = order?.id === id;
            const name = <table.FlexRender header={header} />;
            return (
              <th
                key={header.id}
                scope="col"
                className={end ? 'end' : undefined}
                style={{ width: sizes === undefined ? width : (sizes[id] ?? size) }}
                title={title}
                aria-sort={isOrdered ? (order.desc ? 'descending' : 'ascending') : undefined}
              >
                {unseenHead ? (
                  <span className="sr">{name}</span>
                ) : sortable ? (
                  <button type="button" className="sort" onClick={() => onOrder(nextOrder(order, id, end === true))}>
                    {name}
                    {isOrdered ? <Icon name={order.desc ? 'down' : 'up'} size="tiny" /> : null}
                  </button>
                ) : (
                  name
                )}
                {sizes === undefined || onSizes === undefined ? null : (
                  <SizeGrip
                    onSize={(next) => {
                      const { [id]: _own, ...others } = sizes;
                      onSizes(next === null ? others : { ...others, [id]: next });
                    }}
                  />
                )}
              </th>
            );
          })}
        </tr>
      ))}
    </thead>
  );
}
