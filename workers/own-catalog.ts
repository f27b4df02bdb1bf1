import { type DBSchema, openDB } from 'idb';
import { infoOf, type CatalogFile, type Manifest, type StoredCatalog } from '../src/catalog/store/stored-format';
import { joinCatalogs, type WithTexts } from '../src/catalog/store/join';
import { openCatalog, openList, openManifest, openDetails, openMeaning, openStored, openTexts, type OpenStored, type Outcome } from '../src/catalog/store/open';
import type { BuildReport, CatalogFailure, GivenFile, OwnCatalog } from '../src/model';
import type { ReadFile } from './catalog-session';
import { fetching, fetchText } from './fetched-catalog';

/** A catalog of the reader's: what it is called, its manifest's text, its files by name, and what it was built of where that was in this browser. */
export interface OwnFiles {
  readonly name: string;
  readonly manifest: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly built: Built | null;
}
type Built = Pick<OwnCatalog, 'folder'> & { readonly report: BuildReport };

interface Schema extends DBSchema {
  own: { key: 'files'; value: OwnFiles };
  /** The reader's catalog joined with the bundled one, under what it was made of. */
  joined: { key: 'catalog'; value: { readonly of: string; readonly stored: StoredCatalog } };
}

const database = async () =>
  openDB<Schema>('rulewright-catalog', 1, {
    upgrade(opened) {
      opened.createObjectStore('own');
      opened.createObjectStore('joined');
    },
    blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
  });

/** What was kept for good; null where there is nothing, or storage does not answer. */
export async function keptFiles(): Promise<OwnFiles | null> {
  try {
    return filesIn(await (await database()).get('own', 'files'));
  } catch {
    return null;
  }
}

/** A stored record, if it is a catalog's files. */
function filesIn(record: OwnFiles | undefined): OwnFiles | null {
  if (typeof record?.manifest !== 'string' || !(record.files instanceof Map)) return null;
  const { name, manifest, files, built } = record;
  const held = new Map([...files].filter(([, bytes]) => (bytes as unknown) instanceof Uint8Array));
  return { name: typeof name === 'string' ? name : NAMELESS, manifest, files: held, built: isBuilt(built) ? built : null };
}

/** Whether a stored record tells what a catalog was built of, in every part that is drawn. */
function isBuilt(record: unknown): record is Built {
  const report = ((record ?? {}) as { readonly report?: unknown }).report as Readonly<Record<keyof BuildReport, unknown>> | undefined;
  const isList = (list: unknown, isOne: (one: Readonly<Record<string, unknown>>) => boolean): boolean =>
    Array.isArray(list) && list.every((one: unknown) => typeof one === 'object' && one !== null && isOne(one as Readonly<Record<string, unknown>>));
  const isText = (value: unknown): boolean => typeof value === 'string';
  return (
    typeof report === 'object' &&
    report !== null &&
    isText(report.from) &&
    typeof report.files === 'number' &&
    typeof report.rules === 'number' &&
    isList(report.passedOver, ({ what, paths }) => isText(what) && Array.isArray(paths) && paths.every(isText)) &&
    isList(report.unread, ({ path, why }) => isText(path) && isText(why))
  );
}

/** Keeps the files in this browser; false where it refuses or is full. */
export async function keepFiles(files: OwnFiles): Promise<boolean> {
  try {
    await (await database()).put('own', files, 'files');
    return true;
  } catch {
    return false;
  }
}

export async function forgetFiles(): Promise<void> {
  try {
    const transaction = (await database()).transaction(['own', 'joined'], 'readwrite');
    await Promise.all([transaction.objectStore('own').clear(), transaction.objectStore('joined').clear(), transaction.done]);
  } catch {
    // What could not be kept is not there to be forgotten.
  }
}

/** The two catalogs as one: as it was kept when it is of these two, else made, and kept if that can be. */
export async function joinedOf(of: string, first: WithTexts, second: WithTexts): Promise<OpenStored> {
  try {
    const kept = await (await database()).get('joined', 'catalog');
    // Throws where it is damaged.
    if (kept?.of === of) return openStored(kept.stored);
  } catch {
    // It is made again.
  }
  const stored = joinCatalogs(first, second);
  void database()
    .then((opened) => opened.put('joined', { of, stored }, 'catalog'))
    .catch(() => undefined);
  return openStored(stored);
}

/** What two manifests are of, in one text. */
export const hashesOf = (...manifests: readonly Manifest[]): string =>
  manifests.flatMap(({ files }) => [files.list, files.facts, files.details, files.meaning, files.texts].map((file) => file?.sha256 ?? '')).join();

const filesOf = ({ files }: Manifest): readonly CatalogFile[] => [
  files.list,
  files.facts,
  files.details,
  files.meaning,
  ...(files.texts === undefined ? [] : [files.texts]),
];

/** Reads a catalog's files as they are held. */
export const holding =
  ({ files }: OwnFiles): ReadFile =>
  async (file, onBytes) => {
    const bytes = files.get(file.name) ?? null;
    onBytes(bytes?.length ?? 0);
    return bytes;
  };

/** A catalog from the files of its folder, whichever others are among them. */
export async function readFiles(given: readonly GivenFile[], built: Built | null): Promise<Outcome<OwnFiles>> {
  const manifest = given.find(({ name }) => name === 'manifest.json');
  const text = manifest === undefined ? null : await manifest.text();
  const name = built?.report.from ?? (given.length === 1 || manifest === undefined ? NAMELESS : folderOf(manifest));
  const read = await gathered(name, text, async (wanted) => {
    const file = given.find((one) => one.name === wanted.name);
    return file === undefined ? null : new Uint8Array(await file.arrayBuffer());
  });
  return read.failure === undefined ? { value: { ...read.value, built } } : read;
}

const NAMELESS = 'Your catalog';
const folderOf = (file: GivenFile): string => file.webkitRelativePath.split('/').at(-2) ?? NAMELESS;

/** A catalog from its folder on this application's own server; `base` ends in a slash. */
export const readAddress = async (base: string): Promise<Outcome<OwnFiles>> =>
  gathered(new URL(base).pathname, await fetchText(`${base}manifest.json`), (file) => fetching(base)(file, () => {}));

/** Reads the files a manifest names and opens them once, so that what is kept can be opened again. */
async function gathered(name: string, text: string | null, read: (file: CatalogFile) => Promise<Uint8Array | null>): Promise<Outcome<OwnFiles>> {
  const manifest = openManifest(text);
  if (manifest.failure !== undefined) return manifest;
  const files = new Map<string, Uint8Array>();
  for (const file of filesOf(manifest.value)) {
    const bytes = await read(file);
    if (bytes !== null) files.set(file.name, bytes);
  }
  const failure = failureIn(manifest.value, files);
  return failure === null ? { value: { name, manifest: text!, files, built: null } } : { failure };
}

function failureIn(manifest: Manifest, files: ReadonlyMap<string, Uint8Array>): CatalogFailure | null {
  const bytesOf = (file: CatalogFile): Uint8Array | null => files.get(file.name) ?? null;
  const list = openList(manifest, bytesOf(manifest.files.list));
  if (list.failure !== undefined) return list.failure;
  const { texts } = manifest.files;
  const catalog = openCatalog(manifest, list.value, bytesOf(manifest.files.facts));
  if (catalog.failure !== undefined) return catalog.failure;
  return (
    openDetails(catalog.value, manifest.files.details, bytesOf(manifest.files.details)).failure ??
    openMeaning(catalog.value, manifest.files.meaning, bytesOf(manifest.files.meaning)).failure ??
    openTexts(manifest, texts === undefined ? null : bytesOf(texts)).failure ??
    null
  );
}

/** What people are told of it. */
export function aboutOwn({ name, manifest, built }: OwnFiles, isKept: boolean): OwnCatalog {
  const opened = openManifest(manifest);
  return { name, info: opened.failure === undefined ? infoOf(opened.value) : null, isKept, report: built?.report ?? null, folder: built?.folder ?? null };
}
