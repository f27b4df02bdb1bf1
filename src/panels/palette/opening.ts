import { useSyncExternalStore } from 'react';

/** What the palette looks through: everything, or techniques for the guide. */
export type PaletteMode = 'all' | 'technique';

interface Opened {
  readonly mode: PaletteMode;
  /** What is asked, as far as it was typed. */
  readonly query: string;
  /** What had the focus, and gets it back. */
  readonly before: HTMLElement | null;
}

let opened: Opened | null = null;
const listeners = new Set<() => void>();

function show(next: Opened | null): void {
  opened = next;
  for (const listener of listeners) listener();
}

/** Opens the palette. From this moment on keys are its own, wherever the focus still is: its code may have to be fetched, and its field to be drawn. */
export function openPalette(mode: PaletteMode = 'all'): void {
  if (opened === null) {
    addEventListener('keydown', takeKey, true);
    addEventListener('paste', takePaste, true);
  }
  const before = opened?.before ?? (document.activeElement instanceof HTMLElement ? document.activeElement : null);
  show({ mode, query: opened?.mode === mode ? opened.query : '', before });
  before?.blur();
}

export function closePalette(): void {
  if (opened === null) return;
  removeEventListener('keydown', takeKey, true);
  removeEventListener('paste', takePaste, true);
  const { before } = opened;
  show(null);
  // Where its own dialog was never there to give the focus back.
  if (document.activeElement === document.body) before?.focus();
}

export function setPaletteQuery(query: string): void {
  if (opened !== null && opened.query !== query) show({ ...opened, query });
}

/** Null: it is closed. */
export const usePalette = (): Opened | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => opened,
  );

/** The focus is where the palette's own field answers, or another of its controls. */
const isInside = (event: Event): boolean => event.target instanceof Element && event.target.closest('.palette, .over') !== null;

/** What is typed before the palette's field has the focus belongs into it, and never into what lies under it. */
function takeKey(event: KeyboardEvent): void {
  if (opened === null || isInside(event) || event.isComposing) return;
  const { query } = opened;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === 'Escape') closePalette();
  else if (isPlain && event.key === 'Backspace') setPaletteQuery(query.slice(0, -1));
  else if (isPlain && [...event.key].length === 1) setPaletteQuery(query + event.key);
  // Commands of the browser (reload, paste, developer tools) stay its own; the focus is in no text.
  else if (!isPlain || /^F\d+$/.test(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
}

function takePaste(event: ClipboardEvent): void {
  if (opened === null || isInside(event)) return;
  setPaletteQuery(opened.query + (event.clipboardData?.getData('text/plain') ?? '').replace(/\s+/g, ' '));
  event.preventDefault();
  event.stopPropagation();
}
