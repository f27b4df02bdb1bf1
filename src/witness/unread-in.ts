import type { Operand, Predicate } from '../model';
import { regexOf } from '../run/regex';

/** What the first part is that is not read, or not run, in a few words; null where all is. */
export function unreadIn(predicates: readonly Predicate[]): string | null {
  for (const predicate of predicates) {
    const found = inPredicate(predicate);
    if (found !== null) return found;
  }
  return null;
}

function inPredicate(predicate: Predicate): string | null {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return unreadIn(predicate.of);
    case 'not':
      return inPredicate(predicate.of);
    case 'unread':
      return predicate.note ?? 'a part that is not read';
    case 'test':
      return inOperands(predicate.left === null ? predicate.values : [predicate.left, ...predicate.values]);
    default:
      return predicate satisfies never;
  }
}

function inOperands(operands: readonly Operand[]): string | null {
  for (const operand of operands) {
    const found =
      operand.kind === 'unread'
        ? (operand.note ?? operand.written ?? 'a value that is not read')
        : operand.kind === 'list'
          ? inOperands(operand.of)
          : operand.kind === 'call'
            ? inOperands(operand.args)
            : operand.kind === 'condition'
              ? inPredicate(operand.of)
              : operand.kind === 'regex'
                ? (regexOf(operand, false).refused ?? null)
                : null;
    if (found !== null) return found;
  }
  return null;
}
