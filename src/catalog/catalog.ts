import type { RuleColumns } from './store/rule-columns';
import type { About } from './store/stored-format';
import type { MetadataColumns } from './store/metadata-columns';
import { postingsOf, type Postings } from './postings';

/** An open catalog: columns, and those that are inverted on opening. */
export interface Catalog {
  readonly about: About;
  readonly list: MetadataColumns;
  readonly facts: RuleColumns;
  readonly indicators: Postings;
  readonly exclusions: Postings;
}

export const catalogOf = (about: About, list: MetadataColumns, facts: RuleColumns): Catalog => ({
  about,
  list,
  facts,
  indicators: postingsOf(facts, list, 'indicator'),
  exclusions: postingsOf(facts, list, 'exclusion'),
});
