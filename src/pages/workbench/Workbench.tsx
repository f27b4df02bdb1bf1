import { DraftHead } from '../../panels/head/DraftHead';
import { DraftsRail } from '../../panels/drafts/DraftsRail';
import { DocumentBanners } from '../../panels/notices/DocumentBanners';
import { StatusLine } from '../../panels/status/StatusLine';
import { keepLayout } from '../../state/settings';
import { useStore } from '../../state/store';
import { type Pane, Split } from '../../ui/layout/Split';
import { tokenSize } from '../../ui/css-token';
import { lazyPart } from '../../ui/part/lazyPart';
import { Part } from '../../ui/part/Part';
import { useNarrow } from '../../ui/useMedia';
import { DropTarget } from './DropTarget';
import { EditorSkeleton } from './EditorSkeleton';
import './workbench.css';

const EditorPane = lazyPart(() => import('../../editor/EditorPane'), { name: 'The editor', waiting: () => <EditorSkeleton /> });

// They fill places that are there already, beside a text that is not: the first scripts go without them.
const GuidePanel = lazyPart(() => import('../../panels/guide/GuidePanel'), { name: 'The guide' });
const LowerPanels = lazyPart(() => import('../../panels/lower/LowerPanels'), { name: 'What the rule says' });

const sized = (name: 'rail' | 'guide' | 'lower', narrow: boolean): Omit<Pane, 'id' | 'children'> => ({
  size: tokenSize(narrow ? `--${name}-narrow` : `--${name}`),
  least: tokenSize(`--${name}-least`),
  most: tokenSize(`--${name}-most`),
});

/** Drafts, the text with what it says under it, and the technique's guide. */
export default function Workbench() {
  const narrow = useNarrow();
  const layouts = useStore((state) => state.preferences.layouts);
  const panes: readonly Pane[] = [
    ...(narrow ? [] : [{ id: 'drafts', ...sized('rail', false), grip: 'Width of drafts', children: <Rail /> }]),
    { id: 'work', least: tokenSize('--work-least'), children: <Work narrow={narrow} /> },
    { id: 'guide', ...sized('guide', narrow), grip: 'Width of the guide', children: <Guide /> },
  ];
  const group = narrow ? 'workbench narrow' : 'workbench';
  return (
    <DropTarget>
      <main className="workbench">
        {narrow ? <Rail /> : null}
        <Split key={group} direction="horizontal" panes={panes} sizes={layouts[group]} onSizes={(sizes) => keepLayout(group, sizes)} />
      </main>
      <Part name="The status line">
        <StatusLine />
      </Part>
    </DropTarget>
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

function Work({ narrow }: { readonly narrow: boolean }) {
  const group = narrow ? 'lower narrow' : 'lower';
  const layouts = useStore((state) => state.preferences.layouts);
  return (
    <div className="work" id="main" tabIndex={-1}>
      <Part name="The head of the draft">
        <DraftHead />
        <DocumentBanners />
      </Part>
      <Split
        direction="vertical"
        sizes={layouts[group]}
        onSizes={(sizes) => keepLayout(group, sizes)}
        panes={[
          {
            id: 'text',
            least: tokenSize('--text-least'),
            children: (
              <div className="editor">
                <EditorPane />
              </div>
            ),
          },
          { id: 'lower', ...sized('lower', narrow), grip: 'Height of the lower panels', children: <Lower /> },
        ]}
      />
    </div>
  );
}
