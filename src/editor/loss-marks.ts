import { type State, useStore } from '../state/store';
import { CONVERT_TAB } from '../state/threads/conversion';
import type { editor } from './monaco';
import { regionOf } from './positions';

/** Losses with a number of their own; later ones share a sign. */
const NUMBERED = 9;

/** Marks each place of the draft that the other language does not say, while that language is shown; none while the text is not the one it is of. */
export function startLossMarks(pane: editor.IStandaloneCodeEditor): () => void {
  const marks = pane.createDecorationsCollection();
  const mark = ({ conversion, doc, preferences }: State): void => {
    const model = pane.getModel();
    const { answer, about } = conversion;
    if (model === null || answer === null || about !== doc.text || preferences.tab !== CONVERT_TAB) return marks.clear();
    marks.set(
      answer.conversion.lost.map(({ span, why }, at) => ({
        range: regionOf(model, { start: span.start, end: span.start }),
        options: { linesDecorationsClassName: `loss-mark loss-mark-${Math.min(at, NUMBERED) + 1}`, linesDecorationsTooltip: `Loss ${at + 1}: ${why}` },
      })),
    );
  };
  mark(useStore.getState());
  const unsubscribe = useStore.subscribe((state, before) => {
    if (state.conversion !== before.conversion || state.doc !== before.doc || state.preferences !== before.preferences) mark(state);
  });
  const onModel = pane.onDidChangeModel(() => marks.clear());
  return () => {
    unsubscribe();
    onModel.dispose();
    marks.clear();
  };
}
