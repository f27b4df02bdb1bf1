import { type DragEvent, useMemo, useState } from 'react';
import { CatalogWait } from '../../panels/CatalogWait';
import { download } from '../../state/download';
import { useStore } from '../../state/store';
import { forgetLogs, readLogs } from '../../state/threads/fires';
import { Banner } from '../../ui/Banner';
import { Page, PageHead } from '../../ui/layout/Page';
import { SidebarLayout } from '../../ui/layout/SidebarLayout';
import { FiredRuleAside } from './FiredRuleAside';
import { FiredTable } from './FiredTable';
import { FiresEmpty } from './FiresEmpty';
import { FiresRail } from './FiresRail';
import { exportOf, FIRST_VIEW, rulesIn, standingOf } from './firesView';
import { JobLine } from './JobLine';
import { OpenLogs } from './OpenLogs';
import { TacticStrip } from './TacticStrip';
import './fires.css';

/** Every rule of the catalog that can be judged, over the reader's own logs. */
export default function FiresPage() {
  const catalog = useStore((state) => state.catalog);
  const fires = useStore((state) => state.fires);
  const { job, answer, trouble } = fires;
  const [view, setView] = useState(FIRST_VIEW);
  const rows = useMemo(() => (answer === null ? [] : rulesIn(answer, view)), [answer, view]);
  const standing = useMemo(() => (answer === null ? [] : answer.rules.filter((rule) => standingOf(rule) === view.standing)), [answer, view.standing]);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    void readLogs([...event.dataTransfer.files]);
  };
  return (
    <Page name="What fires here" fills>
      <PageHead
        title="What fires here?"
        lead="Every rule of the catalog that can be judged, over your own logs. They are sent nowhere."
        actions={
          answer === null ? undefined : (
            <>
              <OpenLogs name="Add logs…" isOff={job !== null} />
              <button
                type="button"
                className="btn"
                disabled={answer.rules.length === 0}
                onClick={() => download('what-fires-here.ndjson', 'application/x-ndjson', exportOf(answer))}
              >
                Export rules
              </button>
              <button type="button" className="btn" onClick={() => (setView(FIRST_VIEW), forgetLogs())}>
                Close these logs
              </button>
            </>
          )
        }
      />
      {trouble === null ? null : <Banner kind="error">{trouble}</Banner>}
      {job === null && answer === null ? null : <JobLine />}
      {catalog.kind !== 'open' ? (
        <CatalogWait catalog={catalog} />
      ) : answer === null ? (
        <div className="firesdrop" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
          {job === null ? <FiresEmpty /> : null}
        </div>
      ) : (
        <div className="fires" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
          <SidebarLayout
            label="Narrow what fired"
            rail={<FiresRail answer={answer} shown={standing} view={view} onView={(part) => setView({ ...view, ...part })} />}
          >
            <TacticStrip rules={standing} chosen={view.technique} onChoose={(technique) => setView({ ...view, technique })} />
            <div className="firedsplit">
              <FiredTable rows={rows} answer={answer} standing={view.standing} isNarrowed={standing.length > 0} />
              <FiredRuleAside rows={rows} />
            </div>
          </SidebarLayout>
        </div>
      )}
    </Page>
  );
}
