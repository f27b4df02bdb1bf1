const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

/** A key with the system's own command key, as this system writes it: ⌘K, or Ctrl K. */
export const shortcut = (key: string): string => (isMac ? `⌘${key}` : `Ctrl ${key}`);

/** A key with Shift and the command key: ⇧⌘E, or Ctrl Shift E. */
export const shiftedShortcut = (key: string): string => (isMac ? `⇧⌘${key}` : `Ctrl Shift ${key}`);

/** A key with Control on every system: ⌃M, or Ctrl M. */
export const controlShortcut = (key: string): string => (isMac ? `⌃${key}` : `Ctrl ${key}`);

/** A key with Shift and Alt: ⇧⌥C, or Shift Alt C. */
export const shiftedAltShortcut = (key: string): string => (isMac ? `⇧⌥${key}` : `Shift Alt ${key}`);

const hasCommandKey = (event: KeyboardEvent): boolean => (isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) && !event.altKey;

/** Whether the command key of this system, and no other modifier, is down. */
export const isCommand = (event: KeyboardEvent): boolean => hasCommandKey(event) && !event.shiftKey;

/** Whether the command key and Shift are down, and no other modifier. */
export const isShiftedCommand = (event: KeyboardEvent): boolean => hasCommandKey(event) && event.shiftKey;

/** Whether a letter is pressed with Shift and Alt alone; with Alt some systems make another sign of it, so its place on the keyboard counts too. */
export const isShiftedAlt = (event: KeyboardEvent, letter: string): boolean =>
  event.shiftKey &&
  event.altKey &&
  !event.ctrlKey &&
  !event.metaKey &&
  (event.key.toLowerCase() === letter || (!/^[a-z]$/i.test(event.key) && event.code === `Key${letter.toUpperCase()}`));
