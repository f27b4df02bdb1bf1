import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { resolveConflict } from './conflict';
import type { Draft } from './document';
import { draftOf, newId, type DraftStore } from './draft-store';

interface Schema extends DBSchema {
  drafts: { key: string; value: unknown };
}

/** Some browsers never answer when their storage is broken. */
const PATIENCE = 5_000;

/** Drafts in IndexedDB. The database is opened when it is first needed, and again after it was closed or failed. */
export function indexedDraftStore(name = 'rulewright'): DraftStore {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;

  const open = (): Promise<IDBPDatabase<Schema>> => {
    const forget = (): void => {
      opening = null;
    };
    opening ??= new Promise<IDBPDatabase<Schema>>((resolve, reject) => {
      const timer = setTimeout(() => reject(named('TimeoutError')), PATIENCE);
      openDB<Schema>(name, 1, {
        upgrade: (database) => void database.createObjectStore('drafts', { keyPath: 'id' }),
        blocked: () => reject(named('BlockedError')),
        blocking: (_current, _next, event) => {
          (event.target as IDBDatabase).close();
          forget();
        },
        terminated: forget,
      })
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    }).catch((error: unknown) => {
      forget();
      throw error;
    });
    return opening;
  };

  /** One transaction over the drafts; resolves when it is safely stored. */
  const change = async <T>(
    run: (store: { get(id: string): Promise<unknown>; put(draft: Draft): Promise<unknown>; delete(id: string): Promise<void> }) => Promise<T>,
  ): Promise<T> => {
    const transaction = (await open()).transaction('drafts', 'readwrite', { durability: 'strict' });
    const { store } = transaction;
    const work = run({ get: (id) => store.get(id), put: (draft) => store.put(draft), delete: (id) => store.delete(id) });
    const [result] = await Promise.all([work, transaction.done]);
    return result;
  };

  return {
    async all() {
      const records = await (await open()).getAll('drafts');
      const drafts = records.map(draftOf).filter((draft) => draft !== null);
      return { drafts, unreadable: records.length - drafts.length };
    },
    save: (mine, base) =>
      change(async (store) => {
        const decision = resolveConflict(draftOf(await store.get(mine.id)) ?? undefined, mine, base, newId());
        if (decision.kind !== 'same') await store.put(decision.draft);
        return decision;
      }),
    remove: (known) =>
      change(async (store) => {
        const stored = draftOf(await store.get(known.id));
        if (stored !== null && stored.version !== known.version) return stored;
        await store.delete(known.id);
        return null;
      }),
  };
}

const named = (name: string): Error => Object.assign(new Error(name), { name });
