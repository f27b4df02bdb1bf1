import { currentOf, generationsOf, isTechniqueId, nameOfTechnique, parentOf, tacticsEverOf, tacticsOfTechnique, TECHNIQUES } from '../knowledge/attack';
import { isOwnSource, SOURCE_NAMES } from '../knowledge/sources';
import type { GuideFilters, PerVendor, Technique } from '../model';
import { listAt } from './store/columns';
import type { BundledTechnique } from './store/encode';
import { passingOf } from './filters';
import type { MetadataColumns } from './store/metadata-columns';
import { binarySearch } from './store/strings';
import { tally } from './postings';

/** A technique by its ID, letters' case aside; null when neither generation of ATT&CK nor any rule knows it. */
export function techniqueOf(list: MetadataColumns, asked: string): Technique | null {
  const id = asked.trim().toUpperCase();
  const named = list.attack.get(id) ?? bundledTechnique(id);
  if (named !== null) return { ...named, other: otherIds(id).join(', '), today: currentOf(id) === id ? tacticsOfTechnique(id) : [], known: true };
  return isTechniqueId(id) && binarySearch(list.words, id) >= 0 ? { id, name: '', tactics: [], other: '', today: [], known: false } : null;
}

/** A technique that the catalog's ATT&CK does not have and ours does. */
function bundledTechnique(id: string): BundledTechnique | null {
  const name = nameOfTechnique(id);
  return name === null ? null : { id, name, tactics: tacticsEverOf(id) };
}

/**
 * What the other generation calls the behaviour of this ID: an old ID's is today's; today's are all it replaced.
 * An old ID does not take its siblings along: what was tagged T1562 as a whole says nothing about T1562.001.
 */
const otherIds = (id: string): readonly string[] => (currentOf(id) === id ? generationsOf(id).filter((other) => other !== id) : [currentOf(id)]);

/** Rules tagged with this ID or with the other generation's for the same behaviour, as a guide counts them, ascending. */
export const ownRules = (list: MetadataColumns, id: string): readonly number[] => countedIn(list, rulesTagged(list, [id, ...otherIds(id)]));

/** The same, with the rules of its sub-techniques where asked. */
export const rulesUnder = (list: MetadataColumns, id: string, subTechniques: boolean): readonly number[] => countedIn(list, allUnder(list, id, subTechniques));

/** The same, with those that no guide counts. */
export function allUnder(list: MetadataColumns, id: string, subTechniques: boolean): readonly number[] {
  const ids = new Set([id, ...otherIds(id)]);
  // An old parent's sub-techniques may stand under several new ones: only its own are taken, and those of its successor.
  const parents = !subTechniques || parentOf(id) !== null ? [] : [id, currentOf(id)];
  for (const parent of parents) for (const sub of list.subTechniques.get(parent) ?? []) for (const one of [sub, ...otherIds(sub)]) ids.add(one);
  return rulesTagged(list, ids);
}

function rulesTagged(list: MetadataColumns, ids: Iterable<string>): number[] {
  const rules = new Set<number>();
  for (const id of ids) {
    const word = binarySearch(list.words, id);
    if (word >= 0) for (const rule of listAt(list.tagged, word)) rules.add(rule);
  }
  return [...rules].sort((a, b) => a - b);
}

const countedIn = (list: MetadataColumns, rules: readonly number[]): readonly number[] => rules.filter((rule) => list.counted[rule] === 1);

/** A technique's rules: `rules` and `perVendor` as a guide under these filters counts them, `yours` those of them from the reader, `own` those tagged with it itself. */
interface TechniqueCount {
  readonly id: string;
  readonly perVendor: PerVendor;
  readonly yours: PerVendor;
  readonly rules: number;
  readonly own: number;
}

/** Every technique that ATT&CK or a rule names, by ID. */
export function techniquesNamed(list: MetadataColumns): readonly Technique[] {
  const ids = new Set([...list.attack.keys(), ...TECHNIQUES.map(({ id }) => id)]);
  for (const word of list.techniques.items) ids.add(list.words[word]!);
  for (const id of ids) ids.add(currentOf(id));
  return [...ids].sort().flatMap((id) => techniqueOf(list, id) ?? []);
}

/** The rules of each technique that filters leave, in the order given. */
export function countTechniques(list: MetadataColumns, techniques: readonly Technique[], filters: GuideFilters): readonly TechniqueCount[] {
  const passes = passingOf(list, filters).all;
  const isYours = SOURCE_NAMES.map(isOwnSource);
  return techniques.map(({ id }) => {
    const rules = rulesUnder(list, id, filters.subTechniques).filter(passes);
    return {
      id,
      perVendor: tally(list.vendors, rules),
      yours: tally(
        list.vendors,
        rules.filter((rule) => isYours[list.sources[rule]!]),
      ),
      rules: rules.length,
      own: ownRules(list, id).filter(passes).length,
    };
  });
}

const NO_FILTERS: GuideFilters = { platforms: [], domains: [], vendors: [], subTechniques: true, unsettled: true };

/** Every technique with all its rules. */
export function techniquesOf(list: MetadataColumns): readonly (Technique & TechniqueCount)[] {
  const techniques = techniquesNamed(list);
  const counts = countTechniques(list, techniques, NO_FILTERS);
  return techniques.map((technique, at) => ({ ...technique, ...counts[at]! }));
}
