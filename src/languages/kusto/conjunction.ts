import type { Predicate, Span } from '../../model';
import { writtenOf } from '../../syntax/classify';

export const isTrue = (predicate: Predicate): boolean => predicate.kind === 'all' && predicate.of.length === 0;

/** Conjuncts side by side, those of inner conjunctions among them. */
export function allOf(parts: readonly Predicate[], span: Span): Predicate {
  const flat = parts.flatMap((part) => (part.kind === 'all' ? part.of : [part]));
  return flat.length === 1 ? flat[0]! : { kind: 'all', span, of: flat };
}

/** One of several sides: equal sides (a function called for several tables) say the same thing once. */
export function anyOf(sides: readonly Predicate[], span: Span): readonly Predicate[] {
  const distinct: Predicate[] = [];
  const alike = new Map<string, Predicate[]>();
  for (const side of sides) {
    const key = likenessOf(side);
    const others = alike.get(key);
    if (others?.some((other) => isSame(side, other, 0)) === true) continue;
    if (others === undefined) alike.set(key, [side]);
    else others.push(side);
    distinct.push(side);
  }
  if (distinct.every(isTrue)) return [];
  return distinct.length === 1 ? distinct : [{ kind: 'any', span, of: distinct }];
}

/** How many sides are laid side by side, one union after the other. */
const MOST_SIDES = 64;

/** What came before a union is one of its sides; what came of another union directly before it is as many. */
export function unionOf(before: readonly Predicate[], sides: readonly Predicate[], span: Span): readonly Predicate[] {
  const [only] = before;
  if (only?.kind === 'any' && before.length === 1 && only.of.length < MOST_SIDES) return anyOf([...only.of, ...sides], span);
  return anyOf(before.length === 0 ? sides : [allOf(before, span), ...sides], span);
}

const MOST_LEVELS = 300;

/** Equal predicates have equal likenesses: where the first comparison stands, and how many parts there are. */
function likenessOf(predicate: Predicate): string {
  let at = predicate;
  let parts = '';
  for (let level = 0; level < 32; level++) {
    if (at.kind === 'not') at = at.of;
    else if ((at.kind === 'all' || at.kind === 'any') && at.of.length > 0) {
      parts += ` ${at.of.length}`;
      at = at.of[0]!;
    } else break;
  }
  return at.kind === 'test' || at.kind === 'unread' ? `${at.span.start}${parts}` : parts;
}

/** Whether two predicates say the same in the same words: those of a function that was called twice. */
function isSame(a: Predicate, b: Predicate, level: number): boolean {
  if (level > MOST_LEVELS) return false;
  switch (a.kind) {
    case 'all':
    case 'any':
      return b.kind === a.kind && a.of.length === b.of.length && a.of.every((part, index) => isSame(part, b.of[index]!, level + 1));
    case 'not':
      return b.kind === 'not' && isSame(a.of, b.of, level + 1);
    case 'test':
      return (
        b.kind === 'test' &&
        a.span.start === b.span.start &&
        a.values.length === b.values.length &&
        a.values.every((value, index) => writtenOf(value) === writtenOf(b.values[index]!))
      );
    case 'unread':
      return b.kind === 'unread' && a.span.start === b.span.start;
    default:
      return a satisfies never;
  }
}

/** The predicate without what lies deeper than anyone follows it. */
export function cut(predicate: Predicate, level = 0): Predicate {
  if (predicate.kind === 'test' || predicate.kind === 'unread') return predicate;
  const { span } = predicate;
  if (level > MOST_LEVELS) return { kind: 'unread', span, reason: 'unmodelled', note: 'deep nesting' };
  if (predicate.kind === 'not') {
    const inner = cut(predicate.of, level + 1);
    return inner === predicate.of ? predicate : { ...predicate, of: inner };
  }
  const of = predicate.of.map((part) => cut(part, level + 1));
  return of.every((part, index) => part === predicate.of[index]) ? predicate : { ...predicate, of };
}
