import type { MadeEvents, SampleFilter, SampleOpened, Mend, SampleRows, SamplesCounted, SamplesJudged, SamplesRead, TestOutcome } from '../model';

/** The reader's events, what the draft says of them, and the one that is chosen. */
export interface SamplesState {
  readonly read: SamplesRead | null;
  /** Events read so far, while files are being read; null: none are. */
  readonly reading: number | null;
  /** With the text it is about: its places are in that. */
  readonly judged: (SamplesJudged & { readonly about: string }) | null;
  /** Follows what is judged, with the text it is about. */
  readonly counted: (SamplesCounted & { readonly about: string }) | null;
  readonly filter: SampleFilter;
  /** The stage of a document, by its row's key, of which the rows that leave it are shown. */
  readonly stage: { readonly doc: string; readonly key: string } | null;
  /** The draft's tests stand in place of the samples. */
  readonly isTests: boolean;
  readonly rows: SampleRows;
  readonly chosen: number | null;
  /** What would make the chosen one match; it follows what is opened. */
  readonly mends: { readonly of: SampleOpened; readonly list: readonly Mend[] } | null;
  /** The chosen one is shown whole, in place of the table. */
  readonly isOpen: boolean;
  readonly opened: (SampleOpened & { readonly about: string }) | null;
  /** What was made of the draft last, with the text it was made of; null: nothing, or it is not among the samples any more. */
  readonly made: (MadeEvents & { readonly about: string }) | null;
  /** Events are being made. */
  readonly isMaking: boolean;
  /** The samples are those that ship with the example that is open as this document; '' where they are the reader's. */
  readonly ofExample: string;
  /** Why there is no verdict, in a sentence. */
  readonly trouble: string | null;
}

export const NO_SAMPLES: SamplesState = {
  read: null,
  reading: null,
  judged: null,
  counted: null,
  filter: { only: null, find: '' },
  stage: null,
  isTests: false,
  rows: { total: 0, rows: [] },
  chosen: null,
  mends: null,
  isOpen: false,
  opened: null,
  made: null,
  isMaking: false,
  ofExample: '',
  trouble: null,
};

/** What became of the open document's tests; those that are not judged yet are missing. */
export interface TestsState {
  readonly outcomes: readonly TestOutcome[];
  /** Why there are none, in a sentence. */
  readonly trouble: string | null;
}

export const NO_TESTS: TestsState = { outcomes: [], trouble: null };
