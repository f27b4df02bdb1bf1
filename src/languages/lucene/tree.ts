import type { Span } from '../../model';

/** A value without its quotes; `wild`: offsets of `*` and `?` that are wildcards. */
export interface Term extends Span {
  readonly kind: 'word' | 'phrase' | 'regex';
  readonly text: string;
  readonly wild: readonly number[];
}
interface Bound {
  readonly term: Term | null;
  readonly isOpen: boolean;
}

/** A field before its colon; `wild`: offsets of stars that stand for any run. */
export interface FieldName extends Span {
  readonly name: string;
  readonly wild: readonly number[];
  readonly colon: Span;
}

/** Whether a clause must hold, must not, or only counts where none must. */
export type Demand = 'must' | 'not' | 'should';

export interface Clause {
  readonly demand: Demand;
  /** From its sign on. */
  readonly start: number;
  readonly node: Node;
  /** What joins it to the clause before. */
  readonly joined: 'and' | 'or' | 'nothing';
  /** `+`, `-`, `!` or NOT stands before it. */
  readonly isSigned: boolean;
}

export type Node =
  /** Clauses of one level. Lucene has no precedence: each word changes the demands of its neighbours. */
  | (Span & { readonly kind: 'clauses'; readonly of: readonly Clause[] })
  /** `suffix`: `~2` behind a word is fuzziness, behind a phrase how far its words may be apart. */
  | (Span & { readonly kind: 'term'; readonly field: FieldName | null; readonly term: Term; readonly suffix: Span | null })
  | (Span & { readonly kind: 'range'; readonly field: FieldName | null; readonly operator: Span; readonly from: Bound; readonly to: Bound })
  | (Span & { readonly kind: 'lost'; readonly isTooDeep?: true });
