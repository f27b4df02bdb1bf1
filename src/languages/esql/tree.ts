import type { Span } from '../../model';
import type { Arithmetic, Chain, LostNode, Negation, Placed } from '../../syntax/expression';
import type { Decoded } from './parse/literal';

export interface FieldNode extends Placed {
  readonly kind: 'field';
  readonly name: string;
}
export interface TextNode extends Placed {
  readonly kind: 'text';
  readonly value: Decoded;
}
export interface CallNode extends Placed {
  readonly kind: 'call';
  readonly name: Span & { readonly text: string };
  readonly of: readonly Node[];
}
export interface CompareNode extends Placed {
  readonly kind: 'compare';
  readonly op: string;
  readonly sign: Span;
  readonly left: Node;
  readonly right: Node;
}
export interface MatchNode extends Placed {
  readonly kind: 'match';
  readonly op: 'in' | 'like' | 'rlike' | ':';
  readonly sign: Span;
  readonly isNegated: boolean;
  readonly left: Node;
  readonly of: readonly Node[];
}
/** `is null`, `is not null`; `sign` covers both words. */
interface NullTestNode extends Placed {
  readonly kind: 'null-test';
  readonly sign: Span;
  readonly isNegated: boolean;
  readonly of: Node;
}
/** `x::long`, one type after the other. */
export interface CastNode extends Placed {
  readonly kind: 'cast';
  readonly types: (Span & { readonly text: string })[];
  readonly of: Node;
}
/** A map `{ "key": value }`, which tunes a function or a command. */
export interface MapNode extends Placed {
  readonly kind: 'map';
  readonly entries: readonly { readonly key: string; readonly value: Node }[];
}
/** A query in parentheses, whose rows are values: `in (from …)`. */
interface SubqueryNode extends Placed {
  readonly kind: 'subquery';
  readonly pipeline: Pipeline;
}

export type Node =
  | Chain<Node>
  | Negation<Node>
  | LostNode
  | FieldNode
  | TextNode
  | CallNode
  | CompareNode
  | MatchNode
  | NullTestNode
  | Arithmetic<Node>
  | CastNode
  | MapNode
  | SubqueryNode
  | (Placed & { readonly kind: 'number' | 'timespan' | 'parameter' | 'star'; readonly source: string })
  | (Placed & { readonly kind: 'constant'; readonly source: 'true' | 'false' | 'null' })
  | (Placed & { readonly kind: 'list' | 'tuple'; readonly of: readonly Node[] })
  /** `x -> …`, given to a function that goes through a list. */
  | (Placed & { readonly kind: 'lambda'; readonly of: Node });

/** `name = expression`, or an expression that names itself. In STATS with a condition of its own. */
export interface Assignment extends Span {
  readonly name: (Span & { readonly text: string }) | null;
  readonly value: Node;
  readonly condition: Node | null;
}

/** An index pattern, a field pattern with stars, or a field that gets another name. */
export interface Pattern extends Span {
  readonly text: string;
}

/** A key to sort by. */
export interface SortNode extends Span {
  readonly of: Node;
  readonly isDescending: boolean;
  readonly nulls: 'first' | 'last' | null;
}

export interface Command extends Span {
  /** In lower case, with single blanks: `inline stats`, `lookup join`. */
  readonly name: string;
  readonly word: Span;
  readonly body: Body;
}

export type Body =
  | { readonly kind: 'from'; readonly sources: readonly Pattern[]; readonly metadata: readonly Pattern[]; readonly branches: readonly Pipeline[] }
  | { readonly kind: 'where'; readonly condition: Node }
  | { readonly kind: 'assign'; readonly of: readonly Assignment[] }
  | { readonly kind: 'stats'; readonly of: readonly Assignment[]; readonly by: readonly Assignment[] }
  | { readonly kind: 'columns'; readonly of: readonly Pattern[] }
  | { readonly kind: 'rename'; readonly of: readonly { readonly from: Pattern; readonly to: Pattern }[] }
  | {
      readonly kind: 'extract';
      readonly input: Node;
      readonly patterns: readonly Node[];
      readonly made: readonly Pattern[];
      readonly options: readonly { readonly name: string; readonly start: number; readonly value: Node }[];
    }
  /** `uri_parts u = url`: columns whose names begin with the target's. */
  | { readonly kind: 'parts'; readonly target: Pattern; readonly input: Node; readonly options: Node | null }
  | { readonly kind: 'enrich'; readonly policy: Pattern | null; readonly on: Pattern | null; readonly made: readonly (Pattern & { readonly from: string })[] }
  | { readonly kind: 'join'; readonly index: Pattern | null; readonly alias: Pattern | null; readonly on: readonly Node[] }
  | { readonly kind: 'fork'; readonly branches: readonly Pipeline[] }
  | { readonly kind: 'completion'; readonly target: Pattern | null; readonly prompt: Node; readonly clauses: readonly Node[] }
  | { readonly kind: 'rerank'; readonly target: Pattern | null; readonly prompt: Node; readonly on: readonly Assignment[]; readonly clauses: readonly Node[] }
  | { readonly kind: 'change-point'; readonly value: Node; readonly made: readonly Pattern[]; readonly clauses: readonly Node[] }
  | { readonly kind: 'sort'; readonly of: readonly SortNode[] }
  | { readonly kind: 'limit'; readonly count: Node; readonly by: readonly Node[] }
  /** Read past, with no model of what it says. */
  | { readonly kind: 'plain' };

/** Commands between pipes; `span` covers them. */
export interface Pipeline extends Span {
  readonly commands: readonly Command[];
}
