import type { Span } from './span';

/** Kinds of comparison, as written. A negation is the tree's, never the kind's. */
export const OPERATORS = [
  'eq',
  'in',
  'contains',
  'starts_with',
  'ends_with',
  'wildcard',
  'regex_match',
  'match',
  'like',
  'cidr_match',
  'gt',
  'ge',
  'lt',
  'le',
  'between',
  'is_null',
  'is_not_null',
  'field_eq',
  'keyword',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** A field as a rule names it. */
export interface FieldRef {
  /** Dotted path as written, a data-model prefix (`Processes.`) cut, quotes and brackets resolved: `x["k"].z` is `x.k.z`. */
  readonly name: string;
  readonly span: Span;
  /** Made by an earlier stage (stats, eval, summarize, extend, a correlation's count): comparisons on it are thresholds. */
  readonly derived?: true;
  /** Functions around the field, outermost first: `tolower(tostring(x))` has `['tolower', 'tostring']`. */
  readonly transforms?: readonly string[];
  /** The column of the events that an earlier stage copied, renamed or wrapped to make this one (`extend User = tolower(AccountName)`). */
  readonly of?: string;
  /** The field with the functions around it as the rule writes them (`tolower(CommandLine)`); absent where it stands alone. */
  readonly written?: string;
}

export interface Value {
  /** Decoded: quotes and escapes are gone, outer stars of contains / starts_with / ends_with too. A list given by a subquery or a number expression keeps its source text. */
  readonly text: string;
  readonly span: Span;
  readonly type: 'string' | 'number' | 'boolean' | 'null' | 'regex' | 'time' | 'field' | 'expression';
  /** Offsets in `text` of the `*` and `?` that are wildcards; every other star is literal. Absent: none is. */
  readonly wild?: readonly number[];
  /** The pattern as its language writes it, given where `text` and stars alone could be misread: a literal star, a backslash before a wildcard. */
  readonly written?: string;
  /** Name of the let, macro or placeholder the value was folded in from. */
  readonly origin?: string;
  /** An obfuscated literal (`h'…'`): panels mask it. */
  readonly secret?: true;
}

/** Every branch must hold. An empty `of` is true. */
export interface All {
  readonly kind: 'all';
  readonly span: Span;
  readonly of: readonly Predicate[];
}
/** One branch must hold. An empty `of` is false. */
export interface AnyOf {
  readonly kind: 'any';
  readonly span: Span;
  readonly of: readonly Predicate[];
}
export interface Not {
  readonly kind: 'not';
  readonly span: Span;
  readonly of: Predicate;
}
/** One comparison. `is_null` and `is_not_null` have no values, but for what Sigma writes to say it (`null`, `*`); `between` has two; `field_eq` has one of type `field`; `keyword` has no field. */
export interface Test {
  readonly kind: 'test';
  readonly span: Span;
  /** Null: the whole event (Sigma keywords, free text). */
  readonly field: FieldRef | null;
  readonly op: Operator;
  readonly values: readonly Value[];
  readonly caseSensitive: boolean;
  /** All values must hold (`has_all`), not one of them. */
  readonly every?: true;
  /** Matches whole tokens (Kusto `has`, Splunk terms), not any substring. */
  readonly token?: true;
  /** Regex flags other than i, or a modifier chain that changes the value (`base64offset`, `windash`), as written. */
  readonly modifiers?: readonly string[];
  /** The macro whose expansion added this. */
  readonly macro?: string;
}
/** What we do not model, or could not parse: kept with its place. */
export interface Opaque {
  readonly kind: 'opaque';
  readonly span: Span;
  readonly reason: 'unmodelled' | 'syntax-error';
  /** What it is, in a few words, for the panels: "subsearch", "function call". */
  readonly note?: string;
}
export type Predicate = All | AnyOf | Not | Test | Opaque;
