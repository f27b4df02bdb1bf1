import type { Span } from '../model';
import { type EditorHandle, setEditor } from '../state/editor-handle';
import { hover } from '../state/highlight';
import { remarksOf } from '../state/select';
import { getState, setState } from '../state/store';
import type { Card } from './card';
import { editor } from './monaco';
import { nextRemark } from './pointed';
import { regionOf } from './positions';
import { writtenSpans } from './written-spans';

/** How long what was just written stays lit. */
const SHOWN = 2_000;

/** Lets the rest of the app ask things of this editor. Returns how to stop. */
export function startPort(pane: editor.IStandaloneCodeEditor, card: Card): () => void {
  const reveal = (span: Span): void => {
    const model = pane.getModel();
    if (model === null) return;
    if (getState().view !== 'text') {
      // Hidden behind another view: it is shown first, for what is hidden takes no focus.
      setState({ view: 'text' });
      return void requestAnimationFrame(() => reveal(span));
    }
    const region = regionOf(model, span);
    pane.setSelection(region);
    pane.revealRangeInCenterIfOutsideViewport(region, editor.ScrollType.Immediate);
    pane.focus();
  };

  const port: EditorHandle = {
    reveal,
    // A menu or dialog that closes gives the focus back to its button first.
    focus: () => void requestAnimationFrame(() => requestAnimationFrame(() => pane.focus())),
    nextProblem(direction) {
      const state = getState();
      const remark = nextRemark(remarksOf(state), state.cursor.offset, direction);
      if (remark === null) return;
      reveal({ start: remark.span.start, end: remark.span.start });
      card.openAt(remark.span.start);
    },
    apply(edits, about) {
      const model = pane.getModel();
      if (model === null || model.getValue() !== about) return null;
      pane.pushUndoStop();
      pane.executeEdits(
        'rulewright',
        edits.map(({ span, text }) => ({ range: regionOf(model, span), text, forceMoveMarkers: true })),
      );
      pane.pushUndoStop();
      show(writtenSpans(edits));
      const version = model.getAlternativeVersionId();
      return () => {
        if (pane.getModel() !== model || model.getAlternativeVersionId() !== version) return false;
        pane.trigger('rulewright', 'undo', null);
        return true;
      };
    },
  };

  const show = (spans: readonly Span[]): void => {
    const [first] = spans;
    const model = pane.getModel();
    if (first === undefined || model === null) return;
    pane.revealRangeInCenterIfOutsideViewport(regionOf(model, first), editor.ScrollType.Smooth);
    hover(spans);
    setTimeout(() => getState().hovered === spans && hover(null), SHOWN);
  };

  setEditor(port);
  return () => setEditor(null);
}
