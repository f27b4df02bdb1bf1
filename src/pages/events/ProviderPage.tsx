import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { CatalogWait } from '../../panels/CatalogWait';
import { counted } from '../../panels/format';
import { pathOf } from '../../state/links/routes';
import { useStore } from '../../state/store';
import { Empty } from '../../ui/Empty';
import { Page, PageHead } from '../../ui/layout/Page';
import { Skeleton } from '../../ui/Skeleton';
import { DataTable } from '../../ui/table/DataTable';
import { useTight } from '../../ui/useMedia';
import { VendorCounts } from '../../panels/Vendor';
import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { hiddenOf, providerColumns } from './eventColumns';

/** The events of one provider. */
export function ProviderPage({ provider }: { readonly provider: string }) {
  const catalog = useStore((state) => state.catalog);
  const [, go] = useLocation();
  const { value } = useCatalogQuery('events', (api) => api.events());
  const rows = useMemo(() => (value?.events ?? []).filter((event) => event.provider === provider), [value, provider]);
  const tight = useTight();
  const hidden = useMemo(() => hiddenOf(rows, tight), [rows, tight]);
  const about = value?.providers.find(({ name }) => name === provider);
  return (
    <Page name={provider}>
      <PageHead
        crumbs={[{ name: 'Events', href: `#${pathOf.events()}` }, { name: provider }]}
        title={provider}
        lead={
          about === undefined ? undefined : (
            <>
              {about.channel === '' ? null : `${about.channel}. `}
              {counted(about.events, 'event')}, read by {counted(about.rules, 'rule')}: <VendorCounts counts={about.perVendor} />
            </>
          )
        }
      />
      {catalog.kind !== 'open' ? (
        <CatalogWait catalog={catalog} />
      ) : value === null ? (
        <Skeleton columns="ttnb" rows={12} />
      ) : rows.length === 0 ? (
        <Empty title="No such provider">No rule of the open catalog reads an event of {provider}.</Empty>
      ) : (
        <div className="events">
          <DataTable
            label={`Events of ${provider}`}
            className="fixed"
            columns={providerColumns}
            hidden={hidden}
            rows={rows}
            keyOf={(row) => `${row.id} ${row.title}`}
            onEnter={(row) => go(pathOf.events(row.provider, row.id))}
          />
        </div>
      )}
    </Page>
  );
}
