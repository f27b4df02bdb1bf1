import { VENDORS } from '../../knowledge/families';
import { SOURCE_NAMES } from '../../knowledge/sources';
import { gzipSync, strToU8 } from 'fflate';
import type { CatalogSource } from '../../model';
import { encodeFacts, encodeList, encodeTexts, type BundledTechnique, type CatalogRule } from './encode';
import { withOneSpelling } from './event-spellings';
import { encodeDetails } from './details';
import { encodeMeaning } from './meaning';
import { unpackStrings } from './strings';
import { CATALOG_FORMAT, CATALOG_VERSION, type CatalogFile, type Manifest, type StoredCatalog } from './stored-format';
import { sha256 } from './sha256';
import { byText } from '../../syntax/by-text';

export interface CatalogInput {
  /** Each once: without copies. */
  readonly rules: readonly CatalogRule[];
  /** In any order; without their number of rules. */
  readonly sources: readonly Omit<CatalogSource, 'rules'>[];
  readonly attack: { readonly release: string; readonly techniques: readonly BundledTechnique[] };
}

/** A catalog in its stored form. The same input gives the same, whatever order it comes in. */
export function storeCatalog({ rules, sources, attack }: CatalogInput): StoredCatalog {
  const ordered = [...withOneSpelling(rules)].sort(compareRules);
  const counted = ordered.filter(({ kind }) => kind !== 'no query text');
  const techniques = [...attack.techniques].sort((a, b) => byText(a.id, b.id));
  const facts = encodeFacts(ordered);
  const places = new Map(unpackStrings(facts.strings).map((text, place) => [text, place]));
  return {
    about: {
      version: CATALOG_VERSION,
      rules: counted.length,
      listed: ordered.length - counted.length,
      perVendor: VENDORS.map((vendor) => counted.filter((rule) => rule.vendor === vendor).length),
      newest: ordered.reduce((newest, { modified }) => (/^\d{4}-\d\d-\d\d$/.test(modified) && modified > newest ? modified : newest), ''),
      attack: attack.release,
      sources: [...sources]
        .sort((a, b) => SOURCE_NAMES.indexOf(a.name) - SOURCE_NAMES.indexOf(b.name))
        .map((source) => ({ ...source, rules: ordered.filter((rule) => rule.source === source.name).length })),
    },
    list: encodeList(ordered, techniques),
    facts,
    details: encodeDetails(ordered),
    meaning: encodeMeaning(
      ordered.map(({ meaning }) => meaning),
      places.size,
      (text) => places.get(text) ?? -1,
    ),
    texts: encodeTexts(ordered),
  };
}

/** The files of a catalog by name, the manifest last. The same input gives the same bytes. */
export function writeCatalog(input: CatalogInput): ReadonlyMap<string, Uint8Array> {
  const { about, list, facts, details, meaning, texts } = storeCatalog(input);
  const files = new Map<string, Uint8Array>();
  const put = (name: string, stored: unknown): CatalogFile => {
    const bytes = gzipSync(strToU8(JSON.stringify(stored)), { level: 9, mtime: 0 });
    files.set(name, bytes);
    return { name, bytes: bytes.length, sha256: sha256(bytes) };
  };
  const manifest: Manifest = {
    format: CATALOG_FORMAT,
    ...about,
    files: {
      list: put('list.bin', list),
      facts: put('facts.bin', facts),
      details: put('details.bin', details),
      meaning: put('meaning.bin', meaning),
      ...(texts === null ? null : { texts: put('texts.bin', texts) }),
    },
  };
  files.set('manifest.json', strToU8(`${JSON.stringify(manifest, null, 2)}\n`));
  return files;
}

/** By vendor, then title without regard to case: the order in which guides list rules. */
const compareRules = (a: CatalogRule, b: CatalogRule): number =>
  VENDORS.indexOf(a.vendor) - VENDORS.indexOf(b.vendor) ||
  byText(a.title.toLowerCase(), b.title.toLowerCase()) ||
  byText(a.title, b.title) ||
  SOURCE_NAMES.indexOf(a.source) - SOURCE_NAMES.indexOf(b.source) ||
  byText(a.path, b.path) ||
  a.ordinal - b.ordinal;
