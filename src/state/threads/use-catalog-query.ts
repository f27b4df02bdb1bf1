import type { Remote } from 'comlink';
import { useEffect, useRef, useState } from 'react';
import type { CatalogApi } from '../../model';
import { askCatalog } from './catalog';
import { useStore } from '../store';

/** An answer of the catalog. `value` is the last one there was; `isOld` says that a newer is on its way. */
export interface CatalogQuery<T> {
  readonly value: T | null;
  readonly isOld: boolean;
  readonly error: string | null;
}

interface Held<T> {
  readonly key: string;
  readonly value: T | null;
  readonly error: string | null;
}

/** Asks the catalog, once it is open, whenever `key` changes; `ask` must mean the same for the same key. `key` null asks nothing. `limit`: milliseconds it may take. */
export function useCatalogQuery<T>(key: string | null, ask: (api: Remote<CatalogApi>) => Promise<T>, limit?: number): CatalogQuery<T> {
  const isOpen = useStore(({ catalog }) => catalog.kind === 'open');
  const [held, setHeld] = useState<Held<T> | null>(null);
  const question = useRef(ask);
  useEffect(() => {
    question.current = ask;
  });
  useEffect(() => {
    if (key === null || !isOpen) return;
    let isWanted = true;
    askCatalog(question.current, limit).then(
      (value) => isWanted && setHeld({ key, value, error: null }),
      () => isWanted && setHeld((before) => ({ key, value: before?.value ?? null, error: 'The catalog did not answer. Try again, or reload the page.' })),
    );
    return () => {
      isWanted = false;
    };
  }, [key, isOpen, limit]);
  return { value: held?.value ?? null, isOld: key !== null && held?.key !== key, error: held?.key === key ? held.error : null };
}
