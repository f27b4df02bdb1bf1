import { create } from 'zustand';
import type { GuideFilters, Registry, Relations, Span, TripleReach } from '../model';
import { type AnalysisState, type Expanded, NO_ANALYSIS } from './analysis-state';
import type { CatalogState, GuideAnswer, OwnBuild } from './catalog-state';
import { BLANK, type Cursor, type Doc, type Draft, type Example, START } from './drafts/document';
import { defaultPreferences, type Preferences } from './preferences';
import { type ConversionState, NO_CONVERSION } from './conversion-state';
import type { StorageState } from './drafts/storage';
import { type FiresState, NO_FIRES } from './fires-state';
import { NO_SAMPLES, NO_TESTS, type SamplesState, type TestsState } from './samples-state';

/** A toast: what happened and what can be done about it. */
export interface Notice {
  readonly id: number;
  readonly kind: 'info' | 'error';
  readonly text: string;
  /** Stays until it is answered: for losing data, and nothing else. */
  readonly sticky: boolean;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

/** What has the window where there is room for one thing: the text, what it says, the guide, the drafts. */
export type View = 'text' | 'rule' | 'guide' | 'drafts';

/** Everything the app holds: first what a person did, then what was derived from it, each answer beside the revision it answers. */
export interface State {
  /** What is in the editor. */
  readonly doc: Doc;
  readonly cursor: Cursor;
  /** Places in the text that a panel points at, while it does. */
  readonly hovered: readonly Span[] | null;
  /** Stored drafts, the last changed first. */
  readonly drafts: readonly Draft[];
  /** Documents opened from a link and not kept; they live in this tab only. */
  readonly shared: readonly Doc[];
  readonly examples: readonly Example[];
  /** The technique picked by hand; null: the guide follows the draft's tags. */
  readonly picked: string | null;
  readonly filters: GuideFilters;
  /** Which of the filters were chosen by hand; the others follow the draft. */
  readonly chosen: { readonly platforms: boolean; readonly domains: boolean };
  /** Search macros the reader gave, as the text of a macros.conf. */
  readonly macros: string;
  /** Its list is open to be changed. */
  readonly areMacrosShown: boolean;
  /** The list of catalogs is open. */
  readonly areCatalogsShown: boolean;
  readonly view: View;
  /** Earlier texts of the open draft are shown. */
  readonly isHistoryShown: boolean;
  readonly preferences: Preferences;
  /** Tab leaves the editor instead of indenting. */
  readonly tabFree: boolean;

  /** Formats and languages; null until the analysis worker has answered once. */
  readonly registry: Registry | null;
  readonly analysis: AnalysisState;
  readonly catalog: CatalogState;
  readonly ownBuild: OwnBuild | null;
  readonly guide: GuideAnswer | null;
  /** By `keyOf(triple)`; what is missing here is not known yet. */
  readonly reach: ReadonlyMap<string, TripleReach>;
  /** How the catalog stands to the draft; null until it is known. */
  readonly relations: Relations | null;
  /** The rule in another language. */
  readonly conversion: ConversionState;
  /** The reader's events and what the draft says of them. */
  readonly samples: SamplesState;
  /** The reader's logs and what every rule of the catalog says of them. */
  readonly fires: FiresState;
  /** What became of the tests kept with the open document. */
  readonly tests: TestsState;
  /** What goes into a link is being chosen. */
  readonly isSharing: boolean;
  /** The query with its macros written out, while it is shown. */
  readonly expansion: Expanded | null;
  readonly storage: StorageState;
  /** The reader's macros reached this browser's storage. */
  readonly macrosStored: boolean;
  readonly notices: readonly Notice[];
}

export const NO_FILTERS: GuideFilters = { platforms: [], domains: [], vendors: [], subTechniques: true, unsettled: false };

export const NOTHING_CHOSEN = { platforms: false, domains: false };

export const initialState: State = {
  doc: BLANK,
  cursor: START,
  hovered: null,
  drafts: [],
  shared: [],
  examples: [],
  picked: null,
  filters: NO_FILTERS,
  chosen: NOTHING_CHOSEN,
  macros: '',
  areMacrosShown: false,
  areCatalogsShown: false,
  isHistoryShown: false,
  view: 'text',
  preferences: defaultPreferences,
  tabFree: false,
  registry: null,
  analysis: NO_ANALYSIS,
  catalog: { kind: 'closed' },
  ownBuild: null,
  guide: null,
  reach: new Map(),
  relations: null,
  conversion: NO_CONVERSION,
  samples: NO_SAMPLES,
  fires: NO_FIRES,
  tests: NO_TESTS,
  isSharing: false,
  expansion: null,
  storage: { kind: 'starting' },
  macrosStored: true,
  notices: [],
};

/** The one store; screens read it with a selector, actions are functions of the files beside this one. */
export const useStore = create<State>()(() => initialState);
export const getState = useStore.getState;
export const setState = useStore.setState;
