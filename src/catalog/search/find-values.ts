import type { Reach, Triple } from '../../model';
import type { Catalog } from '../catalog';
import { perVendorOf, reachOf } from '../postings';
import { tripleOf } from '../rule';
import type { SearchTexts } from './search-texts';
import { folded } from '../store/strings';

/** Indicator triples whose value, or field, holds a text, letters' case aside: those that begin with it first, then by reach. */
export function findValues({ facts, indicators }: Catalog, texts: SearchTexts, text: string, limit: number): readonly (Triple & Reach)[] {
  const asked = text.trim().toLowerCase();
  if (asked === '') return [];
  const needle = { pieces: ['', asked, ''], isWhole: false };
  const [values, fields] = [texts.strings(needle), texts.fields(needle)];
  const beginning = folded(asked);
  const begins = (candidate: string): boolean => folded(candidate.slice(0, beginning.length)) === beginning;
  const found: { readonly triple: number; readonly rank: number; readonly reach: number }[] = [];
  for (let triple = 0; triple < facts.tripleFields.length; triple++) {
    const [value, field] = [facts.tripleValues[triple]!, facts.tripleFields[triple]!];
    const reach = reachOf(indicators, triple);
    if (reach === 0 || (values[value] === 0 && fields[field] === 0)) continue;
    found.push({ triple, rank: Number(begins(facts.strings[value]!) || begins(facts.fields[field]!)), reach });
  }
  return found
    .sort((a, b) => b.rank - a.rank || b.reach - a.reach || a.triple - b.triple)
    .slice(0, limit)
    .map(({ triple, reach }) => ({ ...tripleOf(facts, triple), total: reach, perVendor: perVendorOf(indicators, triple) }));
}
