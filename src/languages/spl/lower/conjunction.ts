import type { Predicate, Span } from '../../../model';

/** A conjunction without conjunctions in it; the tests stay the same objects. Of one part it is that part. */
export function allOf(parts: readonly Predicate[], { start, end }: Span): Predicate {
  const of = parts.flatMap((part) => (part.kind === 'all' ? part.of : [part]));
  return of.length === 1 ? of[0]! : { kind: 'all', span: { start, end: Math.max(start, end) }, of };
}

/** What holds of every event. */
export const truthAt = ({ start, end }: Span): Predicate => ({ kind: 'all', span: { start, end }, of: [] });
