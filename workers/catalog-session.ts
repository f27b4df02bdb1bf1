import type { Catalog } from '../src/catalog/catalog';
import type { Used } from '../src/catalog/completion';
import { eventRulesOf, type EventRules } from '../src/catalog/events';
import type { CatalogFile, Manifest } from '../src/catalog/layout';
import type { Listing } from '../src/catalog/listing';
import { openCatalog, openList, openTexts, type Texts } from '../src/catalog/open';
import { searcherOf, type Searcher } from '../src/catalog/search';
import { techniquesNamed } from '../src/catalog/techniques';
import type { CatalogFailure, OpenProgress, Technique } from '../src/model';

/** The metadata, and what searches it: from the moment it is there, before the rest. */
export interface OpenListing {
  readonly list: Listing;
  readonly search: Searcher;
  readonly techniques: () => readonly Technique[];
}

/** The whole catalog, and what is made ready at the first need. */
export interface OpenRest {
  readonly catalog: Catalog;
  readonly search: Searcher;
  readonly texts: () => Promise<Texts>;
  readonly eventRules: () => EventRules;
  readonly completions: Map<string, readonly Used[]>;
}

/** One catalog being opened; each part resolves null when it cannot be had. */
export interface Session {
  readonly listing: Promise<OpenListing | null>;
  readonly rest: Promise<OpenRest | null>;
  /** What `rest` resolved to; null until it has. */
  readonly whole: () => OpenRest | null;
  readonly failure: Promise<CatalogFailure | null>;
}

/** Fetches and opens the two files of a catalog, side by side; the list is open as soon as it is there. */
export function sessionOf(base: string, manifest: Manifest, onProgress: (progress: OpenProgress) => void): Session {
  const { list: listFile, facts: factsFile } = manifest.files;
  const loaded = { list: 0, facts: 0 };
  const tell = (step: string): void => onProgress({ step, loaded: loaded.list + loaded.facts, total: listFile.bytes + factsFile.bytes });
  const fetchPart = (part: 'list' | 'facts', step: string, file: CatalogFile): Promise<Uint8Array | null> =>
    fetchFile(base, file, (bytes) => {
      loaded[part] = bytes;
      tell(step);
    });
  const listed = fetchPart('list', 'list of rules', listFile).then((bytes) => openList(manifest, bytes));
  const factsBytes = fetchPart('facts', 'facts', factsFile);
  const opened = listed.then(async (list) => (list.failure === undefined ? openCatalog(manifest, list.value, await factsBytes) : list));
  const rest = opened.then((catalog) => (catalog.failure === undefined ? openRest(catalog.value, base) : null));
  let whole: OpenRest | null = null;
  return {
    listing: listed.then((list) => (list.failure === undefined ? openListing(list.value) : null)),
    rest: rest.then((open) => (whole = open)),
    whole: () => whole,
    failure: opened.then((catalog) => catalog.failure ?? null),
  };
}

function openListing(list: Listing): OpenListing {
  let techniques: readonly Technique[] | null = null;
  return { list, search: searcherOf(list, null), techniques: () => (techniques ??= techniquesNamed(list)) };
}

function openRest(catalog: Catalog, base: string): OpenRest {
  let texts: Promise<Texts> | null = null;
  let eventRules: EventRules | null = null;
  return {
    catalog,
    search: searcherOf(catalog.list, catalog.facts),
    texts: () => (texts ??= textsOf(base, catalog.manifest)),
    eventRules: () => (eventRules ??= eventRulesOf(catalog)),
    completions: new Map(),
  };
}

/** The texts of a catalog built with them; of a file that cannot be read there are none. */
async function textsOf(base: string, manifest: Manifest): Promise<Texts> {
  const file = manifest.files.texts;
  const opened = openTexts(manifest, file === undefined ? null : await fetchFile(base, file, () => {}));
  return opened.failure === undefined ? opened.value : () => null;
}

/** A file's bytes as far as they came; null when there is no such file. Its hash in the address keeps caches from mixing two catalogs. */
async function fetchFile(base: string, file: CatalogFile, onBytes: (bytes: number) => void): Promise<Uint8Array | null> {
  let filled = 0;
  const bytes = new Uint8Array(file.bytes + 1);
  try {
    const response = await fetch(`${base}${file.name}?v=${file.sha256.slice(0, 16)}`);
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
}
