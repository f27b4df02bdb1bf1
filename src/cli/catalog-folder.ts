import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog } from '../catalog/catalog';
import { openCatalog, openList, openManifest, type Outcome } from '../catalog/store/open';
import { usageError } from './usage';

/** Opens the catalog of a folder; one that cannot be used is a usage error that says what to do. */
export async function catalogIn(folder: string): Promise<Catalog> {
  const bytes = (name: string): Promise<Uint8Array | null> => readFile(join(folder, name)).catch(() => null);
  const valueOf = <T>(outcome: Outcome<T>): T => {
    if (outcome.failure !== undefined) throw usageError(`${folder}: ${outcome.failure.message}`);
    return outcome.value;
  };
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => null);
  const manifest = valueOf(openManifest(text));
  const list = valueOf(openList(manifest, await bytes(manifest.files.list.name)));
  return valueOf(openCatalog(manifest, list, await bytes(manifest.files.facts.name)));
}
