import type { Span } from '../model';
import { shownOf } from '../state/analysis-state';
import { type State, useStore } from '../state/store';
import type { editor } from './monaco';
import { pointedAt } from './pointed';
import { regionOf } from './positions';

const NONE: readonly Span[] = [];

/**
 * What is lit: what a panel points at, else the value the cursor stands in. Nothing while the text is broken and the panels speak of an older one;
 * null, for "as it was", while the answer to a newer text is on its way.
 */
export function litSpans({ analysis, hovered, cursor, doc }: State): readonly Span[] | null {
  const shown = shownOf(analysis);
  if (shown === null || analysis.staleSince !== null) return NONE;
  if (shown.text !== doc.text) return null;
  if (hovered !== null) return hovered;
  const pointed = pointedAt(shown.answer.reports, cursor.offset);
  return pointed === null ? NONE : [pointed.span];
}

/** Lights the text a panel's row points at, and the one whose row the panels light. */
export function startLighting(pane: editor.IStandaloneCodeEditor): () => void {
  const lit = pane.createDecorationsCollection();
  let last: readonly Span[] = NONE;
  const light = (state: State): void => {
    const spans = litSpans(state);
    const model = pane.getModel();
    if (
      model === null ||
      spans === null ||
      (spans.length === last.length && spans.every((span, index) => span.start === last[index]!.start && span.end === last[index]!.end))
    )
      return;
    last = spans;
    lit.set(spans.map((span) => ({ range: regionOf(model, span), options: { inlineClassName: 'lit', stickiness: 1 } })));
  };
  const unsubscribe = useStore.subscribe((state, before) => {
    if (state.hovered !== before.hovered || state.cursor !== before.cursor || state.analysis !== before.analysis || state.doc !== before.doc) light(state);
  });
  // Another model has none of the decorations of the one before.
  const onModel = pane.onDidChangeModel(() => {
    last = NONE;
    lit.clear();
  });
  return () => {
    unsubscribe();
    onModel.dispose();
    lit.clear();
  };
}
