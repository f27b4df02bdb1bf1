import type { Predicate, Span } from '../model';
import { fieldNameOf } from './classify';

/** Places of a `not` that covers the first of several alternatives on one field only: `not f == a or f == b`. */
export function loneNots(text: string, predicate: Predicate): readonly Span[] {
  const found: Span[] = [];
  const visit = (node: Predicate): void => {
    if (node.kind === 'not') return visit(node.of);
    if (node.kind !== 'all' && node.kind !== 'any') return;
    node.of.forEach(visit);
    if (node.kind === 'all') return;
    node.of.forEach((part, index) => {
      const next = node.of[index + 1];
      if (part.kind !== 'not' || next === undefined) return;
      const { start } = part.span;
      const field = onlyFieldOf(part.of);
      if (!/^not\b/i.test(text.slice(start, start + 4)) || text[part.of.span.start] === '(') return;
      if (field !== null && field === onlyFieldOf(next)) found.push({ start, end: start + 3 });
    });
  };
  visit(predicate);
  return found;
}

/** The one field that a comparison, or a list of values for it, is about. */
function onlyFieldOf(predicate: Predicate): string | null {
  // `… or f is null` keeps what has no value: that is meant.
  if (predicate.kind === 'test') return predicate.compare === 'absent' ? null : fieldNameOf(predicate);
  if (predicate.kind !== 'any') return null;
  const names = new Set(predicate.of.map((part) => (part.kind === 'test' ? fieldNameOf(part) : null)));
  const [only = null] = names;
  return names.size === 1 ? only : null;
}
