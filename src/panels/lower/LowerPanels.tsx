import { useDeferredValue, useMemo } from 'react';
import { useActive, useDiagnostics } from '../../state/select';
import { setTab } from '../../state/settings';
import { useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';
import { Tabs } from '../../ui/layout/Tabs';
import { Part } from '../../ui/part/Part';
import { useNarrow } from '../../ui/useMedia';
import { type LowerPanel, PANELS } from './panels';
import { StaleBanner } from './StaleBanner';
import { StandingLine } from './StandingLine';
import './lower.css';

/** What the rule says, in tabs that carry their counts. */
export default function LowerPanels() {
  const tab = useStore((state) => state.preferences.tab);
  const narrow = useNarrow();
  const { id, name, Panel } = PANELS.find((panel) => panel.id === tab) ?? PANELS[0]!;
  return (
    <section className="lowerpanels narrow" aria-label="What the rule says">
      <Tabs
        label="Analysis"
        current={id}
        onChange={setTab}
        tabs={PANELS.map((panel) => ({ id: panel.id, name: panel.name, count: <PanelCount panel={panel} /> }))}
        beside={narrow ? undefined : <StandingLine />}
      >
        <StaleBanner>
          <Part key={id} name={`The panel “${name}”`}>
            <Panel />
          </Part>
        </StaleBanner>
      </Tabs>
    </section>
  );
}

function PanelCount({ panel }: { readonly panel: LowerPanel }) {
  // The open panel comes first: what it shows is what was typed.
  const report = useDeferredValue(useActive()?.report ?? null);
  const diagnostics = useDeferredValue(useDiagnostics());
  const samples = useStore((state) => state.samples.read?.events ?? null);
  const relations = useStore((state) => state.relations);
  const count = useMemo(() => panel.count({ report, diagnostics, samples, relations }), [panel, report, diagnostics, samples, relations]);
  if (count === null) return null;
  return (
    <span className={count.mark === undefined ? 'count' : `count ${count.mark}`}>
      {count.mark === undefined ? null : <Icon name={count.mark} size="small" />}
      {count.of.toLocaleString('en')}
    </span>
  );
}
