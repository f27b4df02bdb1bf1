import type { RefObject } from 'react';
import { lazyPart } from '../part/lazyPart';
import type { LongBodyProps } from './LongBody';
import { type BodyProps, PlainBody } from './PlainBody';

interface TableBodyProps extends BodyProps {
  /** Null: not there yet, and so not known what scrolls it. */
  readonly table: HTMLElement | null;
  readonly scrollTo: RefObject<(index: number) => void>;
}

/** From how many rows on only those in sight are drawn. */
export const LONG = 120;
const first = (body: BodyProps) => <PlainBody {...body} items={body.items.slice(0, LONG)} />;
const LongBody = lazyPart<LongBodyProps>(() => import('./LongBody'), { name: 'The rest of the table', waiting: first, place: 'rows' });

/** A table's rows: all of them, or of many those in sight. */
export function TableBody({ table, scrollTo, ...body }: TableBodyProps) {
  if (body.items.length <= LONG) return <PlainBody {...body} />;
  return table === null ? first(body) : <LongBody {...body} table={table} scrollTo={scrollTo} />;
}
