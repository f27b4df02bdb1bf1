import type { Span } from '../../model';

/** A condition as parsed; spans are in the condition's own text. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly span: Span; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly span: Span; readonly of: Condition }
  | { readonly kind: 'name'; readonly span: Span; readonly name: string }
  | { readonly kind: 'of'; readonly span: Span; readonly every: boolean; readonly pattern: string; readonly patternSpan: Span }
  | { readonly kind: 'error'; readonly span: Span };

/** The part of an old condition after its bar: `count(field) by group > 5`. */
export interface Aggregation {
  readonly span: Span;
  readonly function: string;
  readonly functionSpan: Span;
  readonly field: { readonly name: string; readonly span: Span } | null;
  readonly by: readonly { readonly name: string; readonly span: Span }[];
  readonly operator: { readonly text: string; readonly span: Span } | null;
  readonly bound: { readonly text: string; readonly span: Span } | null;
}

/** Visits the leaves with whether an odd number of `not`s stands above each. */
export function walkCondition(
  condition: Condition,
  visit: (leaf: Extract<Condition, { kind: 'name' | 'of' | 'error' }>, negated: boolean) => void,
  negated = false,
): void {
  switch (condition.kind) {
    case 'and':
    case 'or':
      for (const part of condition.of) walkCondition(part, visit, negated);
      return;
    case 'not':
      return walkCondition(condition.of, visit, !negated);
    case 'name':
    case 'of':
    case 'error':
      return visit(condition, negated);
    default:
      condition satisfies never;
  }
}
