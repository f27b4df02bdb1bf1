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

/** A wide table has no room for its last columns. */
export const useSnug = (): boolean => useMedia('(max-width: 1439px)');

/** One thing at a time: the text, what it says, the guide or the drafts. */
export const useSingle = (): boolean => useMedia('(max-width: 700px)');

/** The rail is a strip: too narrow for it, and not so narrow that it has the window for itself. */
export const useStrip = (): boolean => useMedia('(min-width: 701px) and (max-width: 1180px)');

/** The guide is folded where nobody said otherwise. */
export const useTight = (): boolean => useMedia('(max-width: 900px)');

/** There is room for a further column. */
export const useWide = (): boolean => useMedia('(min-width: 1601px)');
