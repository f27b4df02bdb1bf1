import type { Facts } from './facts';
import type { Manifest } from './layout';
import type { Listing } from './listing';
import { postingsOf, type Postings } from './postings';

/** An open catalog: columns, and those that are inverted on opening. */
export interface Catalog {
  readonly manifest: Manifest;
  readonly list: Listing;
  readonly facts: Facts;
  readonly indicators: Postings;
  readonly exclusions: Postings;
}

export const catalogOf = (manifest: Manifest, list: Listing, facts: Facts): Catalog => ({
  manifest,
  list,
  facts,
  indicators: postingsOf(facts, list, 'indicator'),
  exclusions: postingsOf(facts, list, 'exclusion'),
});
