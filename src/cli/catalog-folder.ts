import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Catalog } from '../catalog/catalog';
import type { Meanings } from '../catalog/store/meaning';
import { type FileContent, openCatalog, openList, openManifest, openMeaning, type Outcome } from '../catalog/store/open';
import type { CatalogFile, Manifest } from '../catalog/store/stored-format';
import { usageError } from './usage';

/** Opens the catalog of a folder; one that cannot be used is a usage error that says what to do. */
export const catalogIn = async (folder: string): Promise<Catalog> => (await opened(folder)).catalog;

/** The same with what its rules mean. */
export async function meaningsIn(folder: string): Promise<{ readonly catalog: Catalog; readonly meanings: Meanings }> {
  const { manifest, catalog } = await opened(folder);
  const { meaning } = manifest.files;
  return { catalog, meanings: valueOf(folder, openMeaning(catalog, meaning, await contentOf(folder, meaning))) };
}

async function opened(folder: string): Promise<{ readonly manifest: Manifest; readonly catalog: Catalog }> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => null);
  const manifest = valueOf(folder, openManifest(text));
  const list = valueOf(folder, openList(manifest, await contentOf(folder, manifest.files.list)));
  return { manifest, catalog: valueOf(folder, openCatalog(manifest, list, await contentOf(folder, manifest.files.facts))) };
}

const contentOf = (folder: string, { name }: CatalogFile): Promise<FileContent> => readFile(join(folder, name)).then(unpackedFile, () => null);

/** A file's bytes with what Node makes of them, several times faster than we can; the bytes alone where they are not packed: opening says what is wrong. */
export function unpackedFile(bytes: Uint8Array): FileContent {
  try {
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), unpacked: gunzipSync(bytes) };
  } catch {
    return bytes;
  }
}

function valueOf<T>(folder: string, outcome: Outcome<T>): T {
  if (outcome.failure !== undefined) throw usageError(`${folder}: ${outcome.failure.message}`);
  return outcome.value;
}
