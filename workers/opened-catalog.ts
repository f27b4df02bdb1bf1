import { openManifest } from '../src/catalog/store/open';
import type { CatalogFailure, CatalogUse, OpenProgress } from '../src/model';
import { joinedSession, sessionOf, type Session } from './catalog-session';
import { fetching, fetchManifest, unpacking } from './fetched-catalog';
import { hashesOf, holding, joinedOf, type OwnFiles } from './own-catalog';

interface Opened {
  readonly session: Session;
  /** What is open: the bundled one where the reader's own is not there, or damaged. */
  readonly use: CatalogUse;
  readonly ownFailure: CatalogFailure | null;
}

/** Opens the catalogs that are asked for: the bundled one whose manifest has this address, the reader's own from its files, or both as one. */
export async function openedCatalog(
  address: string,
  use: CatalogUse,
  mine: OwnFiles | null,
  onProgress: (progress: OpenProgress) => void,
): Promise<Opened | { readonly failure: CatalogFailure }> {
  const manifest = mine === null ? null : openManifest(mine.manifest);
  const ownPart =
    mine === null || manifest?.value === undefined ? null : { manifest: manifest.value, session: sessionOf(manifest.value, holding(mine), onProgress) };
  const ownFailure = manifest?.failure ?? (await ownPart?.session.failure) ?? null;
  const isOwnOpen = ownPart !== null && ownFailure === null;
  if (isOwnOpen && use === 'own') return { session: ownPart.session, use, ownFailure };
  const bundled = await fetchManifest(address);
  if (bundled.failure !== undefined) return { failure: bundled.failure };
  const part = sessionOf(bundled.value, unpacking(fetching(new URL('.', address).href)), onProgress);
  if (!isOwnOpen) return { session: part, use: 'bundled', ownFailure };
  return {
    session: joinedSession(part, ownPart.session, (before, after) => joinedOf(hashesOf(bundled.value, ownPart.manifest), before, after)),
    use,
    ownFailure,
  };
}
