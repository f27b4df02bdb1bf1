import type { Formula } from './formula';
import { contradicts, implies } from './implies';

/** How one rule stands to another. `stricter`: it fires less, the other covers it; `broader`: it covers the other. */
type Relation = 'same' | 'stricter' | 'broader' | 'contradicting' | 'overlapping' | 'apart';

interface Related {
  readonly relation: Relation;
  /** Conditions of the first that the second does not ask for, and the other way round. */
  readonly more: readonly Formula[];
  readonly fewer: readonly Formula[];
  /** Conditions of the first that the second asks for too. */
  readonly shared: readonly Formula[];
}

/** What must all hold. */
export const conditionsOf = (formula: Formula): readonly Formula[] => (formula.kind === 'all' ? formula.of : [formula]);

/** Whether a condition looks for something: a condition that only leaves out is no likeness by itself. */
const asks = (formula: Formula): boolean => (formula.kind === 'literal' ? formula.sign : formula.kind !== 'unread' && formula.of.some(asks));

/** How `a` stands to `b`, with the conditions that decide. Certain, but for `overlapping` and `apart`, which say what is not known to be more. */
export function relate(a: Formula, b: Formula): Related {
  const [own, others] = [conditionsOf(a), conditionsOf(b)];
  const shared = own.filter((part) => others.some((other) => implies(part, other)));
  const more = own.filter((part) => !implies(b, part));
  const fewer = others.filter((part) => !implies(a, part));
  const relationOf = (): Relation => {
    if (more.length === 0 && fewer.length === 0) return 'same';
    if (fewer.length === 0) return 'stricter';
    if (more.length === 0) return 'broader';
    if (contradicts(a, b)) return 'contradicting';
    return shared.some(asks) ? 'overlapping' : 'apart';
  };
  return { relation: relationOf(), more, fewer, shared };
}
