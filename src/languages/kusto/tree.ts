import type { Span } from '../../model';

/** A name with its place. */
export interface Name {
  readonly span: Span;
  readonly name: string;
}

/** One step of a path: `.name`, `["name"]` (a name), `[0]`, `[expr]` (an index). */
export type Step =
  /** `called`: a function of a database, as in `database("x").f(1)`. */
  { readonly span: Span; readonly name: string; readonly called?: true } | { readonly span: Span; readonly index: Expr };

type LiteralType = 'string' | 'number' | 'boolean' | 'null' | 'time';

export interface Literal {
  readonly kind: 'literal';
  readonly span: Span;
  readonly type: LiteralType;
  /** Decoded for strings; as written otherwise, without the type's name and brackets. */
  readonly text: string;
  /** The type it is written with: `real(3)`, `int(null)`. */
  readonly as?: string;
  /** An obfuscated `h"…"`. */
  readonly secret?: true;
  /** Places of the pieces where adjacent literals were joined. */
  readonly pieces?: readonly Span[];
}

interface Call {
  readonly kind: 'call';
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly Expr[];
}

export type Expr =
  | { readonly kind: 'name'; readonly span: Span; readonly name: string }
  | { readonly kind: 'path'; readonly span: Span; readonly base: Expr; readonly steps: readonly Step[] }
  | Call
  | Literal
  | { readonly kind: 'list'; readonly span: Span; readonly items: readonly Expr[] }
  /** Keys and values in turn. */
  | { readonly kind: 'bag'; readonly span: Span; readonly items: readonly Expr[] }
  | { readonly kind: 'type'; readonly span: Span; readonly name: string }
  | { readonly kind: 'star'; readonly span: Span; readonly name: string }
  | { readonly kind: 'group'; readonly span: Span; readonly of: Expr }
  /** A minus sign. */
  | { readonly kind: 'unary'; readonly span: Span; readonly of: Expr }
  /** `signs` of arithmetic stand between the parts: one less than there are parts. */
  | { readonly kind: 'chain'; readonly span: Span; readonly op: 'and' | 'or' | 'arithmetic'; readonly of: readonly Expr[]; readonly signs: readonly Name[] }
  | { readonly kind: 'compare'; readonly span: Span; readonly op: string; readonly opSpan: Span; readonly left: Expr; readonly right: Expr }
  /** `in`, `has_any`, `has_all` and their kin: a list, or one sub-query or list-valued name. */
  | { readonly kind: 'among'; readonly span: Span; readonly op: string; readonly opSpan: Span; readonly left: Expr; readonly items: readonly Expr[] }
  | { readonly kind: 'between'; readonly span: Span; readonly op: string; readonly opSpan: Span; readonly left: Expr; readonly low: Expr; readonly high: Expr }
  /** `name = expr`, `(a, b) = expr`. */
  | { readonly kind: 'assign'; readonly span: Span; readonly names: readonly Name[]; readonly value: Expr }
  | { readonly kind: 'query'; readonly span: Span; readonly pipeline: Pipeline }
  | DataTable
  | { readonly kind: 'external'; readonly span: Span; readonly columns: readonly Column[]; readonly from: readonly Expr[] }
  | { readonly kind: 'error'; readonly span: Span };

export interface DataTable {
  readonly kind: 'datatable';
  readonly span: Span;
  readonly columns: readonly Column[];
  readonly cells: readonly Expr[];
}

/** `name: type`. */
export interface Column extends Name {
  readonly type: string;
  /** Of `scan declare`: its value where no step sets one. */
  readonly value?: Expr;
}

/** `name=value` before or after an operator's arguments: `kind=inner`, `isfuzzy=true`. */
export interface Option {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

/** A tabular operator's own part; `form` says how its arguments are shaped. */
export type OpPart = { readonly options?: readonly Option[] } & (
  | { readonly form: 'filter'; readonly condition: Expr }
  | { readonly form: 'columns'; readonly columns: readonly Expr[] }
  | { readonly form: 'summarize'; readonly columns: readonly Expr[]; readonly by: readonly Expr[] }
  | { readonly form: 'join'; readonly right: Expr; readonly on: readonly Expr[] }
  | { readonly form: 'union'; readonly tables: readonly Expr[] }
  | { readonly form: 'search'; readonly tables: readonly Expr[]; readonly condition: Expr; readonly columns: readonly Expr[] }
  | { readonly form: 'parse'; readonly of: Expr; readonly pattern: readonly PatternPart[]; readonly captures: readonly Column[] }
  | {
      readonly form: 'expand';
      readonly columns: readonly Expr[];
      /** The type each column's elements are turned into; '' for none. */
      readonly types: readonly string[];
      readonly limit: Expr | null;
      readonly sub: Pipeline | null;
    }
  /** `defaults`: one a column. `isInclusive`: the axis is `in range(…)`, which holds its end. */
  | {
      readonly form: 'series';
      readonly columns: readonly Expr[];
      readonly defaults: readonly (Expr | null)[];
      readonly on: Expr;
      readonly from: Expr | null;
      readonly to: Expr | null;
      readonly step: Expr | null;
      readonly isInclusive: boolean;
      readonly by: readonly Expr[];
    }
  | { readonly form: 'range'; readonly column: Name | null; readonly bounds: readonly Expr[] }
  | { readonly form: 'call'; readonly call: Expr; readonly schema: readonly Column[] | null }
  | { readonly form: 'subqueries'; readonly columns: readonly Expr[]; readonly subs: readonly Pipeline[] }
  | { readonly form: 'scan'; readonly declared: readonly Column[]; readonly steps: readonly ScanStep[] }
  | { readonly form: 'nested'; readonly levels: readonly NestedLevel[] }
  | { readonly form: 'as'; readonly name: Name | null }
  /** `keys`: what rows are ordered by, after the other arguments. */
  | { readonly form: 'plain'; readonly args: readonly Expr[]; readonly keys?: readonly SortKey[] }
  /** `isLoose`: no pipe before it, so hardly an operator at all. */
  | { readonly form: 'unknown'; readonly isLoose?: true }
);

/** A piece of a pattern that cuts a text: a text that must stand there, a column, or `*`. */
export type PatternPart = Literal | { readonly kind: 'capture'; readonly span: Span; readonly name: string } | { readonly kind: 'star'; readonly span: Span };

/** `Column desc nulls last`. */
export interface SortKey {
  readonly of: Expr;
  readonly span: Span;
  /** Absent: as the operator has it. */
  readonly order?: 'asc' | 'desc';
  readonly nulls?: 'first' | 'last';
}

export interface ScanStep {
  readonly name: Name;
  readonly condition: Expr;
  readonly set: readonly Expr[];
  /** `output=all`, `last` or `none`. */
  readonly output: string;
}

/** One level of `top-nested`: how many, of what, by which aggregation. */
export interface NestedLevel {
  readonly count: Expr | null;
  readonly of: Expr;
  readonly others: Expr | null;
  readonly by: SortKey;
}

/** A tabular operator in its place. */
export type Op = OpPart & {
  /** The word as the stages show it, aliases folded. */
  readonly kind: string;
  /** The word in the text. */
  readonly word: Span;
  readonly span: Span;
  readonly options: readonly Option[];
};

/** A source and what is piped through; a pipeline that begins with an operator (`union`, `print`, a sub-query of mv-apply) has no source. */
export interface Pipeline {
  readonly span: Span;
  readonly source: Expr | null;
  readonly ops: readonly Op[];
}

/** A parameter of a let function: a scalar, or a table with its columns (`*` is any). */
export interface Parameter extends Name {
  readonly type: string;
  readonly columns: readonly Column[] | null;
  readonly value: Expr | null;
}

export interface FunctionBody {
  readonly kind: 'function';
  readonly span: Span;
  /** Where the parameters end and the body begins. */
  readonly bodyStart: number;
  readonly parameters: readonly Parameter[];
  readonly statements: readonly Statement[];
}

export type Statement =
  /** `head`: `let`, the name, and a function's parameters. */
  | { readonly kind: 'let'; readonly span: Span; readonly name: Name; readonly head: Span; readonly value: Expr | FunctionBody }
  | { readonly kind: 'declare'; readonly span: Span; readonly parameters: readonly Parameter[] }
  | { readonly kind: 'query'; readonly span: Span; readonly pipeline: Pipeline }
  /** `set`, `alias` and the like: kept, not modelled. */
  | { readonly kind: 'other'; readonly span: Span }
  /** A command to the cluster. */
  | { readonly kind: 'control'; readonly span: Span };
