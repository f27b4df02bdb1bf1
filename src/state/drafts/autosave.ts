import type { Decision } from './conflict';
import type { Draft } from './document';
import type { DraftStore } from './draft-store';

/** Milliseconds from a change to its being stored: what a crash may cost. */
export const DELAY = 250;
/** Milliseconds until a storage that failed is tried again by itself, longer each time: a disk is emptied, another tab closed. */
export const AGAIN: readonly number[] = [2_000, 5_000, 15_000, 60_000];

interface Hooks {
  /** A draft reached the draft store, or met another tab's there. */
  readonly onStored: (mine: Draft, decision: Decision) => void;
  /** Everything is stored, or waits to be. */
  readonly onRest: (isSaved: boolean) => void;
  /** Nothing is lost: it is tried again at the next change, and by itself. */
  readonly onFailure: (error: unknown) => void;
}

export interface Autosave {
  /** A draft as it now is; stored within `DELAY`. */
  put(draft: Draft): void;
  /** Stores what waits, at once. Never rejects. */
  flush(): Promise<void>;
  /** What is stored, as far as this tab knows: the next save of it must follow this one. */
  setBase(draft: Draft): void;
  clearBase(id: string): void;
  knownOf(id: string): Draft | null;
  isWaiting(id: string): boolean;
  /** What waits, each with what it follows; for the crash backup when the page goes away. */
  waiting(): readonly { readonly mine: Draft; readonly base: Draft | null }[];
}

/** Stores drafts one after the other, the newest state of each, never one over another tab's. */
export function autosaveOf(draftStore: DraftStore, hooks: Hooks): Autosave {
  const known = new Map<string, Draft>();
  const dirty = new Map<string, Draft>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let running: Promise<void> | null = null;
  let failures = 0;

  const storeOne = async (mine: Draft): Promise<void> => {
    const decision = await draftStore.save(mine, known.get(mine.id) ?? null);
    if (decision.kind === 'copy') known.set(mine.id, decision.stored);
    known.set(decision.draft.id, decision.draft);
    const later = dirty.get(mine.id);
    if (later === mine || decision.kind === 'copy') dirty.delete(mine.id);
    // Typed on while it was stored: what follows belongs to the copy.
    if (later !== undefined && later !== mine && decision.kind === 'copy')
      dirty.set(decision.draft.id, { ...later, id: decision.draft.id, name: decision.draft.name });
    hooks.onStored(mine, decision);
  };

  const run = async (): Promise<void> => {
    try {
      while (dirty.size > 0) await storeOne([...dirty.values()][0]!);
      failures = 0;
      hooks.onRest(true);
    } catch (error) {
      hooks.onFailure(error);
      timer ??= setTimeout(() => void flush(), AGAIN[Math.min(failures++, AGAIN.length - 1)]);
    }
  };

  const flush = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    running ??= (dirty.size === 0 ? Promise.resolve() : run()).finally(() => {
      running = null;
    });
    return running;
  };

  return {
    put(draft) {
      dirty.set(draft.id, draft);
      hooks.onRest(false);
      if (timer !== null && failures > 0) clearTimeout(timer);
      if (timer === null || failures > 0) timer = setTimeout(() => void flush(), DELAY);
    },
    flush,
    setBase: (draft) => void known.set(draft.id, draft),
    clearBase(id) {
      known.delete(id);
      dirty.delete(id);
    },
    knownOf: (id) => known.get(id) ?? null,
    isWaiting: (id) => dirty.has(id),
    waiting: () => [...dirty.values()].map((mine) => ({ mine, base: known.get(mine.id) ?? null })),
  };
}
