import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalog } from '../../src/catalog/catalog';
import { catalogIn } from '../../src/cli/catalog-folder';

const ROOT = join(import.meta.dirname, '..', '..');
const CORPUS = join(ROOT, '..', 'shared', 'corpus');
/** What the reference pages and extractions were made over. */
const SOURCES = ['sigma', 'elastic', 'splunk', 'anvilogic', 'sentinel', 'bert-janp', 'alexverboon'];

/** The catalog of the sources as the references know them: the bundled one is of newer copies, and of more. Takes minutes. */
export async function referenceCatalog(): Promise<Catalog> {
  const folder = mkdtempSync(join(tmpdir(), 'rulewright-'));
  try {
    const sources = SOURCES.flatMap((name) => ['--source', `${name}=${join(CORPUS, name)}`]);
    const { status, stderr } = spawnSync(process.execPath, ['src/cli/bin.mjs', 'catalog', ...sources, '--attack', join(CORPUS, 'attack'), '--out', folder], {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (status !== 0) throw new Error(stderr);
    return await catalogIn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
