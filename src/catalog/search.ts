import type { Facet, Facets, QueryRemark, RuleOrder } from '../model';
import { facetsOf } from './facets';
import type { Facts } from './facts';
import type { Listing } from './listing';
import { ordererOf } from './order';
import { parseQuery, type Needle } from './query';
import { remarksOn } from './query-remarks';
import { elsewhere, marksOf, type Marks } from './search-marks';
import { searchTextsOf, type SearchTexts } from './search-texts';

/** Finds rules; over everything, or over the metadata alone while there are no facts. */
export interface Searcher {
  /** The rules that meet a query, in this order; null: the best match first, then the catalog's own order. */
  find(query: string, order: RuleOrder | null): Int32Array;
  /** How many rules meet a query under each value of each facet, the query's conditions on that facet aside. */
  facets(query: string): Facets;
  remarks(query: string): readonly QueryRemark[];
  readonly texts: SearchTexts;
}

/** What a query asks, found: kept for the last query, for who scrolls or counts facets asks the same again. */
interface Answer {
  readonly query: string;
  /** Per rule how well the words are met; 0: not. */
  readonly words: Int32Array;
  readonly conditions: readonly { readonly column: string | null; readonly isNegated: boolean; readonly marks: Marks }[];
}

export function searcherOf(list: Listing, facts: Facts | null): Searcher {
  const texts = searchTextsOf(list, facts);
  const ordered = ordererOf(list);
  let last: Answer | null = null;
  let ranking: { readonly query: string; readonly rules: Int32Array } | null = null;
  const answerTo = (query: string): Answer => {
    if (last?.query !== query) last = answerOf(texts, query);
    return last;
  };
  const rankedFor = (query: string): Int32Array => {
    if (ranking?.query !== query) ranking = { query, rules: ranked(scoresOf(answerTo(query), null)) };
    return ranking.rules;
  };
  const facets = (query: string): Facets => {
    const answer = answerTo(query);
    const whole = scoresOf(answer, null);
    return facetsOf(list, (facet) => (answer.conditions.some(({ column }) => column === facet) ? scoresOf(answer, facet) : whole));
  };
  return {
    find: (query, order) => (order === null ? rankedFor(query) : ordered(rankedFor(query), order)),
    facets,
    remarks: (query) => remarksOn(texts, () => facets(''), query),
    texts,
  };
}

function answerOf(texts: SearchTexts, query: string): Answer {
  const parsed = parseQuery(query);
  const conditions = parsed.conditions.map((condition) => ({
    column: condition.kind === 'column' ? condition.column : null,
    isNegated: condition.isNegated,
    marks: marksOf(texts, condition),
  }));
  // A word in the title scores by how it stands there, elsewhere it scores 1.
  const words = new Int32Array(texts.list.count).fill(1);
  for (const word of parsed.words) {
    const titles = texts.titles(word);
    const others = isTooShort(word) ? null : elsewhere(texts, word);
    for (let rule = 0; rule < words.length; rule++) {
      if (words[rule] === 0) continue;
      if (titles[rule]! > 0) words[rule]! += titles[rule]! + 1;
      else if (others !== null && others[rule]! > 0) words[rule]! += 1;
      else words[rule] = 0;
    }
  }
  return { query, words, conditions };
}

/** One or two letters stand in nearly every rule: they are looked for in titles only. */
const isTooShort = ({ pieces }: Needle): boolean => pieces.length === 1 && pieces[0]!.length < 3;

/** Scores under all conditions but those on a facet; 0 is out. */
function scoresOf({ words, conditions }: Answer, except: Facet | null): Int32Array {
  const scores = words.slice();
  for (const { column, isNegated, marks } of conditions) {
    if (column !== null && column === except) continue;
    for (let rule = 0; rule < scores.length; rule++) if (marks[rule]! > 0 === isNegated) scores[rule] = 0;
  }
  return scores;
}

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
