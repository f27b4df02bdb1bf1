import type { Family } from '../knowledge/families';
import { manyValuesIn } from '../knowledge/many-values';
import { formulaOf, type Formula } from '../logic/formula';
import type { EventRef, RuleMeaning } from '../model';

/** What rules mean is kept in canonical names: the field table has done its work when the catalog was built. */
const AS_STORED = { canonical: (name: string): string => name };

/** What a rule of a family means, to be compared with rules of any other: letters' case aside. `events`: what it reads, as far as that is known. */
export const storedFormula = (
  { predicate, isWhole, isGrouped, isOfEach }: RuleMeaning,
  family: Family | undefined,
  events: readonly EventRef[] = [],
): Formula =>
  formulaOf(predicate, AS_STORED, {
    foldCase: true,
    // Of several events, such as a sequence's, each may hold another value.
    manyValues:
      isWhole || isGrouped === true || isOfEach === true
        ? manyValuesIn(family, { providers: events.map(({ provider }) => provider) })
        : () => family?.manyValues === true,
  });
