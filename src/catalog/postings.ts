import { VENDORS } from '../knowledge/families';
import type { PerVendor, Polarity } from '../model';
import { invert, type Lists } from './store/columns';
import type { RuleColumns } from './store/rule-columns';
import { POLARITIES } from './store/stored-format';
import type { MetadataColumns } from './store/metadata-columns';

/** Which rules have each triple as an indicator (or as an exclusion), each rule once, and how many of each vendor. */
export interface Postings {
  readonly rules: Lists;
  /** As many numbers a triple as there are vendors, in their order. */
  readonly perVendor: Int32Array;
}

/** Counts the readings of one polarity among the rules that guides count: two passes over the columns, no text touched. */
export function postingsOf(facts: RuleColumns, { vendors, counted }: MetadataColumns, polarity: Polarity): Postings {
  const place = POLARITIES.indexOf(polarity);
  const starts = new Int32Array(vendors.length + 1);
  const items = new Int32Array(facts.leafValueTriples.length);
  let filled = 0;
  for (let rule = 0; rule < vendors.length; rule++) {
    for (let leaf = facts.leafStarts[rule]!; counted[rule] === 1 && leaf < facts.leafStarts[rule + 1]!; leaf++) {
      if (facts.leafPolarities[leaf] !== place) continue;
      for (let reading = facts.leafValueStarts[leaf]!; reading < facts.leafValueStarts[leaf + 1]!; reading++) {
        const triple = facts.leafValueTriples[reading]!;
        if (triple > 0) items[filled++] = triple - 1;
      }
    }
    starts[rule + 1] = filled;
  }
  const triples = facts.tripleFields.length;
  const rules = invert({ starts, items: items.subarray(0, filled) }, triples);
  const perVendor = new Int32Array(triples * VENDORS.length);
  for (let triple = 0; triple < triples; triple++)
    for (let at = rules.starts[triple]!; at < rules.starts[triple + 1]!; at++) perVendor[triple * VENDORS.length + vendors[rules.items[at]!]!]!++;
  return { rules, perVendor };
}

/** How many rules have the triple. */
export const reachOf = ({ rules }: Postings, triple: number): number => rules.starts[triple + 1]! - rules.starts[triple]!;

export const perVendorOf = ({ perVendor }: Postings, triple: number): PerVendor => {
  const at = triple * VENDORS.length;
  // Not spread from the column: over thousands of rows that took longer than all else of a guide.
  return VENDORS.map((_, vendor) => perVendor[at + vendor]!);
};

/** Distinct rules per vendor of some rules. */
export function tally(vendors: Int32Array, rules: Iterable<number>): PerVendor {
  const counts = VENDORS.map(() => 0);
  for (const rule of rules) counts[vendors[rule]!]!++;
  return counts;
}
