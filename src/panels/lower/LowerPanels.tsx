import { useMemo } from 'react';
import type { PanelTab } from '../../state/preferences';
import { setTab } from '../../state/settings';
import { tallyOf } from '../../state/analysis-state';
import { useActive, useDiagnostics } from '../../state/select';
import { useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';
import { Tabs } from '../../ui/layout/Tabs';
import { Part } from '../../ui/part/Part';
import { useNarrow } from '../../ui/useMedia';
import { ExclusionsPanel } from '../exclusions/ExclusionsPanel';
import { IndicatorsPanel } from '../indicators/IndicatorsPanel';
import { OutputsPanel } from '../outputs/OutputsPanel';
import { ProblemsPanel } from '../problems/ProblemsPanel';
import { StagesPanel } from '../stages/StagesPanel';
import { TermsPanel } from '../terms/TermsPanel';
import { valueRows } from '../valueRows';
import { StaleBanner } from './StaleBanner';
import { StandingLine } from './StandingLine';
import './lower.css';

const PANELS: Readonly<Record<PanelTab, () => React.ReactNode>> = {
  stages: StagesPanel,
  indicators: IndicatorsPanel,
  exclusions: ExclusionsPanel,
  terms: TermsPanel,
  outputs: OutputsPanel,
  problems: ProblemsPanel,
};

/** What the rule says, in tabs that carry their counts. */
export function LowerPanels() {
  const tab = useStore((state) => state.preferences.tab);
  const report = useActive()?.report ?? null;
  const narrow = useNarrow();
  const counts = useMemo(
    () =>
      report === null
        ? null
        : {
            stages: report.rule.analysis.stages.length,
            indicators: valueRows(report, ['indicator']).length,
            exclusions: valueRows(report, ['exclusion']).length,
            terms: report.rule.analysis.terms.filter(({ asTest }) => !asTest).length,
            outputs: report.rule.analysis.outputs.length,
          },
    [report],
  );
  const countOf = (id: Exclude<PanelTab, 'problems'>) => (counts === null ? null : <span className="count">{counts[id].toLocaleString('en')}</span>);
  const Panel = PANELS[tab];
  return (
    <section className="lowerpanels narrow" aria-label="What the rule says">
      <Tabs<PanelTab>
        label="Analysis"
        current={tab}
        onChange={setTab}
        tabs={[
          { id: 'stages', name: 'Stages', count: countOf('stages') },
          { id: 'indicators', name: 'Indicators', count: countOf('indicators') },
          { id: 'exclusions', name: 'Exclusions', count: countOf('exclusions') },
          { id: 'terms', name: 'Terms', count: countOf('terms') },
          { id: 'outputs', name: 'Outputs', count: countOf('outputs') },
          { id: 'problems', name: 'Problems', count: <ProblemCount /> },
        ]}
        beside={narrow ? undefined : <StandingLine />}
      >
        <StaleBanner>
          <Part key={tab} name="This panel">
            <Panel />
          </Part>
        </StaleBanner>
      </Tabs>
    </section>
  );
}

function ProblemCount() {
  const { error, warning, info } = tallyOf(useDiagnostics());
  const kind = error > 0 ? 'error' : warning > 0 ? 'warning' : null;
  return (
    <span className={kind === null ? 'count' : `count ${kind}`}>
      {kind === null ? null : <Icon name={kind} size="small" />}
      {error + warning + info}
    </span>
  );
}
