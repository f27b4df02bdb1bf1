import { useMemo } from 'react';
import { Disclosure } from '../../ui/layout/Disclosure';
import { lazyPart } from '../../ui/part/lazyPart';
import { counted } from '../format';
import type { CountedRow } from './valueColumns';

const StripPlot = lazyPart(() => import('../../ui/plot/StripPlot'), { name: 'The drawing' });
const FEWEST = 3;

/** How common the draft's indicators are, all at one look; the table under it has each. */
export function ReachPlot({ rows }: { readonly rows: readonly CountedRow[] }) {
  let known = 0;
  for (const { reach } of rows) if (reach !== null) known++;
  if (known < FEWEST) return null;
  return (
    <Disclosure title="Reach of all indicators" isOpen={false} level={2}>
      <Points rows={rows} />
    </Disclosure>
  );
}

function Points({ rows }: { readonly rows: readonly CountedRow[] }) {
  const points = useMemo(
    () => rows.flatMap(({ field, kind, value, reach }) => (reach === null ? [] : [{ name: `${field} ${kind} ${value}`, value: reach.total }])),
    [rows],
  );
  const alone = points.filter(({ value }) => value === 0).length;
  const common = points.filter(({ value }) => value >= 100).length;
  return (
    <StripPlot
      label={`Corpus reach of ${counted(points.length, 'indicator')}: ${alone} in no public rule, ${common} in a hundred or more`}
      axis="Rules of the corpus that look for the same"
      points={points}
    />
  );
}
