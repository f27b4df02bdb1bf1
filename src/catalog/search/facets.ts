import { VENDORS } from '../../knowledge/families';
import { SOURCE_NAMES } from '../../knowledge/sources';
import { DOMAINS, FACETS, PLATFORMS, RULE_KINDS, type Facet, type Facets } from '../../model';
import type { MetadataColumns } from '../store/metadata-columns';

/** Counts the rules under each value of each facet, most first; `scoresOf` gives, for a facet, each rule's score without that facet's conditions: 0 is out. */
export function facetsOf(list: MetadataColumns, scoresOf: (facet: Facet) => Int32Array): Facets {
  const counted = (facet: Facet): Facets[Facet] => {
    const { names, counts } = countsOf(list, facet, scoresOf(facet));
    const found = names.map((name, at): [string, number] => [name, counts[at]!]).filter(([name, count]) => count > 0 && name !== '');
    return found.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  };
  return Object.fromEntries(FACETS.map((facet) => [facet, counted(facet)])) as unknown as Facets;
}

/** A facet's values, and how many rules with a score have each. */
interface Counts {
  readonly names: readonly string[];
  readonly counts: Int32Array;
}

function countsOf(list: MetadataColumns, facet: Facet, scores: Int32Array): Counts {
  switch (facet) {
    case 'vendor':
      return ofPlaces(VENDORS, list.vendors, scores);
    case 'source':
      return ofPlaces(SOURCE_NAMES, list.sources, scores);
    case 'kind':
      return ofPlaces(RULE_KINDS, list.kinds, scores);
    case 'severity':
      return ofPlaces(list.words, list.severities, scores);
    case 'status':
      return ofPlaces(list.words, list.statuses, scores);
    case 'language':
      return ofPlaces(list.words, list.languages, scores);
    case 'platform':
      return ofBits(PLATFORMS, list.platforms, scores);
    case 'domain':
      return ofBits(DOMAINS, list.domains, scores);
    case 'tactic': {
      const counts = new Int32Array(list.words.length);
      const { starts, items } = list.tactics;
      for (let rule = 0; rule < scores.length; rule++) if (scores[rule]! > 0) for (let at = starts[rule]!; at < starts[rule + 1]!; at++) counts[items[at]!]!++;
      return { names: list.words, counts };
    }
    default:
      return facet satisfies never;
  }
}

function ofPlaces(names: readonly string[], column: Int32Array, scores: Int32Array): Counts {
  const counts = new Int32Array(names.length);
  for (let rule = 0; rule < scores.length; rule++) if (scores[rule]! > 0) counts[column[rule]!]!++;
  return { names, counts };
}

/** A rule may have several of these: one bit each. */
function ofBits(names: readonly string[], column: Int32Array, scores: Int32Array): Counts {
  const counts = new Int32Array(names.length);
  for (let rule = 0; rule < scores.length; rule++) {
    if (scores[rule] === 0) continue;
    for (let bits = column[rule]!; bits !== 0; bits &= bits - 1) counts[31 - Math.clz32(bits & -bits)]!++;
  }
  return { names, counts };
}
