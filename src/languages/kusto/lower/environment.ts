import type { Diagnostic, Fix, Predicate, Source, Span, Test, TimeBound } from '../../../model';
import { DIAGNOSTICS, type KustoCode } from '../diagnostics';
import type { Expr, FunctionBody, Pipeline } from '../tree';
import type { BoundQuery, Branching, Lowered } from './node';
import { writtenAt } from '../../../syntax/written';
import { openScope, type Scope, type Spend } from './scope';

/** What a name stands for besides a column. */
export type Bound =
  | {
      readonly kind: 'value';
      readonly name: string;
      readonly expr: Expr;
      readonly environment: Environment;
      readonly query: BoundQuery | null;
      /** A function's parameter: it may stand for a column. */ readonly isArgument?: true;
    }
  | { readonly kind: 'query'; readonly query: BoundQuery; readonly environment: Environment }
  | { readonly kind: 'function'; readonly name: string; readonly span: Span; readonly body: FunctionBody; readonly environment: Environment }
  /** A parameter of a function that nobody called. */
  | { readonly kind: 'parameter'; readonly name: string; readonly isTable: boolean };

/** Names in force at one place, inner before outer. */
export interface Environment {
  readonly own: Map<string, Bound>;
  readonly outer: Environment | null;
}

export function boundIn(environment: Environment, name: string): Bound | null {
  for (let at: Environment | null = environment; at !== null; at = at.outer) {
    const bound = at.own.get(name);
    if (bound !== undefined) return bound;
  }
  return null;
}

/** The lowering of pipelines and of what stands before their first pipe: both meet each other again in every sub-query, and files must not import each other in a circle. */
interface Recursion {
  /** `input`: the columns a sub-query is given; null where it has a source of its own. */
  readonly pipeline: (pipeline: Pipeline, lowering: Lowering, environment: Environment, input: Scope | null) => Lowered;
  readonly source: (expr: Expr, lowering: Lowering, environment: Environment) => Lowered;
  /** A condition, for those that stand inside an expression. */
  readonly predicate: (expr: Expr, place: Place) => Predicate;
}

/** One analysis under way: what it has found so far, and budgets that keep its cost in proportion to the text. */
export interface Lowering {
  readonly text: string;
  readonly recursion: Recursion;
  readonly diagnostics: Diagnostic[];
  readonly sources: Source[];
  readonly times: TimeBound[];
  readonly spendColumns: Spend;
  readonly spendValues: Spend;
  /** Calls of let functions: each is lowered anew with its arguments. */
  readonly spendCalls: Spend;
  /** Functions that were called: the first call's rows, or null for one whose value stands where it is called. */
  readonly calls: Map<FunctionBody, BoundQuery | null>;
  /** Columns remarked as unknown: each once. */
  readonly strangers: Set<string>;
  /** Whether the analysed text as a whole holds a condition on time. */
  hasTimeFilter: boolean;
  /** How deep the query being lowered stands in others, calls of functions among them. */
  readonly nesting: { depth: number };
}

const budgetOf = (amount: number): Spend => {
  let left = amount;
  return (cost) => (left -= cost) >= 0;
};

export const loweringOf = (text: string, recursion: Recursion): Lowering => ({
  text,
  recursion,
  diagnostics: [],
  sources: [],
  times: [],
  strangers: new Set(),
  calls: new Map(),
  spendColumns: budgetOf(100_000),
  spendValues: budgetOf(50_000 + text.length),
  spendCalls: budgetOf(100),
  hasTimeFilter: false,
  nesting: { depth: 0 },
});

/** One place of a query: the names and columns in force there. */
export interface Place {
  readonly lowering: Lowering;
  readonly environment: Environment;
  readonly scope: Scope;
  /** Sub-queries met in a condition: each becomes a branch of its stage. */
  readonly branches: Branching[];
  /** How many let names lie between the text here and the place. */
  readonly lets: number;
  /** Inside `search` and `find` a text alone is looked for in every column, letters' case aside unless the query says otherwise. */
  readonly search?: Test['case'];
}

/** Where a query or a value begins: nothing is met yet. */
export const placeIn = (lowering: Lowering, environment: Environment, given?: Partial<Pick<Place, 'scope' | 'lets'>>): Place => ({
  lowering,
  environment,
  scope: openScope(),
  branches: [],
  lets: 0,
  ...given,
});

export function remarkAt({ diagnostics }: Lowering, code: KustoCode, span: Span, message: string, fix?: Fix): void {
  const plain = { code, severity: DIAGNOSTICS[code].severity, span: { start: span.start, end: span.end }, message };
  diagnostics.push(fix === undefined ? plain : { ...plain, fix });
}

export const textOf = ({ text }: Lowering, { start, end }: Span): string => text.slice(start, end);

/** What stands at a place, white space folded. */
export const oneLine = ({ lowering }: Place, span: Span): string => writtenAt(lowering.text, span);
