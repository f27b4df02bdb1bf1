import { type editor, KeyCode } from './monaco';

/** What Enter does while a list is open. */
interface FinishedLine {
  /** A list opened: where its word begins, and what it offers as it would be typed. */
  offered(start: number, words: readonly string[]): void;
  dispose(): void;
}

const MOVING: ReadonlySet<KeyCode> = new Set([KeyCode.UpArrow, KeyCode.DownArrow, KeyCode.PageUp, KeyCode.PageDown]);

/** Enter behind a finished word ends the line, though a list is open that has the word: it is accepted only when it was chosen with the arrows, or is not written out yet. */
export function finishedLine(pane: editor.IStandaloneCodeEditor): FinishedLine {
  let list = { start: 0, words: new Set<string>() };
  let isChosen = false;
  const isFinished = (): boolean => {
    const model = pane.getModel();
    const place = pane.getPosition();
    if (model === null || place === null || isChosen) return false;
    const typed = model.getValue().slice(list.start, model.getOffsetAt(place));
    return list.words.has(typed.toLowerCase()) || /^\d+$/.test(typed);
  };
  const parts = [
    pane.onKeyDown(({ keyCode }) => {
      if (MOVING.has(keyCode)) isChosen = true;
      else if (keyCode !== KeyCode.Enter && keyCode !== KeyCode.Tab) isChosen = false;
    }),
    pane.addAction({
      id: 'rulewright.enter',
      label: 'Accept the suggestion, or end the line',
      keybindings: [KeyCode.Enter],
      keybindingContext: 'suggestWidgetVisible && suggestWidgetHasFocusedSuggestion && textInputFocus',
      run() {
        const command = isFinished() ? 'hideSuggestWidget' : 'acceptSelectedSuggestion';
        pane.trigger('keyboard', command, null);
        if (command === 'hideSuggestWidget') pane.trigger('keyboard', 'type', { text: '\n' });
      },
    }),
  ];
  return {
    offered(start, words) {
      list = { start, words: new Set(words.map((word) => word.toLowerCase())) };
      isChosen = false;
    },
    dispose: () => parts.forEach((part) => part.dispose()),
  };
}
