import { refresh } from '../state/threads/analysis';
import { formatDraft } from '../state/threads/format';
import { editor as port } from '../state/editor-handle';
import { shareDraft } from '../state/links/links';
import { getState, setState } from '../state/store';
import type { Card } from './card';
import { editor, KeyCode, KeyMod } from './monaco';

/** The keys the editor adds to Monaco's own. */
export function startKeys(pane: editor.IStandaloneCodeEditor, card: Card): () => void {
  const { Alt, CtrlCmd, Shift, WinCtrl } = KeyMod;
  const actions = [
    { id: 'rulewright.next-problem', label: 'Next problem', keys: [KeyCode.F8], run: () => port()?.nextProblem(1) },
    { id: 'rulewright.previous-problem', label: 'Previous problem', keys: [Shift | KeyCode.F8], run: () => port()?.nextProblem(-1) },
    { id: 'rulewright.share', label: 'Copy a link to this draft', keys: [CtrlCmd | KeyCode.KeyS], run: () => void shareDraft() },
    { id: 'rulewright.format', label: 'Format', keys: [Shift | Alt | KeyCode.KeyF], run: () => void formatDraft() },
    { id: 'rulewright.refresh', label: 'Analyse again', keys: [CtrlCmd | KeyCode.Enter], run: refresh },
    { id: 'rulewright.card', label: 'Explain what stands here', keys: [CtrlCmd | KeyCode.KeyI], run: () => card.openAt(getState().cursor.offset, true) },
    // Control on every system: that is `WinCtrl` on a Mac and `CtrlCmd` elsewhere; the other of the two is the system's own.
    {
      id: 'rulewright.free-tab',
      label: 'Tab leaves the editor, or stays in it',
      keys: [WinCtrl | KeyCode.KeyM, CtrlCmd | KeyCode.KeyM],
      run: freeTab,
    },
  ];

  function freeTab(): void {
    const tabFree = !getState().tabFree;
    setState({ tabFree });
    pane.updateOptions({ tabFocusMode: tabFree });
  }

  // Monaco begins its two-key commands with this one; the app's palette comes first.
  const palette = editor.addKeybindingRule({ keybinding: CtrlCmd | KeyCode.KeyK, command: null });
  const parts = actions.map(({ id, label, keys, run }) => pane.addAction({ id, label, keybindings: keys, run }));
  return () => [palette, ...parts].forEach((part) => part.dispose());
}
