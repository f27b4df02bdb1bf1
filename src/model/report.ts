import type { EventRef, Domain, Platform, Rule } from './format';
import type { Operator } from './predicate';
import type { Span } from './span';

/** One value of a comparison as people read it and the corpus counts it: derived from the exact operand. */
export interface Value {
  /** Decoded: quotes and escapes are gone, outer stars of contains / starts_with / ends_with too. An expression keeps its source text. */
  readonly text: string;
  readonly span: Span;
  readonly type: 'string' | 'number' | 'boolean' | 'null' | 'regex' | 'time' | 'field' | 'expression';
  /** Offsets in `text` of the `*` and `?` (or `%` and `_`) that are wildcards; every other star is literal. Absent: none is. */
  readonly wild?: readonly number[];
  /** The pattern with literal stars and question marks marked by a backslash, given where `text` alone could be misread. */
  readonly written?: string;
  /** Name of the let, macro or placeholder the value was folded in from. */
  readonly origin?: string;
  /** An obfuscated literal: panels mask it. */
  readonly secret?: true;
}

/** What the corpus counts: canonical field, canonical kind, lower-cased value ('' for null tests). */
export interface Triple {
  readonly field: string;
  readonly kind: Operator;
  readonly value: string;
}

/**
 * What a comparison is to its rule. `conditional`: negated inside an OR branch, shown and not counted. `threshold`: on a derived field.
 * `context`: scopes the rule (index, host.os.type, times); counted as a field only. `absent`: inside a stage that demands absence.
 */
export type Polarity = 'indicator' | 'exclusion' | 'conditional' | 'threshold' | 'context' | 'absent';

/** One comparison of a rule, as written, with what became of it. */
export interface Leaf {
  readonly field: string | null;
  /** The field with the functions around it as the rule writes them, where there are any: what a listing of predicates as written prints instead of `field`. */
  readonly written?: string;
  /** The field of the events that an earlier stage copied, renamed or wrapped to make this one: what the comparison is about. */
  readonly of?: string;
  readonly op: Operator;
  readonly values: readonly Value[];
  /** One per value, or exactly one where a test has no values; null where nothing can be counted (an expression, a keyword's place). */
  readonly triples: readonly (Triple | null)[];
  /** An odd number of `not`s stands above it. */
  readonly negated: boolean;
  readonly polarity: Polarity;
  /** Index in the analysis' stages; -1 when no stage holds it. */
  readonly stage: number;
  readonly span: Span;
  readonly caseSensitive: boolean;
  readonly every: boolean;
  readonly token: boolean;
  readonly derived: boolean;
  readonly modifiers: readonly string[];
  readonly macro: string | null;
  /** Leaves of one `not (A and B)` suppress together: the same number, shown together. */
  readonly composite: number | null;
  /** The OR branch a conditional leaf is negated in. */
  readonly branch?: Span;
}

/** One thing that two texts of a rule do not mean alike. */
export interface MeaningChange {
  /** Short, for people: "condition narrowed", "exclusion added". */
  readonly what: string;
  /** In words; '' where there was, or is, nothing of the kind. */
  readonly before: string;
  readonly after: string;
  /** What it does to what the rule finds; '' for what only describes the rule. */
  readonly matches: 'fewer events' | 'more events' | 'other events' | 'other rows' | 'not told' | '';
}

/** What one rule of a document means beside what it meant in an earlier text; no changes: the same. */
export interface RuleChanges {
  /** Its title; where it has none, which it is: "rule 2". */
  readonly name: string;
  readonly changes: readonly MeaningChange[];
}

/** An event a rule covers and what told us. */
export interface CoveredEvent extends EventRef {
  readonly from: string;
}

/** One rule with everything derived from it: what panels show, the command line prints and the catalog stores. */
export interface Report {
  readonly rule: Rule;
  readonly leaves: readonly Leaf[];
  readonly platforms: readonly Platform[];
  readonly domains: readonly Domain[];
  readonly events: readonly CoveredEvent[];
  /** The narrowest bound of the logic, as written; '' when there is none. */
  readonly timeWindow: string;
  /** Sorted, distinct. */
  readonly groupBy: readonly string[];
}
