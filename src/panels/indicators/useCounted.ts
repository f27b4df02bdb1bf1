import { useMemo } from 'react';
import { keyOf } from '../../state/catalog-state';
import { type State, useStore } from '../../state/store';
import type { ValueRow } from '../valueRows';
import { type Standing, standingOf } from './standing';
import type { CountedRow, Figures } from './valueColumns';

/** The rows with their figures, as far as they are known: of the rules that look for a value, or of those that exclude it. Rows of another polarity have none. */
export function useCounted(rows: readonly ValueRow[], side: 'indicator' | 'exclusion'): readonly CountedRow[] {
  const reach = useStore((state) => state.reach);
  const guide = useStore((state) => state.guide?.guide ?? null);
  const standing = useMemo(() => (guide === null ? null : standingOf(side === 'indicator' ? guide.values : guide.exclusions)), [guide, side]);
  const count = useMemo(() => counting(side), [side]);
  return useMemo(() => rows.map((row) => count(row, reach, standing)), [rows, count, reach, standing]);
}

/** Counts rows; one whose figures stay is the row it was. */
function counting(side: 'indicator' | 'exclusion'): (row: ValueRow, reach: State['reach'], standing: Standing | null) => CountedRow {
  const before = new WeakMap<ValueRow, CountedRow>();
  return (row, reach, standing) => {
    const figures = figuresOf(row, side, reach, standing);
    const last = before.get(row);
    if (last !== undefined && last.reach === figures.reach && last.here === figures.here && last.mark === figures.mark) return last;
    const counted = { ...row, ...figures };
    before.set(row, counted);
    return counted;
  };
}

const UNKNOWN: Figures = { reach: null, here: null, mark: null };

function figuresOf({ triple, polarity }: ValueRow, side: 'indicator' | 'exclusion', reach: State['reach'], standing: Standing | null): Figures {
  if (triple === null || polarity !== side) return UNKNOWN;
  const found = reach.get(keyOf(triple)) ?? null;
  const known = side === 'indicator' ? found : (found?.excluding ?? null);
  const mark = known !== null && known.here > 0 ? 'has' : (standing?.markOf(triple) ?? null);
  return { reach: known, here: standing === null ? null : (known?.here ?? null), mark };
}
