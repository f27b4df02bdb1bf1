import { type State, useStore } from '../state/store';
import type { editor } from './monaco';
import { regionOf } from './positions';

/** Marks each comparison with what the chosen sample says of it; none while the text is not the one that was judged. */
export function startSampleMarks(pane: editor.IStandaloneCodeEditor): () => void {
  const marks = pane.createDecorationsCollection();
  const mark = ({ samples, doc }: State): void => {
    const model = pane.getModel();
    const { opened } = samples;
    if (model === null || opened === null || opened.about !== doc.text) return marks.clear();
    marks.set(
      opened.tests.map(({ span, verdict, seen, why }) => ({
        range: regionOf(model, span),
        options: {
          inlineClassName: `sample-${verdict}`,
          stickiness: 1,
          hoverMessage: { value: why ?? (seen === null ? 'The sample has no such value.' : `The sample has \`${seen.replaceAll('`', '´')}\`.`) },
        },
      })),
    );
  };
  const unsubscribe = useStore.subscribe((state, before) => {
    if (state.samples.opened !== before.samples.opened || state.doc !== before.doc) mark(state);
  });
  const onModel = pane.onDidChangeModel(() => marks.clear());
  return () => {
    unsubscribe();
    onModel.dispose();
    marks.clear();
  };
}
