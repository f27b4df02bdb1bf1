import { VENDORS, vendorName } from '../../knowledge/families';
import { useMemo, useState } from 'react';
import { lazyPart } from '../../ui/part/lazyPart';
import { type CountedTechnique, rulesOf } from './matrixOf';
import type { MatrixView } from './MatrixFilters';

const MultiplesPlot = lazyPart(() => import('../../ui/plot/MultiplesPlot'), { name: 'The drawing' });
const STEP = 40;

/** Rules of each vendor under the techniques that have most: where one looks and another does not. */
export function VendorPlot({ techniques, view }: { readonly techniques: readonly CountedTechnique[]; readonly view: MatrixView }) {
  const [shown, setShown] = useState(STEP);
  const { find, vendors, subs, gaps } = view;
  const chosen = useMemo(() => {
    const words = find.toLowerCase();
    return techniques
      .filter(({ id, name, today }) => today.length > 0 && (subs || !id.includes('.')) && `${id} ${name}`.toLowerCase().includes(words))
      .map((technique) => ({ technique, rules: rulesOf(technique.perVendor, vendors) }))
      .filter(({ rules }) => (gaps ? rules === 0 : rules > 0))
      .sort((a, b) => b.rules - a.rules || (a.technique.id < b.technique.id ? -1 : 1));
  }, [techniques, find, vendors, subs, gaps]);
  const bars = useMemo(
    () =>
      chosen
        .slice(0, shown)
        .flatMap(({ technique }) =>
          VENDORS.flatMap((vendor, at) =>
            vendors.length > 0 && !vendors.includes(vendor)
              ? []
              : [{ group: vendorName(vendor), name: `${technique.id} ${technique.name}`.slice(0, 44), value: technique.perVendor[at] ?? 0 }],
          ),
        ),
    [chosen, shown, vendors],
  );
  if (chosen.length === 0) return <p className="hint">No technique meets these filters. Take one of them away.</p>;
  return (
    <section aria-label="Rules by technique and vendor">
      <MultiplesPlot label="Rules of each vendor under each technique, as in the matrix" bars={bars} />
      {chosen.length > shown ? (
        <button type="button" className="link" onClick={() => setShown(shown + STEP)}>
          Show {Math.min(STEP, chosen.length - shown)} more of {chosen.length}
        </button>
      ) : null}
    </section>
  );
}
