import type { Facts } from './facts';
import type { Listing } from './listing';
import { parseQuery, type Needle } from './query';
import { elsewhere, marksOf } from './search-marks';
import { searchTextsOf, type SearchTexts } from './search-texts';

/** Finds the rules that meet a query: the best first, then in the catalog's order. */
export type Searcher = (query: string) => Int32Array;

/** A searcher over everything, or over the metadata alone while there are no facts. The last answer is kept: who scrolls asks again. */
export function searcherOf(list: Listing, facts: Facts | null): Searcher {
  const texts = searchTextsOf(list, facts);
  let last: { readonly query: string; readonly rules: Int32Array } | null = null;
  return (query) => {
    if (last?.query !== query) last = { query, rules: rulesOf(texts, query) };
    return last.rules;
  };
}

function rulesOf(texts: SearchTexts, query: string): Int32Array {
  const { conditions, words } = parseQuery(query);
  const count = texts.list.count;
  // 0: not met. A word in the title scores by how it stands there, elsewhere it scores 1.
  const scores = new Int32Array(count).fill(1);
  for (const condition of conditions) {
    const marks = marksOf(texts, condition);
    for (let rule = 0; rule < count; rule++) if (marks[rule]! > 0 === condition.isNegated) scores[rule] = 0;
  }
  for (const word of words) {
    const titles = texts.titles(word);
    const others = isTooShort(word) ? null : elsewhere(texts, word);
    for (let rule = 0; rule < count; rule++) {
      if (scores[rule] === 0) continue;
      if (titles[rule]! > 0) scores[rule]! += titles[rule]! + 1;
      else if (others !== null && others[rule]! > 0) scores[rule]! += 1;
      else scores[rule] = 0;
    }
  }
  return ranked(scores);
}

/** One or two letters stand in nearly every rule: they are looked for in titles only. */
const isTooShort = ({ pieces }: Needle): boolean => pieces.length === 1 && pieces[0]!.length < 3;

/** Rules with a score, the highest first, each score's in their own order: sorted by counting, for a common word meets thousands. */
function ranked(scores: Int32Array): Int32Array {
  let highest = 0;
  for (const score of scores) if (score > highest) highest = score;
  const starts = new Int32Array(highest + 1);
  for (const score of scores) if (score > 0) starts[score]!++;
  let total = 0;
  for (let score = highest; score > 0; score--) {
    const size = starts[score]!;
    starts[score] = total;
    total += size;
  }
  const rules = new Int32Array(total);
  for (let rule = 0; rule < scores.length; rule++) if (scores[rule]! > 0) rules[starts[scores[rule]!]!++] = rule;
  return rules;
}
