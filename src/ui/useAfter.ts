import { useEffect, useMemo } from 'react';

/** One timer at a time: a later call takes the place of an earlier one. */
interface After {
  readonly run: (delay: number, action: () => void) => void;
  readonly cancel: () => void;
  /** What would come later comes at once. */
  readonly now: () => void;
}

function oneTimer(): After {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: (() => void) | null = null;
  const cancel = (): void => {
    clearTimeout(timer);
    waiting = null;
  };
  const now = (): void => {
    const action = waiting;
    cancel();
    action?.();
  };
  return {
    cancel,
    now,
    run(delay, action) {
      cancel();
      waiting = action;
      timer = setTimeout(now, delay);
    },
  };
}

/** A timer that ends with its component. */
export function useAfter(): After {
  const after = useMemo(() => oneTimer(), []);
  useEffect(() => after.cancel, [after]);
  return after;
}
