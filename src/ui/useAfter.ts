import { useEffect, useMemo } from 'react';

/** One timer at a time: a later call takes the place of an earlier one. */
interface After {
  readonly run: (delay: number, action: () => void) => void;
  readonly cancel: () => void;
}

function oneTimer(): After {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => clearTimeout(timer);
  return {
    cancel,
    run(delay, action) {
      cancel();
      timer = setTimeout(action, delay);
    },
  };
}

/** A timer that ends with its component. */
export function useAfter(): After {
  const after = useMemo(() => oneTimer(), []);
  useEffect(() => after.cancel, [after]);
  return after;
}
