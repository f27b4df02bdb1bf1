import type { GuideEventRow, GuideThresholdRow } from '../../model';
import { pathOf } from '../../state/links/routes';
import { NameText } from '../../ui/NameText';
import { countColumn, kindColumn, nameColumn, valueColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { RowLink } from '../../ui/table/InRow';

interface SmallTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly first: number;
}

const thresholdColumns: readonly Column<GuideThresholdRow>[] = [
  nameColumn('field', 'Field', (row) => row.field),
  kindColumn('kind', 'Kind', (row) => row.kind, { width: 'var(--col-kind)' }),
  valueColumn('value', 'Value', (row) => row.value, { width: 'var(--col-mark)' }),
  countColumn('rules', 'Rules', (row) => row.rules, { width: 'var(--col-narrow)' }),
];

/** Comparisons on computed fields. */
export const ThresholdsTable = ({ label, rows, first }: SmallTableProps<GuideThresholdRow>) => (
  <DataTable label={label} className="fixed" columns={thresholdColumns} rows={rows} first={first} keyOf={(row) => `${row.field} ${row.kind} ${row.value}`} />
);

const eventColumns: readonly Column<GuideEventRow>[] = [
  nameColumn('provider', 'Provider', (row) => row.provider, { width: 'var(--col-field)' }),
  column('id', 'Event', (row) => row.id, {
    className: 'name',
    width: 'var(--col-mark)',
    cell: (row) => <RowLink href={`#${pathOf.events(row.provider, row.id)}`}>{row.id === '' ? 'any' : <NameText name={row.id} />}</RowLink>,
  }),
  column('title', 'Title', (row) => row.title, { className: 'second' }),
  countColumn('rules', 'Rules', (row) => row.rules, { width: 'var(--col-narrow)' }),
];

/** Events the technique's rules read. */
export const EventsTable = ({ label, rows, first }: SmallTableProps<GuideEventRow>) => (
  <DataTable label={label} className="fixed" columns={eventColumns} rows={rows} first={first} keyOf={(row) => `${row.provider} ${row.id} ${row.title}`} />
);
