import { CATALOG_USES, type CatalogUse } from '../model';

export type Theme = 'system' | 'light' | 'dark';

/** What a person set up; kept in this browser. */
export interface Preferences {
  readonly theme: Theme;
  /** The id of the lower panel that is open; where there is none of it, the first is. */
  readonly tab: string;
  /** Which catalogs to open. */
  readonly catalog: CatalogUse;
  /** Sizes of each group of panels, by the panels' ids, in the group's own unit. */
  readonly layouts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The guide is a strip; null: as the window has room for it. */
  readonly isGuideFolded: boolean | null;
  /** Folders of drafts that are folded, and the examples by their own name. */
  readonly folded: readonly string[];
  /** IDs of checks whose warnings and notes are not shown. */
  readonly hiddenChecks: readonly string[];
}

export const defaultPreferences: Preferences = { theme: 'system', tab: '', catalog: 'bundled', layouts: {}, isGuideFolded: null, folded: [], hiddenChecks: [] };

/** Preferences from their stored text; whatever is not as it should be falls back to its default. */
export function readPreferences(text: string | null): Preferences {
  let raw: unknown = null;
  try {
    raw = JSON.parse(text ?? 'null');
  } catch {
    return defaultPreferences;
  }
  if (typeof raw !== 'object' || raw === null) return defaultPreferences;
  const { theme, tab, catalog, layouts, isGuideFolded, folded, hiddenChecks } = raw as Readonly<Record<keyof Preferences, unknown>>;
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    tab: typeof tab === 'string' ? tab : defaultPreferences.tab,
    catalog: CATALOG_USES.find((known) => known === catalog) ?? defaultPreferences.catalog,
    layouts: isLayouts(layouts) ? layouts : {},
    isGuideFolded: typeof isGuideFolded === 'boolean' ? isGuideFolded : null,
    folded: textsIn(folded),
    hiddenChecks: textsIn(hiddenChecks),
  };
}

const textsIn = (list: unknown): readonly string[] => (Array.isArray(list) ? list.filter((text): text is string => typeof text === 'string') : []);

const isLayouts = (value: unknown): value is Preferences['layouts'] =>
  isRecord(value) && Object.values(value).every((group) => isRecord(group) && Object.values(group).every(isSize));
/** Pixels, or a share, that a pane can have. */
const isSize = (size: unknown): boolean => typeof size === 'number' && size >= 0 && size <= 10_000;
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
