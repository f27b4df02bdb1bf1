import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Draft } from './document';

/** An earlier text of a draft, as it stood before it was changed. */
export interface DraftState {
  readonly draft: string;
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
  /** It is what was imported, pasted or begun with: it is never dropped for newer ones. */
  readonly isFirst: boolean;
}

interface Schema extends DBSchema {
  states: { key: [string, number]; value: DraftState };
}

/** Milliseconds between two states that are kept: what is typed in one go is one change. */
const APART = 120_000;
/** States of one draft; the oldest but the first goes when there are more. */
const MOST = 60;

let opening: Promise<IDBPDatabase<Schema>> | null = null;
const open = (): Promise<IDBPDatabase<Schema>> =>
  (opening ??= openDB<Schema>('rulewright-history', 1, {
    upgrade: (database) => void database.createObjectStore('states', { keyPath: ['draft', 'at'] }),
    blocking: (_current, _next, event) => {
      (event.target as IDBDatabase).close();
      opening = null;
    },
    terminated: () => {
      opening = null;
    },
  }).catch((error: unknown) => {
    opening = null;
    throw error;
  }));

const lastKept = new Map<string, number>();

/** Keeps a draft's stored text before another takes its place. Where the browser keeps none, editing and saving go on. */
export function keepState({ id, text, created, changed }: Draft, now: number): void {
  if (text.trim() === '' || now - (lastKept.get(id) ?? -Infinity) < APART) return;
  lastKept.set(id, now);
  void store({ draft: id, at: changed, text, isFirst: created === changed }).catch(() => undefined);
}

async function store(state: DraftState): Promise<void> {
  const database = await open();
  const transaction = database.transaction('states', 'readwrite');
  const known = await transaction.store.getAll(rangeOf(state.draft));
  if (known.at(-1)?.text !== state.text) await transaction.store.put(state);
  for (const { draft, at } of statesToDrop(known)) await transaction.store.delete([draft, at]);
  await transaction.done;
}

/** The oldest ones beyond the most that are kept, the first text aside. */
export const statesToDrop = (known: readonly DraftState[]): readonly DraftState[] =>
  known.filter(({ isFirst }) => !isFirst).slice(0, Math.max(0, known.length + 1 - MOST));

/** What is stored may have been changed by others: a text, and a time that a date can hold. */
const isState = ({ text, at }: Readonly<Record<keyof DraftState, unknown>>): boolean =>
  typeof text === 'string' && typeof at === 'number' && Math.abs(at) <= 8.64e15;

const rangeOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id, -Infinity], [id, Infinity]);

/** Earlier texts of a draft, the newest first; none where the browser keeps none. */
export const statesOf = async (id: string): Promise<readonly DraftState[]> => {
  try {
    return (await (await open()).getAll('states', rangeOf(id))).filter(isState).toReversed();
  } catch {
    return [];
  }
};
