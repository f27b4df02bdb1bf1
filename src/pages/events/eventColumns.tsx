import type { EventSummary } from '../../model';
import { pathOf } from '../../state/links/routes';
import { NameText } from '../../ui/NameText';
import { countColumn, nameColumn, reachColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { RowLink } from '../../ui/table/InRow';
import { VendorCounts } from '../../panels/Vendor';

/** Columns the events can be ordered by. */
export const EVENT_ORDERS = ['provider', 'id', 'title', 'rules', 'techniques'] as const;

/** Columns to leave out: no event of many a provider has a title, and titles need what room there is. */
export const hiddenOf = (rows: readonly EventSummary[], isTight: boolean): readonly string[] => [
  ...(rows.some(({ title }) => title !== '') ? [] : ['title']),
  ...(isTight ? ['vendors', 'techniques'] : []),
];

/** The events of one provider. */
export const providerColumns: readonly Column<EventSummary>[] = [
  column('id', 'Event', (row) => row.id, {
    sortable: true,
    className: 'name',
    width: 'var(--col-field-page)',
    cell: (row) => <RowLink href={`#${pathOf.events(row.provider, row.id)}`}>{row.id === '' ? 'any' : <NameText name={row.id} />}</RowLink>,
  }),
  column('title', 'Title', (row) => row.title, { className: 'second', sortable: true }),
  reachColumn('rules', 'Rules', (row) => row.rules, { sortable: true, width: 'var(--col-reach-wide)' }),
  column('vendors', 'By vendor', (row) => row.rules, { width: 'var(--col-vendors)', cell: (row) => <VendorCounts counts={row.perVendor} /> }),
  countColumn('techniques', 'Techniques', (row) => row.techniques, { sortable: true, width: 'var(--col-mark)' }),
];

/** The events of all. */
export const eventColumns: readonly Column<EventSummary>[] = [
  nameColumn('provider', 'Provider', (row) => row.provider, { sortable: true, width: 'var(--col-field-page)' }),
  ...providerColumns,
];
