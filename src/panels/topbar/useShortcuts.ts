import { useEffect } from 'react';
import { refresh } from '../../state/threads/analysis';
import { editor } from '../../state/editor-handle';
import { showExpansion } from '../../state/expansion';
import { shareDraft } from '../../state/links/links';
import { showConversion } from '../../state/conversion';
import { setState } from '../../state/store';
import { isCommand, isShiftedAlt, isShiftedCommand } from '../../ui/shortcut';
import { openPalette } from '../palette/opening';

/** Keys that work everywhere; the editor answers its own first. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const run = actionOf(event);
      if (run === null) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function actionOf(event: KeyboardEvent): (() => void) | null {
  if (event.key === 'F8') return () => editor()?.nextProblem(event.shiftKey ? -1 : 1);
  if (isShiftedCommand(event) && event.key.toLowerCase() === 'e') return () => void showExpansion();
  if (isShiftedAlt(event, 'c')) return event.target instanceof Element && event.target.closest('.convert') !== null ? backToText : showConversion;
  if (!isCommand(event)) return null;
  switch (event.key.toLowerCase()) {
    case 'k':
      return () => openPalette();
    case 's':
      return () => void shareDraft();
    case 'enter':
      return refresh;
    default:
      return null;
  }
}

function backToText(): void {
  setState({ view: 'text' });
  editor()?.focus();
}
