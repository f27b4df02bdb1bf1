import type { Span, Use } from '../../../model';
import type { Condition } from '../tree';
import { matchesOf, type Resolver } from './resolve';

/** Where a condition calls search identifiers, by name or by a pattern; patterns that there is no room for are left out. */
export function usesIn(resolver: Resolver, condition: Condition, place: (span: Span) => Span): readonly Use[] {
  const found: Use[] = [];
  const visit = (node: Condition, among: readonly Span[], at: number, isNegated: boolean): void => {
    switch (node.kind) {
      case 'and':
      case 'or': {
        const parts = node.of.map(({ span }) => place(span));
        node.of.forEach((part, index) => visit(part, parts, index, isNegated));
        break;
      }
      case 'not':
        visit(node.of, among, at, !isNegated);
        break;
      case 'name': {
        const search = resolver.byName.get(node.name);
        if (search !== undefined) found.push({ of: search.predicate, among, at, isNegated });
        break;
      }
      case 'of':
        for (const { predicate } of matchesOf(resolver, node.pattern) ?? []) found.push({ of: predicate, among: [], at: 0, isNegated });
        break;
      case 'error':
        break;
      default:
        node satisfies never;
    }
  };
  visit(condition, [place(condition.span)], 0, false);
  return found;
}
