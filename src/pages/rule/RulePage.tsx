import type { RuleFacts } from '../../model';
import { CatalogWait } from '../../panels/CatalogWait';
import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { pathOf, type RuleName } from '../../state/links/routes';
import { useStore } from '../../state/store';
import { Empty } from '../../ui/Empty';
import { Page, PageHead } from '../../ui/layout/Page';
import { Skeleton } from '../../ui/Skeleton';
import { RuleContents } from './RuleContents';
import './rule.css';

interface RulePageProps {
  readonly name: RuleName;
  /** Another rule to compare it with. */
  readonly other?: RuleName;
}

/** One rule of the catalog: what it is, what it says, how common that is. */
export default function RulePage({ name, other }: RulePageProps) {
  const catalog = useStore((state) => state.catalog);
  const { value, isOld, error } = useCatalogQuery<RuleFacts | null>(`rule ${name.source} ${name.key}`, (api) => api.ruleOf(name.source, name.key));
  if (value !== null && value.source === name.source && value.key === name.key)
    return <RuleContents key={pathOf.rule(value)} facts={value} {...(other === undefined ? {} : { other })} />;
  return (
    <Page name="Rule">
      <PageHead title={`Rule ${name.key}`} />
      {catalog.kind !== 'open' ? (
        <CatalogWait catalog={catalog} />
      ) : error !== null ? (
        <Empty title="The rule could not be read">{error}</Empty>
      ) : isOld ? (
        <Skeleton columns="ttn" rows={12} />
      ) : (
        <Empty title="No such rule" action={{ name: 'All rules', run: () => location.assign(`#${pathOf.rules()}`) }}>
          The open catalog has no rule that {name.source} calls {name.key}. It may have gone from its source, or stand in a catalog that is not open.
        </Empty>
      )}
    </Page>
  );
}
