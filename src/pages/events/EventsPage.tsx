import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { type EventSummary, type Vendor, VENDORS } from '../../model';
import { CatalogWait } from '../../panels/CatalogWait';
import { VendorChips } from '../../panels/VendorChips';
import { placeOf } from '../../state/places';
import { useStore } from '../../state/store';
import { Empty } from '../../ui/Empty';
import { Icon } from '../../ui/Icon';
import { Page, PageHead } from '../../ui/Page';
import { Select } from '../../ui/Select';
import { Skeleton } from '../../ui/Skeleton';
import { countColumn, nameColumn, reachColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { RowLink } from '../../ui/table/InRow';
import { VendorCounts } from '../../ui/Vendor';
import { useCatalog } from '../../state/asked';
import './events.css';

const columns: readonly Column<EventSummary>[] = [
  nameColumn('provider', 'Provider', (row) => row.provider, { sortable: true, width: 'var(--col-field-page)' }),
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

const keyOf = (row: EventSummary): string => `${row.provider}\u0000${row.id}\u0000${row.title}`;

/** Providers with their number of events, most first. */
function providersOf(events: readonly EventSummary[]): readonly (readonly [name: string, events: number])[] {
  const counts = new Map<string, number>();
  for (const { provider } of events) counts.set(provider, (counts.get(provider) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** Every event that a rule of the catalog reads. */
export default function EventsPage() {
  const catalog = useStore((state) => state.catalog);
  const [find, setFind] = useState('');
  const [provider, setProvider] = useState('');
  const [vendors, setVendors] = useState<readonly Vendor[]>([]);
  const [, go] = useLocation();
  const { value: events, error } = useCatalog('events', (api) => api.events());
  const rows = useMemo(() => {
    const words = find.toLowerCase().split(/\s+/);
    return (events ?? []).filter(
      (event) =>
        (provider === '' || event.provider === provider) &&
        (vendors.length === 0 || vendors.some((vendor) => event.perVendor[VENDORS.indexOf(vendor)]! > 0)) &&
        words.every((word) => `${event.provider} ${event.id} ${event.title}`.toLowerCase().includes(word)),
    );
  }, [events, find, provider, vendors]);
  const providers = useMemo(() => providersOf(events ?? []), [events]);
  return (
    <Page name="Events">
      <PageHead
        title="Events"
        lead="Events that rules of the catalog read, as their log source, data source or query names them: Windows and Sysmon event IDs, audit operations, table actions."
      />
      {catalog.kind !== 'open' ? (
        <CatalogWait catalog={catalog} />
      ) : error !== null ? (
        <Empty title="The events could not be read">{error}</Empty>
      ) : events === null ? (
        <Skeleton columns="tttnb" rows={20} />
      ) : (
        <>
          <section className="filterbar" aria-label="Filters">
            <div className="search">
              <Icon name="search" />
              <input
                type="search"
                aria-label="Find an event"
                placeholder="Provider, ID or title"
                value={find}
                onChange={(event) => setFind(event.target.value)}
              />
            </div>
            <VendorChips chosen={vendors} onChosen={setVendors} />
            <Select
              label="Provider"
              value={provider}
              options={[{ value: '', name: 'All providers' }, ...providers.map(([name, count]) => ({ value: name, name: `${name} (${count})` }))]}
              onChange={setProvider}
            />
            <output className="label">
              {rows.length.toLocaleString('en')} of {events.length.toLocaleString('en')} events
            </output>
          </section>
          {rows.length === 0 ? (
            <Empty
              title="No event is found"
              action={{
                name: 'Show all',
                run: () => {
                  setFind('');
                  setProvider('');
                  setVendors([]);
                },
              }}
            >
              No event meets the words and the filters together.
            </Empty>
          ) : (
            <DataTable
              label="Events"
              className="fixed"
              columns={columns}
              rows={rows}
              keyOf={keyOf}
              onEnter={(row) => go(placeOf.events(row.provider, row.id))}
            />
          )}
        </>
      )}
    </Page>
  );
}
