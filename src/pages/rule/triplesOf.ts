import type { RuleFacts } from '../../model';
import type { PlacedTriple } from './Comparison';

/** Everything of a catalog rule that can be counted. */
export const triplesOf = (facts: RuleFacts): readonly PlacedTriple[] =>
  facts.leaves.flatMap(({ triples, polarity }) => triples.flatMap((triple) => (triple === null ? [] : [{ ...triple, polarity }])));
