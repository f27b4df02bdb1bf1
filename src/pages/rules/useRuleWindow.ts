import { useCallback, useEffect, useMemo, useState } from 'react';
import type { RuleOrder, RuleRow } from '../../model';
import { useStore } from '../../state/store';
import { askCatalog } from '../../state/threads/catalog';

/** Rows asked for at once. */
const PAGE = 120;

/** A search's rows, as far as they have come. */
interface RuleWindow {
  /** Null: not known yet. */
  readonly total: number | null;
  /** Of them, those that are only listed. */
  readonly listed: number;
  readonly rowAt: (position: number) => RuleRow | undefined;
  /** Say what is in sight; its rows are fetched. */
  readonly onRange: (first: number, last: number) => void;
  /** The rows are those of an earlier search. */
  readonly isOld: boolean;
  readonly error: string | null;
}

interface Held {
  readonly key: string;
  readonly total: number | null;
  readonly listed: number;
  readonly pages: ReadonlyMap<number, readonly RuleRow[]>;
  readonly error: string | null;
}

const NOTHING: Held = { key: '', total: null, listed: 0, pages: new Map(), error: null };

/** Fetches the pages of a search that are in sight. The rows of the search before stay until the new ones are there. */
export function useRuleWindow(query: string, order: RuleOrder | null): RuleWindow {
  const isOpen = useStore((state) => state.catalog.kind === 'open');
  const key = `${order?.by ?? ''} ${order?.descending ?? ''} ${query}`;
  const [held, setHeld] = useState(NOTHING);
  const [range, setRange] = useState({ first: 0, last: 0 });
  const isOld = held.key !== key;
  const wanted = useMemo(() => {
    if (isOld) return [0];
    const pages: number[] = [];
    for (let page = Math.floor(range.first / PAGE); page <= Math.floor(range.last / PAGE); page++) if (!held.pages.has(page)) pages.push(page);
    return pages;
  }, [isOld, range, held.pages]);

  useEffect(() => {
    if (!isOpen || (held.key === key && held.error !== null)) return undefined;
    let isWanted = true;
    for (const page of wanted) {
      askCatalog((api) => api.list(query, order, page * PAGE, PAGE)).then(
        ({ total, listed, rows }) =>
          isWanted && setHeld((before) => ({ key, total, listed, pages: new Map([...(before.key === key ? before.pages : []), [page, rows]]), error: null })),
        () => isWanted && setHeld((before) => ({ ...before, key, error: 'The catalog did not answer. Change the search, or reload the page.' })),
      );
    }
    return () => {
      isWanted = false;
    };
    // The key stands for the query and the order.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isOpen, key, wanted]);

  return {
    total: held.total,
    listed: held.listed,
    rowAt: useCallback((position: number) => held.pages.get(Math.floor(position / PAGE))?.[position % PAGE], [held.pages]),
    onRange: useCallback(
      (first: number, last: number) => setRange((before) => (before.first === first && before.last === last ? before : { first, last })),
      [],
    ),
    isOld,
    error: held.error,
  };
}
