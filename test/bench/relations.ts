import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { relationIndexOf } from '../../src/catalog/related';
import { relatedIn } from '../../src/catalog/relation-index';
import { meaningsIn } from '../../src/cli/catalog-folder';
import { type Bench, besideJson, spread, timeEach, timesOf, unmeasured } from './measure';

const FOLDER = join(import.meta.dirname, '..', '..', 'public', 'catalog');
/** Every so many-th rule of the catalog stands for a draft. */
const STEP = 20;

/** Drafts against the bundled catalog: the index, made once, and how every rule stands to a draft. */
export async function bench(): Promise<Bench> {
  const title = 'A draft against the catalog';
  if (!existsSync(join(FOLDER, 'manifest.json'))) return { title, figures: [unmeasured('drafts', 'no catalog is built')] };
  const { catalog, meanings } = await meaningsIn(FOLDER);
  const before = performance.now();
  const index = await relationIndexOf(catalog, meanings, async () => {});
  const made = performance.now() - before;
  const drafts = index.subjects.filter((subject, rule) => subject !== null && rule % STEP === 0).map((subject) => subject!);
  const took = timesOf(timeEach(drafts, (draft) => relatedIn(index, draft)));
  return {
    title,
    figures: [
      besideJson(`how a draft stands to ${index.compared} rules, ${drafts.length} drafts`, took.median, spread(took), 'median 20 ms, p95 50 ms'),
      besideJson('making their index, once, in slices', made),
    ],
  };
}
