import type { Comparison, ConversionWish } from './conversion';
import type { Fix } from './diagnostic';
import type { Event, EventFile } from './event';
import type { EventRule } from './event-rule';
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

/** A place where a rule fails for an event. */
export interface FailingPart {
  readonly span: Span;
  /** What the rule calls the part it stands in; '' where it has no name. */
  readonly name: string;
  /** It is true, and must not be. */
  readonly isExcluded: boolean;
  /** It cannot be told. */
  readonly isUnknown: boolean;
}

/** One part of a rule for one event, in the order of its text; `depth` is how deep it stands. */
export interface ReasonLine {
  readonly depth: number;
  readonly verdict: SampleVerdict;
  /** `source`: what the rule reads; `test`: a comparison. */
  readonly kind: 'source' | 'all' | 'any' | 'not' | 'test' | 'unread';
  /** What the rule calls the part; '' where it has no name. */
  readonly name: string;
  /** It stands where the rule fails. */
  readonly decides: boolean;
  readonly field: string;
  readonly word: string;
  /** Its first values. */
  readonly values: readonly string[];
  readonly more: number;
  /** Null: the event has no such value. */
  readonly seen: string | null;
  readonly why: string | null;
}

/** What is looked at of the samples: those with a verdict, those that fail at one part only, those in which a text stands; null: all. */
export interface SampleFilter {
  readonly only: SampleVerdict | 'one-part' | null;
  readonly find: string;
}

/** What one rule says of all samples. */
export interface SamplesJudged {
  /** By number of event: the place of its verdict in SAMPLE_VERDICTS; null where the rule is not judged by single events. */
  readonly verdicts: Uint8Array | null;
  readonly counts: Readonly<Record<SampleVerdict, number>>;
  /** Fields of the rule, as the events call them, and the columns of the table. */
  readonly columns: readonly string[];
  readonly joined: readonly { readonly rule: string; readonly event: string }[];
  /** How what the text leaves open was taken. */
  readonly readings: readonly string[];
  /** Matches of several events. */
  readonly sequences: readonly (readonly (number | null)[])[];
  /** What a pipeline ends in. */
  readonly table: SampleTable | null;
  /** When the result's rows, or the first events of the sequences, were; null where nothing says. */
  readonly strip: SampleStrip | null;
  readonly refused: readonly { readonly span: Span; readonly why: string }[];
  /** How long judging them all took, in milliseconds. */
  readonly ms: number;
}

/** How many samples meet a stage. */
export interface SampleStage {
  readonly span: Span;
  /** What reaches it; null: it is asked of every event by itself. */
  readonly before: number | null;
  readonly after: number;
  /** What it and those before it leave; null: they do not follow one another. */
  readonly left: number | null;
  /** Of how many it cannot be told. */
  readonly undecided: number;
}

/** What is counted of all samples beyond their verdicts. */
export interface SamplesCounted {
  readonly stages: readonly SampleStage[];
  /** Samples that fail at one part only; null: not counted. */
  readonly onePart: number | null;
}

/** Rows of a pipeline, the first ones, as text. */
export interface SampleTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly total: number;
}

/** Counts in equal parts of the time between two moments, in milliseconds since 1970. */
export interface SampleStrip {
  readonly from: number;
  readonly to: number;
  readonly parts: readonly number[];
  /** The part in which each of the rows lies that are shown; null: it says no time. */
  readonly of: readonly (number | null)[];
}

/** What leaves a stage of a pipeline; `more`: columns beside those shown. */
export interface StageRows extends SampleTable {
  readonly more: number;
  readonly strip: SampleStrip | null;
}

/** What an event is that was made here. `match`: the rule fires on it; `near`: it meets all conditions but the one that `condition` says. */
export type Made = { readonly kind: 'match' } | { readonly kind: 'near'; readonly condition: string };

/** Events made of a rule, the ones that fire it and near misses, all judged; or why there are none. */
export type MadeEvents =
  | {
      readonly events: readonly Event[];
      readonly misses: readonly { readonly condition: string; readonly events: readonly Event[] }[];
      /** Conditions for which no near miss was found. */
      readonly without: readonly { readonly condition: string; readonly why: string }[];
      readonly withheld?: never;
    }
  | { readonly withheld: string };

/** An event made of a draft that it matches and a rule does not, or the other way round, judged by both; `condition`: the draft's that fails. */
export interface Parting {
  readonly matches: 'draft' | 'rule';
  readonly event: Event;
  readonly condition: string | null;
}

/** Events kept with a draft, with what the rule must say of them. */
export interface KeptTest {
  readonly id: string;
  readonly name: string;
  /** The rule must match; false: it must not. */
  readonly mustMatch: boolean;
  /** Several where one match is made of several. */
  readonly events: readonly Event[];
  /** The rule's ID or title, where its document may hold several; '' for the one there is. */
  readonly about: string;
  /** When it was kept, in milliseconds since 1970: what a rule asks of time is asked at that moment. */
  readonly at: number;
}

/** What became of a test: `why` null, it holds. */
export interface TestOutcome {
  readonly id: string;
  readonly why: string | null;
}

/** Tests read from files, each with the rule it is about, by ID or file name. */
export interface TestsRead {
  readonly tests: readonly (Omit<KeptTest, 'id' | 'at'> & { readonly rule: string; readonly file: string; readonly at: number | null })[];
  /** What could not be taken, each a sentence. */
  readonly problems: readonly string[];
}

/** A rule of a text, as it is to be judged. */
export interface SamplesQuestion {
  readonly text: string;
  readonly format: string;
  readonly path: string;
  /** The reader's own, as a `macros.conf`. */
  readonly macros: string;
  readonly index: number;
}

/** One line of the table of samples. */
export interface SampleRow {
  readonly number: number;
  /** Absent: it is the reader's own event. */
  readonly made?: Made;
  readonly verdict: SampleVerdict | null;
  /** Where it fails first, and at how many places more; null: nowhere, or its parts are not judged one by one. */
  readonly fails: { readonly part: string; readonly more: number } | null;
  /** When it happened, in milliseconds since 1970; null where nothing says. */
  readonly at: number | null;
  /** The test that keeps it, by ID; null: none does. */
  readonly test: string | null;
  readonly cells: readonly string[];
}

export interface SampleRows {
  readonly total: number;
  readonly rows: readonly SampleRow[];
}

/** A field that the rule reads of a sample. */
export interface SampleField {
  /** As the rule calls it. */
  readonly name: string;
  /** As the event calls it, where that is another name; ''. */
  readonly own: string;
  /** Null: the event has none. */
  readonly value: string | null;
}

/** One sample, opened. */
export interface SampleOpened {
  readonly number: number;
  readonly made?: Made;
  readonly event: Event;
  readonly verdict: SampleVerdict | null;
  readonly tests: readonly SampleTest[];
  readonly fields: readonly SampleField[];
  /** Every part of the rule. */
  readonly lines: readonly ReasonLine[];
  /** Where it fails. */
  readonly failing: readonly FailingPart[];
  /** Other samples that fail there and nowhere else, where it fails at one part only; null: not counted. */
  readonly alike: number | null;
}

/** An edit with which a rule matches a sample that it did not, and still all those that it did, judged; `changes`: how many verdicts it changes. */
export interface Mend extends Fix {
  readonly changes: number;
}

/** What the samples' thread is asked. Events go there and nowhere else. */
export interface SamplesApi {
  /** Reads files in place of what was read before; `onRead` hears how many events there are so far. */
  read(files: readonly EventFile[], onRead: (events: number) => void): Promise<SamplesRead>;
  /** Stops reading; what was read by then stays. */
  stop(): void;
  forget(): void;
  judge(question: SamplesQuestion): SamplesJudged | null;
  /** Makes events of the rule and puts those that stand alone beside the samples, in place of any made before. */
  make(question: SamplesQuestion): { readonly made: MadeEvents; readonly read: SamplesRead } | null;
  /** Events that the rule matches and another does not, or the other way round. */
  part(question: SamplesQuestion, other: EventRule): readonly Parting[];
  /** What the rule and its text in another language say of the tests, of events made of it, and of the samples; null where there is no such rule. */
  compare(question: SamplesQuestion, wish: ConversionWish, tests: readonly KeptTest[]): Promise<Comparison | null>;
  /** What becomes of tests under the text as it is. */
  judgeTests(question: Omit<SamplesQuestion, 'index'>, tests: readonly KeptTest[]): readonly TestOutcome[];
  /** Tests of files: our own, and SigmaHQ's with the files of their events. */
  testsIn(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Promise<TestsRead>;
  /** Samples in the order read, as the last judged rule says. */
  rows(filter: SampleFilter, tests: readonly KeptTest[], offset: number, limit: number): SampleRows;
  /** Counts under the last judged rule: the verdicts and the rows do not wait for them. */
  count(): SamplesCounted | null;
  open(number: number): SampleOpened | null;
  /** Edits of the last judged text with which it matches a sample and keeps what it matches and what tests hold, those that change least first. */
  mend(number: number, tests: readonly KeptTest[]): readonly Mend[];
  /** What leaves a stage of the last judged rule, by the stage's place; null: it is no pipeline, or not covered up to there. */
  stage(at: number): StageRows | null;
  /** The same rows, or those of the result (`at` null), whole, as RFC 4180 has them; `rows` of `total`, as many as a clipboard takes. */
  csv(at: number | null): { readonly text: string; readonly rows: number; readonly total: number } | null;
}
