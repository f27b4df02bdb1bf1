import type { SourceName } from '../../model';
import type { Catalog } from '../catalog';
import type { BundledTechnique, CatalogRule } from './encode';
import type { StoredCatalog } from './stored-format';
import type { Meanings } from './meaning';
import type { Texts } from './open';
import { ruleOf } from '../rule';
import { storeCatalog } from './write';

/** An open catalog with the texts it was built with. */
export interface WithTexts {
  readonly catalog: Catalog;
  readonly texts: Texts;
  readonly meanings: Meanings;
}

/**
 * Two catalogs as one, as if all their rules had been catalogued together. A source that both have is the second's: its copy takes the place of the
 * first's, so that no rule counts twice and every rule has one commit. Names of techniques are the first's where both know one.
 */
export function joinCatalogs(first: WithTexts, second: WithTexts): StoredCatalog {
  const replaced = new Set<SourceName>(second.catalog.about.sources.map(({ name }) => name));
  const [before, after] = [first.catalog.about, second.catalog.about];
  return storeCatalog({
    rules: [...rulesIn(first).filter(({ source }) => !replaced.has(source)), ...rulesIn(second)],
    sources: [...before.sources.filter(({ name }) => !replaced.has(name)), ...after.sources],
    attack: {
      release: before.attack || after.attack,
      techniques: [...new Map<string, BundledTechnique>([...second.catalog.list.attack, ...first.catalog.list.attack]).values()],
    },
  });
}

/** Every rule of a catalog with all that is known of it. */
const rulesIn = ({ catalog, meanings, texts }: WithTexts): readonly CatalogRule[] =>
  Array.from({ length: catalog.list.count }, (_, index) => ({ ...ruleOf(catalog, index)!, meaning: meanings(index), text: texts(index) }));
