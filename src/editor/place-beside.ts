const GAP = 8;

/** A rectangle of the window, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** To the right of the value with its top at the line; under the line, else over it, where there is no room. It never covers the value. */
export function placeBeside(
  anchor: Box,
  card: Pick<Box, 'width' | 'height'>,
  view: Pick<Box, 'width' | 'height'>,
): { readonly left: number; readonly top: number } {
  const right = anchor.left + anchor.width + GAP;
  if (right + card.width <= view.width) return { left: right, top: Math.max(0, Math.min(anchor.top, view.height - card.height - GAP)) };
  const left = Math.max(0, Math.min(anchor.left, view.width - card.width - GAP));
  const below = anchor.top + anchor.height;
  return below + card.height <= view.height ? { left, top: below } : { left, top: Math.max(0, anchor.top - card.height) };
}
