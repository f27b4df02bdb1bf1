import { moveCursor, redetect, typeText } from '../state/drafts/documents';
import { formatOf } from '../state/select';
import { getState, type State, useStore } from '../state/store';
import { type Card, cardOf } from './card';
import { startColours } from './colours';
import { startCompletion } from './completion';
import { startKeys } from './keys';
import { startLighting } from './lighting';
import { startLossMarks } from './loss-marks';
import { startMarkers } from './markers';
import { startMissing } from './missing';
import { modelsOf } from './models';
import type { editor } from './monaco';
import { startNames } from './names';
import { startOutline } from './outline';
import { startPort } from './port';
import { startSampleMarks } from './sample-marks';
import { startSignatureHelp } from './signature-help';
import { followTheme } from './theme';
import { typeVerbatim } from './verbatim';

/** What is pasted is the whole text when it makes up this share of it. */
const WHOLE = 0.8;

export interface Mounted {
  readonly card: Card;
  focus(): void;
  dispose(): void;
}

/** Keeps an editor in step with the store, in both directions, until it is let go. The editor itself belongs to who made it. */
export function keepInStep(pane: editor.IStandaloneCodeEditor): Mounted {
  const unpaint = followTheme();
  // The empty model it was born with: documents bring their own.
  pane.getModel()?.dispose();
  const models = modelsOf(pane);
  const card = cardOf(pane);

  const reportCursor = (): void => {
    const model = pane.getModel();
    const place = pane.getPosition();
    if (model === null || place === null) return;
    const offset = model.getOffsetAt(place);
    if (offset !== getState().cursor.offset || place.lineNumber !== getState().cursor.line)
      moveCursor({ offset, line: place.lineNumber, column: place.column });
  };
  const show = ({ doc, registry }: State): void => {
    models.show(doc, formatOf(registry, doc.format)?.extensions[0]);
    reportCursor();
  };
  const parts = [
    pane.onDidChangeModelContent(() => typeText(models.read())),
    pane.onDidChangeCursorPosition(reportCursor),
    pane.onDidPaste(({ range }) => {
      const model = pane.getModel()!;
      if (model.getValueLengthInRange(range) >= model.getValueLength() * WHOLE) redetect();
    }),
  ];
  show(getState());
  const unsubscribe = useStore.subscribe((state, before) => {
    if (state.doc !== before.doc || state.registry !== before.registry) show(state);
  });
  const stops = [
    startColours(),
    startMarkers(pane),
    startMissing(pane),
    startCompletion(pane),
    startSignatureHelp(pane),
    startNames(pane),
    startOutline(pane),
    startLighting(pane),
    startSampleMarks(pane),
    startLossMarks(pane),
    startKeys(pane, card),
    startPort(pane, card),
    typeVerbatim(pane),
  ];

  return {
    card,
    focus: () => pane.focus(),
    dispose() {
      unsubscribe();
      for (const stop of stops) stop();
      for (const part of parts) part.dispose();
      card.dispose();
      models.leave();
      unpaint();
    },
  };
}
