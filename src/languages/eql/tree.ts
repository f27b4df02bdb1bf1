import type { Span } from '../../model';
import type { Arithmetic, Chain, LostNode, Negation, Placed } from '../../syntax/expression';
import type { Decoded } from './parse/lexer';

export interface FieldNode extends Placed {
  readonly kind: 'field';
  /** Dotted path, quotes resolved. */
  readonly name: string;
  /** `[0]` after it: which of its values is meant. */
  readonly at: (Span & { readonly index: string }) | null;
  /** Written with `?`: the mapping may lack it. */
  readonly isOptional: boolean;
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
  readonly sign: Span;
  readonly isCaseless: boolean;
  readonly isNegated: boolean;
  readonly left: Node;
  readonly of: readonly Node[];
}
export interface CompareNode extends Placed {
  readonly kind: 'compare';
  readonly op: CompareSign;
  readonly sign: Span;
  readonly left: Node;
  readonly right: Node;
}
/** An element of an array under `_arraysearch`: `$entry.name`. */
interface VariableNode extends Placed {
  readonly kind: 'variable';
  readonly name: string;
  /** What follows the name: `.name`, or nothing. */
  readonly path: string;
}

export type Node =
  | Chain<Node>
  | Negation<Node>
  | LostNode
  | FieldNode
  | TextNode
  | CallNode
  | MatchNode
  | CompareNode
  | Arithmetic<Node>
  | VariableNode
  | (Placed & { readonly kind: 'number'; readonly source: string })
  | (Placed & { readonly kind: 'constant'; readonly source: 'true' | 'false' | 'null' })
  /** An older dialect's `child of […]`. */
  | (Placed & { readonly kind: 'relation'; readonly word: string; readonly condition: Node | null });

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
  /** The name of Endpoint's dialect: `as event0`. */
  readonly name: (Span & { readonly text: string }) | null;
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
