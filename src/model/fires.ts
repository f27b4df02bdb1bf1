import type { CatalogFailure, OpenProgress } from './api';
import type { CatalogUse, RuleRow } from './catalog';
import type { Event, EventFile } from './event';
import type { ReasonLine, SampleVerdict } from './samples';

/** A rule of the catalog that fired on the reader's events, or of which it cannot be told on some. */
export interface FiredRule extends RuleRow {
  /** Events that fire it, and events of which it cannot be told. */
  readonly hits: number;
  readonly undecided: number;
  /** Hits by part of the time that all hits lie in; [] where none says when it was. */
  readonly strip: readonly number[];
}

/** Why rules are not judged, with how many: they need several events, the catalog keeps no condition, these events have no names for their fields. */
interface NotJudged {
  readonly several: number;
  readonly nothing: number;
  readonly unnamed: number;
}

/** What all rules of the catalog say of the events read so far. */
export interface FiresAnswer {
  readonly events: number;
  readonly formats: readonly string[];
  /** Rules that fired or cannot be told, by number in the catalog. */
  readonly rules: readonly FiredRule[];
  readonly didNot: number;
  readonly notJudged: NotJudged;
  /** When the first and the last hit were, in milliseconds since 1970; null: no hit says. */
  readonly range: readonly [from: number, to: number] | null;
  /** What could not be read, and what a limit cut, in sentences. */
  readonly problems: readonly string[];
  readonly isStopped: boolean;
  /** Milliseconds spent judging, reading aside. */
  readonly judging: number;
}

/** How far reading has come. */
export interface FiresProgress {
  readonly file: string;
  /** Its place among the files, from 1, and how many there are. */
  readonly at: number;
  readonly of: number;
  /** Bytes of all files. */
  readonly bytes: number;
  readonly total: number;
  readonly answer: FiresAnswer;
}

/** One event that a rule fires on, or may; `at` in milliseconds since 1970. */
export interface FiredEvent {
  readonly number: number;
  readonly verdict: SampleVerdict;
  readonly at: number | null;
  readonly cells: readonly string[];
}

/** Events of one rule in reading order, with the fields it looks at as columns. */
export interface FiredEvents {
  readonly columns: readonly string[];
  readonly events: readonly FiredEvent[];
  /** How many there are; of very many only the first are kept. */
  readonly total: number;
}

/** One event, with why the rule says what it says of it. */
export interface FiredOpened {
  readonly event: Event;
  readonly lines: readonly ReasonLine[];
}

/** What the thread is asked that runs every rule of the catalog over the reader's events. Events go there and nowhere else. */
export interface FiresApi {
  /** Reads the rules; null: they are there. */
  open(manifest: string, use: CatalogUse, onProgress: (progress: OpenProgress) => void): Promise<CatalogFailure | null>;
  /** Reads files beside what was read before, and judges their events. */
  run(files: readonly EventFile[], onProgress: (progress: FiresProgress) => void): Promise<FiresAnswer>;
  /** Stops reading; what was found stays. */
  stop(): void;
  forget(): void;
  events(rule: number): FiredEvents;
  event(rule: number, number: number): FiredOpened | null;
  /** The events of a rule that are kept, in reading order. */
  hits(rule: number): readonly Event[];
}
