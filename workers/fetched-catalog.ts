import { type FileContent, openManifest, type Outcome } from '../src/catalog/store/open';
import type { CatalogFile, Manifest } from '../src/catalog/store/stored-format';
import type { ReadFile } from './catalog-session';

/** The manifest at an address. */
export const fetchManifest = async (address: string): Promise<Outcome<Manifest>> => openManifest(await fetchText(address));

/** A text that a server has, never one a cache kept; null where there is none. */
export const fetchText = (address: string): Promise<string | null> =>
  fetch(address, { cache: 'no-cache' }).then(
    (response) => (response.ok ? response.text() : null),
    () => null,
  );

type ReadBytes = (...asked: Parameters<ReadFile>) => Promise<Uint8Array<ArrayBuffer> | null>;

/** Reads a catalog's files from its folder, which ends in a slash. A file's hash in its address keeps caches from mixing two catalogs. */
export const fetching =
  (base: string): ReadBytes =>
  async (file, onBytes) => {
    let filled = 0;
    const bytes = new Uint8Array(file.bytes + 1);
    try {
      const isNamedByHash = file.name.includes(file.sha256.slice(0, 12));
      const response = await fetch(`${base}${file.name}${isNamedByHash ? '' : `?v=${file.sha256.slice(0, 16)}`}`);
      if (!response.ok || response.body === null) return null;
      const reader = response.body.getReader();
      for (let chunk = await reader.read(); !chunk.done && filled < bytes.length; chunk = await reader.read()) {
        const part = chunk.value.subarray(0, bytes.length - filled);
        bytes.set(part, filled);
        filled += part.length;
        onBytes(Math.min(filled, file.bytes));
      }
    } catch {
      // Offline or cut off: what came tells which.
      if (filled === 0) return null;
    }
    return bytes.subarray(0, filled);
  };

/** The same files with what the browser makes of them. */
export const unpacking =
  (read: ReadBytes): ReadFile =>
  async (file, onBytes) => {
    const bytes = await read(file, onBytes);
    return bytes === null ? null : unpackedFile(file, bytes);
  };

/** What the browser makes of a whole file, off this thread; the bytes alone where it cannot (a page without a certificate has no hashes), or they are not as the manifest says. */
async function unpackedFile(file: CatalogFile, bytes: Uint8Array<ArrayBuffer>): Promise<FileContent> {
  if (bytes.length !== file.bytes || crypto.subtle === undefined || typeof DecompressionStream === 'undefined') return bytes;
  try {
    const sha256 = Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (sha256 !== file.sha256) return bytes;
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return { bytes, sha256, unpacked: new Uint8Array(await new Response(stream).arrayBuffer()) };
  } catch {
    return bytes;
  }
}
