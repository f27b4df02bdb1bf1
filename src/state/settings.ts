import type { CatalogUse } from '../model';
import { type Preferences, readPreferences, type Theme } from './preferences';
import { getState, setState } from './store';

export const PREFERENCES_KEY = 'rulewright.preferences';

export const setTheme = (theme: Theme): void => change({ theme });
export const setTab = (tab: string): void => change({ tab });
export const setCatalogUse = (catalog: CatalogUse): void => change({ catalog });
export const foldGuide = (isGuideFolded: boolean): void => change({ isGuideFolded });
/** Folds a folder of the rail, or opens it. */
export const fold = (name: string, isFolded: boolean): void => change({ folded: listed(getState().preferences.folded, name, isFolded) });
/** Shows the warnings and notes of a check no more, or again: in this browser, whatever the text. */
export const hideCheck = (id: string, isHidden: boolean): void => change({ hiddenChecks: listed(getState().preferences.hiddenChecks, id, isHidden) });
export const keepLayout = (group: string, layout: Readonly<Record<string, number>>): void =>
  change({ layouts: { ...getState().preferences.layouts, [group]: { ...layout } } });

const listed = (names: readonly string[], name: string, isIn: boolean): readonly string[] => [
  ...names.filter((known) => known !== name),
  ...(isIn ? [name] : []),
];

/** Takes other settings over as a whole. */
export const takePreferences = (preferences: Preferences): void => change(preferences);

/** Reads what was kept, and shows the theme. Without storage the defaults serve. */
export function loadPreferences(): void {
  setState({ preferences: readPreferences(stored()) });
  showTheme();
}

function change(part: Partial<Preferences>): void {
  setState(({ preferences }) => ({ preferences: { ...preferences, ...part } }));
  showTheme();
  try {
    localStorage.setItem(PREFERENCES_KEY, JSON.stringify(getState().preferences));
  } catch {
    // A setting that is not kept is set again; nothing to say.
  }
}

/** `data-theme` on the root says light or dark; without it the system decides. */
function showTheme(): void {
  const { theme } = getState().preferences;
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

function stored(): string | null {
  try {
    return localStorage.getItem(PREFERENCES_KEY);
  } catch {
    return null;
  }
}
