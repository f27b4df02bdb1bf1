import type { Facts } from './facts';
import type { About } from './layout';
import type { Listing } from './listing';
import { postingsOf, type Postings } from './postings';

/** An open catalog: columns, and those that are inverted on opening. */
export interface Catalog {
  readonly about: About;
  readonly list: Listing;
  readonly facts: Facts;
  readonly indicators: Postings;
  readonly exclusions: Postings;
}

export const catalogOf = (about: About, list: Listing, facts: Facts): Catalog => ({
  about,
  list,
  facts,
  indicators: postingsOf(facts, list, 'indicator'),
  exclusions: postingsOf(facts, list, 'exclusion'),
});
