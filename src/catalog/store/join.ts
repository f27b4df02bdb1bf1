import { isOwnSource } from '../../knowledge/sources';
import type { CatalogSource, SourceName } from '../../model';
import type { Catalog } from '../catalog';
import type { BundledTechnique, CatalogRule } from './encode';
import type { StoredCatalog } from './stored-format';
import type { Details } from './details';
import type { Meanings } from './meaning';
import type { Texts } from './open';
import { ruleOf } from '../rule';
import { withoutCopies } from './copies';
import { storeCatalog } from './write';

/** An open catalog with the texts it was built with. */
export interface WithTexts {
  readonly catalog: Catalog;
  readonly texts: Texts;
  readonly meanings: Meanings;
  readonly details: Details;
}

/**
 * Two catalogs as one, as if all their rules had been catalogued together. A source that both have is the second's: its copy takes the place of the
 * first's, so that no rule counts twice and every rule has one commit; a rule of the first that stands elsewhere too stays, at that place.
 * Names of techniques are the first's where both know one.
 */
export function joinCatalogs(first: WithTexts, second: WithTexts): StoredCatalog {
  const replaced = new Set<SourceName>(second.catalog.about.sources.map(({ name }) => name));
  const [before, after] = [first.catalog.about, second.catalog.about];
  const rules = [...rulesIn(first).flatMap((rule) => withoutPlaces(rule, replaced, before.sources)), ...rulesIn(second)];
  return storeCatalog({
    // Where the second's are all the reader's own, none is a copy: theirs stay as they are, and the first's are each there once.
    rules: after.sources.every(({ name }) => isOwnSource(name)) ? rules : withoutCopies(rules).rules,
    sources: [...before.sources.filter(({ name }) => !replaced.has(name)), ...after.sources],
    attack: {
      release: before.attack || after.attack,
      techniques: [...new Map<string, BundledTechnique>([...second.catalog.list.attack, ...first.catalog.list.attack]).values()],
    },
  });
}

/** A rule without its places in some sources; none where it stands nowhere else. */
function withoutPlaces(rule: CatalogRule, replaced: ReadonlySet<SourceName>, sources: readonly CatalogSource[]): readonly CatalogRule[] {
  const copies = rule.copies.filter(({ source }) => !replaced.has(source));
  if (!replaced.has(rule.source)) return [copies.length === rule.copies.length ? rule : { ...rule, copies }];
  const [place, ...others] = copies;
  if (place === undefined) return [];
  const license = sources.find(({ name }) => name === place.source)?.license ?? '';
  return [{ ...rule, source: place.source, path: place.path, license, copies: others, text: null }];
}

/** Every rule of a catalog with all that is known of it. */
const rulesIn = ({ catalog, details, meanings, texts }: WithTexts): readonly CatalogRule[] =>
  Array.from({ length: catalog.list.count }, (_, index) => ({ ...ruleOf(catalog, index, details)!, meaning: meanings(index), text: texts(index) }));
