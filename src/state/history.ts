import { newDraft, openDraft } from './drafts/documents';
import { type DraftState } from './drafts/history';
import { replacementOf } from './replacement';
import { getState, setState } from './store';
import { write } from './threads/guide';

/** Opens a draft with its history beside it. */
export function showHistory(id: string): void {
  openDraft(id);
  setState({ isHistoryShown: true });
}

export const closeHistory = (): void => setState({ isHistoryShown: false });

/** Takes an earlier text back, as one undo step. */
export function returnTo({ text }: DraftState, when: string): void {
  const { doc } = getState();
  closeHistory();
  if (doc.text !== text) write([replacementOf(doc.text, text)], doc.text, `Returned to the text of ${when}.`);
}

/** Opens an earlier text as a draft of its own. */
export function duplicateState({ text }: DraftState, when: string): void {
  const { doc } = getState();
  closeHistory();
  newDraft({ text, format: doc.byHand ? doc.format : null, path: doc.path, name: `${doc.name || doc.title || 'Draft'} (${when})` });
}
