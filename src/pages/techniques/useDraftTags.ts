import { useMemo } from 'react';
import { useStore } from '../../state/store';

const ID = /\bT\d{4}(?:\.\d{3})?\b/gi;

/** How many of the reader's own drafts name a technique; one of a sub-technique counts for its parent too. */
export function useDraftTags(): (id: string) => number {
  const drafts = useStore((state) => state.drafts);
  const counts = useMemo(() => {
    const found = new Map<string, number>();
    for (const { text } of drafts) {
      const ids = new Set((text.match(ID) ?? []).flatMap((id) => [id.toUpperCase(), id.toUpperCase().split('.')[0]!]));
      for (const id of ids) found.set(id, (found.get(id) ?? 0) + 1);
    }
    return found;
  }, [drafts]);
  return (id) => counts.get(id) ?? 0;
}
