import { resolveConflict } from '../../src/state/drafts/conflict';
import type { Draft } from '../../src/state/drafts/document';
import { type DraftStore, newId } from '../../src/state/drafts/draft-store';

/** A draft store that lasts as long as the test, and says what the stored one must do. */
export function memoryDraftStore(records: Map<string, Draft> = new Map()): DraftStore {
  return {
    all: () => Promise.resolve({ drafts: [...records.values()], unreadable: 0 }),
    save(mine, base) {
      const decision = resolveConflict(records.get(mine.id), mine, base, newId());
      if (decision.kind !== 'same') records.set(decision.draft.id, decision.draft);
      return Promise.resolve(decision);
    },
    remove(known) {
      const stored = records.get(known.id);
      if (stored !== undefined && stored.version !== known.version) return Promise.resolve(stored);
      records.delete(known.id);
      return Promise.resolve(null);
    },
  };
}
