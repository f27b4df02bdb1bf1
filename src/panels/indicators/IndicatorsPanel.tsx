import { useMemo } from 'react';
import { useActive } from '../../state/select';
import { Empty } from '../../ui/Empty';
import { valueRows } from '../valueRows';
import { ReachPlot } from './ReachPlot';
import { useCounted } from './useCounted';
import { ValueTable } from './ValueTable';

/** What the rule looks for, value by value; then comparisons on computed fields, and what only scopes the rule. */
export function IndicatorsPanel() {
  const active = useActive();
  const report = active?.report ?? null;
  const indicators = useCounted(
    useMemo(() => (report === null ? [] : valueRows(report, ['indicator'])), [report]),
    'indicator',
  );
  const thresholds = useCounted(
    useMemo(() => (report === null ? [] : valueRows(report, ['threshold'])), [report]),
    'indicator',
  );
  const scope = useCounted(
    useMemo(() => (report === null ? [] : valueRows(report, ['context'])), [report]),
    'indicator',
  );
  if (report === null || indicators.length + thresholds.length + scope.length === 0)
    return <Empty title="No indicators yet">An indicator is a field compared with a value. Write one, or take a value from the guide.</Empty>;
  return (
    <>
      <ReachPlot rows={indicators} />
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
