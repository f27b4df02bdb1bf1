import type { Diagnostic } from './diagnostic';
import type { ColumnRef, Operand } from './operand';
import type { Operation } from './operation';
import type { Predicate } from './predicate';
import type { Span } from './span';
import type { Token } from './token';

/** What a stage does to events; the eight that all languages share. Panels use the role, people read the kind. */
export type Role = 'source' | 'filter' | 'derive' | 'aggregate' | 'sequence' | 'combine' | 'shape' | 'unread';

/** A named setting of a stage or a query, such as "New terms" or "maxspan"; `value` as people read it. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

/** A field a stage makes: its name and the expression it comes from. */
export interface DerivedField {
  readonly name: string;
  readonly span: Span;
  readonly expression: Span;
}

/** A pipeline inside a stage: a join's or union's side, a subsearch, a let-bound query. */
export interface Branch {
  readonly name: string;
  readonly span: Span;
  readonly stages: readonly Stage[];
}

export interface Stage {
  /** The language's word, aliases folded as the language's page says (`bin` is shown as `bucket`). */
  readonly kind: string;
  readonly role: Role;
  /** Its text is `text.slice(span.start, span.end)`. Stages of one pipeline stand in order and do not overlap, but for Sigma's `condition`, which comes first. */
  readonly span: Span;
  /** Its text where the container writes it in another way (folded lines, doubled quotes); absent: the slice of its span. */
  readonly text?: string;
  /** Shown beside the kind: a search identifier's name, an EQL item's `by` fields. */
  readonly label?: string;
  /** What it does, exactly and in order. Absent where the stage does nothing of its own (Sigma's selections, which the condition names). */
  readonly operations?: readonly Operation[];
  /** What the stage demands of events: all its filters together. The same test objects stand in `Analysis.predicate`: a test's stage is found by identity. */
  readonly predicate?: Predicate;
  /** `absent`: the stage demands that no such event exists (EQL `![…]`, `until`, an anti join). Its tests are negative evidence. */
  readonly evidence?: 'absent';
  readonly derives?: readonly DerivedField[];
  readonly groupBy?: readonly ColumnRef[];
  readonly parameters?: readonly Parameter[];
  readonly branches?: readonly Branch[];
}

/** A word of a search. `text` as people read it: with quotes where the source has quotes. */
export interface SearchTerm {
  /** Index in `Analysis.stages`. */
  readonly stage: number;
  readonly text: string;
  readonly span: Span;
  /** An odd number of `not`s stands above it. */
  readonly negated: boolean;
  /** A `TERM(field=value)`: it stands in the predicate as a test too. */
  readonly asTest?: true;
}

/** A let statement or its like, shown apart from the pipeline. */
export interface Binding {
  readonly name: string;
  readonly kind: 'scalar' | 'list' | 'query' | 'function';
  readonly span: Span;
  /** Source text for scalars and lists; empty for queries. */
  readonly value: string;
  /** What a scalar or list stands for. */
  readonly of?: Operand;
  readonly stages?: readonly Stage[];
}

/** A field the alert carries and where it comes from (a column, an expression's text). */
export interface OutputField {
  readonly name: string;
  readonly source: string;
  readonly span: Span;
  /** Used by entity mapping or custom details. */
  readonly used?: true;
}

/** Times are kept apart: see the rule model. `text` as written, such as `10m`. */
export interface TimeBound {
  readonly kind: 'look-back' | 'schedule' | 'bin' | 'maxspan' | 'timespan' | 'history';
  readonly text: string;
  readonly span: Span;
}

/** A table, index pattern or data model the query reads. */
export interface Source {
  readonly name: string;
  readonly span: Span;
}

/** The whole answer of a language about one query: plain data, spans in the text that was analysed. */
export interface Analysis {
  readonly language: string;
  readonly tokens: readonly Token[];
  readonly sources: readonly Source[];
  readonly stages: readonly Stage[];
  /** Everything the rule demands of its events, resolved over all stages and branches. */
  readonly predicate: Predicate;
  readonly terms: readonly SearchTerm[];
  readonly bindings: readonly Binding[];
  readonly outputs: readonly OutputField[];
  readonly groupBy: readonly string[];
  readonly times: readonly TimeBound[];
  readonly diagnostics: readonly Diagnostic[];
}
