import { VENDORS } from '../../knowledge/families';
import { SOURCE_NAMES } from '../../knowledge/sources';
import { gunzipSync, strFromU8 } from 'fflate';
import type { CatalogFailure } from '../../model';
import { catalogOf, type Catalog } from '../catalog';
import { decodeFacts } from './rule-columns';
import {
  CATALOG_FORMAT,
  CATALOG_VERSION,
  rowsIn,
  type CatalogFile,
  type Manifest,
  type StoredCatalog,
  type StoredFacts,
  type StoredList,
  type StoredTexts,
} from './stored-format';
import { decodeList, type MetadataColumns } from './metadata-columns';
import { unpackInts, checkRange, checkTexts } from './columns';
import { decodeDetails, type Details, type StoredDetails } from './details';
import { decodeMeaning, type Meanings, type StoredMeaning } from './meaning';
import { sha256 } from './sha256';

export type Outcome<T> = { readonly value: T; readonly failure?: never } | { readonly failure: CatalogFailure; readonly value?: never };

const BUILD = 'Build it again with "npm run -s cli -- catalog --source NAME=DIR --out DIR", or take a fresh copy.';

const failed = (reason: CatalogFailure['reason'], what: string, remedy = BUILD): { readonly failure: CatalogFailure } => ({
  failure: { reason, message: `${what} ${remedy}` },
});

/** Bytes of a file that no browser should be asked to hold. */
const LARGEST = 2 ** 29;

/** Reads a manifest; `text` null: there is none. */
export function openManifest(text: string | null): Outcome<Manifest> {
  // Some servers answer with a page where a file is missing.
  if (text === null || text.trimStart().startsWith('<'))
    return failed('missing', 'There is no catalog here: manifest.json is not there, or could not be read.');
  let manifest: Partial<Manifest> | null;
  try {
    manifest = JSON.parse(text) as Partial<Manifest> | null;
  } catch {
    return failed('truncated', "The catalog's manifest.json is not complete.");
  }
  if (manifest?.format !== CATALOG_FORMAT) return failed('unreadable', 'manifest.json does not describe a catalog.');
  if (manifest.version !== CATALOG_VERSION)
    return failed('version', `The catalog is of version ${String(manifest.version)}; this program reads version ${CATALOG_VERSION}.`);
  const wrong = faultOf(manifest as Readonly<Record<string, unknown>>);
  return wrong === null
    ? { value: manifest as Manifest }
    : failed('unreadable', `The catalog's manifest.json is not whole: \`${wrong}\` is missing, or not what it should be.`);
}

/** The first entry of a manifest that is not of its kind: every one is drawn somewhere, or leads to a file. Null: all are. */
function faultOf(manifest: Readonly<Record<string, unknown>>): string | null {
  const { files, perVendor, sources } = manifest;
  if (!isRecord(files)) return 'files';
  for (const name of ['list', 'facts', 'details', 'meaning']) if (!isFile(files[name])) return `files.${name}`;
  if (files['texts'] !== undefined && !isFile(files['texts'])) return 'files.texts';
  for (const name of ['rules', 'listed']) if (!isCount(manifest[name])) return name;
  if (!Array.isArray(perVendor) || perVendor.length !== VENDORS.length || !perVendor.every(isCount)) return 'perVendor';
  for (const name of ['newest', 'attack']) if (typeof manifest[name] !== 'string') return name;
  if (!Array.isArray(sources)) return 'sources';
  const at = sources.findIndex((source) => !isSource(source));
  return at === -1 ? null : `sources[${at}]`;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0 && (value as number) < LARGEST;
const isFile = (file: unknown): boolean => isRecord(file) && typeof file['name'] === 'string' && isCount(file['bytes']) && typeof file['sha256'] === 'string';
const isSource = (source: unknown): boolean =>
  isRecord(source) &&
  SOURCE_NAMES.some((name) => name === source['name']) &&
  ['repository', 'commit', 'license'].every((key) => typeof source[key] === 'string') &&
  (source['lists'] === undefined || typeof source['lists'] === 'string') &&
  isCount(source['rules']);

/** How a page begins that a server gives in place of a missing file. */
const LESS_THAN = 0x3c;

/** A file of which a browser worked out already, faster than we can, what it hashes and unpacks to. */
interface UnpackedFile {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly unpacked: Uint8Array;
}

/** A file as it came; null: it is missing. */
export type FileContent = Uint8Array | UnpackedFile | null;

/** Checks a stored file against the manifest and opens it. */
function openFile<Stored, T>(file: CatalogFile, content: FileContent, decode: (stored: Stored) => T): Outcome<T> {
  const known = content === null || content instanceof Uint8Array ? null : content;
  const bytes = known === null ? (content as Uint8Array | null) : known.bytes;
  if (bytes === null || bytes[0] === LESS_THAN) return failed('missing', `The catalog's file ${file.name} is not there, or could not be read.`);
  if (bytes.length < file.bytes) return failed('truncated', `The catalog's file ${file.name} is cut off: ${bytes.length} of ${file.bytes} bytes are there.`);
  if (bytes.length > file.bytes || (known?.sha256 ?? sha256(bytes)) !== file.sha256)
    return failed(
      'hash',
      `The catalog's file ${file.name} is not the one its manifest names: the hashes differ.`,
      `Reload the page if the catalog was just replaced. ${BUILD}`,
    );
  try {
    return { value: decode(JSON.parse(strFromU8(known?.unpacked ?? gunzipSync(bytes))) as Stored) };
  } catch (error) {
    return failed('unreadable', `The catalog's file ${file.name} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** The rules' metadata: enough for search and the table of rules. */
export const openList = (manifest: Manifest, content: FileContent): Outcome<MetadataColumns> =>
  openFile(manifest.files.list, content, (stored: StoredList) => {
    const list = decodeList(stored);
    if (list.count !== rowsIn(manifest)) throw new Error('it holds another number of rules than its manifest says');
    return list;
  });

/** The whole catalog, once its metadata is open. */
export const openCatalog = (manifest: Manifest, list: MetadataColumns, content: FileContent): Outcome<Catalog> =>
  openFile(manifest.files.facts, content, (stored: StoredFacts) => catalogOf(manifest, list, decodeFacts(stored, list.count)));

/** What the rules of an open catalog mean; read only where it is asked for. */
export const openMeaning = ({ about, facts }: Catalog, file: CatalogFile, content: FileContent): Outcome<Meanings> =>
  openFile(file, content, (stored: StoredMeaning) => decodeMeaning(stored, rowsIn(about), facts.strings));

/** What only the rules' own pages show; read only where it is asked for. */
export const openDetails = ({ about }: Catalog, file: CatalogFile, content: FileContent): Outcome<Details> =>
  openFile(file, content, (stored: StoredDetails) => decodeDetails(stored, rowsIn(about)));

/** Rule number → the text of its file; null where the catalog has none. */
export type Texts = (index: number) => string | null;

const NO_TEXTS: Texts = () => null;

function decodeTexts(stored: StoredTexts, rules: number): Texts {
  checkTexts(stored.texts);
  const places = checkRange(unpackInts(stored.rules), rules, stored.texts.length + 1);
  return (index) => stored.texts[places[index]! - 1] ?? null;
}

export const openTexts = (manifest: Manifest, content: FileContent): Outcome<Texts> =>
  manifest.files.texts === undefined
    ? { value: NO_TEXTS }
    : openFile(manifest.files.texts, content, (stored: StoredTexts) => decodeTexts(stored, rowsIn(manifest)));

/** A whole catalog, opened. */
export interface OpenStored {
  readonly catalog: Catalog;
  readonly meanings: () => Meanings;
  readonly details: () => Details;
  readonly texts: Texts;
}

/** A catalog in its stored form, opened. Throws when its parts do not fit each other. */
export function openStored({ about, list, facts, details, meaning, texts }: StoredCatalog): OpenStored {
  const listing = decodeList(list);
  const catalog = catalogOf(about, listing, decodeFacts(facts, listing.count));
  return {
    catalog,
    meanings: () => decodeMeaning(meaning, rowsIn(about), catalog.facts.strings),
    details: () => decodeDetails(details, rowsIn(about)),
    texts: texts === null ? NO_TEXTS : decodeTexts(texts, rowsIn(about)),
  };
}
