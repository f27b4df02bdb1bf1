import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { haystackOf } from '../../src/catalog/search/haystack';
import { lookUp } from '../../src/catalog/search/text-search';
import { distinctCounter } from '../../src/catalog/distinct-counter';

/** Few letters, so that needles are met; blanks, breaks and letters whose lower case is longer, or of another width. */
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B', ' ', '\n', 'é', 'ż', 'İ', 'K'), maxLength: 12 });
const needle = fc.record({
  pieces: fc.array(
    text.map((piece) => piece.toLowerCase()),
    { minLength: 1, maxLength: 3 },
  ),
  isWhole: fc.boolean(),
});

describe('many texts as one', () => {
  it('are searched as each alone', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), needle, fc.boolean(), fc.nat(40), (few, asked, inside, times) => {
        // Long ones in between make several blocks.
        const texts = few.flatMap((one) => [one, 'x'.repeat(times * 100)]);
        const alone = texts.map((one) => lookUp(haystackOf([one]), asked, inside)[0]);
        expect([...lookUp(haystackOf(texts), asked, inside)]).toEqual(alone);
      }),
    );
  });
});

describe('things counted by rule', () => {
  it('count as if nothing had been counted before', () => {
    const additions = fc.array(fc.tuple(fc.nat(9), fc.nat(5)), { maxLength: 40 }).map((all) => all.toSorted((a, b) => a[1] - b[1]));
    fc.assert(
      fc.property(fc.array(additions, { maxLength: 4 }), (rounds) => {
        for (const round of rounds) {
          const counter = distinctCounter(10);
          for (const [thing, rule] of round) counter.add(thing, rule);
          const expected = new Map<number, Set<number>>();
          for (const [thing, rule] of round) expected.set(thing, (expected.get(thing) ?? new Set()).add(rule));
          expect(counter.counts()).toEqual([...expected].map(([thing, rules]) => [thing, rules.size]));
          counter.add(0, 99);
          expect(counter.counts()).toEqual([]);
        }
      }),
    );
  });
});
