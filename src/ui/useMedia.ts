import { useCallback, useSyncExternalStore } from 'react';

const queries = new Map<string, MediaQueryList>();

function mediaOf(query: string): MediaQueryList {
  const known = queries.get(query) ?? window.matchMedia(query);
  queries.set(query, known);
  return known;
}

/** Whether a media query holds, kept up to date. */
function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const media = mediaOf(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => mediaOf(query).matches);
}

/** The rail is a strip, and the columns that go first are gone. */
export const useNarrow = (): boolean => useMedia('(max-width: 1180px)');

/** A window of a phone's width. */
export const useSlim = (): boolean => useMedia('(max-width: 700px)');

/** There is room for a further column. */
export const useWide = (): boolean => useMedia('(min-width: 1601px)');
