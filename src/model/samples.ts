import type { Event } from './event';
import type { Span } from './span';

/** What a rule says of an event. */
export type SampleVerdict = 'matches' | 'does-not' | 'cannot-tell';
export const SAMPLE_VERDICTS = ['matches', 'does-not', 'cannot-tell'] as const satisfies readonly SampleVerdict[];

/** The reader's events, held in their thread. */
export interface SamplesRead {
  readonly events: number;
  /** What they were read from: "NDJSON", "EVTX". */
  readonly format: string;
  /** What could not be read, each a sentence, and what a limit cut. */
  readonly problems: readonly string[];
}

/** A comparison of the rule for the chosen event; `seen` null: the event has no such value. */
export interface SampleTest {
  readonly span: Span;
  readonly verdict: SampleVerdict;
  readonly seen: string | null;
  readonly why: string | null;
}

/** What one rule says of all samples. */
export interface SamplesJudged {
  /** By number of event: the place of its verdict in SAMPLE_VERDICTS; null where the rule is not judged by single events. */
  readonly verdicts: Uint8Array | null;
  readonly counts: Readonly<Record<SampleVerdict, number>>;
  /** Fields of the rule, as the events call them, and the columns of the table. */
  readonly columns: readonly string[];
  readonly joined: readonly { readonly rule: string; readonly event: string }[];
  /** Matches of several events. */
  readonly sequences: readonly (readonly (number | null)[])[];
  /** What a pipeline ends in, its first rows. */
  readonly table: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[]; readonly total: number } | null;
  /** When the result's rows, or the first events of the sequences, were; null where nothing says. */
  readonly strip: { readonly from: number; readonly to: number; readonly parts: readonly number[] } | null;
  /** By place of the stage: what reaches it (null: it is asked of every event by itself), what leaves it, and of what it cannot be told. */
  readonly stages: readonly { readonly span: Span; readonly before: number | null; readonly after: number; readonly undecided: number }[];
  readonly refused: readonly { readonly span: Span; readonly why: string }[];
}

/** One line of the table of samples. */
export interface SampleRow {
  readonly number: number;
  readonly verdict: SampleVerdict | null;
  readonly cells: readonly string[];
}

/** One sample, opened. */
export interface SampleOpened {
  readonly number: number;
  readonly event: Event;
  readonly verdict: SampleVerdict | null;
  readonly tests: readonly SampleTest[];
}

/** What the samples' thread is asked. Events go there and nowhere else. */
export interface SamplesApi {
  /** Reads files in place of what was read before; `onRead` hears how many events there are so far. */
  read(files: readonly { readonly name: string; readonly bytes: Uint8Array }[], onRead: (events: number) => void): Promise<SamplesRead>;
  forget(): void;
  judge(request: {
    readonly text: string;
    readonly format: string;
    readonly path: string;
    readonly macros: string;
    readonly index: number;
  }): SamplesJudged | null;
  /** Samples with this verdict, in the order read; null: all. As the last judged rule says. */
  rows(verdict: SampleVerdict | null, offset: number, limit: number): { readonly total: number; readonly rows: readonly SampleRow[] };
  open(number: number): SampleOpened | null;
}
