import type { DraftFacts, SimilarRule } from '../model';
import type { Catalog } from './catalog';
import { listAt } from './store/columns';
import { POLARITIES } from './store/stored-format';
import { rowOf } from './store/metadata-columns';
import { reachOf, type Postings } from './postings';
import { numberOf } from './reach';
import { tripleOf } from './rule';

/**
 * Rules that share indicators and exclusions with a draft, the most alike first: shared triples weigh by how rare they are in the corpus,
 * against all that the draft and the rule each have (cosine).
 */
export function similarTo(catalog: Catalog, asked: DraftFacts['triples'], limit: number): readonly SimilarRule[] {
  const { list, facts } = catalog;
  const rarity = (postings: Postings, triple: number): number => Math.log(1 + list.count / Math.max(1, reachOf(postings, triple)));
  const shared = new Map<number, { weight: number; count: number }>();
  const own = { indicator: new Set<number>(), exclusion: new Set<number>() };
  let draftWeight = 0;
  for (const { polarity, ...triple } of asked) {
    if (polarity !== 'indicator' && polarity !== 'exclusion') continue;
    const number = numberOf(facts, triple);
    if (number < 0) {
      draftWeight += Math.log(1 + list.count) ** 2;
      continue;
    }
    if (own[polarity].has(number)) continue;
    own[polarity].add(number);
    const postings = polarity === 'indicator' ? catalog.indicators : catalog.exclusions;
    const weight = rarity(postings, number) ** 2;
    draftWeight += weight;
    for (const rule of listAt(postings.rules, number)) {
      const known = shared.get(rule);
      if (known === undefined) shared.set(rule, { weight, count: 1 });
      else {
        known.weight += weight;
        known.count++;
      }
    }
  }
  const weighed = [...shared].map(([rule, { weight, count }]) => {
    const triples = triplesOf(catalog, rule);
    const ruleWeight = triples.reduce((sum, { postings, triple }) => sum + rarity(postings, triple) ** 2, 0);
    return { rule, count, of: triples.length, score: weight / Math.sqrt(draftWeight * ruleWeight) };
  });
  return weighed
    .sort((a, b) => b.score - a.score || a.rule - b.rule)
    .slice(0, limit)
    .map(({ rule, count, of }) => ({ ...rowOf(list, rule), shared: count, of }));
}

const INDICATOR = POLARITIES.indexOf('indicator');
const EXCLUSION = POLARITIES.indexOf('exclusion');

/** A rule's distinct indicators and exclusions. */
function triplesOf({ facts, indicators, exclusions }: Catalog, rule: number): { readonly postings: Postings; readonly triple: number }[] {
  const found = new Map<number, { readonly postings: Postings; readonly triple: number }>();
  for (let leaf = facts.leafStarts[rule]!; leaf < facts.leafStarts[rule + 1]!; leaf++) {
    const polarity = facts.leafPolarities[leaf]!;
    if (polarity !== INDICATOR && polarity !== EXCLUSION) continue;
    for (let reading = facts.leafValueStarts[leaf]!; reading < facts.leafValueStarts[leaf + 1]!; reading++) {
      const triple = facts.leafValueTriples[reading]! - 1;
      if (triple >= 0) found.set(triple * 2 + Number(polarity === EXCLUSION), { postings: polarity === INDICATOR ? indicators : exclusions, triple });
    }
  }
  return [...found.values()];
}

/** What a rule of the catalog asks, as a draft's triples are. */
export const triplesOfRule = (catalog: Catalog, rule: number): DraftFacts['triples'] =>
  triplesOf(catalog, rule).map(({ postings, triple }) => ({
    ...tripleOf(catalog.facts, triple),
    polarity: postings === catalog.indicators ? 'indicator' : 'exclusion',
  }));
