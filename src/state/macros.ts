import { askAnalysis } from './threads/analysis';
import { notify } from './notices';
import { getState, setState } from './store';

const KEY = 'rulewright.macros.conf';

/** The reader's own macros, as the text of a macros.conf; kept in this browser, and what every analysis expands from now on. */
export function setMacros(macros: string): void {
  let macrosStored = true;
  try {
    if (macros.trim() === '') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, macros);
  } catch {
    macrosStored = false;
  }
  setState({ macros, macrosStored });
}

/** Reads what was kept, and follows what other tabs keep. */
export function loadMacros(): void {
  try {
    setState({ macros: localStorage.getItem(KEY) ?? '' });
  } catch {
    // Macros that cannot be read are given again; until then they stay as written.
  }
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === KEY) setState({ macros: newValue ?? '', macrosStored: true });
  });
}

/** Adds the text of a file to the reader's macros. */
export async function giveMacros(conf: string, path: string): Promise<void> {
  const found = (await askAnalysis((api) => api.macrosOf(conf)).catch(() => null))?.macros.length ?? 0;
  if (found === 0) {
    notify('error', `“${path}” holds no macros.`);
    return;
  }
  const before = getState().macros;
  setMacros(before.trim() === '' ? conf : `${before.trimEnd()}\n\n${conf}`);
  if (!getState().macrosStored) notify('error', MACROS_NOT_STORED);
  notify('info', found === 1 ? `The macro of “${path}” is now expanded.` : `${found.toLocaleString('en')} macros of “${path}” are now expanded.`, {
    action: { label: 'Undo', run: () => setMacros(before) },
  });
}

export const MACROS_NOT_STORED = 'This browser did not store the macros: they are expanded in this tab until it is closed. Keep a copy of their text.';

/** Opens the list of the reader's own macros, or closes it. */
export const showMacros = (areMacrosShown: boolean): void => setState({ areMacrosShown, expansion: null });
