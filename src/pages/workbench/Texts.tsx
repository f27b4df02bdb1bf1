import { useStore } from '../../state/store';
import { CONVERT_TAB } from '../../state/conversion';
import { tokenSize } from '../../ui/css-token';
import { Split } from '../../ui/layout/Split';
import { lazyPart } from '../../ui/part/lazyPart';
import { Part } from '../../ui/part/Part';
import { EditorSkeleton } from './EditorSkeleton';

const EditorPane = lazyPart(() => import('../../editor/EditorPane'), { name: 'The editor', waiting: () => <EditorSkeleton /> });

const Converted = lazyPart(() => import('../../panels/convert/Converted'), { name: 'The converted text' });

/** The converted text is shown beside the draft. */
export const useConverting = (): boolean => useStore((state) => state.preferences.tab === CONVERT_TAB);

export const Text = () => (
  <div className="editor">
    <EditorPane />
  </div>
);

const Beside = () => (
  <Part name="The converted text">
    <Converted />
  </Part>
);

/** The draft's text, beside it what it is converted to while that is shown, half of the room each. */
export function Texts() {
  const isConverting = useConverting();
  return (
    <Split
      direction="horizontal"
      sizes={undefined}
      onSizes={() => {}}
      panes={[
        { id: 'draft', least: tokenSize('--guide-least'), children: <Text /> },
        ...(isConverting ? [{ id: 'converted', least: tokenSize('--guide-least'), grip: 'Width of the converted text', children: <Beside /> }] : []),
      ]}
    />
  );
}
