import { type State, useStore } from '../state/store';
import { CONVERT_TAB } from '../state/conversion';
import type { editor } from './monaco';

/** Losses with a number of their own; later ones share a sign. */
const NUMBERED = 9;

/** Marks each line of the draft that the other language does not say whole with its first loss, while that language is shown; none while the text is not the one it is of. */
export function startLossMarks(pane: editor.IStandaloneCodeEditor): () => void {
  const marks = pane.createDecorationsCollection();
  const mark = ({ conversion, doc, preferences }: State): void => {
    const model = pane.getModel();
    const { answer, about } = conversion;
    if (model === null || answer === null || about !== doc.text || preferences.tab !== CONVERT_TAB) return marks.clear();
    const lines = new Map<number, number[]>();
    answer.conversion.lost.forEach(({ span }, at) => {
      const { lineNumber } = model.getPositionAt(span.start);
      lines.set(lineNumber, [...(lines.get(lineNumber) ?? []), at]);
    });
    marks.set(
      [...lines].map(([line, losses]) => ({
        range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 },
        options: {
          linesDecorationsClassName: `loss-mark loss-mark-${Math.min(losses[0]!, NUMBERED) + 1}`,
          linesDecorationsTooltip: losses.map((at) => `Loss ${at + 1}: ${answer.conversion.lost[at]!.why}`).join('; '),
        },
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
