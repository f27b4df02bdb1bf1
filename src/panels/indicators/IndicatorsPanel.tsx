import { useMemo } from 'react';
import { keyOf } from '../../state/corpus';
import { useActive } from '../../state/select';
import { useStore } from '../../state/store';
import { Empty } from '../../ui/Empty';
import { type ValueRow, valueRows } from '../valueRows';
import { standingOf } from './standing';
import type { CountedRow } from './valueColumns';
import { ValueTable } from './ValueTable';

/** What the rule looks for, value by value; then comparisons on computed fields, and what only scopes the rule. */
export function IndicatorsPanel() {
  const active = useActive();
  const report = active?.report ?? null;
  const indicators = useCounted(useMemo(() => (report === null ? [] : valueRows(report, ['indicator'])), [report]));
  const thresholds = useCounted(useMemo(() => (report === null ? [] : valueRows(report, ['threshold'])), [report]));
  const scope = useCounted(useMemo(() => (report === null ? [] : valueRows(report, ['context'])), [report]));
  if (report === null || indicators.length + thresholds.length + scope.length === 0)
    return <Empty title="No indicators yet">An indicator is a field compared with a value. Write one, or take a value from the guide.</Empty>;
  return (
    <>
      {indicators.length === 0 ? null : <ValueTable label="Indicators of this draft" here="Rules here" rows={indicators} />}
      {thresholds.length === 0 ? null : (
        <section aria-labelledby="panel-thresholds">
          <h3 id="panel-thresholds">
            Thresholds <small>comparisons on computed fields</small>
          </h3>
          <ValueTable label="Thresholds of this draft" here="Rules here" rows={thresholds} />
        </section>
      )}
      {scope.length === 0 ? null : (
        <section aria-labelledby="panel-scope">
          <h3 id="panel-scope">
            Scope <small>says where to look, not what to look for; counted as fields only</small>
          </h3>
          <ValueTable label="Scope of this draft" here="Rules here" rows={scope} />
        </section>
      )}
    </>
  );
}

/** The rows with their figures, as far as they are known. */
function useCounted(rows: readonly ValueRow[]): readonly CountedRow[] {
  const reach = useStore((state) => state.reach);
  const guide = useStore((state) => state.guide?.guide ?? null);
  const standing = useMemo(() => (guide === null ? null : standingOf(guide.values)), [guide]);
  return useMemo(
    () =>
      rows.map((row) => {
        const known = row.triple === null || row.polarity !== 'indicator' ? null : (reach.get(keyOf(row.triple)) ?? null);
        const mark = row.triple === null || standing === null || row.polarity !== 'indicator' ? null : standing.markOf(row.triple);
        return { ...row, reach: known, here: standing === null ? null : (known?.here ?? null), mark: known !== null && known.here > 0 ? 'has' : mark };
      }),
    [rows, reach, standing],
  );
}
