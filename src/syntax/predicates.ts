import type { Compare, Predicate, Span, Unread } from '../model';

/** The bare place of anything that has one. */
export const placeOf = ({ start, end }: Span): Span => ({ start, end });

/** A conjunction without conjunctions in it; the tests stay the same objects. Of one part it is that part. */
export function allOf(parts: readonly Predicate[], span: Span): Predicate {
  const of = parts.flatMap((part) => (part.kind === 'all' && part.same === undefined ? part.of : [part]));
  return of.length === 1 ? of[0]! : { kind: 'all', span: { start: span.start, end: Math.max(span.start, span.end) }, of };
}

/** A choice without choices in it. Of one part it is that part. */
export function anyOf(parts: readonly Predicate[], span: Span): Predicate {
  const of = parts.flatMap((part) => (part.kind === 'any' ? part.of : [part]));
  return of.length === 1 ? of[0]! : { kind: 'any', span: { start: span.start, end: Math.max(span.start, span.end) }, of };
}

/** The parts that must all hold, conjunctions in them opened; those of one and the same element stay together. */
export const conjunctsOf = (predicate: Predicate): readonly Predicate[] =>
  predicate.kind === 'all' && predicate.same === undefined ? predicate.of.flatMap(conjunctsOf) : [predicate];

/** The parts of which one must hold, choices in them opened. */
export const alternativesOf = (predicate: Predicate): readonly Predicate[] => (predicate.kind === 'any' ? predicate.of.flatMap(alternativesOf) : [predicate]);

export const notOf = (of: Predicate, span: Span): Predicate => ({ kind: 'not', span: placeOf(span), of });

/** What holds of every event, or of none. */
export const truthAt = (span: Span, holds = true): Predicate => ({ kind: holds ? 'all' : 'any', span: placeOf(span), of: [] });

export const isTrue = (predicate: Predicate): boolean => predicate.kind === 'all' && predicate.of.length === 0;

/** A part that is not held, with what it is; `written` where it stands for a value. */
export const unread = (span: Span, reason: Unread['reason'], note?: string, written?: string): Unread => ({
  kind: 'unread',
  span: placeOf(span),
  reason,
  ...(note === undefined ? null : { note }),
  ...(written === undefined ? null : { written }),
});

/** Whether a part of it, however deep, is not read. */
export function holdsUnread(predicate: Predicate): boolean {
  switch (predicate.kind) {
    case 'unread':
      return true;
    case 'not':
      return holdsUnread(predicate.of);
    case 'all':
    case 'any':
      return predicate.of.some(holdsUnread);
    case 'test':
      return false;
    default:
      return predicate satisfies never;
  }
}

/** Whether it is a macro or a list that is named and not known: beside the rest it can only make it stricter. */
export const isUnknownName = (predicate: Predicate): boolean => predicate.kind === 'unread' && predicate.reason === 'unknown' && predicate.note !== undefined;

/** Comparisons that ask for an order of two values. */
export const ORDERS: ReadonlySet<Compare> = new Set(['less', 'at-most', 'greater', 'at-least', 'between'] as const);
