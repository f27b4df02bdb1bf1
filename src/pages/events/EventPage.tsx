import type { EventFacts } from '../../model';
import { CatalogWait } from '../../panels/CatalogWait';
import { counted } from '../../panels/format';
import { RulesByVendor } from '../../panels/guide/RulesByVendor';
import { countedEventQuery } from '../../state/catalog-state';
import { pathOf } from '../../state/links/routes';
import { useStore } from '../../state/store';
import { Empty } from '../../ui/Empty';
import { Block, Page, PageHead } from '../../ui/layout/Page';
import { Skeleton } from '../../ui/Skeleton';
import { VendorCounts } from '../../panels/Vendor';
import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { EventTables } from './EventTables';
import { ProviderPage } from './ProviderPage';
import './events.css';

const FIRST_RULES = 20;

/** One event, or without an ID one provider. */
export default function EventPage({ provider, id }: { readonly provider: string; readonly id: string }) {
  return id === '' ? <ProviderPage provider={provider} /> : <OneEvent provider={provider} id={id} />;
}

function OneEvent({ provider, id }: { readonly provider: string; readonly id: string }) {
  const catalog = useStore((state) => state.catalog);
  const key = `event ${provider} ${id}`;
  const { value, isOld, error } = useCatalogQuery(key, async (api) => ({ key, event: await api.event(provider, id) }));
  const event = value?.key === key ? value.event : null;
  return (
    <Page key={key} name={`${provider} ${id}`}>
      {event === null ? <PageHead title={`${provider} ${id}`} /> : null}
      {event !== null ? (
        <Contents event={event} />
      ) : catalog.kind !== 'open' ? (
        <CatalogWait catalog={catalog} />
      ) : error !== null ? (
        <Empty title="The event could not be read">{error}</Empty>
      ) : isOld || value?.key !== key ? (
        <Skeleton columns="ttnb" rows={16} />
      ) : (
        <Empty title={`No rule reads ${provider} ${id}`} action={{ name: 'All events', run: () => location.assign(`#${pathOf.events()}`) }}>
          The open catalog has no rule that names this event.
        </Empty>
      )}
    </Page>
  );
}

const Contents = ({ event }: { readonly event: EventFacts }) => (
  <>
    <PageHead
      crumbs={[{ name: 'Events', href: `#${pathOf.events()}` }, { name: event.provider, href: `#${pathOf.events(event.provider)}` }, { name: event.id }]}
      title={
        <>
          {event.title || event.id}{' '}
          <span className="id">
            {event.provider} {event.id}
          </span>
        </>
      }
      lead={
        <>
          {event.channel === '' ? null : `${event.channel}. `}
          {event.rules === 0 ? (
            'No rule of the open catalog reads it.'
          ) : (
            <>
              {counted(event.rules, 'rule')} read it: <VendorCounts counts={event.perVendor} />
            </>
          )}
        </>
      }
    />
    {event.rules === 0 ? null : (
      <div className="eventcols">
        <EventTables event={event} />
        <div>
          <Block
            id="rules"
            title="Rules"
            note={
              <>
                {counted(event.rules, 'rule')}. <a href={`#${pathOf.rules(countedEventQuery(event))}`}>In the list of rules</a>
              </>
            }
          >
            <RulesByVendor rules={event.rows} first={FIRST_RULES} level={3} />
          </Block>
        </div>
      </div>
    )}
  </>
);
