import { useActive } from '../../state/select';
import { useStore } from '../../state/store';
import { Empty } from '../../ui/Empty';
import { useNarrow } from '../../ui/useMedia';
import { Skeleton } from '../../ui/Skeleton';
import { CatalogWait } from '../CatalogWait';
import { RelationGroups } from './RelationGroups';
import { RelationsAnswer } from './RelationsAnswer';

/** How the public rules stand to the draft: whether one covers it already, and why. */
export function RelationsPanel() {
  const catalog = useStore((state) => state.catalog);
  const relations = useStore((state) => state.relations);
  const facts = useActive()?.facts ?? null;
  const narrow = useNarrow();
  if (catalog.kind !== 'open') return <CatalogWait catalog={catalog} meanwhile="Relations need it." />;
  if (facts === null || facts.meaning === null)
    return (
      <Empty title="Nothing to compare yet">
        A draft is compared by what it asks of an event. Write a condition, and the rules that ask for the same stand here.
      </Empty>
    );
  if (relations === null)
    return (
      <>
        <p className="relanswer">Comparing with the rules of the catalog …</p>
        <Skeleton columns="tnb" rows={6} />
      </>
    );
  return (
    <>
      <RelationsAnswer relations={relations} whose="yours" />
      <RelationGroups relations={relations} whose="yours" own={null} evidence={narrow ? 'under' : 'beside'} />
    </>
  );
}
