import type { Span, Use } from '../../../model';
import type { Condition } from '../tree';
import { matchesOf, type Resolver } from './resolve';

/** Patterns multiply what is called: of a condition that calls more than this it is not told. */
const MOST_USES = 500;

/** Where a condition calls search identifiers, by name or by a pattern; null where there are too many. */
export function usesIn(resolver: Resolver, condition: Condition, place: (span: Span) => Span): readonly Use[] | null {
  const found: Use[] = [];
  let isCut = false;
  const visit = (node: Condition, among: readonly Span[], at: number, isNegated: boolean): void => {
    isCut ||= found.length > MOST_USES;
    if (isCut) return;
    switch (node.kind) {
      case 'and':
      case 'or': {
        const parts = node.of.length > MOST_USES ? [] : node.of.map(({ span }) => place(span));
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
      case 'of': {
        const searches = matchesOf(resolver, node.pattern);
        isCut ||= searches === null;
        for (const { predicate } of searches ?? []) found.push({ of: predicate, among: [], at: 0, isNegated });
        break;
      }
      case 'error':
        break;
      default:
        node satisfies never;
    }
  };
  visit(condition, [place(condition.span)], 0, false);
  return isCut || found.length > MOST_USES ? null : found;
}
