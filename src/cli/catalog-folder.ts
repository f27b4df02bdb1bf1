import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog } from '../catalog/catalog';
import type { Meanings } from '../catalog/store/meaning';
import { openCatalog, openList, openManifest, openMeaning, type Outcome } from '../catalog/store/open';
import type { Manifest } from '../catalog/store/stored-format';
import { usageError } from './usage';

/** Opens the catalog of a folder; one that cannot be used is a usage error that says what to do. */
export const catalogIn = async (folder: string): Promise<Catalog> => (await opened(folder)).catalog;

/** The same with what its rules mean. */
export async function meaningsIn(folder: string): Promise<{ readonly catalog: Catalog; readonly meanings: Meanings }> {
  const { manifest, catalog } = await opened(folder);
  const { meaning } = manifest.files;
  return { catalog, meanings: valueOf(folder, openMeaning(catalog, meaning, await bytesOf(folder, meaning.name))) };
}

async function opened(folder: string): Promise<{ readonly manifest: Manifest; readonly catalog: Catalog }> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => null);
  const manifest = valueOf(folder, openManifest(text));
  const list = valueOf(folder, openList(manifest, await bytesOf(folder, manifest.files.list.name)));
  return { manifest, catalog: valueOf(folder, openCatalog(manifest, list, await bytesOf(folder, manifest.files.facts.name))) };
}

const bytesOf = (folder: string, name: string): Promise<Uint8Array | null> => readFile(join(folder, name)).catch(() => null);

function valueOf<T>(folder: string, outcome: Outcome<T>): T {
  if (outcome.failure !== undefined) throw usageError(`${folder}: ${outcome.failure.message}`);
  return outcome.value;
}
