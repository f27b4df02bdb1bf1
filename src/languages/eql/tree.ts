import type { Span } from '../../model';
import type { Decoded } from './lexer';

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
  /** Written with `~`: letters' case does not matter. */
  readonly isCaseless: boolean;
  readonly of: readonly Node[];
}
export type CompareSign = '==' | '!=' | '<' | '<=' | '>' | '>=';
/** `:`, `in`, `like` and `regex`: a value against one or several. */
export interface MatchNode extends Placed {
  readonly kind: 'match';
  readonly op: ':' | 'in' | 'like' | 'regex';
  readonly isCaseless: boolean;
  readonly isNegated: boolean;
  readonly left: Node;
  readonly of: readonly Node[];
}
export interface CompareNode extends Placed {
  readonly kind: 'compare';
  readonly sign: CompareSign;
  readonly left: Node;
  readonly right: Node;
}

/** Lists grow while they are parsed, so that a long chain is wide, not deep. */
export type Node =
  | FieldNode
  | TextNode
  | CallNode
  | MatchNode
  | CompareNode
  | (Placed & { readonly kind: 'and' | 'or'; readonly of: Node[] })
  | (Placed & { readonly kind: 'arithmetic'; readonly of: Node[] })
  | (Placed & { readonly kind: 'number'; readonly source: string })
  | (Placed & { readonly kind: 'constant'; readonly source: 'true' | 'false' | 'null' })
  | (Placed & { readonly kind: 'not'; readonly of: Node })
  /** An older dialect's `child of […]`. */
  | (Placed & { readonly kind: 'relation'; readonly condition: Node | null })
  | (Placed & { readonly kind: 'lost' });

export interface EventNode extends Span {
  readonly category: Span & { readonly text: string };
  readonly condition: Node;
}
export interface ItemNode extends Span {
  readonly role: 'item' | 'until';
  readonly isMissing: boolean;
  readonly event: EventNode;
  readonly by: readonly Node[];
  readonly runs: (Span & { readonly count: number }) | null;
}
export interface SeriesNode extends Span {
  readonly kind: 'sequence' | 'sample' | 'join';
  readonly by: readonly Node[];
  readonly maxspan: (Span & { readonly text: string }) | null;
  readonly items: readonly ItemNode[];
}
export interface PipeNode extends Span {
  readonly name: Span & { readonly text: string };
  readonly of: readonly Node[];
}
export interface QueryNode {
  readonly body: SeriesNode | (Span & { readonly kind: 'event'; readonly event: EventNode }) | null;
  readonly pipes: readonly PipeNode[];
}
