import { useEffect, useRef } from 'react';

/** Brings the row of this key into sight when another becomes lit; a new answer about the same row leaves the panel where the reader scrolled it. */
export function useLitInSight(table: HTMLElement | null, key: string | undefined, scrollTo: (key: string) => void): void {
  const last = useRef(key);
  useEffect(() => {
    if (key === last.current) return undefined;
    // With the next frame, which lays the page out anyway: asked at once, each letter typed into a value would lay it out once more.
    const frame = requestAnimationFrame(() => {
      last.current = key;
      if (key === undefined) return;
      const row = [...(table?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])].find((one) => one.dataset['row'] === key);
      if (row === undefined) scrollTo(key);
      else row.scrollIntoView({ block: 'nearest' });
    });
    return () => cancelAnimationFrame(frame);
  }, [table, key, scrollTo]);
}
