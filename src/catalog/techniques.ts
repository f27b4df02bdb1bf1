import type { PerVendor, Technique } from '../model';
import { listAt } from './columns';
import type { Listing } from './listing';
import { placeOf } from './lookup';
import { tally } from './postings';

const generationsOf = (id: string): readonly string[] => [id];
const newNameOf = (_id: string): { name: string; tactics: readonly string[] } | null => null;
const otherOf = (_id: string): string => '';

export const isTechniqueId = (text: string): boolean => /^T\d{4}(?:\.\d{3})?$/.test(text);

/** A technique by its ID, letters' case aside; null when neither ATT&CK nor any rule knows it. */
export function techniqueOf(list: Listing, asked: string): Technique | null {
  const id = asked.trim().toUpperCase();
  const bundled = list.attack.get(id) ?? newNameOf(id);
  if (bundled !== null && bundled !== undefined) return { id, name: bundled.name, tactics: bundled.tactics, other: otherOf(id), known: true };
  return placeOf(list.words, id) < 0 || !isTechniqueId(id) ? null : { id, name: '', tactics: [], other: '', known: false };
}

/** Rules tagged with this ID or with what the other ATT&CK generation calls the same behaviour, as a guide counts them, ascending. */
export const ownRules = (list: Listing, id: string): readonly number[] => rulesTagged(list, generationsOf(id));

/** The same, with the rules of its sub-techniques where asked. */
export function rulesUnder(list: Listing, id: string, subTechniques: boolean): readonly number[] {
  const own = generationsOf(id);
  const ids = new Set(own);
  if (subTechniques) for (const parent of own) for (const sub of subTechniquesOf(list, parent)) for (const one of generationsOf(sub)) ids.add(one);
  return rulesTagged(list, ids);
}

const subTechniquesOf = (list: Listing, parent: string): string[] => {
  const found = new Set<string>();
  for (const id of list.attack.keys()) if (id.startsWith(`${parent}.`)) found.add(id);
  for (const word of list.words) if (word.startsWith(`${parent}.`) && isTechniqueId(word)) found.add(word);
  return [...found];
};

function rulesTagged(list: Listing, ids: Iterable<string>): number[] {
  const rules = new Set<number>();
  for (const id of ids) {
    const word = placeOf(list.words, id);
    if (word >= 0) for (const rule of listAt(list.tagged, word)) if (list.counted[rule] === 1) rules.add(rule);
  }
  return [...rules].sort((a, b) => a - b);
}

/** Every technique that ATT&CK or a rule names, by ID, with the rules under it (sub-techniques included) and those tagged with it itself. */
export function techniquesOf(list: Listing): readonly (Technique & { readonly perVendor: PerVendor; readonly rules: number; readonly own: number })[] {
  const ids = new Set(list.attack.keys());
  for (const word of list.techniques.items) ids.add(list.words[word]!);
  return [...ids].sort().flatMap((id) => {
    const technique = techniqueOf(list, id);
    if (technique === null) return [];
    const rules = rulesUnder(list, id, true);
    return [{ ...technique, perVendor: tally(list.vendors, rules), rules: rules.length, own: ownRules(list, id).length }];
  });
}
