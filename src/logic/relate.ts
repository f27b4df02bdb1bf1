import { asked } from './condition-text';
import type { Formula } from './formula';
import { contradicts as contradictsWithin, implies as impliesWithin, oneQuestion } from './implies';
import type { ComparedWords } from '../model';

type ComparedAs = ComparedWords['as'];

/** What must all hold. */
export const conditionsOf = (formula: Formula): readonly Formula[] => (formula.kind === 'all' ? formula.of : [formula]);

/** A condition of the one rule beside what the other asks in its place; null: it asks nothing of the kind, or, where it `follows`, says as much elsewhere. */
interface ComparedCondition {
  readonly as: ComparedAs;
  readonly first: Formula | null;
  readonly second: Formula | null;
}

/**
 * The conditions of two rules side by side, each of them once; certain, but for those that stand alone, of which no more is known. `inLines`: as rules of
 * different writers are compared.
 */
export function comparedConditions(a: Formula, b: Formula, inLines = false): readonly ComparedCondition[] {
  const contradicts = (part: Formula, other: Formula): boolean => contradictsWithin(part, other, oneQuestion(inLines));
  const implies = (part: Formula, other: Formula): boolean => impliesWithin(part, other, oneQuestion(inLines));
  const left = new Set(conditionsOf(b));
  const take = (fits: (other: Formula) => boolean): Formula | null => {
    const found = [...left].find(fits) ?? null;
    if (found !== null) left.delete(found);
    return found;
  };
  const rows = new Map<Formula, ComparedCondition>();
  const own = conditionsOf(a);
  const pair = (as: ComparedAs, fits: (part: Formula, other: Formula) => boolean): void => {
    for (const part of own) {
      if (rows.has(part)) continue;
      const second = take((other) => fits(part, other));
      if (second !== null) rows.set(part, { as, first: part, second });
    }
  };
  pair('same', (part, other) => implies(part, other) && implies(other, part));
  // What excludes each other decides the two rules, whatever else it says.
  pair('contradicts', contradicts);
  pair('wider', (part, other) => implies(part, other));
  pair('narrower', (part, other) => implies(other, part));
  const alone = own.map((part): ComparedCondition => {
    const row = rows.get(part);
    if (row !== undefined) return row;
    // Several conditions of the other together, or one that is taken already, may say it too.
    return { as: implies(b, part) ? 'follows' : 'only-first', first: part, second: null };
  });
  return [...alone, ...[...left].map((part): ComparedCondition => ({ as: implies(a, part) ? 'follows' : 'only-second', first: null, second: part }))];
}

/** Whether a condition looks for something: one that only leaves out, or leaves out but for exceptions, is no likeness by itself. */
export const looksFor = (formula: Formula): boolean =>
  formula.kind === 'any' ? formula.of.length > 0 && formula.of.every(looksFor) : formula.kind === 'all' ? formula.of.some(looksFor) : asked(formula).length > 0;
