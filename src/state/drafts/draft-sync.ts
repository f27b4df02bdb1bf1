import { autosaveOf } from './autosave';
import { copyText } from '../clipboard';
import { type Doc, type Draft, nameOf, nextRevision } from './document';
import { indexedDraftStore } from './indexed-draft-store';
import { dismiss, notify } from '../notices';
import { dropBackup, putBackup, backupKey, backupsIn, readyBackups } from './crash-backup';
import { newId } from './draft-store';
import { keepState } from './history';
import { areSameTests } from './kept-tests';
import { failedStorage, failureOf, type StorageState } from './storage';
import { getState, setState, useStore } from '../store';

/** What keeps the store's drafts and the browser's storage together: this file moves them, `documents` decides. */
const draftStore = indexedDraftStore();
const page = newId();
const otherTabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('rulewright.drafts');

const autosave = autosaveOf(draftStore, {
  onStored(mine, decision) {
    if (decision.kind === 'copy') moveToCopy(mine, decision.stored, decision.draft);
    else {
      list(autosave.isWaiting(mine.id) ? mine : decision.draft);
      followOther(mine, decision.draft);
    }
    withBox((box) => {
      dropBackup(box, backupKey(page, mine.id));
      dropTaken(box, mine.id);
    });
    void askPersistence();
    if (decision.kind !== 'same') otherTabs?.postMessage(decision.draft.id);
  },
  onRest: (isSaved) => setStorage(isSaved ? { kind: 'saved' } : getState().storage.kind === 'failed' ? getState().storage : { kind: 'saving' }),
  onFailure: (error) => setStorage(failedStorage(failureOf(error))),
});

/** Stores the open document as it now is, within the autosave's delay. */
export function persist(doc: Doc): void {
  const listed = getState().drafts.find(({ id }) => id === doc.id);
  const now = Date.now();
  const draft: Draft = {
    created: now,
    version: 0,
    ...listed,
    id: doc.id,
    text: doc.text,
    format: doc.format,
    byHand: doc.byHand,
    path: doc.path,
    name: doc.name,
    title: doc.title,
    tests: doc.tests,
    changed: now,
  };
  if (listed === undefined) list(draft);
  else if (listed.text !== doc.text) keepState(listed, now);
  autosave.put(draft);
}

/** Stores drafts that are not open, many at once. */
export function persistDrafts(given: readonly Draft[]): void {
  const ids = new Set(given.map(({ id }) => id));
  setState(({ drafts }) => ({ drafts: sorted([...given, ...drafts.filter(({ id }) => !ids.has(id))]) }));
  for (const draft of given) autosave.put(draft);
}

/** Stores a draft that is not open. */
export function persistDraft(draft: Draft): void {
  list(draft);
  autosave.put(draft);
}

/** The draft with what was typed last, stored or not. */
export const currentDraft = (id: string): Draft | null =>
  autosave.waiting().find(({ mine }) => mine.id === id)?.mine ?? getState().drafts.find((draft) => draft.id === id) ?? null;

/** Takes a draft off the list and the draft store. Another tab's newer text of it stays, and is said. */
export async function discard(id: string): Promise<void> {
  const unlist = (): void => setState(({ drafts }) => ({ drafts: drafts.filter((draft) => draft.id !== id) }));
  unlist();
  await autosave.flush();
  await inTurn(async () => {
    const known = autosave.knownOf(id);
    autosave.clearBase(id);
    withBox((box) => dropBackup(box, backupKey(page, id)));
    unlist();
    const kept = known === null ? null : await draftStore.remove(known);
    if (kept === null) otherTabs?.postMessage(id);
    else {
      autosave.setBase(kept);
      list(kept);
      notify('info', `“${nameOf(kept)}” was changed in another tab, so it was not deleted.`);
    }
  });
}

/** Reads the draft store, saves what an earlier page could not, and keeps both in step from now on. Never rejects. */
export async function startDraftSync(): Promise<void> {
  void readyBackups();
  otherTabs?.addEventListener('message', () => document.visibilityState === 'visible' && void follow());
  addEventListener('pagehide', leave);
  addEventListener('beforeunload', (event) => {
    // Only where neither storage takes the text: the browser then asks before it is lost.
    if (!leave()) event.preventDefault();
  });
  document.addEventListener('visibilitychange', () => void (document.visibilityState === 'hidden' ? leave() : follow()));
  useStore.subscribe(({ doc }, { doc: before }) => {
    if (doc.id === before.id && (doc.title !== before.title || doc.format !== before.format)) describe(doc);
  });
  await takeBackups();
  await inTurn(async () => {
    const { drafts, unreadable } = await draftStore.all();
    take(drafts, new Set());
    if (getState().storage.kind === 'starting') setStorage({ kind: 'saved' });
    if (unreadable > 0) notify('error', `Of the stored drafts, ${unreadable} could not be read; what is there was left untouched.`, { sticky: true });
  });
}

/** Stores what earlier pages could not. Where storing fails here too, it is on the list and in this tab all the same, and waits. */
async function takeBackups(): Promise<void> {
  const backups = (await withBox(backupsIn)?.catch(() => null)) ?? [];
  if (backups.length === 0) return;
  const stored = await draftStore.all().then(
    ({ drafts }) => drafts,
    () => [],
  );
  for (const { mine, base, isBaseBare, key } of backups) {
    const beneath = isBaseBare ? stored.find(({ id, version }) => id === base?.id && version === base.version) : undefined;
    const followed = beneath ?? base;
    if (followed !== null) autosave.setBase(followed);
    const before = autosave.waiting().find((one) => one.mine.id === mine.id)?.mine;
    // Two pages left two texts of one draft, and none is stored yet: the earlier becomes a draft of its own.
    if (before !== undefined && before.text !== mine.text) persistDraft({ ...before, id: newId(), name: `${nameOf(before)} (rescued)`, version: 0 });
    taken.set(mine.id, [...(taken.get(mine.id) ?? []), key]);
    persistDraft(mine);
    await autosave.flush();
  }
}

/** Draft → the places of earlier pages it was taken over from: they stay until it is stored, or left in a place of this page. */
const taken = new Map<string, readonly string[]>();

function dropTaken(box: Storage, id: string): void {
  for (const key of taken.get(id) ?? []) dropBackup(box, key);
  taken.delete(id);
}

let isPersistenceAsked = false;

/** Asked once, when there is something to keep: that the browser throws no drafts away when room gets short. It may refuse. */
async function askPersistence(): Promise<void> {
  if (isPersistenceAsked) return;
  isPersistenceAsked = true;
  const { storage } = navigator as { readonly storage?: StorageManager };
  if (storage?.persist === undefined || (await storage.persisted().catch(() => true)) || withBox((box) => box.getItem(ASKED)) === 'yes') return;
  withBox((box) => box.setItem(ASKED, 'yes'));
  await storage.persist().catch(() => false);
}

const ASKED = 'rulewright.persistence.asked';

/** Another tab stored or removed something: what is not being changed here follows. */
const follow = (): Promise<void> =>
  inTurn(async () => {
    const before = new Set(getState().drafts.map(({ id }) => id));
    take((await draftStore.all()).drafts, before);
  });

/** The list after reading the draft store. A draft of `before` that is no longer there was removed in another tab. */
function take(stored: readonly Draft[], before: ReadonlySet<string>): void {
  const next = new Map(stored.map((draft) => [draft.id, draft]));
  for (const draft of stored) {
    const known = autosave.knownOf(draft.id);
    if (known !== null && known.version >= draft.version) next.set(draft.id, known);
    else if (!autosave.isWaiting(draft.id)) {
      autosave.setBase(draft);
      if (known !== null) followOther(known, draft);
    }
  }
  for (const draft of getState().drafts) {
    if (next.has(draft.id)) continue;
    if (before.has(draft.id) && !autosave.isWaiting(draft.id)) autosave.clearBase(draft.id);
    else next.set(draft.id, draft);
  }
  for (const { mine } of autosave.waiting()) next.set(mine.id, mine);
  setState({ drafts: sorted([...next.values()]) });
}

let turn: Promise<void> = Promise.resolve();

/** Reading the whole draft store and removing from it never overlap. A failure is said, never thrown. */
function inTurn(task: () => Promise<void>): Promise<void> {
  turn = turn.then(task).catch((error: unknown) => setStorage(failedStorage(failureOf(error))));
  return turn;
}

/** The open document takes over what another tab wrote, where it has not changed since `mine`. */
function followOther(mine: Draft, stored: Draft): void {
  const { doc } = getState();
  if (doc.id !== mine.id || doc.kind !== 'draft') return;
  const text = doc.text === mine.text ? stored.text : doc.text;
  const format = doc.format === mine.format ? stored.format : doc.format;
  const byHand = doc.byHand === mine.byHand ? stored.byHand : doc.byHand;
  const name = doc.name === mine.name ? stored.name : doc.name;
  const tests = areSameTests(doc.tests, mine.tests) ? stored.tests : doc.tests;
  const isSameText = text === doc.text && format === doc.format && byHand === doc.byHand;
  if (!isSameText || name !== doc.name || tests !== doc.tests)
    setState({ doc: { ...doc, text, format, name, byHand, tests, revision: isSameText ? doc.revision : nextRevision() } });
}

/** Both tabs changed the text: the open document goes on as the copy, the other's stays under the old id. */
function moveToCopy(mine: Draft, stored: Draft, copy: Draft): void {
  list(stored);
  list(copy);
  const { doc } = getState();
  if (doc.id === mine.id) setState({ doc: { ...doc, id: copy.id, name: copy.name } });
  notify('info', `“${nameOf(mine)}” was changed in another tab too. Both texts are kept; the one from here is now “${nameOf(copy)}”.`, { sticky: true });
}

/** The list shows the rule's title and format as soon as they are known. */
function describe(doc: Doc): void {
  const known = currentDraft(doc.id);
  if (doc.kind === 'shared') setState(({ shared }) => ({ shared: shared.map((other) => (other.id === doc.id ? doc : other)) }));
  if (doc.kind !== 'draft' || known === null || (doc.title === known.title && doc.format === known.format)) return;
  persistDraft({ ...known, title: doc.title, format: doc.format });
}

/**
 * The page may not come back: what is not stored is put where writing is immediate, and stored if there is time.
 * False when neither place is sure to hold it: the browser then asks first.
 */
function leave(): boolean {
  const waiting = autosave.waiting();
  const isRescued = waiting.length === 0 || withBox((box) => putBackup(box, page, waiting)) === true;
  if (isRescued) for (const { mine } of waiting) withBox((box) => dropTaken(box, mine.id));
  void autosave.flush();
  return isRescued;
}

const list = (draft: Draft): void => setState(({ drafts }) => ({ drafts: sorted([draft, ...drafts.filter(({ id }) => id !== draft.id)]) }));

const sorted = (drafts: readonly Draft[]): readonly Draft[] => drafts.toSorted((a, b) => b.changed - a.changed || (a.id < b.id ? -1 : 1));

/** A failure is said at once and stays until it is answered, or until storing works again. */
function setStorage(storage: StorageState): void {
  const before = getState().storage;
  if (before.kind === storage.kind && (storage.kind !== 'failed' || before.kind !== 'failed' || before.reason === storage.reason)) return;
  setState({ storage });
  if (failureNotice !== null) dismiss(failureNotice);
  failureNotice =
    storage.kind === 'failed' ? notify('error', storage.message, { sticky: true, action: { label: 'Copy text', run: () => void copyText() } }) : null;
}

let failureNotice: number | null = null;

/** `localStorage`, where the browser gives it. */
function withBox<T>(run: (box: Storage) => T): T | null {
  try {
    return run(localStorage);
  } catch {
    return null;
  }
}
