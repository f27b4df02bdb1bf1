import { useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { Guide, GuideFilters } from '../../model';
import { CatalogWait } from '../../panels/CatalogWait';
import { counted } from '../../panels/format';
import { FieldsTable } from '../../panels/guide/FieldsTable';
import { grouped, TOP_EXCLUSIONS, TOP_FIELDS, TOP_VALUES } from '../../panels/guide/guideRows';
import { RulesByVendor } from '../../panels/guide/RulesByVendor';
import { EventsTable, ThresholdsTable } from '../../panels/guide/SmallTables';
import { ValuesTable } from '../../panels/guide/ValuesTable';
import { countedTechniqueQuery } from '../../state/catalog-state';
import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { pathOf } from '../../state/links/routes';
import { NO_FILTERS, useStore } from '../../state/store';
import { Empty } from '../../ui/Empty';
import { Block, Page, PageHead } from '../../ui/layout/Page';
import { Skeleton } from '../../ui/Skeleton';
import { KindsPlot } from './KindsPlot';
import { TechniqueFilters } from './TechniqueFilters';
import { TechniqueHead } from './TechniqueHead';
import { VendorsPlot } from './VendorsPlot';
import { WideValues } from './WideValues';
import './technique.css';

const FIRST_RULES = 12;

/** A technique's authoring guide, whole: what its public rules filter on, look for and exclude, and which they are. */
export default function TechniquePage({ id }: { readonly id: string }) {
  const catalog = useStore((state) => state.catalog);
  const [filters, setFilters] = useState<GuideFilters>(NO_FILTERS);
  const asked = id.toUpperCase();
  const {
    value: answer,
    isOld,
    error,
  } = useCatalogQuery(`technique ${asked} ${JSON.stringify(filters)}`, async (api) => ({ asked, guide: await api.guide(asked, filters, null) }));
  const guide = answer?.asked === asked ? answer.guide : null;
  // A withdrawn ID leads to what took its place, which counts its rules too.
  const [, go] = useLocation();
  const successor = guide !== null && guide.technique.today.length === 0 ? guide.technique.other : '';
  useEffect(() => {
    if (successor !== '') go(pathOf.technique(successor), { replace: true });
  }, [successor, go]);
  // The vendors' own counts are those before any vendor is chosen: a pressed chip must not empty the others.
  const open = { ...filters, vendors: [] };
  const { value: perVendor } = useCatalogQuery(
    filters.vendors.length === 0 ? null : `vendors ${asked} ${JSON.stringify(open)}`,
    async (api) => (await api.guide(asked, open, null))?.perVendor ?? null,
  );
  return (
    <Page key={asked} name={guide === null ? asked : `${asked} ${guide.technique.name}`}>
      {guide === null ? <PageHead title={asked} /> : null}
      {catalog.kind !== 'open' ? (
        <CatalogWait catalog={catalog} />
      ) : guide !== null ? (
        <>
          <TechniqueHead guide={guide} />
          <TechniqueFilters
            guide={guide}
            perVendor={perVendor ?? guide.perVendor}
            filters={filters}
            onFilters={(part) => setFilters({ ...filters, ...part })}
          />
          <Tables guide={guide} />
        </>
      ) : error !== null ? (
        <Empty title="The guide could not be read">{error}</Empty>
      ) : isOld || answer?.asked !== asked ? (
        <Skeleton columns="tnbt" rows={16} />
      ) : (
        <Empty title="No such technique" action={{ name: 'All techniques', run: () => location.assign(`#${pathOf.techniques()}`) }}>
          Neither ATT&CK nor a rule of the catalog knows this ID. Technique IDs look like T1049 or T1087.001.
        </Empty>
      )}
    </Page>
  );
}

function Tables({ guide }: { readonly guide: Guide }) {
  const { id } = guide.technique;
  const exclusions = useMemo(() => grouped(guide.exclusions), [guide]);
  if (guide.shown === 0) return <Empty title="No rule is left">No rule under {id} meets these filters. Take one of them away.</Empty>;
  return (
    <div className="guidecols">
      <div>
        <Block id="fields" title="Fields filtered most" note={distinct(guide.fields.length, TOP_FIELDS)}>
          <FieldsTable labelledBy="fields-head" rows={guide.fields} of={guide.shown} first={TOP_FIELDS} beside={false} />
        </Block>
        <KindsPlot fields={guide.fields} />
        <VendorsPlot guide={guide} />
        <Block
          id="values"
          title="Top values"
          note={distinct(guide.values.length, TOP_VALUES)}
          lead="A value that many rules of the whole catalog look for is likely noisy alone: pair it with a second condition. Open a value for the rules that use it."
        >
          <WideValues labelledBy="values-head" under={guide.under} rows={guide.values} first={TOP_VALUES} />
        </Block>
      </div>
      <div>
        <Block id="exclusions" title="Exclusions" note={distinct(guide.exclusions.length, TOP_EXCLUSIONS)}>
          {guide.exclusions.length === 0 ? (
            <p>No rule here excludes anything.</p>
          ) : (
            <ValuesTable label="Exclusions" under={guide.under} polarity="exclusion" rows={exclusions} first={TOP_EXCLUSIONS} beside={false} />
          )}
        </Block>
        {guide.thresholds.length === 0 ? null : (
          <Block id="thresholds" title="Thresholds" note="comparisons on computed fields">
            <ThresholdsTable label="Thresholds" rows={guide.thresholds} first={TOP_FIELDS} />
          </Block>
        )}
        <Block id="events" title="Events covered" note={guide.events.length}>
          {guide.events.length === 0 ? (
            <p>No rule here says which events it reads.</p>
          ) : (
            <EventsTable label="Events covered" rows={guide.events} first={TOP_FIELDS} />
          )}
        </Block>
        <Block
          id="rules"
          title="Rules under this technique"
          note={
            <>
              {counted(guide.rules.length, 'rule')}.{' '}
              <a href={`#${pathOf.rules(countedTechniqueQuery(id))}`}>All {guide.total.toLocaleString('en')} in the list of rules</a>
            </>
          }
        >
          <RulesByVendor rules={guide.rules} first={FIRST_RULES} level={3} />
        </Block>
      </div>
    </div>
  );
}

const distinct = (count: number, first: number): string => `${count.toLocaleString('en')} distinct${count > first ? `, ${first} shown` : ''}`;
