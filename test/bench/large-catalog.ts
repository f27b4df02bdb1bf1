import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CatalogRule } from '../../src/catalog/store/encode';
import { ruleOf } from '../../src/catalog/rule';
import { writeCatalog } from '../../src/catalog/store/write';
import { catalogIn } from '../../src/cli/catalog-folder';
import { type Bench, count } from './measure';
import { BUNDLED, pageFigures } from './pages';
import { attempt, built, DIST, firstPaint, inChromium, pagesOf } from './served';

const LARGE = 100_000;

/** The same application over several times the rules. */
export async function bench(): Promise<Bench> {
  await built();
  const folder = mkdtempSync(join(tmpdir(), 'large-catalog-'));
  try {
    cpSync(DIST, folder, { recursive: true });
    await writeLarge(BUNDLED, LARGE, join(folder, 'catalog'));
    return await inChromium(
      folder,
      async (browser, address) => {
        const blank = await firstPaint(await (await browser.newContext()).newPage(), address);
        return attempt('the pages', 120, async () => pageFigures(`${count(LARGE)} rules`, await pagesOf(browser, address, join(folder, 'catalog')), blank));
      },
      `, over ${count(LARGE)} rules`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a catalog of so many rules: the bundled ones again and again, every third value of a copy another one, so that strings and triples grow too. */
async function writeLarge(bundled: string, rules: number, folder: string): Promise<void> {
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
