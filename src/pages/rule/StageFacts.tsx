import type { CatalogLeaf, RuleFacts } from '../../model';
import { ValueText } from '../../ui/ValueText';

const VALUES = 12;

/** A rule's stages without its text: each with the comparisons it makes, as the catalog knows them. */
export const StageFacts = ({ facts }: { readonly facts: RuleFacts }) => {
  const first = facts.stages[0]?.kind === 'condition' ? 0 : 1;
  return facts.stages.map((stage, index) => {
    const leaves = facts.leaves.filter((leaf) => leaf.stage === index);
    return (
      <article key={index} className="stage" aria-label={`Stage ${index + first}: ${stage.kind}`}>
        <header>
          <span className="label">{index + first}</span> <b>{stage.kind}</b> <span className="label">{stage.label}</span>
        </header>
        {leaves.length === 0 ? null : (
          <ul className="leaves">
            {leaves.map((leaf, at) => (
              <li key={at}>
                <Leaf leaf={leaf} />
              </li>
            ))}
          </ul>
        )}
      </article>
    );
  });
};

function Leaf({ leaf }: { readonly leaf: CatalogLeaf }) {
  const rest = leaf.values.length - VALUES;
  return (
    <>
      {leaf.negated ? <span className="label">not </span> : null}
      {leaf.field ?? 'any field'} <span className="label">{leaf.op}</span>{' '}
      {leaf.values.slice(0, VALUES).map((value, index) => (
        <code key={index}>
          {index === 0 ? '' : ', '}
          <ValueText text={value} />
        </code>
      ))}
      {rest > 0 ? <span className="label"> and {rest.toLocaleString('en')} more</span> : null}
      {leaf.macro === null ? null : <span className="badge from">from {leaf.macro}</span>}
    </>
  );
}
