import type { Span } from './span';

/** A field or column by name. */
export interface ColumnRef {
  /** Dotted path as written, a data-model prefix (`Processes.`) cut, quotes and brackets resolved: `x["k"].z` is `x.k.z`. */
  readonly name: string;
  readonly span: Span;
  /** Made by an earlier stage (stats, eval, summarize, extend, a correlation's count): comparisons on it are thresholds. */
  readonly derived?: true;
  /** The column of the events that an earlier stage copied, renamed or wrapped to make this one (`extend User = tolower(AccountName)`). */
  readonly of?: string;
  /** An earlier stage calculated it of what events hold, by more than a copy or a wrapping: no field of theirs has these values (`extend Part = substring(Path, 3)`). */
  readonly made?: true;
  /** One member of a list, each of which an earlier stage has made a row of: two comparisons may be about two members. */
  readonly member?: true;
  /** The name that all families of fields share, where whoever made this has looked it up in the field table. */
  readonly canonical?: string;
}

/** A field of the event, or a column an earlier stage left. */
export interface FieldRef extends ColumnRef {
  readonly kind: 'field';
  /** Offsets in `name` of stars that stand for any run of characters: any field whose name fits is meant (kuery's `host.*: x`). */
  readonly wild?: readonly number[];
}

/** A value that stands in the rule. */
export interface Literal {
  readonly kind: 'literal';
  readonly span: Span;
  readonly type: 'string' | 'number' | 'boolean' | 'null';
  /** Decoded: quotes and escapes are gone; numbers and truth values as written. */
  readonly text: string;
  /** The type its language writes beside it: `real(3)`, `int(null)`. */
  readonly as?: string;
  /** Where a field is analysed text any of its words will do, in any order: several words that kuery or Lucene has without quotes. Absent: they follow each other. */
  readonly words?: true;
  /** Name of the let, macro or placeholder the value was folded in from. */
  readonly origin?: string;
  /** An obfuscated literal (`h'…'`): panels mask it. */
  readonly secret?: true;
}

/** A stretch of plain text, any run of characters (also none), one character, or a text that only the event knows (`a contains b`). */
export type GlobPart = { readonly text: string } | 'any-run' | 'any-char' | { readonly of: Operand };

/** A text with wildcards; `contains`, `starts_with` … are what a glob is classified as. Never two texts, nor two runs, side by side. */
export interface Glob {
  readonly kind: 'glob';
  readonly span: Span;
  readonly parts: readonly GlobPart[];
  /** `%` and `_` are how its language writes wildcards; absent: `*` and `?`. */
  readonly letters?: 'percent';
  /** As its language writes it, given where stars in its text could be misread. */
  readonly written?: string;
  readonly origin?: string;
  readonly secret?: true;
}

/** Whose rules a regular expression follows: they differ in anchors, classes, case and what is allowed at all. */
export const REGEX_DIALECTS = ['pcre', 're2', 'lucene', 'python', 'java', 'dotnet'] as const;
export type RegexDialect = (typeof REGEX_DIALECTS)[number];

export interface Regex {
  readonly kind: 'regex';
  readonly span: Span;
  /** The pattern, the host language's escapes undone. */
  readonly text: string;
  readonly dialect: RegexDialect;
  /** Flags given beside the pattern (`i`, `m`, `s`), sorted; those inside it (`(?i)`) stay there. */
  readonly flags: string;
  /** The whole value must fit (Lucene), not a part of it. */
  readonly whole?: true;
  /** As the rule writes it, where that differs: how people read it and the corpus counts it. */
  readonly written?: string;
  readonly origin?: string;
}

/** A point in time or a length of time, as written without its type's name and brackets: `7d`, `2024-01-01`, `now-1h`, `-24h@h`. */
export interface Time {
  readonly kind: 'time';
  readonly span: Span;
  readonly text: string;
  readonly origin?: string;
}

/** A function or an operator over operands; `fn` is its name in the table of the language's functions, in lower case (`+`, `case`, `tolower`). */
export interface Call {
  readonly kind: 'call';
  readonly span: Span;
  readonly fn: string;
  /** The function's or operator's own place. */
  readonly name: Span;
  readonly args: readonly Operand[];
  /** As the rule writes it, white space folded: how people read it and how a column without a name is called. */
  readonly written: string;
  /** It computes something new (a length, a sum): a comparison with it is a threshold, not about its field's value. */
  readonly derived?: true;
  /** It gives a part or a mixture of its fields' texts (`substring`, `strcat`, `split`): a comparison with it is no threshold, and about none of its fields alone. */
  readonly part?: true;
}

/** Several values in brackets, or an array. */
export interface List {
  readonly kind: 'list';
  readonly span: Span;
  readonly of: readonly Operand[];
}

/** A condition used as a value: an argument of `case`, `if`, `countif`. */
interface Condition {
  readonly kind: 'condition';
  readonly span: Span;
  readonly of: Predicate;
}

/**
 * What we do not know, with its place. `syntax-error`: could not be parsed. `unmodelled`: parsed, and its meaning is not held.
 * `unknown`: its meaning is not in the text (an undefined macro, a watchlist, a placeholder, a parameter). `limit`: too much to read.
 */
export interface Unread {
  readonly kind: 'unread';
  readonly span: Span;
  readonly reason: 'unmodelled' | 'syntax-error' | 'unknown' | 'limit';
  /** What it is, in a few words, for panels and the command line: "macro `x`", "subsearch", "function geo_info_from_ip". */
  readonly note?: string;
  /** As the rule writes it, where it stands for a value. */
  readonly written?: string;
}

/** What a comparison compares, a column is made of, a function is given. */
export type Operand = FieldRef | Literal | Glob | Regex | Time | Call | List | Condition | Unread;

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
  /** They hold of one and the same element of this field: a nested object (kuery's `f: { … }`, the tests are on `f.…`), or one of its values (both ends of a range). */
  readonly same?: FieldRef;
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
