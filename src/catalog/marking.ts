import { coverageOf, fieldCoverageOf, indexDraft } from '../analysis/compare';
import { familyWriting } from '../knowledge/families';
import type { Formula } from '../logic/formula';
import { contradicts, implies } from '../logic/implies';
import type { DraftFacts, Mark, Triple } from '../model';
import { rowTest } from '../syntax/row-test';
import { storedFormula } from './stored-formula';

/** How a guide's rows stand to a draft. */
export interface Marking {
  readonly ofValue: (row: Triple, polarity: 'indicator' | 'exclusion') => Mark;
  readonly ofField: (field: string) => Mark;
}

/** A draft is asked about thousands of rows: one of them may cost so many comparisons. */
const STEPS = 2_000;

/** A draft made ready to say how rows stand to it. */
export function markingOf(draft: DraftFacts): Marking {
  const index = indexDraft(draft);
  const against = againstOf(draft);
  return {
    ofValue(row, polarity) {
      const mark = coverageOf(index, row, polarity);
      return mark === 'missing' || mark === 'near' ? (against(row, polarity) ?? mark) : mark;
    },
    ofField: (field) => fieldCoverageOf(index, field),
  };
}

/**
 * What stands against a row: beside what the draft asks no event would meet it, or an exclusion would leave none; or the draft's events never have what
 * it excludes.
 */
function againstOf(draft: DraftFacts): (row: Triple, polarity: 'indicator' | 'exclusion') => 'contradicts' | 'does-not-apply' | null {
  if (draft.meaning === null) return () => null;
  const family = familyWriting(draft.taxonomy);
  const own = storedFormula(draft.meaning, family);
  const fields = new Set(fieldsIn(own));
  return ({ field, kind, value }, polarity) => {
    const row = storedFormula({ predicate: rowTest({ polarity, field, op: kind, value }, 'pcre'), isWhole: true }, family);
    if (!fieldsIn(row).some((name) => fields.has(name))) return null;
    const isApart = contradicts(own, row, { left: STEPS });
    if (polarity === 'indicator') return isApart ? 'contradicts' : null;
    return isApart ? 'does-not-apply' : implies(own, row, { left: STEPS }) ? 'contradicts' : null;
  };
}

const fieldsIn = (formula: Formula): readonly string[] =>
  formula.kind === 'literal' ? [formula.field] : formula.kind === 'unread' ? [] : formula.of.flatMap(fieldsIn);
