import type { RuleFacts } from '../../model';
import { RelationGroups } from '../../panels/relations/RelationGroups';
import { RelationsAnswer } from '../../panels/relations/RelationsAnswer';
import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { Block } from '../../ui/layout/Page';

/** Rules of each relation that are shown. */
const RELATED = 12;

/** How the other rules of the catalog stand to this one. */
export function RuleRelations({ facts }: { readonly facts: RuleFacts }) {
  const { value } = useCatalogQuery(`relations of rule ${facts.index}`, (api) => api.relationsOfRule(facts.index, RELATED));
  if (value === null) return null;
  return (
    <Block id="relations" title="Relations">
      <RelationsAnswer relations={value} whose="this rule" />
      <RelationGroups relations={value} whose="this rule" evidence="under" />
    </Block>
  );
}
