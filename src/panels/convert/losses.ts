import { useMemo } from 'react';
import type { Loss } from '../../model';
import { hasError, useActive, useLitIndex, useStale } from '../../state/select';
import { useStore } from '../../state/store';

const NONE: readonly never[] = [];

/** Index of the loss that is lit: the one that is pointed at, else the one the cursor stands in; -1: none. */
export function useLitLoss(): number {
  const { pointed, answer } = useStore((state) => state.conversion);
  const lost = answer?.conversion.lost ?? NONE;
  const atCursor = useLitIndex(useMemo(() => lost.map(({ span }: Loss) => [span]), [lost]));
  return pointed ?? atCursor;
}

/** Since when the draft has an error and what is shown is of its text from before it; null: it is of the draft as it is. */
export function useHeldSince(): number | null {
  const held = useStore((state) => state.conversion.heldSince);
  return useStale()?.since ?? held;
}

/** Whether the rule under the cursor has an error, and no text from before it stands. */
export function useHasError(): boolean {
  const isHeld = useStore((state) => state.conversion.heldSince !== null);
  return hasError(useActive()?.report) && !isHeld;
}
