import type { FieldRef, Operand, Unread } from './operand';
import type { Span } from './span';

/** Kinds of comparison as people read and the corpus counts them. A negation is the tree's, never the kind's. `term`: a word of a search that only searches. */
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
  'term',
] as const;
export type Operator = (typeof OPERATORS)[number];

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

/**
 * What decides a comparison. `equals`: the value is the literal, or fits the glob. `regex`, `cidr`: it matches, lies in the network.
 * `token`: one of its words is the value (or fits the glob, for the beginning or end of a word). `less` … `between` (both ends included): its order.
 * `exists`, `absent`: there is a value, or none; `filled`, `empty`: the same where an empty text is no value either.
 */
export type Compare =
  'equals' | 'regex' | 'cidr' | 'token' | 'less' | 'at-most' | 'greater' | 'at-least' | 'between' | 'exists' | 'absent' | 'filled' | 'empty';

/** What a comparison gives where its left side has no value: SPL's `f=x` is false (so `NOT f=x` holds), in `f!=x` it is true (so the negation does not); ES|QL and EQL give null. */
export type Missing = 'false' | 'true' | 'unknown';

/** One comparison, with everything that decides it. */
export interface Test {
  readonly kind: 'test';
  readonly span: Span;
  /** What is compared: a field, or a function of fields. Null: the whole event (keywords, words of a search). */
  readonly left: Operand | null;
  readonly compare: Compare;
  /** One of them must fit. None for `exists` and its kin, but for what a language writes to say it (Sigma's `null`, `*`); two for `between`. */
  readonly values: readonly Operand[];
  /** All values must fit (`has_all`), not one of them. */
  readonly every?: true;
  /** Of a field with several values all must fit, not any: SPL's `f!=x` is `not` over this. */
  readonly over?: 'all';
  readonly case: 'exact' | 'fold';
  readonly missing: Missing;
  /** The kind as written. */
  readonly word: Operator;
  /** Where the operator or function stands; absent where only the places of field and value say it. */
  readonly operator?: Span;
  /** What the language's words for it say beside the kind, as written (`base64offset`, `windash`, `hasprefix`, regex flags). Their meaning is in the operands. */
  readonly modifiers?: readonly string[];
  /** The macro whose expansion added this. */
  readonly macro?: string;
}

export type Predicate = All | AnyOf | Not | Test | Unread;

/** A list of sides that must be equal, and their names on the other side: `on $left.a == $right.b`. */
export interface Equality {
  readonly left: FieldRef;
  readonly right: FieldRef;
}
