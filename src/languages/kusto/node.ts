import type { Span, Stage } from '../../model';
import type { Scope } from './scope';
import type { Expr } from './tree';

/** How a branch bears on the rows: it must give rows, it may, it is one of several ways, or it must give none. */
export type Bearing = 'demanded' | 'optional' | 'alternative' | 'absent';

/** A pipeline inside a stage. */
export interface Branching {
  readonly name: string;
  readonly span: Span;
  readonly nodes: readonly Node[];
  readonly bearing: Bearing;
}

/** A stage before it is known which stage shows the queries that several refer to. */
export interface Node {
  /** Without branches and evidence. */
  readonly stage: Stage;
  readonly branches: readonly Branching[];
  /** The stages before it in its pipeline must give no rows (`rightanti`). */
  readonly isAbsentBefore?: true;
  /** A bound query that this stage reads. */
  readonly refersTo?: BoundQuery;
}

const NO_BRANCHES: readonly Branching[] = [];

/** A let-bound or function-made query: its stages, what columns it ends with, and whether a stage shows it already. */
export interface BoundQuery {
  readonly name: string;
  readonly span: Span;
  readonly nodes: readonly Node[];
  readonly scope: Scope;
  /** The expression, where it is a table written in the query whose values can be folded in. */
  readonly table: Expr | null;
}

/** The stages of a pipeline and the columns it ends with. */
export interface Lowered {
  readonly nodes: readonly Node[];
  readonly scope: Scope;
}

/** A stage that rows come from; its label says which. */
export const sourceNode = (span: Span, label?: string, branches = NO_BRANCHES): Node => ({
  stage: label === undefined ? { kind: 'source', role: 'source', span } : { kind: 'source', role: 'source', span, label },
  branches,
});

/** A stage that stands for a bound query. */
export const referenceTo = (query: BoundQuery, span: Span): Node => ({ ...sourceNode(span, query.name), refersTo: query });

export const branchOf = (name: string, span: Span, nodes: readonly Node[], bearing: Bearing): Branching => ({ name, span, nodes, bearing });

/** What an operator adds to its stage, and the columns after it. */
export interface Part {
  readonly scope: Scope;
  readonly about?: Partial<Stage>;
  readonly branches?: readonly Branching[];
  readonly isAbsentBefore?: true;
}
