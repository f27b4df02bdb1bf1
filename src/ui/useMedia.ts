import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds, kept up to date. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** The rail is a strip, and the columns that go first are gone. */
export const useNarrow = (): boolean => useMedia('(max-width: 1180px)');

/** There is room for a further column. */
export const useWide = (): boolean => useMedia('(min-width: 1601px)');
