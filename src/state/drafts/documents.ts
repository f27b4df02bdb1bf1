import type { KeptTest } from '../../model';
import { MAX_ANALYSED } from '../threads/analysis';
import { NO_ANALYSIS } from '../analysis-state';
import { type Cursor, type Doc, nameOf, START, normalised, nextRevision } from './document';
import { areSameTests } from './kept-tests';
import { notify } from '../notices';
import { editor } from '../editor-handle';
import { newId } from './draft-store';
import { currentDraft, discard, persist, persistDraft, persistDrafts } from './draft-sync';
import { getState, NOTHING_CHOSEN, setState } from '../store';

/** What the user typed, pasted or undid; only the editor calls this. An example or a shared document becomes a draft by it. */
export function typeText(text: string): void {
  const { doc } = getState();
  if (text === doc.text) return;
  const next: Doc = { ...doc, id: doc.id || newId(), kind: 'draft', text, revision: nextRevision() };
  setState({ doc: next, hovered: null });
  untouched = null;
  persist(next);
  if (doc.kind === 'shared') {
    forgetShared(doc.id);
    notify('info', 'You changed a shared rule: it is now one of your drafts.');
  }
}

/** The whole text was pasted: whatever it was before, it is what it looks like now, but where its format was chosen by hand. */
export function redetect(): void {
  const { doc } = getState();
  if (doc.text.length > MAX_ANALYSED || doc.byHand) return;
  const next: Doc = { ...doc, format: null, byHand: false, revision: nextRevision() };
  setState({ doc: next });
  if (doc.kind === 'draft') persist(next);
}

export function moveCursor(cursor: Cursor): void {
  setState({ cursor });
}

/** Sets the format by hand; null goes back to detecting it. */
export function chooseFormat(format: string | null): void {
  const { doc } = getState();
  const next: Doc = { ...doc, format, byHand: format !== null, revision: nextRevision() };
  setState({ doc: next });
  if (doc.kind === 'draft') persist(next);
}

/** Sets the tests of the open document. An example or a shared document becomes a draft by it. */
export function setTests(tests: readonly KeptTest[]): void {
  const { doc } = getState();
  const next: Doc = { ...doc, id: doc.id || newId(), kind: 'draft', tests };
  setState({ doc: next });
  untouched = null;
  persist(next);
  if (doc.kind === 'shared') forgetShared(doc.id);
  if (doc.kind !== 'draft') notify('info', `You kept a test: the ${doc.kind === 'shared' ? 'shared rule' : 'example'} is now one of your drafts.`);
}

/** Starts a draft and opens it. Without a format it is detected from the text. */
export function newDraft({
  text = '',
  format = null,
  name = '',
  path = '',
  tests = [],
}: {
  readonly text?: string;
  readonly format?: string | null;
  readonly name?: string;
  readonly path?: string;
  readonly tests?: readonly KeptTest[];
} = {}): void {
  const doc = show({ id: newId(), kind: 'draft', text: normalised(text), format, byHand: format !== null, path, name, title: '', tests });
  if (text === '' && name === '') untouched = doc.id;
  persist(doc);
  editor()?.focus();
}

export function openDraft(id: string): void {
  const draft = currentDraft(id);
  if (draft === null || getState().doc.id === id) return;
  const { format, byHand, path, name, title, tests } = draft;
  show({ id, kind: 'draft', text: normalised(draft.text), format, byHand, path, name, title, tests });
  setState({ picked: draft.technique || null });
}

/** Opens an example; it stays as it is, changing it starts a draft. */
export function openExample(id: string): void {
  const example = getState().examples.find((known) => known.id === id);
  if (example === undefined) return;
  show({
    id: newId(),
    kind: 'example',
    text: normalised(example.text),
    format: example.format,
    byHand: false,
    path: example.name + (/\.\w+$/.exec(id)?.[0] ?? ''),
    name: '',
    title: '',
    tests: [],
  });
}

/** Shows what a link holds, beside the reader's drafts. The same link twice is one document. */
export function openSharedText(format: string, text: string, tests: readonly KeptTest[] = []): void {
  const body = normalised(text);
  const known = getState().shared.find((doc) => doc.format === format && doc.text === body && areSameTests(doc.tests, tests));
  if (known !== undefined) return openShared(known.id);
  const doc = show({ id: newId(), kind: 'shared', text: body, format, byHand: true, path: '', name: '', title: '', tests });
  setState(({ shared }) => ({ shared: [...shared, doc] }));
}

export function openShared(id: string): void {
  const doc = getState().shared.find((known) => known.id === id);
  if (doc !== undefined && getState().doc.id !== id) show(doc);
}

/** Makes a shared document one of the reader's drafts. */
export function keepShared(id = getState().doc.id): void {
  const { doc: open, shared } = getState();
  const kept = open.id === id ? open : shared.find((known) => known.id === id);
  if (kept?.kind !== 'shared') return;
  const doc: Doc = { ...kept, kind: 'draft' };
  if (open.id === id) setState({ doc });
  persist(doc);
  forgetShared(id);
  notify('info', 'Kept as one of your drafts.');
}

/** Takes a shared document off the list; its link still opens it. */
export function closeShared(id: string): void {
  forgetShared(id);
  if (getState().doc.id === id) openAnother();
}

/** `name` '' goes back to the rule's title. */
export function renameDraft(id: string, name: string): void {
  const draft = currentDraft(id);
  if (draft === null) return;
  const { doc } = getState();
  if (doc.id === id) setState({ doc: { ...doc, name: name.trim() } });
  persistDraft({ ...draft, name: name.trim() });
}

/** Opens a copy of a draft, or of the open document. */
export function duplicateDraft(id: string): void {
  const { doc } = getState();
  const draft = doc.id === id ? doc : currentDraft(id);
  if (draft !== null)
    newDraft({ text: draft.text, format: draft.byHand ? draft.format : null, path: draft.path, name: `${nameOf(draft)} (copy)`, tests: draft.tests });
}

/** Puts drafts into a folder; '' takes them out of theirs. */
export function moveDrafts(ids: readonly string[], folder: string): void {
  for (const id of ids) {
    const draft = currentDraft(id);
    if (draft !== null && (draft.folder ?? '') !== folder) persistDraft({ ...draft, folder: folder || undefined });
  }
}

/** Deletes a draft; the notice it shows brings it back. */
export function removeDraft(id: string): void {
  const draft = currentDraft(id);
  if (draft === null) return;
  const isGone = discard(id);
  if (getState().doc.id === id) openAnother();
  const restore = async (): Promise<void> => {
    await isGone;
    persistDraft(draft);
    openDraft(id);
  };
  notify('info', `Deleted “${nameOf(draft)}”.`, { action: { label: 'Undo', run: () => void restore() } });
}

/** Deletes drafts; the notice it shows brings them all back. */
export function removeDrafts(ids: readonly string[], what: string): void {
  const gone = ids.map(currentDraft).filter((draft) => draft !== null);
  const done = Promise.all(gone.map(({ id }) => discard(id)));
  if (ids.includes(getState().doc.id)) openAnother();
  const restore = async (): Promise<void> => {
    await done;
    persistDrafts(gone);
  };
  notify('info', `Deleted the ${gone.length.toLocaleString('en')} drafts of “${what}”.`, { action: { label: 'Undo', run: () => void restore() } });
}

/** The draft last worked on where one is wanted, else the first example, else a blank draft. */
export function openAnother(isDraftWanted = true): void {
  const { drafts, examples } = getState();
  if (isDraftWanted && drafts[0] !== undefined) openDraft(drafts[0].id);
  else if (examples[0] !== undefined) openExample(examples[0].id);
  else newDraft();
}

function show(opened: Omit<Doc, 'revision'>): Doc {
  const doc: Doc = { ...opened, revision: nextRevision() };
  leaveBlank(getState().doc);
  setState({
    doc,
    view: 'text',
    cursor: START,
    hovered: null,
    analysis: NO_ANALYSIS,
    picked: null,
    filters: { ...getState().filters, platforms: [], domains: [] },
    chosen: NOTHING_CHOSEN,
    relations: null,
  });
  return doc;
}

/** The draft that was started blank and not typed in yet. */
let untouched: string | null = null;

/** A draft that was started and left untouched leaves nothing behind. */
function leaveBlank(doc: Doc): void {
  if (doc.id === untouched && doc.name === '') void discard(doc.id);
  untouched = null;
}

const forgetShared = (id: string): void => setState(({ shared }) => ({ shared: shared.filter((doc) => doc.id !== id) }));
