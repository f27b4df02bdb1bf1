import { expose } from 'comlink';
import type { Catalog } from '../src/catalog/catalog';
import { beginningWith, fieldsIn, valuesIn, type Used } from '../src/catalog/completion';
import { guideOf } from '../src/catalog/guide';
import { infoOf } from '../src/catalog/info';
import type { CatalogFile } from '../src/catalog/layout';
import { rowOf, type Listing } from '../src/catalog/listing';
import { openCatalog, openList, openManifest, openTexts, type Texts } from '../src/catalog/open';
import { reachesOf, rulesOfTriple } from '../src/catalog/reach';
import { ruleOf } from '../src/catalog/rule';
import { searcherOf, type Searcher } from '../src/catalog/search';
import { similarTo } from '../src/catalog/similar';
import { techniquesOf } from '../src/catalog/techniques';
import type { CatalogApi, CatalogFailure, OpenProgress } from '../src/model';

/** The metadata, and what searches it: from the moment it is there, before the rest. */
interface OpenListing {
  readonly list: Listing;
  readonly search: Searcher;
}

/** The whole catalog, and what is made ready at the first need. */
interface OpenRest {
  readonly catalog: Catalog;
  readonly search: Searcher;
  readonly texts: () => Promise<Texts>;
  readonly completions: Map<string, readonly Used[]>;
}

/** One catalog being opened; each part resolves null when it cannot be had. */
interface Session {
  readonly listing: Promise<OpenListing | null>;
  readonly rest: Promise<OpenRest | null>;
  /** What `rest` resolved to; null until it has. */
  readonly whole: () => OpenRest | null;
  readonly failure: Promise<CatalogFailure | null>;
}

/** Completion asks for few fields in turn; beyond this many, all are forgotten. */
const KEPT_COMPLETIONS = 64;

let session: Session | null = null;

/** Asks the session; null when nothing is open, or could be. */
const listing = async (): Promise<OpenListing | null> => (await session?.listing) ?? null;
const rest = async (): Promise<OpenRest | null> => (await session?.rest) ?? null;

/** The same questions, each answered once what it needs is there. */
type Answers = { readonly [K in keyof CatalogApi]: (...asked: Parameters<CatalogApi[K]>) => Promise<Awaited<ReturnType<CatalogApi[K]>>> };

const api: Answers = {
  async open(base, onProgress) {
    const text = await fetch(`${base}manifest.json`, { cache: 'no-cache' }).then(
      (response) => (response.ok ? response.text() : null),
      () => null,
    );
    const manifest = openManifest(text);
    if (manifest.failure !== undefined) return { failure: manifest.failure };
    session = sessionOf(base, manifest.value, onProgress);
    const failure = await session.failure;
    return failure === null ? { info: infoOf(manifest.value) } : { failure };
  },
  async techniques() {
    const open = await listing();
    return open === null ? [] : techniquesOf(open.list);
  },
  async guide(technique, filters, draft) {
    const open = await rest();
    return open === null ? null : guideOf(open.catalog, technique, filters, draft);
  },
  async reach(triples, technique) {
    const open = await rest();
    return open === null ? triples.map(() => ({ total: 0, perVendor: [0, 0, 0, 0] as const, here: 0 })) : reachesOf(open.catalog, triples, technique);
  },
  async rulesOf(triple, polarity, technique) {
    const open = await rest();
    return open === null ? [] : rulesOfTriple(open.catalog, triple, polarity, technique);
  },
  async search(query, offset, limit) {
    const metadata = await listing();
    if (metadata === null) return { total: 0, rows: [] };
    // Titles and metadata are there first: until the facts are, a search finds what stands in those.
    const found = (session?.whole() ?? metadata).search(query);
    return { total: found.length, rows: Array.from(found.subarray(offset, offset + limit), (rule) => rowOf(metadata.list, rule)) };
  },
  async rule(index) {
    const open = await rest();
    const rule = open === null ? null : ruleOf(open.catalog, index);
    return open === null || rule === null ? null : { ...rule, text: (await open.texts())(index) };
  },
  async similar(draft, limit) {
    const open = await rest();
    return open === null ? [] : similarTo(open.catalog, draft, limit);
  },
  async fields(taxonomy, prefix, limit) {
    const open = await rest();
    if (open === null) return [];
    const used = ready(open, taxonomy, () => fieldsIn(open.catalog, taxonomy));
    return beginningWith(used, prefix, limit).map(({ text, rules }) => ({ name: text, rules }));
  },
  async values(taxonomy, scopes, field, prefix, limit) {
    const open = await rest();
    if (open === null) return [];
    const used = ready(open, JSON.stringify([taxonomy, scopes, field]), () => valuesIn(open.catalog, taxonomy, scopes, field));
    return beginningWith(used, prefix, limit).map(({ text, rules }) => ({ value: text, rules }));
  },
};

expose(api);

function ready({ completions }: OpenRest, key: string, make: () => readonly Used[]): readonly Used[] {
  const known = completions.get(key);
  if (known !== undefined) return known;
  if (completions.size >= KEPT_COMPLETIONS) completions.clear();
  const made = make();
  completions.set(key, made);
  return made;
}

/** Fetches and opens the two files of a catalog, side by side; the list is open as soon as it is there. */
function sessionOf(base: string, manifest: Parameters<typeof openList>[0], onProgress: (progress: OpenProgress) => void): Session {
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
    listing: listed.then((list) => (list.failure === undefined ? { list: list.value, search: searcherOf(list.value, null) } : null)),
    rest: rest.then((open) => (whole = open)),
    whole: () => whole,
    failure: opened.then((catalog) => catalog.failure ?? null),
  };
}

function openRest(catalog: Catalog, base: string): OpenRest {
  let texts: Promise<Texts> | null = null;
  return {
    catalog,
    search: searcherOf(catalog.list, catalog.facts),
    texts: () => (texts ??= textsOf(base, catalog.manifest)),
    completions: new Map(),
  };
}

/** The texts of a catalog built with them; of a file that cannot be read there are none. */
async function textsOf(base: string, manifest: Parameters<typeof openTexts>[0]): Promise<Texts> {
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
