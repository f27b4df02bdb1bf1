import type { SampleOpened, SampleRow, SamplesJudged, SamplesRead, SampleVerdict } from '../model';

/** The reader's events, what the draft says of them, and the one that is chosen. */
export interface SamplesState {
  readonly read: SamplesRead | null;
  /** Events read so far, while files are being read; null: none are. */
  readonly reading: number | null;
  /** With the text it is about: its places are in that. */
  readonly judged: (SamplesJudged & { readonly about: string }) | null;
  readonly filter: SampleVerdict | null;
  readonly rows: { readonly total: number; readonly rows: readonly SampleRow[] };
  readonly chosen: number | null;
  readonly opened: (SampleOpened & { readonly about: string }) | null;
  /** Why there is no verdict, in a sentence. */
  readonly trouble: string | null;
}

export const NO_SAMPLES: SamplesState = {
  read: null,
  reading: null,
  judged: null,
  filter: null,
  rows: { total: 0, rows: [] },
  chosen: null,
  opened: null,
  trouble: null,
};
