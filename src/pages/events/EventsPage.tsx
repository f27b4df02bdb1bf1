import { useMemo, useRef } from 'react';
import { useLocation } from 'wouter';
import type { EventSummary } from '../../model';
import { CatalogWait } from '../../panels/CatalogWait';
import { counted } from '../../panels/format';
import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { pathOf } from '../../state/links/routes';
import { askedOf, ordered, orderIn } from '../../syntax/search-query';
import { useStore } from '../../state/store';
import { Empty } from '../../ui/Empty';
import { ListBar } from '../../ui/layout/ListBar';
import { Page } from '../../ui/layout/Page';
import { SidebarLayout } from '../../ui/layout/SidebarLayout';
import { Skeleton } from '../../ui/Skeleton';
import { DataTable } from '../../ui/table/DataTable';
import { useTight } from '../../ui/useMedia';
import { useAddressed } from '../../ui/useAddressed';
import { EVENT_ORDERS, eventColumns, hiddenOf } from './eventColumns';
import { eventsFound, providerIn } from './eventQuery';
import { ProviderRail } from './ProviderRail';
import './events.css';

const keyOf = (row: EventSummary): string => `${row.provider}\u0000${row.id}\u0000${row.title}`;

/** Every event that a rule of the catalog reads. The address holds the search. */
export default function EventsPage({ query: addressed }: { readonly query: string }) {
  const catalog = useStore((state) => state.catalog);
  const [, go] = useLocation();
  const input = useRef<HTMLInputElement>(null);
  const [query, change] = useAddressed(addressed, (next) => go(pathOf.eventSearch(next), { replace: true }));
  const { value, error } = useCatalogQuery('events', (api) => api.events());
  const rows = useMemo(() => (value === null ? [] : eventsFound(query, value.events, value.providers)), [value, query]);
  const tight = useTight();
  const hidden = useMemo(() => hiddenOf(rows, tight), [rows, tight]);
  const order = orderIn(query, EVENT_ORDERS);
  const provider = providerIn(query);
  return (
    <Page name="Events" fills>
      <ListBar
        title="Events"
        label="Search events"
        placeholder="Provider, ID or title, provider:Sysmon, vendor:elastic"
        query={query}
        onQuery={change}
        input={input}
      >
        <output className="label">{value === null ? '' : counted(rows.length, 'event')}</output>
        <span className="space" />
        {value?.providers.some(({ name }) => name === provider) ? <a href={`#${pathOf.events(provider)}`}>All about {provider}</a> : null}
      </ListBar>
      {catalog.kind !== 'open' ? (
        <CatalogWait catalog={catalog} />
      ) : error !== null ? (
        <Empty title="The events could not be read">{error}</Empty>
      ) : value === null ? (
        <Skeleton columns="tttnb" rows={20} />
      ) : (
        <SidebarLayout label="Narrow the events" rail={<ProviderRail answer={value} query={query} onQuery={change} />}>
          {rows.length === 0 ? (
            <Empty title="No event is found" action={{ name: 'Clear the search', run: () => change('') }}>
              Nothing meets all of <code>{askedOf(query)}</code>. Take a condition away, or look for a part of a word.
            </Empty>
          ) : (
            <div className="windowed events" data-scrolls>
              <DataTable
                label="Events"
                className="fixed"
                columns={eventColumns}
                hidden={hidden}
                rows={rows}
                keyOf={keyOf}
                order={order === null ? null : { id: order.by, desc: order.descending }}
                onOrder={(next) => change(ordered(query, next))}
                onEnter={(row) => go(pathOf.events(row.provider, row.id))}
              />
            </div>
          )}
        </SidebarLayout>
      )}
    </Page>
  );
}
