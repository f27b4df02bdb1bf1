import type { Doc } from '../state/drafts/document';
import { fileKindOf } from '../knowledge/file-kinds';
import { editor } from './monaco';
import { regionOf } from './positions';
import { replacementOf } from '../state/replacement';

type Editor = editor.IStandaloneCodeEditor;
type Model = editor.ITextModel;

interface Kept {
  readonly model: Model;
  view: editor.ICodeEditorViewState | null;
}

/** Documents whose undo history is kept; the one longest unused goes first. */
const MAX_KEPT = 40;

/** One model for each document, with its own undo history, cursor and scroll place; they outlive the pane, so that a look at another page costs none of it. */
const kept = new Map<string, Kept>();

interface Models {
  /** Shows the document: another one with its own view, or a newer text of the same as an edit. */
  show(doc: Doc, extension: string | undefined): void;
  /** The shown document's text. */
  read(): string;
  /** Lets go of the pane. */
  leave(): void;
}

export function modelsOf(pane: Editor): Models {
  let shown: { readonly id: string; readonly revision: number } | null = null;
  // What the shown model holds, as far as it was read: the store's answer to a keystroke is this very string.
  let held: string | null = null;

  const keepView = (): Kept | undefined => {
    const current = shown === null ? undefined : kept.get(shown.id);
    if (current !== undefined) current.view = pane.saveViewState();
    return current;
  };

  return {
    show(doc, extension) {
      const kind = fileKindOf(extension).id;
      if (shown !== null && shown.id !== doc.id) {
        const current = keepView();
        // The same state of the same text under a new id: it goes on as a copy.
        if (current !== undefined && shown.revision === doc.revision) {
          kept.delete(shown.id);
          kept.set(doc.id, current);
        }
      }
      const { model, view } = opened(doc, kind);
      const isOther = pane.getModel() !== model;
      shown = { id: doc.id, revision: doc.revision };
      if (isOther || doc.text !== held) setText(model, doc.text);
      if (model.getLanguageId() !== kind) editor.setModelLanguage(model, kind);
      if (!isOther) return;
      pane.setModel(model);
      if (view !== null) pane.restoreViewState(view);
    },
    read() {
      held = pane.getModel()?.getValue() ?? '';
      return held;
    },
    leave() {
      keepView();
      pane.setModel(null);
    },
  };
}

function opened(doc: Doc, kind: string): Kept {
  const found = kept.get(doc.id) ?? { model: modelWith(doc.text, kind), view: null };
  kept.delete(doc.id);
  kept.set(doc.id, found);
  for (const [id, { model }] of kept) {
    if (kept.size <= MAX_KEPT) break;
    kept.delete(id);
    model.dispose();
  }
  return found;
}

function modelWith(text: string, kind: string): Model {
  const model = editor.createModel(text, kind);
  model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
  // Without a line end in it a text gets the system's; ours is the same everywhere.
  if (!text.includes('\r\n')) model.setEOL(editor.EndOfLineSequence.LF);
  return model;
}

/** A text from elsewhere comes in as an edit that can be undone. */
function setText(model: Model, text: string): void {
  if (model.getValue() === text) return;
  const { span, text: written } = replacementOf(model.getValue(), text);
  model.pushStackElement();
  model.pushEditOperations(null, [{ range: regionOf(model, span), text: written, forceMoveMarkers: true }], () => null);
  model.pushStackElement();
}
