import type { Companion, GuidePlace, Triple } from '../model';
import type { Catalog } from './catalog';
import { distinctCounter } from './distinct-counter';
import { numberOf, rulesHere } from './reach';
import { tripleOf } from './rule';
import { listAt } from './store/columns';
import { POLARITIES } from './store/stored-format';

const EXCLUSION = POLARITIES.indexOf('exclusion');

/** What the rules that exclude a triple exclude as well, those of a guide where one is given: by how many of them, then by how many in the same exclusion, at most `limit`. */
export function companionsOf({ list, facts, exclusions }: Catalog, triple: Triple, under: GuidePlace | null, limit: number): readonly Companion[] {
  const number = numberOf(facts, triple);
  if (number < 0) return [];
  const here = rulesHere(list, under);
  const beside = distinctCounter(facts.tripleFields.length);
  const joined = distinctCounter(facts.tripleFields.length);
  for (const rule of listAt(exclusions.rules, number)) {
    if (here?.has(rule) === false) continue;
    const leaves: { readonly composite: number; readonly triples: Int32Array }[] = [];
    for (let leaf = facts.leafStarts[rule]!; leaf < facts.leafStarts[rule + 1]!; leaf++) {
      if (facts.leafPolarities[leaf] !== EXCLUSION) continue;
      const triples = facts.leafValueTriples.subarray(facts.leafValueStarts[leaf]!, facts.leafValueStarts[leaf + 1]!);
      leaves.push({ composite: facts.leafComposites[leaf]!, triples });
    }
    const own = leaves.filter(({ triples }) => triples.includes(number + 1));
    for (const leaf of leaves) {
      // Values of the same comparison are alternatives of each other.
      const isJoined = leaf.composite > 0 && own.some((other) => other !== leaf && other.composite === leaf.composite);
      for (const stored of leaf.triples) {
        if (stored === 0 || stored - 1 === number) continue;
        beside.add(stored - 1, rule);
        if (isJoined) joined.add(stored - 1, rule);
      }
    }
  }
  const inOne = new Map(joined.counts());
  return beside
    .counts()
    .map(([other, rules]) => ({ other, rules, joined: inOne.get(other) ?? 0 }))
    .sort((a, b) => b.rules - a.rules || b.joined - a.joined || a.other - b.other)
    .slice(0, limit)
    .map(({ other, rules, joined: together }) => ({ ...tripleOf(facts, other), rules, joined: together }));
}
