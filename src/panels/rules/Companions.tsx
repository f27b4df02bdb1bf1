import type { GuidePlace, Triple } from '../../model';
import { keyOf } from '../../state/catalog-state';
import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { Reach } from '../../ui/Reach';
import { ValueText } from '../../ui/ValueText';
import { counted } from '../format';

interface CompanionsProps {
  readonly triple: Triple;
  readonly under: GuidePlace | null;
  /** Rules that exclude it there. */
  readonly of: number;
}

const SHOWN = 6;

/** What is excluded in the same rules, each with its share of them; what is left out only together with it says so. */
export function Companions({ triple, under, of }: CompanionsProps) {
  const { value } = useCatalogQuery(`beside ${keyOf(triple)} ${JSON.stringify(under)}`, (api) => api.companions(triple, under, SHOWN));
  if (value === null || value.length === 0) return null;
  return (
    <section className="companions" aria-label="Excluded in the same rules">
      <p className="hint">In the same {counted(of, 'rule')}, also excluded:</p>
      <ul>
        {value.map((beside) => (
          <li key={keyOf(beside)}>
            <Reach count={beside.rules} of={of} />
            <span>
              {beside.field} <span className="label">{beside.kind}</span>{' '}
              <code>
                <ValueText text={beside.value} />
              </code>
              {beside.joined === 0 ? null : (
                <small className="label">
                  {' '}
                  {beside.joined === beside.rules ? 'only both together' : `only both together in ${beside.joined.toLocaleString('en')}`}
                </small>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
