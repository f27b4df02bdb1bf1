import type { Span } from '../model';
import { asked } from './condition-text';
import type { Formula } from './formula';
import { type Budget, contradicts, implies, impossibleIn, negationOf } from './implies';

/**
 * What a rule's own conditions do to each other. `never`: no event can meet this beside the other; `always`: every event meets one of these;
 * `idle`: another condition says as much already; `covered`: another value of the same choice takes in this one.
 */
export interface Finding {
  readonly kind: 'never' | 'always' | 'idle' | 'covered';
  readonly span: Span;
  /** What makes it so. */
  readonly by: Span;
}

/** More conditions side by side than these are not compared with one another. */
const MOST_SIDES = 400;

/** Steps that all questions about one rule may cost together: enough for lists of hundreds of values, and no more for a text made to take long. */
const MOST_STEPS = 2_000_000;

/** Everything of that kind in a rule, by place; each is certain. Of a rule that would take too long, what was found so far. */
export function findingsIn(formula: Formula): readonly Finding[] {
  const found: Finding[] = [];
  const budget: Budget = { left: MOST_STEPS };
  const impossible = impossibleIn(formula, budget);
  if (impossible !== null) return [{ kind: 'never', span: impossible[1].span, by: impossible[0].span }];
  const visit = (node: Formula): void => {
    if (node.kind !== 'all' && node.kind !== 'any') return;
    if (node.of.length <= MOST_SIDES && budget.left > 0)
      found.push(
        ...(node.kind === 'all' ? [...deadIn(node.of, budget), ...idleIn(node.of, budget)] : [...alwaysIn(node.of, budget), ...coveredIn(node.of, budget)]),
      );
    node.of.forEach(visit);
  };
  visit(formula);
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** Branches of a choice that another condition rules out. */
function deadIn(parts: readonly Formula[], budget: Budget): readonly Finding[] {
  return parts.flatMap((part, at) =>
    part.kind !== 'any' || part.of.length > MOST_SIDES
      ? []
      : part.of.flatMap((branch): readonly Finding[] => {
          // Within an exclusion it is the other way round: what it excludes is asked for anyway.
          const by = asked(branch).length === 0 ? undefined : parts.find((other, index) => index !== at && contradicts(other, branch, budget));
          return by === undefined ? [] : [{ kind: 'never', span: branch.span, by: by.span }];
        }),
  );
}

/** Of two conditions that say the same, the later is idle. */
function idleIn(parts: readonly Formula[], budget: Budget): readonly Finding[] {
  return parts.flatMap((part, at): readonly Finding[] => {
    // Asking first whether a field is there is a habit, not a slip.
    if (part.kind === 'literal' && part.set.kind === 'every') return [];
    const by = parts.find(
      (other, index) =>
        index !== at && other.kind !== 'unread' && implies(other, part, budget) && (index < at || (!implies(part, other, budget) && budget.left > 0)),
    );
    return by === undefined ? [] : [{ kind: 'idle', span: part.span, by: by.span }];
  });
}

function coveredIn(parts: readonly Formula[], budget: Budget): readonly Finding[] {
  return parts.flatMap((part, at): readonly Finding[] => {
    const by = parts.find((other, index) => index !== at && implies(part, other, budget) && (index < at || (!implies(other, part, budget) && budget.left > 0)));
    return by === undefined ? [] : [{ kind: 'covered', span: part.span, by: by.span }];
  });
}

/** Two sides of a choice of which one always holds: `a != "x" or a != "y"`. */
function alwaysIn(parts: readonly Formula[], budget: Budget): readonly Finding[] {
  for (const [at, part] of parts.entries()) {
    const negated = part.kind === 'literal' && !part.sign ? negationOf(part) : null;
    if (negated === null) continue;
    for (let other = 0; other < at; other++) {
      const side = parts[other]!;
      const against = side.kind === 'literal' && !side.sign ? negationOf(side) : null;
      if (against !== null && contradicts(negated, against, budget)) return [{ kind: 'always', span: part.span, by: side.span }];
    }
  }
  return [];
}
