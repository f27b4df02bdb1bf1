import type { Event, Rule, Span, Taxonomy } from '../model';
import type { Bag } from './value';

/** A column of a result; `type` as its language calls it, '' where it has none. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/** Rows under named columns. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Bag[];
  /** What the query calls it. */
  readonly name?: string;
  /** The query names all of its columns: there are no others. */
  readonly isClosed?: true;
  /** Its rows stand in an order that the query asked for. */
  readonly isOrdered?: true;
  /** Columns whose values are of one row that was taken among several. */
  readonly chosen?: readonly string[];
}

/** An enrich policy: a table, the field it is matched by, and what it adds. */
export interface Policy {
  readonly table: Table;
  readonly matchField: string;
  readonly type: string;
  readonly fields: readonly string[];
}

/** What rules are run on. */
export interface Given {
  readonly events: readonly Event[];
  /** Tables, indexes and lookups by name, beside the events. */
  readonly tables: ReadonlyMap<string, Table>;
  readonly policies: ReadonlyMap<string, Policy>;
  /** Types of fields by name; `*`: of the rest. */
  readonly types: ReadonlyMap<string, string>;
  /** Whose names the events have; null: as the rule's. */
  readonly names: Taxonomy | null;
  readonly own?: ReadonlyMap<string, string>;
  /** Judge a detection alone, whatever its log source says. */
  readonly ignoreLogsource: boolean;
  /** The moment queries run at, nanoseconds since 1970. */
  readonly now: bigint;
  /** Rules that others name, and filters. */
  readonly rules: readonly Rule[];
}

/** A part that is not covered, or not read. */
export interface Refusal {
  readonly span: Span;
  readonly why: string;
}

/** How many events or rows meet a stage. */
export interface StageCount {
  /** The stage's place. */
  readonly span: Span;
  /** What reaches it from the stages before; null: it is asked of every event by itself. */
  readonly before: number | null;
  readonly after: number;
  /** Of a rule whose condition asks for one part after the other: for how many events it and all parts before it say what they must. */
  readonly left?: number;
  /** Events of which it cannot be told. */
  readonly undecided: number;
}

/** What a rule gives. Events by their number in reading order. */
export interface Answer {
  readonly verdict: 'rows' | 'events' | 'refused';
  readonly matches: readonly number[];
  readonly undecided: readonly number[];
  /** Matches of several events; null in the slot of an event that must not be there. */
  readonly sequences?: readonly (readonly (number | null)[])[];
  /** What the events of each of `sequences` have in common. */
  readonly groups?: readonly Bag[];
  readonly table?: Table;
  /** Of a pipeline: what reaches and leaves each of its stages, up to one that is refused. */
  readonly stages?: readonly StageCount[];
  readonly refused: readonly Refusal[];
  /** Fields of the rule that the events call otherwise. */
  readonly joined: readonly { readonly rule: string; readonly event: string }[];
  /** In how the text leaves it open, the reading that was taken. */
  readonly readings?: readonly string[];
}

export const refusal = (span: Span, why: string): Answer => ({ verdict: 'refused', matches: [], undecided: [], refused: [{ span, why }], joined: [] });

export type Engine = (rule: Rule, given: Given) => Answer;
