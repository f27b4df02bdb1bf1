import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogRule } from '../../src/catalog/store/encode';
import { ruleOf } from '../../src/catalog/rule';
import { writeCatalog } from '../../src/catalog/store/write';
import { catalogIn } from '../../src/cli/catalog-folder';

/** Writes a catalog of so many rules: the bundled ones again and again, every third value of a copy another one, so that strings and triples grow too. */
export async function writeLarge(bundled: string, rules: number, folder: string): Promise<void> {
  const catalog = await catalogIn(bundled);
  const own = Array.from({ length: catalog.list.count }, (_, index): CatalogRule => ({ ...ruleOf(catalog, index)!, meaning: null, text: null }));
  const all = Array.from({ length: rules }, (_, at) => {
    const rule = own[at % own.length]!;
    const copy = Math.floor(at / own.length);
    return copy === 0 ? rule : varied(rule, copy);
  });
  mkdirSync(folder, { recursive: true });
  const files = writeCatalog({
    rules: all,
    sources: catalog.about.sources,
    attack: { release: catalog.about.attack, techniques: [...catalog.list.attack.values()] },
  });
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
}

const varied = (rule: CatalogRule, copy: number): CatalogRule => ({
  ...rule,
  id: rule.id === '' ? '' : `${rule.id}-${copy}`,
  title: `${rule.title} ${copy}`,
  path: `${copy}/${rule.path}`,
  leaves: rule.leaves.map((leaf) => ({
    ...leaf,
    values: leaf.values.map((value, at) => (at % 3 === 2 ? `${value}${copy}` : value)),
    triples: leaf.triples.map((triple, at) => (triple !== null && at % 3 === 2 ? { ...triple, value: `${triple.value}${copy}` } : triple)),
  })),
});
