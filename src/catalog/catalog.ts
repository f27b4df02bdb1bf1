import type { Listing } from './listing';
import type { Facts } from './facts';
import type { Manifest } from './layout';
import { postingsOf, type Postings } from './postings';
import { invert, type Lists } from './columns';

/** An open catalog: columns, and the few that are inverted on opening. */
export interface Catalog {
  readonly manifest: Manifest;
  readonly list: Listing;
  readonly facts: Facts;
  readonly indicators: Postings;
  readonly exclusions: Postings;
  /** Event → rules. */
  readonly covered: Lists;
}

export const catalogOf = (manifest: Manifest, list: Listing, facts: Facts): Catalog => ({
  manifest,
  list,
  facts,
  indicators: postingsOf(facts, list.vendors, 'indicator'),
  exclusions: postingsOf(facts, list.vendors, 'exclusion'),
  covered: invert(facts.events, facts.eventTable.length),
});
