import type { RuleFacts } from '../../model';
import { RelationGroups } from '../../panels/relations/RelationGroups';
import { RelationsAnswer } from '../../panels/relations/RelationsAnswer';
import { partingsAsked } from '../../panels/relations/words';
import { MAKING_READY } from '../../state/threads/catalog';
import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { Block } from '../../ui/layout/Page';

/** Rules of each relation that are shown. */
const RELATED = 12;

/** How the other rules of the catalog stand to this one. */
export function RuleRelations({ facts }: { readonly facts: RuleFacts }) {
  const { value, isOld, error } = useCatalogQuery(`relations of rule ${facts.index}`, (api) => api.relationsOfRule(facts.index, RELATED), MAKING_READY);
  if (value === null) return error === null && !isOld ? null : <Waiting error={error} />;
  return (
    <Block id="relations" title="Relations">
      <RelationsAnswer relations={value} whose="this rule" />
      <RelationGroups relations={value} whose="this rule" evidence="under" />
      {value.rules.some(({ relation }) => partingsAsked(relation).length > 0) && (
        <p className="relanswer">
          No event that one matches and the other does not is made here, as the catalog does not hold the text of this rule: in a draft with it Relations shows
          one.
        </p>
      )}
    </Block>
  );
}

const Waiting = ({ error }: { readonly error: string | null }) => (
  <Block id="relations" title="Relations">
    <p>{error ?? 'Comparing with the rules of the catalog …'}</p>
  </Block>
);
