import { DraftHead } from '../../panels/head/DraftHead';
import { DocumentBanners } from '../../panels/notices/DocumentBanners';
import { StatusLine } from '../../panels/status/StatusLine';
import { closeHistory } from '../../state/history';
import { keepLayout } from '../../state/settings';
import { useStore } from '../../state/store';
import type { Pane } from '../../ui/layout/pane';
import { Split } from '../../ui/layout/Split';
import { tokenSize } from '../../ui/css-token';
import { lazyPart } from '../../ui/part/lazyPart';
import { Part } from '../../ui/part/Part';
import { useNarrow, useSingle, useTight } from '../../ui/useMedia';
import { DropTarget } from './DropTarget';
import { GuideFold } from './GuideFold';
import { Text, Texts, useConverting } from './Texts';
import { ViewBar } from './ViewBar';
import './workbench.css';

// They fill places that are there already, beside a text that is not: the first scripts go without them.
const DraftsRail = lazyPart(() => import('../../panels/drafts/DraftsRail'), { name: 'The list of drafts', waiting: () => <div className="railplace" /> });
const GuidePanel = lazyPart(() => import('../../panels/guide/GuidePanel'), { name: 'The guide' });
const LowerPanels = lazyPart(() => import('../../panels/lower/LowerPanels'), { name: 'What the rule says' });
const History = lazyPart(() => import('./History'), { name: 'The history', place: 'over', leave: () => ({ name: 'Close', run: closeHistory }) });

const HistoryDialog = () => (useStore((state) => state.isHistoryShown) ? <History /> : null);

const sized = (name: 'rail' | 'guide' | 'lower', narrow: boolean): Omit<Pane, 'id' | 'children'> => ({
  size: tokenSize(narrow ? `--${name}-narrow` : `--${name}`),
  least: tokenSize(`--${name}-least`),
  most: tokenSize(`--${name}-most`),
});

/** Drafts, the text with what it says under it, and the technique's guide; one of them at a time where the window holds no more. */
export default function Workbench() {
  const single = useSingle();
  return (
    <DropTarget>
      {single ? <OneAtATime /> : <SideBySide />}
      <HistoryDialog />
      <Part name="The status line">
        <StatusLine />
      </Part>
      {single ? <ViewBar /> : null}
    </DropTarget>
  );
}

function SideBySide() {
  const narrow = useNarrow();
  const tight = useTight();
  const { layouts, isGuideFolded } = useStore((state) => state.preferences);
  const isFolded = isGuideFolded ?? tight;
  const isConverting = useConverting();
  const panes: readonly Pane[] = [
    ...(narrow ? [] : [{ id: 'drafts', ...sized('rail', false), grip: 'Width of drafts', children: <Rail /> }]),
    { id: 'work', least: tokenSize('--work-least'), children: <Work narrow={narrow} /> },
    // The other text takes the guide's room.
    ...(isFolded || isConverting ? [] : [{ id: 'guide', ...sized('guide', narrow), grip: 'Width of the guide', children: <Guide /> }]),
  ];
  const group = narrow ? 'workbench narrow' : 'workbench';
  return (
    <main className="workbench">
      {narrow ? <Rail /> : null}
      <Split
        key={`${group} ${isFolded}`}
        direction="horizontal"
        panes={panes}
        sizes={layouts[group]}
        onSizes={(sizes) => keepLayout(group, { ...layouts[group], ...sizes })}
      />
      {isConverting ? null : <GuideFold isFolded={isFolded} />}
    </main>
  );
}

/** The text stays in the page behind the other views: what they write or point at is in it. */
function OneAtATime() {
  const view = useStore((state) => state.view);
  return (
    <main className="workbench single">
      <div className="work" id="main" tabIndex={-1}>
        <Head />
        <div className="view" hidden={view !== 'text'}>
          <Text />
        </div>
        {view === 'text' ? null : <div className="view">{view === 'rule' ? <Lower /> : view === 'guide' ? <Guide /> : <Rail />}</div>}
      </div>
    </main>
  );
}

const Rail = () => (
  <Part name="The list of drafts">
    <DraftsRail />
  </Part>
);

const Guide = () => (
  <Part name="The guide">
    <GuidePanel />
  </Part>
);

const Lower = () => (
  <Part name="The lower panels">
    <LowerPanels />
  </Part>
);

const Head = () => (
  <Part name="The head of the draft">
    <DraftHead />
    <DocumentBanners />
  </Part>
);

function Work({ narrow }: { readonly narrow: boolean }) {
  const group = narrow ? 'lower narrow' : 'lower';
  const layouts = useStore((state) => state.preferences.layouts);
  return (
    <div className="work" id="main" tabIndex={-1}>
      <Head />
      <Split
        direction="vertical"
        sizes={layouts[group]}
        onSizes={(sizes) => keepLayout(group, sizes)}
        panes={[
          { id: 'text', least: tokenSize('--text-least'), children: <Texts /> },
          { id: 'lower', ...sized('lower', narrow), grip: 'Height of the lower panels', children: <Lower /> },
        ]}
      />
    </div>
  );
}
