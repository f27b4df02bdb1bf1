import { useMemo } from 'react';
import { keyOf } from '../../state/catalog-state';
import { useStore } from '../../state/store';
import type { ValueRow } from '../valueRows';
import { standingOf } from './standing';
import type { CountedRow } from './valueColumns';

/** The rows with their figures, as far as they are known: of the rules that look for a value, or of those that exclude it. Rows of another polarity have none. */
export function useCounted(rows: readonly ValueRow[], side: 'indicator' | 'exclusion'): readonly CountedRow[] {
  const reach = useStore((state) => state.reach);
  const guide = useStore((state) => state.guide?.guide ?? null);
  const standing = useMemo(() => (guide === null ? null : standingOf(side === 'indicator' ? guide.values : guide.exclusions)), [guide, side]);
  return useMemo(
    () =>
      rows.map((row) => {
        if (row.triple === null || row.polarity !== side) return { ...row, reach: null, here: null, mark: null };
        const found = reach.get(keyOf(row.triple)) ?? null;
        const known = side === 'indicator' ? found : (found?.excluding ?? null);
        const mark = known !== null && known.here > 0 ? 'has' : (standing?.markOf(row.triple) ?? null);
        return { ...row, reach: known, here: standing === null ? null : (known?.here ?? null), mark };
      }),
    [rows, side, reach, standing],
  );
}
