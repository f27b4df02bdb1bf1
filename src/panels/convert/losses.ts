import { useMemo } from 'react';
import type { Loss } from '../../model';
import { useActive, useLitIndex } from '../../state/select';
import { useStore } from '../../state/store';

const NONE: readonly never[] = [];

/** Index of the loss that is lit: the one that is pointed at, else the one the cursor stands in; -1: none. */
export function useLitLoss(): number {
  const { pointed, answer } = useStore((state) => state.conversion);
  const lost = answer?.conversion.lost ?? NONE;
  const atCursor = useLitIndex(useMemo(() => lost.map(({ span }: Loss) => [span]), [lost]));
  return pointed ?? atCursor;
}

/** Whether the rule under the cursor has an error, so that nothing is written of it. */
export const useHasError = (): boolean => useActive()?.report.rule.analysis.diagnostics.some(({ severity }) => severity === 'error') === true;
