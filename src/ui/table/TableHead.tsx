import { type ReactTable, type RowData } from '@tanstack/react-table';
import { Icon } from '../Icon';
import type { features } from './features';

interface TableHeadProps<Row extends RowData> {
  readonly table: ReactTable<typeof features, Row>;
  readonly resizable?: boolean | undefined;
}

/** The heads of a table's columns: sortable ones are buttons, resizable ones have a grip. */
export function TableHead<Row extends RowData>({ table, resizable }: TableHeadProps<Row>) {
  return (
    <thead>
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id}>
          {group.headers.map((header) => {
            const { column } = header;
            const { width, end, unseenHead, title } = column.columnDef.meta ?? {};
            const sorted = column.getIsSorted();
            const name = <table.FlexRender header={header} />;
            return (
              <th
                key={header.id}
                scope="col"
                className={end ? 'end' : undefined}
                style={{ width: resizable ? header.getSize() : width }}
                title={title}
                aria-sort={sorted === false ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
              >
                {unseenHead ? (
                  <span className="sr">{name}</span>
                ) : column.getCanSort() ? (
                  <button type="button" className="sort" onClick={column.getToggleSortingHandler()}>
                    {name}
                    {sorted === false ? null : <Icon name={sorted === 'asc' ? 'up' : 'down'} size="tiny" />}
                  </button>
                ) : (
                  name
                )}
                {resizable && column.getCanResize() ? (
                  <span
                    className={column.getIsResizing() ? 'size is-drag' : 'size'}
                    aria-hidden="true"
                    onMouseDown={header.getResizeHandler()}
                    onTouchStart={header.getResizeHandler()}
                    onDoubleClick={() => column.resetSize()}
                  />
                ) : null}
              </th>
            );
          })}
        </tr>
      ))}
    </thead>
  );
}
