import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';

/** From how many rows on only those in sight are drawn. */
const LONG = 120;
const ROW = 24;
const OVERSCAN = 16;

interface Window {
  /** Indices of the items to draw; null: all. */
  readonly drawn: readonly number[] | null;
  /** Pixels of the rows not drawn before and after. */
  readonly before: number;
  readonly after: number;
  readonly measured: ((element: HTMLElement | null) => void) | undefined;
  readonly scrollTo: (index: number) => void;
}

const scrollerOf = (table: HTMLElement | null): HTMLElement | null => table?.closest<HTMLElement>('[data-scrolls]') ?? null;

/** Which of a long table's rows are in sight of the nearest `[data-scrolls]` around it. `keep`: an index that stays drawn wherever it is. */
export function useWindow(table: RefObject<HTMLElement | null>, count: number, keyOf: (index: number) => string, keep: number): Window {
  const isLong = count > LONG;
  const margin = useTop(table, isLong);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const drawn = defaultRangeExtractor(range);
      return keep < 0 || drawn.includes(keep) ? drawn : [...drawn, keep].sort((a, b) => a - b);
    },
    [keep],
  );
  const virtualizer = useVirtualizer({
    count: isLong ? count : 0,
    enabled: isLong,
    getScrollElement: () => scrollerOf(table.current),
    estimateSize: () => ROW,
    overscan: OVERSCAN,
    getItemKey: keyOf,
    scrollMargin: margin,
    rangeExtractor,
  });
  const scrollTo = useCallback((index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }), [virtualizer]);
  if (!isLong) return { drawn: null, before: 0, after: 0, measured: undefined, scrollTo };
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1);
  return {
    drawn: items.map(({ index }) => index),
    before: (items[0]?.start ?? margin) - margin,
    after: last === undefined ? virtualizer.getTotalSize() : virtualizer.getTotalSize() - (last.end - margin),
    measured: virtualizer.measureElement,
    scrollTo,
  };
}

/** Where a table begins inside what scrolls it, in pixels; follows what grows or shrinks above it. */
function useTop(table: RefObject<HTMLElement | null>, isLong: boolean): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const element = table.current;
    const scroller = scrollerOf(element);
    if (!isLong || element === null || scroller === null) return undefined;
    const measure = (): void => setTop(Math.round(element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop));
    measure();
    const observer = new ResizeObserver(measure);
    for (const child of scroller.children) observer.observe(child);
    return () => observer.disconnect();
  }, [table, isLong]);
  return top;
}
