import type { Span } from '../../model';

/** A value without its quotes; `wild`: offsets of `*` and `?` that are wildcards. */
export interface Term extends Span {
  readonly kind: 'word' | 'phrase' | 'regex';
  readonly text: string;
  readonly wild: readonly number[];
}
export interface Bound {
  readonly term: Term | null;
  readonly isOpen: boolean;
}
export interface FieldName extends Span {
  readonly name: string;
}

/** `+` and `-` before a clause, or nothing. */
export type Demand = 'must' | 'not' | 'should';

export type Node =
  | (Span & { readonly kind: 'and' | 'or'; readonly of: Node[]; readonly closed: boolean })
  | (Span & { readonly kind: 'not'; readonly of: Node })
  /** Clauses side by side, without a word between them. */
  | (Span & { readonly kind: 'clauses'; readonly of: { readonly demand: Demand; readonly node: Node }[]; readonly closed: boolean })
  | (Span & { readonly kind: 'term'; readonly field: FieldName | null; readonly term: Term })
  | (Span & { readonly kind: 'range'; readonly field: FieldName | null; readonly from: Bound; readonly to: Bound })
  | (Span & { readonly kind: 'lost' });
