import { useSyncExternalStore } from 'react';

/** What the palette looks through: everything, or techniques for the guide. */
export type PaletteMode = 'all' | 'technique';

let mode: PaletteMode | null = null;
const listeners = new Set<() => void>();

function show(next: PaletteMode | null): void {
  mode = next;
  for (const listener of listeners) listener();
}

export const openPalette = (next: PaletteMode = 'all'): void => show(next);
export const closePalette = (): void => show(null);

/** Null: it is closed. */
export const usePaletteMode = (): PaletteMode | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => mode,
  );
