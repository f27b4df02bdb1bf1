import type { RuleFacts } from '../../model';
import { CatalogWait } from '../../panels/CatalogWait';
import { useCatalog } from '../../state/asked';
import { placeOf } from '../../state/places';
import { useStore } from '../../state/store';
import { Empty } from '../../ui/Empty';
import { Page, PageHead } from '../../ui/Page';
import { Skeleton } from '../../ui/Skeleton';
import { RuleContents } from './RuleContents';
import './rule.css';

interface RulePageProps {
  readonly index: number;
  /** Another rule to compare it with. */
  readonly other?: number;
}

/** One rule of the catalog: what it is, what it says, how common that is. */
export default function RulePage({ index, other }: RulePageProps) {
  const catalog = useStore((state) => state.catalog);
  const { value, isOld, error } = useCatalog<RuleFacts | null>(`rule ${index}`, (api) => api.rule(index));
  if (value !== null && value.index === index) return <RuleContents key={index} facts={value} {...(other === undefined ? {} : { other })} />;
  return (
    <Page name="Rule">
      <PageHead title={`Rule ${index}`} />
      {catalog.kind !== 'open' ? (
        <CatalogWait catalog={catalog} />
      ) : error !== null ? (
        <Empty title="The rule could not be read">{error}</Empty>
      ) : isOld ? (
        <Skeleton columns="ttn" rows={12} />
      ) : (
        <Empty title="No such rule" action={{ name: 'All rules', run: () => location.assign(`#${placeOf.rules()}`) }}>
          The open catalog has no rule with this number. Numbers belong to one catalog: after an update, search for the rule by its name.
        </Empty>
      )}
    </Page>
  );
}
