import { startAnalysis } from './threads/analysis';
import { openCatalog } from './threads/catalog';
import { openAnother, openDraft } from './drafts/documents';
import { startExamples } from './drafts/examples';
import { startGuide } from './threads/guide';
import { startLinks } from './links/links';
import { startReach } from './threads/reach';
import { loadMacros } from './macros';
import { loadPreferences } from './settings';
import { startDraftSync } from './drafts/draft-sync';
import { getState, useStore } from './store';

const OPEN = 'rulewright.open';

/** Sets everything going, once, before the first drawing. */
export function start(): void {
  loadPreferences();
  loadMacros();
  startAnalysis();
  startReach();
  startGuide();
  void openCatalog();
  void openFirst();
}

/** What the address holds, else the draft this tab had open, else the one last open anywhere, else an example. */
async function openFirst(): Promise<void> {
  const shelving = startDraftSync();
  const examples = startExamples();
  const isLinked = await startLinks();
  await shelving;
  const isTyping = getState().doc.id !== '';
  if (!isLinked && !isTyping) {
    const last = remembered();
    if (last !== null && getState().drafts.some(({ id }) => id === last)) openDraft(last);
    else {
      await examples;
      openAnother();
    }
  }
  useStore.subscribe(({ doc }, before) => {
    if (doc.id !== before.doc.id || doc.kind !== before.doc.kind) remember(doc.kind === 'draft' ? doc.id : '');
  });
  remember(getState().doc.kind === 'draft' ? getState().doc.id : '');
}

function remember(id: string): void {
  try {
    sessionStorage.setItem(OPEN, id);
    if (id !== '') localStorage.setItem(OPEN, id);
  } catch {
    // The next start then opens the draft last changed.
  }
}

function remembered(): string | null {
  try {
    return sessionStorage.getItem(OPEN) || localStorage.getItem(OPEN);
  } catch {
    return null;
  }
}
