import type { Span } from '../../model';
import type { Decoded } from './parse/literal';

interface Placed extends Span {
  /** Stands in parentheses, so that what follows does not grow it. */
  readonly closed?: true;
}

interface FieldNode extends Placed {
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
  readonly sign: string;
  readonly left: Node;
  readonly right: Node;
}
export interface MatchNode extends Placed {
  readonly kind: 'match';
  readonly op: 'in' | 'like' | 'rlike' | ':';
  readonly isNegated: boolean;
  readonly left: Node;
  readonly of: readonly Node[];
}

/** Lists grow while they are parsed, so that a long chain is wide, not deep. */
export type Node =
  | FieldNode
  | TextNode
  | CallNode
  | CompareNode
  | MatchNode
  | (Placed & { readonly kind: 'and' | 'or'; readonly of: Node[] })
  | (Placed & { readonly kind: 'arithmetic'; readonly of: Node[] })
  | (Placed & { readonly kind: 'not'; readonly of: Node })
  | (Placed & { readonly kind: 'null-test'; readonly isNegated: boolean; readonly of: Node })
  | (Placed & { readonly kind: 'cast'; readonly type: string; readonly of: Node })
  | (Placed & { readonly kind: 'number' | 'timespan' | 'parameter' | 'star'; readonly source: string })
  | (Placed & { readonly kind: 'constant'; readonly source: 'true' | 'false' | 'null' })
  | (Placed & { readonly kind: 'list'; readonly of: readonly Node[] })
  /** A map `{ "key": value }`; what is in it tunes a function. */
  | (Placed & { readonly kind: 'map' })
  | (Placed & { readonly kind: 'lost' });

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
  | { readonly kind: 'extract'; readonly input: Node; readonly made: readonly Pattern[] }
  | { readonly kind: 'enrich'; readonly policy: Pattern | null; readonly on: Pattern | null; readonly made: readonly (Pattern & { readonly from: string })[] }
  | { readonly kind: 'join'; readonly index: Pattern | null; readonly on: readonly Node[] }
  | { readonly kind: 'fork'; readonly branches: readonly Pipeline[] }
  | { readonly kind: 'completion'; readonly target: Pattern | null }
  | { readonly kind: 'plain' };

/** Commands between pipes; `span` covers them. */
export interface Pipeline extends Span {
  readonly commands: readonly Command[];
}
