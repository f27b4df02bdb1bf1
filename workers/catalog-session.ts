import type { Catalog } from '../src/catalog/catalog';
import type { Used } from '../src/catalog/completion';
import { eventRulesOf, type EventRules } from '../src/catalog/events';
import type { WithTexts } from '../src/catalog/store/join';
import type { CatalogFile, Manifest } from '../src/catalog/store/stored-format';
import type { MetadataColumns } from '../src/catalog/store/metadata-columns';
import { relationIndexOf } from '../src/catalog/related';
import type { RelationIndex } from '../src/catalog/relation-index';
import { NO_DETAILS, type Details } from '../src/catalog/store/details';
import type { Meanings } from '../src/catalog/store/meaning';
import { type FileContent, openCatalog, openDetails, openList, openMeaning, openTexts, type OpenStored, type Texts } from '../src/catalog/store/open';
import { searcherOf, type Searcher } from '../src/catalog/search/search';
import { techniquesNamed } from '../src/catalog/techniques';
import type { CatalogFailure, OpenProgress, Technique } from '../src/model';

/** The metadata, and what searches it: from the moment it is there, before the rest. */
export interface OpenListing {
  readonly list: MetadataColumns;
  readonly search: Searcher;
  readonly techniques: () => readonly Technique[];
}

/** The whole catalog, and what is made ready at the first need. */
export interface OpenCatalog {
  readonly catalog: Catalog;
  readonly search: Searcher;
  readonly texts: () => Promise<Texts>;
  /** What only the rules' pages show, read at the first need. */
  readonly details: () => Promise<Details>;
  /** What the rules mean, read at the first need. */
  readonly meanings: () => Promise<Meanings>;
  /** What they mean, ready to be compared; made at the first need. */
  readonly relations: () => Promise<RelationIndex>;
  readonly eventRules: () => EventRules;
  readonly completions: Map<string, readonly Used[]>;
}

/** One catalog being opened; each part resolves null when it cannot be had. */
export interface Session {
  readonly listing: Promise<OpenListing | null>;
  readonly whole: Promise<OpenCatalog | null>;
  /** What `whole` resolved to; null until it has. */
  readonly wholeNow: () => OpenCatalog | null;
  readonly failure: Promise<CatalogFailure | null>;
}

/** A file's bytes as far as they came, told as they come; null when there is no such file. */
export type ReadFile = (file: CatalogFile, onBytes: (bytes: number) => void) => Promise<FileContent>;

/** Reads and opens the two files of a catalog, side by side; the list is open as soon as it is there. */
export function sessionOf(manifest: Manifest, read: ReadFile, onProgress: (progress: OpenProgress) => void): Session {
  const { list: listFile, facts: factsFile } = manifest.files;
  const loaded = { list: 0, facts: 0 };
  const tell = (step: string): void => onProgress({ step, loaded: loaded.list + loaded.facts, total: listFile.bytes + factsFile.bytes });
  const readPart = (part: 'list' | 'facts', step: string, file: CatalogFile): Promise<FileContent> =>
    read(file, (bytes) => {
      loaded[part] = bytes;
      tell(step);
    });
  const listed = readPart('list', 'list of rules', listFile).then((bytes) => openList(manifest, bytes));
  const factsBytes = readPart('facts', 'facts', factsFile);
  const opened = listed.then(async (list) => (list.failure === undefined ? openCatalog(manifest, list.value, await factsBytes) : list));
  const whole = opened.then((catalog) =>
    catalog.failure === undefined
      ? wholeOf(
          catalog.value,
          () => textsOf(manifest, read),
          () => detailsOf(catalog.value, manifest, read),
          () => meaningsOf(catalog.value, manifest, read),
        )
      : null,
  );
  return remembering(
    listed.then((list) => (list.failure === undefined ? listingOf(list.value) : null)),
    whole,
    opened.then((catalog) => catalog.failure ?? null),
  );
}

/** Two catalogs as one, once both are whole; `join` makes it of them or finds it made. */
export function joinedSession(first: Session, second: Session, join: (first: WithTexts, second: WithTexts) => Promise<OpenStored>): Session {
  const whole = Promise.all([first.whole, second.whole]).then(async ([before, after]) => {
    if (before === null || after === null) return null;
    const { catalog, texts, details, meanings } = await join(await withTexts(before), await withTexts(after));
    return wholeOf(
      catalog,
      async () => texts,
      async () => details(),
      async () => meanings(),
    );
  });
  return remembering(
    whole.then((open) => (open === null ? null : listingOf(open.catalog.list))),
    whole,
    Promise.all([first.failure, second.failure]).then(([before, after]) => before ?? after),
  );
}

const withTexts = async ({ catalog, texts, details, meanings }: OpenCatalog): Promise<WithTexts> => ({
  catalog,
  texts: await texts(),
  details: await details(),
  meanings: await meanings(),
});

function remembering(listing: Session['listing'], whole: Session['whole'], failure: Session['failure']): Session {
  let now: OpenCatalog | null = null;
  return { listing, whole: whole.then((open) => (now = open)), wholeNow: () => now, failure };
}

function listingOf(list: MetadataColumns): OpenListing {
  let techniques: readonly Technique[] | null = null;
  return { list, search: searcherOf(list, null), techniques: () => (techniques ??= techniquesNamed(list)) };
}

function wholeOf(catalog: Catalog, readTexts: () => Promise<Texts>, readDetails: () => Promise<Details>, readMeanings: () => Promise<Meanings>): OpenCatalog {
  let texts: Promise<Texts> | null = null;
  let details: Promise<Details> | null = null;
  let meanings: Promise<Meanings> | null = null;
  let relations: Promise<RelationIndex> | null = null;
  let eventRules: EventRules | null = null;
  return {
    catalog,
    search: searcherOf(catalog.list, catalog.facts),
    texts: () => (texts ??= readTexts()),
    details: () => (details ??= readDetails()),
    meanings: () => (meanings ??= readMeanings()),
    relations: () => (relations ??= (meanings ??= readMeanings()).then((read) => relationIndexOf(catalog, read, nextTurn))),
    eventRules: () => (eventRules ??= eventRulesOf(catalog)),
    completions: new Map(),
  };
}

/** The texts of a catalog built with them; of a file that cannot be read there are none. */
async function textsOf(manifest: Manifest, read: ReadFile): Promise<Texts> {
  const file = manifest.files.texts;
  const opened = openTexts(manifest, file === undefined ? null : await read(file, () => {}));
  return opened.failure === undefined ? opened.value : () => null;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** What only the rules' pages show; of a file that cannot be read there is nothing. */
async function detailsOf(catalog: Catalog, { files }: Manifest, read: ReadFile): Promise<Details> {
  const opened = openDetails(catalog, files.details, await read(files.details, () => {}));
  return opened.failure === undefined ? opened.value : NO_DETAILS;
}

/** What the rules mean; of a file that cannot be read nothing is known of any rule. */
async function meaningsOf(catalog: Catalog, { files }: Manifest, read: ReadFile): Promise<Meanings> {
  const opened = openMeaning(catalog, files.meaning, await read(files.meaning, () => {}));
  return opened.failure === undefined ? opened.value : () => null;
}
