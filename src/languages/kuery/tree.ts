import type { Span } from '../../model';
import type { OrderSign } from '../../syntax/orders';

/** Quoted text, or a run of unquoted words: kuery keeps the blanks between them. */
export interface Literal extends Span {
  /** Decoded. */
  readonly text: string;
  /** Offsets in `text` of stars that are wildcards; quoted and escaped stars are not. */
  readonly wild: readonly number[];
  readonly isQuoted: boolean;
}

/** `closed`: stands in parentheses, so that what follows it does not grow it. Lists grow while they are parsed. */
interface Joined<T> extends Span {
  readonly kind: 'and' | 'or';
  readonly of: T[];
  readonly closed: boolean;
}
interface Negated<T> extends Span {
  readonly kind: 'not';
  readonly of: T;
}
interface Lost extends Span {
  readonly kind: 'lost';
  /** Nested too deep to read. */
  readonly isTooDeep?: true;
}

/** What stands after a field's colon. */
export type ValueNode = Joined<ValueNode> | Negated<ValueNode> | (Span & { readonly kind: 'literal'; readonly literal: Literal }) | Lost;

export type Node =
  | Joined<Node>
  | Negated<Node>
  | (Span & { readonly kind: 'is'; readonly field: Literal; readonly operator: Span; readonly value: ValueNode })
  | (Span & { readonly kind: 'range'; readonly field: Literal; readonly op: OrderSign; readonly operator: Span; readonly value: Literal })
  | (Span & { readonly kind: 'nested'; readonly field: Literal; readonly of: Node })
  | (Span & { readonly kind: 'text'; readonly value: Literal })
  | Lost;
