import { useMemo } from 'react';
import { useLocation } from 'wouter';
import type { EventSummary } from '../../model';
import { CatalogWait } from '../../panels/CatalogWait';
import { counted } from '../../panels/counted';
import { placeOf } from '../../state/places';
import { useStore } from '../../state/store';
import { Empty } from '../../ui/Empty';
import { Page, PageHead } from '../../ui/Page';
import { Skeleton } from '../../ui/Skeleton';
import { countColumn, reachColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { RowLink } from '../../ui/table/InRow';
import { VendorCounts } from '../../ui/Vendor';
import { useCatalog } from '../../state/asked';

const columns: readonly Column<EventSummary>[] = [
  column('id', 'Event', (row) => row.id, {
    sortable: true,
    className: 'name',
    width: 'var(--col-field-page)',
    cell: (row) => <RowLink href={`#${placeOf.events(row.provider, row.id)}`}>{row.id || 'any'}</RowLink>,
  }),
  column('title', 'Title', (row) => row.title, { className: 'second', sortable: true }),
  reachColumn('rules', 'Rules', (row) => row.rules, { sortable: true, width: 'var(--col-reach-wide)' }),
  column('vendors', 'By vendor', (row) => row.rules, { width: 'var(--col-vendors)', cell: (row) => <VendorCounts counts={row.perVendor} /> }),
  countColumn('techniques', 'Techniques', (row) => row.techniques, { sortable: true, width: 'var(--col-mark)' }),
];

/** The events of one provider. */
export function ProviderPage({ provider }: { readonly provider: string }) {
  const catalog = useStore((state) => state.catalog);
  const [, go] = useLocation();
  const { value: events } = useCatalog('events', (api) => api.events());
  const rows = useMemo(() => (events ?? []).filter((event) => event.provider === provider), [events, provider]);
  return (
    <Page name={provider}>
      <PageHead
        crumbs={[{ name: 'Events', href: `#${placeOf.events()}` }, { name: provider }]}
        title={provider}
        lead={events === null ? undefined : `${counted(rows.length, 'event')} that rules read.`}
      />
      {catalog.kind !== 'open' ? (
        <CatalogWait catalog={catalog} />
      ) : events === null ? (
        <Skeleton columns="ttnb" rows={12} />
      ) : rows.length === 0 ? (
        <Empty title="No such provider">No rule of the open catalog reads an event of {provider}.</Empty>
      ) : (
        <DataTable
          label={`Events of ${provider}`}
          className="fixed"
          columns={columns}
          rows={rows}
          keyOf={(row) => `${row.id} ${row.title}`}
          onEnter={(row) => go(placeOf.events(row.provider, row.id))}
        />
      )}
    </Page>
  );
}
