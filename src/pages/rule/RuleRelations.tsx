import type { RuleFacts } from '../../model';
import { RelationGroups } from '../../panels/relations/RelationGroups';
import { RelationsAnswer } from '../../panels/relations/RelationsAnswer';
import { MAKING_READY } from '../../state/threads/catalog';
import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { Block } from '../../ui/layout/Page';
import { useNarrow } from '../../ui/useMedia';

/** Rules of each relation that are shown. */
const RELATED = 12;

/** How the other rules of the catalog stand to this one. */
export function RuleRelations({ facts }: { readonly facts: RuleFacts }) {
  const narrow = useNarrow();
  const { value, isOld, error } = useCatalogQuery(`relations of rule ${facts.index}`, (api) => api.relationsOfRule(facts.index, RELATED), MAKING_READY);
  if (value === null) return error === null && !isOld ? null : <Waiting error={error} />;
  return (
    <Block id="relations" title="Relations">
      <RelationsAnswer relations={value} whose="this rule" />
      <RelationGroups relations={value} whose="this rule" own={facts.index} evidence={narrow ? 'under' : 'beside'} />
    </Block>
  );
}

const Waiting = ({ error }: { readonly error: string | null }) => (
  <Block id="relations" title="Relations">
    <p>{error ?? 'Comparing with the rules of the catalog …'}</p>
  </Block>
);
