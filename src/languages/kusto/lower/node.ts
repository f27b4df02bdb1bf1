import type { Branch, Operation, Span, Stage } from '../../../model';
import type { Expr } from '../tree';
import type { Scope } from './scope';

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
  /** Without branches, evidence, and what it does where that takes its branches. */
  readonly stage: Stage;
  /** What it does, given its branches as they are shown. */
  readonly operate?: Operate;
  readonly branches: readonly Branching[];
  /** The stages before it in its pipeline must give no rows (`rightanti`). */
  readonly isAbsentBefore?: true;
  /** A bound query that this stage reads. */
  readonly refersTo?: BoundQuery;
}

/** Exact steps over branches, which are made last. */
export type Operate = (branches: readonly Branch[]) => readonly Operation[];

const NO_BRANCHES: readonly Branching[] = [];

/** A let-bound or function-made query: its stages, what columns it ends with, and whether a stage shows it already. */
export interface BoundQuery {
  readonly name: string;
  readonly span: Span;
  readonly nodes: readonly Node[];
  readonly scope: Scope;
  /** The expression, where it is a table written in the query whose values can be folded in. */
  readonly table: Expr | null;
  /** How deep queries nest in it, those it refers to included. */
  readonly depth: number;
}

export const boundQuery = (name: string, span: Span, { nodes, scope }: Lowered, table: Expr | null = null): BoundQuery => ({
  name,
  span,
  nodes,
  scope,
  table,
  depth: depthOf(nodes),
});

function depthOf(nodes: readonly Node[]): number {
  let deepest = 0;
  for (const { branches, refersTo } of nodes) {
    if (refersTo !== undefined) deepest = Math.max(deepest, refersTo.depth);
    for (const branch of branches) deepest = Math.max(deepest, depthOf(branch.nodes));
  }
  return deepest + 1;
}

/** The stages of a pipeline and the columns it ends with. */
export interface Lowered {
  readonly nodes: readonly Node[];
  readonly scope: Scope;
}

/** A stage that rows come from; its label says which. */
export const sourceNode = (span: Span, operations: readonly Operation[], label?: string): Node => ({
  stage: { kind: 'source', role: 'source', span, ...(label === undefined ? null : { label }), operations },
  branches: NO_BRANCHES,
});

/** How deep bound queries are shown inside each other. */
const MOST_REFERENCES = 64;

/** A stage that stands for a bound query. */
export function referenceTo(query: BoundQuery, span: Span): Node {
  const node = sourceNode(span, [{ kind: 'read', span, sources: [{ name: query.name, span, bound: true }] }], query.name);
  return query.depth > MOST_REFERENCES ? unmodelled(node, 'deep reference') : { ...node, refersTo: query };
}

/** A stage of which nothing is known but that it may demand something. */
export const unmodelled = ({ stage, branches }: Node, note: string): Node => ({
  stage: {
    ...stage,
    operations: [{ kind: 'unread', span: stage.span, reason: 'limit', note }],
    predicate: { kind: 'unread', span: stage.span, reason: 'limit', note },
  },
  branches,
});

export const branchOf = (name: string, span: Span, nodes: readonly Node[], bearing: Bearing): Branching => ({ name, span, nodes, bearing });

/** What an operator adds to its stage, and the columns after it. */
export interface Part {
  readonly scope: Scope;
  readonly about?: Partial<Stage>;
  readonly branches?: readonly Branching[];
  readonly operate?: Operate;
  readonly isAbsentBefore?: true;
}
