import { lazy, type RefObject, Suspense } from 'react';
import { type BodyProps, PlainBody } from './PlainBody';

interface TableBodyProps extends BodyProps {
  /** Null: not there yet, and so not known what scrolls it. */
  readonly table: HTMLElement | null;
  readonly scrollTo: RefObject<(index: number) => void>;
}

/** From how many rows on only those in sight are drawn. */
export const LONG = 120;
const LongBody = lazy(() => import('./LongBody'));

/** A table's rows: all of them, or of many those in sight. */
export function TableBody({ table, scrollTo, ...body }: TableBodyProps) {
  if (body.items.length <= LONG) return <PlainBody {...body} />;
  const first = <PlainBody {...body} items={body.items.slice(0, LONG)} />;
  return table === null ? (
    first
  ) : (
    <Suspense fallback={first}>
      <LongBody {...body} table={table} scrollTo={scrollTo} />
    </Suspense>
  );
}
