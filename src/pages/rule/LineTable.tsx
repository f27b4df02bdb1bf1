import { fieldGroup, GROUPED } from '../../panels/fieldGroup';
import { kindColumn, nameColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import type { Group } from '../../ui/table/itemsOf';
import { useSingle } from '../../ui/useMedia';
import { LeafValue } from './LeafValue';
import type { LeafLine } from './leafRows';

interface LineTableProps {
  readonly labelledBy: string;
  readonly rows: readonly LeafLine[];
  readonly groupOf?: ((row: LeafLine) => Group) | undefined;
  readonly onPoint: (row: LeafLine | null) => void;
}

const columns: readonly Column<LeafLine>[] = [
  nameColumn('field', 'Field', (row) => row.field, { width: 'var(--col-field-page)' }),
  kindColumn('kind', 'Kind', (row) => row.kind, { width: 'var(--col-kind)' }),
  column('values', 'Values', (row) => row.values, { className: 'value', cell: ({ values, macro }) => <LeafValue text={values} macro={macro} /> }),
];

const NONE: readonly string[] = [];

/** What a rule compares, a comparison a line. */
export function LineTable({ labelledBy, rows, groupOf, onPoint }: LineTableProps) {
  const single = useSingle();
  return (
    <DataTable
      labelledBy={labelledBy}
      className="fixed"
      columns={columns}
      hidden={single ? GROUPED : NONE}
      rows={rows}
      keyOf={(row) => row.key}
      onPoint={onPoint}
      groupOf={single ? (row) => fieldGroup(row, groupOf?.(row)) : groupOf}
    />
  );
}
