import { FAMILIES } from '../knowledge/families';
import type { Polarity, Triple } from '../model';
import { queryOf } from '../state/catalog-state';
import { pathOf } from '../state/links/routes';
import { useReach, useTechnique } from '../state/select';
import { useStore } from '../state/store';
import { Reach } from '../ui/Reach';
import { shortcut } from '../ui/shortcut';
import { ValueText } from '../ui/ValueText';
import { LetterCounts } from '../ui/Letter';
import type { Pointed } from './pointed';

/** Why a comparison is not counted as an indicator, where it is not. */
const STANDING: Readonly<Record<Polarity, string | null>> = {
  indicator: null,
  exclusion: 'Excluded by the rule.',
  conditional: 'Excluded inside one branch only.',
  threshold: 'Compares a computed field.',
  context: 'Scopes the rule; counted as a field, not as a value.',
  absent: 'Part of what must not happen.',
};

/** What the value is counted as, in how many rules of the technique and of the corpus, and by vendor. */
export function CardCounts({ pointed, written }: { readonly pointed: Pointed; readonly written: string }) {
  const { triple, leaf, value } = pointed;
  const isSecret = value?.secret === true;
  return (
    <>
      <div>
        <code className="written">
          <ValueText text={written} secret={isSecret} />
        </code>
        {triple === null ? (
          ' is not counted: its value is not fixed in the rule.'
        ) : (
          <>
            {' counted as '}
            <b>{triple.field}</b> {triple.kind}{' '}
            {triple.value === '' ? null : (
              <code>
                <ValueText text={triple.value} secret={isSecret} />
              </code>
            )}
          </>
        )}
        {STANDING[leaf.polarity] === null ? null : <p className="standing">{STANDING[leaf.polarity]}</p>}
      </div>
      {triple === null || leaf.polarity === 'context' ? null : (
        <CorpusFigures triple={triple} side={leaf.polarity === 'exclusion' ? 'exclusion' : 'indicator'} />
      )}
    </>
  );
}

/** Figures of the rules that look for the triple or, where the draft excludes it, of those that exclude it too. */
function CorpusFigures({ triple, side }: { readonly triple: Triple; readonly side: 'indicator' | 'exclusion' }) {
  const found = useReach(triple);
  const reach = side === 'indicator' ? found : (found?.excluding ?? null);
  const technique = useTechnique();
  const total = useStore(({ guide }) => (guide?.technique === technique ? (guide?.guide?.shown ?? null) : null));
  const catalog = useStore((state) => state.catalog.kind);
  if (reach === null)
    return (
      <div className="standing">
        {catalog === 'opening' ? 'The catalog is loading.' : catalog === 'open' ? 'Counting…' : 'Without a catalog there are no corpus figures.'}
      </div>
    );
  return (
    <>
      <dl>
        {technique === null ? null : (
          <>
            <dt>
              {side === 'indicator' ? 'Rules' : 'Excluded by rules'} under {technique}
              {total === null ? '' : `, of ${total}`}
            </dt>
            <dd>
              <Reach count={reach.here} of={total ?? reach.here} />
            </dd>
          </>
        )}
        <dt>{side === 'indicator' ? 'Corpus reach' : 'Excluded by rules of the corpus'}</dt>
        <dd>
          <Reach count={reach.total} />
        </dd>
      </dl>
      {reach.total === 0 ? null : (
        <>
          <div>
            <LetterCounts signs={FAMILIES} counts={reach.perVendor} />
          </div>
          <footer>
            <a href={`#${pathOf.rules(queryOf(triple, side))}`}>{reach.total === 1 ? 'Show the rule' : `Show the ${reach.total.toLocaleString('en')} rules`}</a>
            <span className="space" />
            <span>
              Pin <kbd>{shortcut('I')}</kbd>
            </span>
          </footer>
        </>
      )}
    </>
  );
}
