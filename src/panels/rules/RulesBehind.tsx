import type { GuidePlace, Polarity, Triple } from '../../model';
import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { keyOf, queryOf } from '../../state/catalog-state';
import { pathOf } from '../../state/links/routes';
import { RowLink } from '../../ui/table/InRow';
import { counted } from '../format';
import { Companions } from './Companions';
import { RuleLines } from './RuleLines';

interface RulesBehindProps {
  readonly triple: Triple;
  readonly polarity: Polarity;
  /** Only rules that are counted there; null: the whole catalog. */
  readonly under: GuidePlace | null;
  /** Rules in the whole catalog that have it. */
  readonly reach: number | null;
}

const SHOWN = 40;

/** The rules that look for a value, asked of the catalog when its row is opened. */
export function RulesBehind({ triple, polarity, under, reach }: RulesBehindProps) {
  const { value: rules, error } = useCatalogQuery(`behind ${keyOf(triple)} ${polarity} ${JSON.stringify(under)}`, (api) =>
    api.rulesOf(triple, polarity, under),
  );
  if (error !== null) return <p className="hint">The rules could not be read: {error}</p>;
  if (rules === null)
    return (
      <p className="hint">
        <span className="skeleton" />
      </p>
    );
  const elsewhere = (reach ?? 0) - rules.length;
  return (
    <>
      {rules.length === 0 ? (
        <p className="hint">
          {under === null ? 'No rule of the catalog' : `No rule that is counted under ${under.technique} here`}{' '}
          {polarity === 'exclusion' ? 'excludes' : 'looks for'} it.
        </p>
      ) : null}
      {polarity === 'exclusion' && rules.length > 0 ? <Companions triple={triple} under={under} of={rules.length} /> : null}
      <RuleLines rules={rules.slice(0, SHOWN)} inRow />
      {rules.length > SHOWN || elsewhere > 0 ? (
        <p className="hint">
          <RowLink href={`#${pathOf.rules(queryOf(triple, polarity))}`}>
            {rules.length > SHOWN
              ? `All ${counted(Math.max(reach ?? 0, rules.length), 'rule')} of the catalog`
              : `${counted(elsewhere, 'more rule')} in the whole catalog`}
          </RowLink>
        </p>
      ) : null}
    </>
  );
}
