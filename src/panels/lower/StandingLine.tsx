import { useDeferredValue, useMemo } from 'react';
import { keyOf } from '../../state/catalog-state';
import { useActive } from '../../state/select';
import { useStore } from '../../state/store';
import { standingOf } from '../indicators/standing';
import { valueRows } from '../valueRows';

/** "7 in the guide, 2 near, 1 not": the draft's indicators against the guide beside them. */
export function StandingLine() {
  // The panel below it comes first.
  const report = useDeferredValue(useActive()?.report ?? null);
  const guide = useStore((state) => state.guide?.guide ?? null);
  const line = useMemo(() => {
    if (report === null || guide === null) return null;
    const { markOf } = standingOf(guide.values);
    const tally = { has: 0, near: 0, new: 0 };
    const triples = new Map(valueRows(report, ['indicator']).flatMap(({ triple }) => (triple === null ? [] : [[keyOf(triple), triple] as const])));
    for (const triple of triples.values()) {
      const mark = markOf(triple);
      if (mark === 'has' || mark === 'near') tally[mark]++;
      else tally.new++;
    }
    return triples.size === 0 ? null : `${tally.has} in the guide, ${tally.near} near, ${tally.new} not`;
  }, [report, guide]);
  return <span className="clip">{line}</span>;
}
