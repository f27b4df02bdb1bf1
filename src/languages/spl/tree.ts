import type { Span } from '../../model';

/** A name, word or quoted text as it is meant: quotes and escapes are gone. */
export interface Word extends Span {
  readonly text: string;
  /** `text`: in double quotes; `field`: in single ones. */
  readonly quotes?: 'text' | 'field';
  /** Between the quotes as written, escapes kept: what a regular expression is. */
  readonly raw?: string;
  /** An expression in the place of a value, such as `relative_time(now(), "-1d")`. */
  readonly isExpression?: true;
  /** The macro it comes from. */
  readonly macro?: string | undefined;
}

export type ComparisonSign = '=' | '!=' | '<' | '<=' | '>' | '>=';

interface Part extends Span {
  /** The macro whose definition this part comes from. */
  readonly macro?: string | undefined;
}

export interface Pipeline extends Span {
  readonly segments: readonly Segment[];
}

/** What stands after a comparison in a search; a macro without definition and a subsearch stand for values nobody here knows. */
export type SearchValue = Word | (Span & { readonly unknown: 'macro' | 'subsearch' | 'group'; readonly name: string });

/** The search language: NOT, then OR, then AND. */
export type SearchNode =
  | (Part & { readonly kind: 'and' | 'or'; readonly of: readonly SearchNode[] })
  | (Part & { readonly kind: 'not'; readonly of: SearchNode })
  | (Part & { readonly kind: 'compare'; readonly field: Word; readonly sign: ComparisonSign; readonly operator: Span; readonly value: SearchValue })
  | (Part & { readonly kind: 'in'; readonly field: Word; readonly operator: Span; readonly values: readonly SearchValue[] })
  | (Part & { readonly kind: 'term'; readonly word: Word; readonly directive?: 'TERM' | 'CASE' })
  | (Part & { readonly kind: 'subsearch'; readonly pipeline: Pipeline })
  | (Part & { readonly kind: 'macro'; readonly name: string })
  | (Part & { readonly kind: 'broken' });

/** The expression language: NOT, then AND, then OR. */
export type Expression =
  | (Part & { readonly kind: 'and' | 'or' | 'xor'; readonly of: readonly Expression[] })
  | (Part & { readonly kind: 'not' | 'minus'; readonly of: Expression })
  | (Part & { readonly kind: 'compare'; readonly sign: ComparisonSign; readonly operator: Span; readonly left: Expression; readonly right: Expression })
  | (Part & { readonly kind: 'like' | 'contains'; readonly operator: Span; readonly left: Expression; readonly right: Expression })
  | (Part & { readonly kind: 'in'; readonly operator: Span; readonly left: Expression; readonly values: readonly Expression[] })
  /** A chain of one sign: `a . b . c` has three parts, worked out from the left. `operator` is the first sign's place. */
  | (Part & { readonly kind: 'compute'; readonly sign: string; readonly operator: Span; readonly of: readonly Expression[] })
  | (Part & { readonly kind: 'call'; readonly name: string; readonly nameSpan: Span; readonly of: readonly Expression[] })
  | (Part & { readonly kind: 'text'; readonly word: Word })
  | (Part & { readonly kind: 'number'; readonly word: Word })
  | (Part & { readonly kind: 'field'; readonly word: Word })
  | (Part & { readonly kind: 'macro'; readonly name: string })
  | (Part & { readonly kind: 'subsearch'; readonly pipeline: Pipeline })
  /** Not read: it could not be, or signs change more often than anyone writes. */
  | (Part & { readonly kind: 'broken' | 'deep' });

export interface Assignment extends Span {
  readonly target: Word;
  readonly value: Expression;
}

export interface Option extends Span {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Word;
}

/** `values(process) as process`: a function, its field or expression where it has one, and the name the result gets. */
export interface Aggregate extends Span {
  readonly name: string;
  readonly nameSpan: Span;
  /** The argument as written; '' when there is none. */
  readonly argument: string;
  readonly of: { readonly kind: 'field'; readonly word: Word } | { readonly kind: 'eval'; readonly expression: Expression | null } | null;
  readonly alias: Word | null;
}

/** A macro or a subsearch where a command's words do not have one: what it adds is not known. */
export interface Passed extends Span {
  readonly name: string;
}

/** `startswith=(a=1)`, `endswith=eval(a=1)`. */
export interface Bound {
  readonly name: string;
  readonly of: { readonly kind: 'search'; readonly search: SearchNode } | { readonly kind: 'eval'; readonly expression: Expression };
}

/** What a command says. */
export type Body =
  | { readonly form: 'search'; readonly search: SearchNode | null }
  | { readonly form: 'where'; readonly expression: Expression | null }
  | { readonly form: 'eval'; readonly assignments: readonly Assignment[]; readonly passed: readonly Passed[] }
  | {
      readonly form: 'regex';
      readonly field: Word | null;
      readonly isNegated: boolean;
      readonly operator: Span | null;
      readonly pattern: Word | null;
      readonly passed: readonly Passed[];
    }
  | {
      readonly form: 'stats';
      readonly aggregates: readonly Aggregate[];
      readonly by: readonly Word[];
      readonly options: readonly Option[];
      readonly from: Word | null;
      readonly where: SearchNode | null;
      /** Where the condition ends, parentheses included; 0 without one. */
      readonly whereEnd: number;
      readonly passed: readonly Passed[];
    }
  | {
      readonly form: 'words';
      readonly words: readonly Word[];
      readonly options: readonly Option[];
      readonly where: SearchNode | null;
      readonly subsearches: readonly Pipeline[];
      /** Conditions in parentheses that begin or end a transaction. */
      readonly bounds: readonly Bound[];
      readonly passed: readonly Passed[];
    }
  | { readonly form: 'macro'; readonly passed: readonly Passed[] }
  /** Words of another language: SPL2. */
  | { readonly form: 'foreign' };

export interface Command extends Span {
  /** In small letters; '' for a macro in a command's place. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly body: Body;
}

/** What stands between two pipes as written, with the commands it holds: one, or those of a macro's definition. */
export interface Segment extends Span {
  readonly kind: string;
  /** The macro that stands in the command's place, without arguments. */
  readonly macro?: string;
  readonly commands: readonly Command[];
}
