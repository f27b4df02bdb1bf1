import type { Facet, Facets, QueryRemark, RuleOrder } from '../../model';
import { facetsOf } from './facets';
import type { RuleColumns } from '../store/rule-columns';
import type { MetadataColumns } from '../store/metadata-columns';
import { ordererOf } from './order';
import { parseQuery, type Condition, type Needle } from './query';
import { remarksOn } from './query-remarks';
import { elsewhere, matchCondition, type Marks } from './match-conditions';
import { searchTextsOf, type SearchTexts } from './search-texts';

/** Finds rules; over everything, or over the metadata alone while there are no facts. */
export interface Searcher {
  /** The rules that meet a query, in this order; null: the best match first, then the catalog's own order. */
  find(query: string, order: RuleOrder | null): Int32Array;
  /** How many rules meet a query under each value of each facet, the query's conditions on that facet aside. */
  facets(query: string): Facets;
  remarks(query: string): readonly QueryRemark[];
  /** Makes ready, once, what the first search would wait for else: texts to look through, and code that has run before. */
  prepare(): void;
  readonly texts: SearchTexts;
}

/** What a query asks, found: kept for the last query, for who scrolls or counts facets asks the same again, and who types changes one part. */
interface Answer {
  readonly query: string;
  readonly words: readonly { readonly asked: Needle; readonly marks: Marks }[];
  readonly without: readonly { readonly asked: Needle; readonly marks: Marks }[];
  readonly conditions: readonly { readonly asked: Condition; readonly marks: Marks }[];
  /** Per rule how well the words are met; 0: not, or it has one of those it must not have. */
  readonly scores: Int32Array;
}

/** Asks for something of everything. */
const ANY_SEARCH = 'any field:any value:any excludes:any event:any';

export function searcherOf(list: MetadataColumns, facts: RuleColumns | null): Searcher {
  const texts = searchTextsOf(list, facts);
  const ordered = ordererOf(list);
  let last: Answer | null = null;
  let isReady = false;
  let ranking: { readonly query: string; readonly rules: Int32Array } | null = null;
  const answerTo = (query: string): Answer => {
    if (last?.query !== query) last = answerOf(texts, query, last);
    return last;
  };
  const rankedFor = (query: string): Int32Array => {
    if (ranking?.query !== query) ranking = { query, rules: ranked(scoresOf(answerTo(query), null)) };
    return ranking.rules;
  };
  const facets = (query: string): Facets => {
    const answer = answerTo(query);
    const whole = scoresOf(answer, null);
    return facetsOf(list, (facet) => (answer.conditions.some(({ asked }) => columnOf(asked) === facet) ? scoresOf(answer, facet) : whole));
  };
  return {
    find: (query, order) => (order === null ? rankedFor(query) : ordered(rankedFor(query), order)),
    facets,
    remarks: (query) => remarksOn(texts, () => facets(''), query),
    prepare() {
      if (!isReady) answerOf(texts, ANY_SEARCH, null);
      isReady = true;
    },
    texts,
  };
}

function answerOf(texts: SearchTexts, query: string, before: Answer | null): Answer {
  const parsed = parseQuery(query, texts.isField);
  const words = parsed.words.map((asked) => again(asked, before?.words) ?? { asked, marks: wordMarks(texts, asked) });
  const conditions = parsed.conditions.map((asked) => again(asked, before?.conditions) ?? { asked, marks: matchCondition(texts, asked) });
  const without = parsed.without.map((asked) => again(asked, before?.without) ?? { asked, marks: wordMarks(texts, asked) });
  const scores = new Int32Array(texts.list.count).fill(1);
  for (const { marks } of words)
    for (let rule = 0; rule < scores.length; rule++) scores[rule] = marks[rule] === 0 || scores[rule] === 0 ? 0 : scores[rule]! + marks[rule]!;
  for (const { marks } of without) for (let rule = 0; rule < scores.length; rule++) if (marks[rule]! > 0) scores[rule] = 0;
  return { query, words, without, conditions, scores };
}

/** What was found before for the same thing. */
const again = <T extends { readonly asked: unknown }>(asked: T['asked'], before: readonly T[] = []): T | undefined => {
  const text = JSON.stringify(asked);
  return before.find((one) => JSON.stringify(one.asked) === text);
};

const columnOf = (condition: Condition): string | null => (condition.kind === 'column' ? condition.column : null);

/** A word in the title counts by how it stands there, 2 to 4, elsewhere it counts 1. */
function wordMarks(texts: SearchTexts, word: Needle): Marks {
  const titles = texts.titles(word);
  const marks = isTooShort(word) ? new Uint8Array(titles.length) : elsewhere(texts, word);
  for (let rule = 0; rule < marks.length; rule++) if (titles[rule]! > 0) marks[rule] = titles[rule]! + 1;
  return marks;
}

/** One or two letters stand in nearly every rule: they are looked for in titles only. */
const isTooShort = ({ pieces }: Needle): boolean => pieces.length === 1 && pieces[0]!.length < 3;

/** Scores under all conditions but those on a facet; 0 is out. */
function scoresOf({ scores: words, conditions }: Answer, except: Facet | null): Int32Array {
  const scores = words.slice();
  for (const { asked, marks } of conditions) {
    if (except !== null && columnOf(asked) === except) continue;
    for (let rule = 0; rule < scores.length; rule++) if (marks[rule]! > 0 === asked.isNegated) scores[rule] = 0;
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
