import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldNames } from '../../src/knowledge/fields';
import { findingsIn } from '../../src/logic/findings';
import { formulaOf } from '../../src/logic/formula';
import { contradicts, implies, impossibleIn } from '../../src/logic/implies';
import { comparedConditions } from '../../src/logic/relate';
import type { Predicate } from '../../src/model';
import { smallEvent, smallPredicate, verdictOf } from './made';

const NAMES = fieldNames('sigma', []);
const formula = (predicate: Predicate) => formulaOf(predicate, NAMES);
/** Numbers are compared as numbers only where the value is one: the small events hold texts too, which no engine orders alike. */
const isDecided = (event: Readonly<Record<string, string | undefined>>): boolean => Object.values(event).every((value) => value === undefined || value !== '');

describe('what is proved holds of every event with one value a field', () => {
  const RUNS = { numRuns: 3000 };

  test('a implies b, and a fires: b fires', () => {
    fc.assert(
      fc.property(smallPredicate, smallPredicate, fc.array(smallEvent.filter(isDecided), { maxLength: 8 }), (a, b, events) => {
        if (!implies(formula(a), formula(b))) return;
        for (const event of events) if (verdictOf(a, event) === true) expect(verdictOf(b, event)).toBe(true);
      }),
      RUNS,
    );
  });

  test('a rule implies itself with a condition dropped, and is implied by itself with one more', () => {
    fc.assert(
      fc.property(smallPredicate, smallPredicate, (a, b) => {
        const both: Predicate = { kind: 'all', span: a.span, of: [a, b] };
        const either: Predicate = { kind: 'any', span: a.span, of: [a, b] };
        if (!holdsUnread(a)) {
          expect(implies(formula(both), formula(a))).toBe(true);
          expect(implies(formula(a), formula(either))).toBe(true);
          expect(implies(formula(a), formula(a))).toBe(true);
          expect(comparedConditions(formula(a), formula(a)).filter(({ as }) => as !== 'same')).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  test('what contradicts never fires together, what is impossible never fires', () => {
    fc.assert(
      fc.property(smallPredicate, smallPredicate, fc.array(smallEvent.filter(isDecided), { maxLength: 8 }), (a, b, events) => {
        const clash = contradicts(formula(a), formula(b));
        const never = impossibleIn(formula(a)) !== null;
        for (const event of events) {
          if (clash) expect(verdictOf(a, event) === true && verdictOf(b, event) === true).toBe(false);
          if (never) expect(verdictOf(a, event)).not.toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('finding what a rule does to itself always ends in an answer', () => {
    fc.assert(fc.property(smallPredicate, (a) => findingsIn(formula(a)).found.every(({ span }) => span.start <= span.end)));
  });
});

function holdsUnread(predicate: Predicate): boolean {
  if (predicate.kind === 'unread') return true;
  if (predicate.kind === 'not') return holdsUnread(predicate.of);
  return predicate.kind !== 'test' && predicate.of.some(holdsUnread);
}
