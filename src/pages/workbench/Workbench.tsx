import { lazy, Suspense } from 'react';
import { DraftHead } from '../../panels/head/DraftHead';
import { DraftsRail } from '../../panels/drafts/DraftsRail';
import { GuidePanel } from '../../panels/guide/GuidePanel';
import { LowerPanels } from '../../panels/lower/LowerPanels';
import { DocumentBanners } from '../../panels/notices/DocumentBanners';
import { StatusLine } from '../../panels/status/StatusLine';
import { keepLayout } from '../../state/settings';
import { useStore } from '../../state/store';
import { type Pane, Split } from '../../ui/Split';
import { useNarrow } from '../../ui/useMedia';
import { DropTarget } from './DropTarget';
import { EditorSkeleton } from './EditorSkeleton';
import './workbench.css';

const EditorPane = lazy(() => import('../../editor/EditorPane'));

/** Sizes in pixels, as the tokens of the same names say them for those parts that are not resized. */
const SIZES = {
  wide: { rail: { size: 196, least: 140, most: 360 }, guide: { size: 416, least: 280, most: 720 }, lower: { size: 256, least: 72, most: 640 } },
  narrow: { guide: { size: 344, least: 280, most: 480 }, lower: { size: 204, least: 72, most: 480 } },
} as const;

const WORK_LEAST = 320;
const EDITOR_LEAST = 96;

/** Drafts, the text with what it says under it, and the technique's guide. */
export default function Workbench() {
  const narrow = useNarrow();
  const layouts = useStore((state) => state.preferences.layouts);
  const sizes = narrow ? SIZES.narrow : SIZES.wide;
  const panes: readonly Pane[] = [
    ...('rail' in sizes ? [{ id: 'drafts', ...sizes.rail, grip: 'Width of drafts', children: <DraftsRail /> }] : []),
    { id: 'work', least: WORK_LEAST, children: <Work lower={sizes.lower} group={narrow ? 'lower narrow' : 'lower'} /> },
    { id: 'guide', ...sizes.guide, grip: 'Width of the guide', children: <GuidePanel /> },
  ];
  const group = narrow ? 'workbench narrow' : 'workbench';
  return (
    <DropTarget>
      <main className="workbench">
        {narrow ? <DraftsRail /> : null}
        <Split key={group} direction="horizontal" panes={panes} sizes={layouts[group]} onSizes={(sizes) => keepLayout(group, sizes)} />
      </main>
      <StatusLine />
    </DropTarget>
  );
}

function Work({ lower, group }: { readonly lower: { readonly size: number; readonly least: number; readonly most: number }; readonly group: string }) {
  const layouts = useStore((state) => state.preferences.layouts);
  return (
    <div className="work" id="main" tabIndex={-1}>
      <DraftHead />
      <DocumentBanners />
      <Split
        direction="vertical"
        sizes={layouts[group]}
        onSizes={(sizes) => keepLayout(group, sizes)}
        panes={[
          {
            id: 'text',
            least: EDITOR_LEAST,
            children: (
              <div className="editor">
                <Suspense fallback={<EditorSkeleton />}>
                  <EditorPane />
                </Suspense>
              </div>
            ),
          },
          { id: 'lower', ...lower, grip: 'Height of the lower panels', children: <LowerPanels /> },
        ]}
      />
    </div>
  );
}
