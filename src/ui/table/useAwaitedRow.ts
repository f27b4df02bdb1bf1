import { type RefObject, useEffect, useRef } from 'react';

/** Focuses the row at a position as soon as it is drawn with its data, unless something else took the focus meanwhile. */
export function useAwaitedRow(scroller: RefObject<HTMLElement | null>): (position: number) => void {
  const awaited = useRef<number | null>(null);
  useEffect(() => {
    if (awaited.current === null) return;
    const { activeElement } = document;
    const isElsewhere = activeElement !== document.body && !scroller.current?.contains(activeElement);
    const row = scroller.current?.querySelector<HTMLElement>(`tr[data-row][data-index="${awaited.current}"]`);
    if (isElsewhere || row) awaited.current = null;
    if (!isElsewhere) row?.focus();
  });
  return (position) => (awaited.current = position);
}
