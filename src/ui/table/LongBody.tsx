import { defaultRangeExtractor, measureElement, type Range, useVirtualizer, type VirtualizerOptions } from '@tanstack/react-virtual';
import { Fragment, type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { type BodyProps, stopOf } from './PlainBody';

export interface LongBodyProps extends BodyProps {
  readonly table: HTMLElement;
  /** Where it leaves what brings an item into sight. */
  readonly scrollTo: RefObject<(index: number) => void>;
}

const ROW = 24;
const OVERSCAN = 16;

const scrollerOf = (table: HTMLElement): HTMLElement | null => table.closest<HTMLElement>('[data-scrolls]');

/** A long table's body: only what is in sight of the nearest `[data-scrolls]` around it, and the row that has the focus, wherever it is. */
export default function LongBody({ items, active, draw, table, scrollTo }: LongBodyProps) {
  const top = useTop(table);
  const keep = items.findIndex((item) => item.key === active);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const drawn = defaultRangeExtractor(range);
      return keep < 0 || drawn.includes(keep) ? drawn : [...drawn, keep].sort((a, b) => a - b);
    },
    [keep],
  );
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scrollerOf(table),
    estimateSize: () => ROW,
    overscan: OVERSCAN,
    getItemKey: useCallback((index: number) => items[index]!.key, [items]),
    scrollMargin: top,
    rangeExtractor,
    measureElement: measured,
  });
  useEffect(() => {
    scrollTo.current = (index) => virtualizer.scrollToIndex(index, { align: 'auto' });
    return () => {
      scrollTo.current = () => {};
    };
  }, [scrollTo, virtualizer]);
  const drawn = virtualizer.getVirtualItems();
  const stop = stopOf(
    items,
    drawn.map(({ index }) => index),
    active,
  );
  return (
    <tbody>
      {drawn.map(({ index, start }, at) => (
        <Fragment key={items[index]?.key}>
          <Gap height={start - (drawn[at - 1]?.end ?? top)} />
          {draw(index, { isStop: index === stop, isPart: true, measured: virtualizer.measureElement })}
        </Fragment>
      ))}
      <Gap height={top + virtualizer.getTotalSize() - (drawn.at(-1)?.end ?? top)} />
    </tbody>
  );
}

/** The height of a row. A new one has the height it is thought to have until the browser tells it, before it paints: to ask at once would lay out the page for every row. */
const measured: NonNullable<VirtualizerOptions<HTMLElement, HTMLElement>['measureElement']> = (row, told, virtualizer) =>
  told === undefined ? (virtualizer.measurementsCache[virtualizer.indexFromElement(row)]?.size ?? ROW) : measureElement(row, told, virtualizer);

/** The room of rows that are not drawn. */
const Gap = ({ height }: { readonly height: number }) => (height > 0 ? <tr className="gap" aria-hidden="true" style={{ height }} /> : null);

/** Where a table begins inside what scrolls it, in pixels; follows what grows or shrinks above it. */
function useTop(table: HTMLElement): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const scroller = scrollerOf(table);
    if (scroller === null) return undefined;
    const measure = (): void => setTop(Math.round(table.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop));
    measure();
    const observer = new ResizeObserver(measure);
    for (const child of scroller.children) observer.observe(child);
    return () => observer.disconnect();
  }, [table]);
  return top;
}
