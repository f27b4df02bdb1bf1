import { startAnalysis } from './threads/analysis';
import { openCatalog } from './threads/catalog';
import { openAnother, openDraft } from './drafts/documents';
import { startExamples } from './drafts/examples';
import { startGuide } from './threads/guide';
import { startSamples } from './threads/samples';
import { leaveLink, startLinks } from './links/links';
import { startTests } from './threads/tests';
import { startReach } from './threads/reach';
import { loadMacros } from './macros';
import { loadPreferences } from './settings';
import { startOffline } from './newer-version';
import { notify } from './notices';
import { isEmbedded, isLink } from './links/link-address';
import { beginStart, endStart, stopped, takeBack } from './set-aside';
import { startTelling } from './unexpected';
import { startDraftSync } from './drafts/draft-sync';
import { getState, useStore } from './store';

const OPEN = 'rulewright.open';

/** Sets everything going, once, before the first drawing. */
export function start(): void {
  if (isEmbedded(location.hash)) return startEmbedded();
  const aside = withBox(beginStart);
  if (aside !== null && isLink(location.hash)) leaveLink();
  startTelling();
  loadPreferences();
  loadMacros();
  startAnalysis();
  startReach();
  startGuide();
  startSamples();
  startTests();
  void openCatalog();
  startOffline();
  void openFirst(aside === null);
  if (aside !== null)
    notify('error', `The last start stopped: ${aside} Your settings, your own catalog and the draft that was open are left aside this time; nothing is lost.`, {
      sticky: true,
      action: { label: 'Use them again', run: useAgain },
    });
}

/** In another page's frame: nothing is opened, kept or fetched but what reads the rule in the address. */
function startEmbedded(): void {
  startTelling();
  loadPreferences();
  addEventListener('hashchange', () => location.reload());
}

function useAgain(): void {
  withBox(takeBack);
  location.reload();
}

/** To be called once the first drawing is there. */
export const isDrawn = (): void => void withBox(endStart);

/** The whole workbench stopped: the next start goes without what a person set up. */
export const hasStopped = (error: unknown): void => void withBox((box) => stopped(box, error instanceof Error ? error.message : String(error)));

/** `localStorage`, where the browser gives it; a rule in another page's frame leaves nothing there. */
function withBox<T>(run: (box: Storage) => T): T | null {
  if (isEmbedded(location.hash)) return null;
  try {
    return run(localStorage);
  } catch {
    return null;
  }
}

/** What the address holds, else the draft this tab had open, else the one last open anywhere, else an example. */
async function openFirst(mayRemember: boolean): Promise<void> {
  const shelving = startDraftSync();
  const examples = startExamples();
  const isLinked = await startLinks();
  await shelving;
  const isTyping = getState().doc.id !== '';
  if (!isLinked && !isTyping) {
    const last = mayRemember ? remembered() : null;
    if (last !== null && getState().drafts.some(({ id }) => id === last)) openDraft(last);
    else {
      await examples;
      openAnother(mayRemember);
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
