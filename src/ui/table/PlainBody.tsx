import type { ReactNode } from 'react';

/** How an item is drawn where it stands. */
export interface Place {
  /** Tab reaches it. */
  readonly isStop: boolean;
  /** Not all rows are drawn, so its number is said. */
  readonly isPart: boolean;
  readonly measured: ((element: HTMLElement | null) => void) | undefined;
}

export interface BodyProps {
  readonly items: readonly { readonly key: string; readonly kind: 'group' | 'row' | 'detail' }[];
  /** The row Tab reaches; null: the first. */
  readonly active: string | null;
  readonly draw: (index: number, place: Place) => ReactNode;
}

/** Which of the drawn items Tab reaches: the active row, or the first one where that is not drawn; -1: none. */
export function stopOf(items: BodyProps['items'], drawn: readonly number[], active: string | null): number {
  return drawn.find((index) => items[index]?.key === active) ?? drawn.find((index) => items[index]?.kind === 'row') ?? -1;
}

/** A table's body with all its items. */
export function PlainBody({ items, active, draw }: BodyProps) {
  const drawn = items.map((_, index) => index);
  const stop = stopOf(items, drawn, active);
  return <tbody>{drawn.map((index) => draw(index, { isStop: index === stop, isPart: false, measured: undefined }))}</tbody>;
}
