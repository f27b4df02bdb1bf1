import { VENDORS } from '../../knowledge/families';
import { SOURCE_NAMES } from '../../knowledge/sources';
import {
  type CatalogInfo,
  COPY_REASONS,
  DOMAINS,
  OPERATORS,
  PLATFORMS,
  RULE_KINDS,
  type CatalogSource,
  type Operator,
  type PerVendor,
  type Polarity,
} from '../../model';
import type { StoredLists } from './columns';
import type { StoredDetails } from './details';
import type { StoredMeaning } from './meaning';
import type { StoredStrings } from './strings';

/** The version of the stored form. A catalog of another version is not read but built again. */
export const CATALOG_VERSION = 4;
export const CATALOG_FORMAT = 'rulewright-catalog';

/** Kinds of comparison by name, so that comparing their places compares the names; words of a search stand apart, as terms. */
export const KINDS: readonly Operator[] = OPERATORS.filter((kind) => kind !== 'term').sort();
export const POLARITIES: readonly Polarity[] = ['indicator', 'exclusion', 'conditional', 'threshold', 'context', 'absent'];

/** A file beside the manifest: gzip under a name to which no server adds an encoding of its own. Length and hash are those of the stored bytes. */
export interface CatalogFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a catalog is, wherever it is kept. */
export interface About {
  readonly version: number;
  readonly rules: number;
  /** Rules without a text; they stand among the rules of every column. */
  readonly listed: number;
  readonly perVendor: PerVendor;
  /** The newest `modified` date, yyyy-mm-dd. */
  readonly newest: string;
  /** The ATT&CK release, '' without one. */
  readonly attack: string;
  readonly sources: readonly CatalogSource[];
}

/** How many rules every column of a catalog has. */
export const rowsIn = ({ rules, listed }: About): number => rules + listed;

/** `manifest.json`: what the catalog is, and the files it consists of. */
export interface Manifest extends About {
  readonly format: typeof CATALOG_FORMAT;
  readonly files: {
    readonly list: CatalogFile;
    readonly facts: CatalogFile;
    readonly details: CatalogFile;
    readonly meaning: CatalogFile;
    readonly texts?: CatalogFile;
  };
}

/** The closed lists whose places the columns hold. A catalog written with other lists cannot be read. */
export const VOCABULARY = {
  vendors: VENDORS,
  sources: SOURCE_NAMES,
  kinds: RULE_KINDS,
  platforms: PLATFORMS,
  domains: DOMAINS,
  operators: KINDS,
  copyReasons: COPY_REASONS,
  polarities: POLARITIES,
};

/** The rules' metadata and the techniques: enough for the table of rules. One entry per rule in every column; a text is its place in `words`. */
export interface StoredList {
  readonly vocabulary: typeof VOCABULARY;
  readonly words: readonly string[];
  readonly titles: readonly string[];
  readonly ids: readonly string[];
  readonly vendors: string;
  readonly sources: string;
  readonly kinds: string;
  readonly statuses: string;
  readonly severities: string;
  readonly languages: string;
  readonly created: string;
  readonly modified: string;
  readonly techniques: StoredLists;
  readonly tactics: StoredLists;
  /** Bit n: the n-th of the vocabulary's. */
  readonly platforms: string;
  readonly domains: string;
  readonly attack: { readonly ids: readonly string[]; readonly names: readonly string[]; readonly tactics: StoredLists };
}

/** Everything else about the rules. A text is its place in `strings`, which are distinct and in order of `tableOfStrings`; "+1" marks columns where 0 is none. */
export interface StoredFacts {
  readonly strings: StoredStrings;
  readonly paths: string;
  readonly ordinals: string;
  /** Places in the table of copies: source and reason in one number, path. */
  readonly copies: StoredLists;
  readonly copyTable: readonly [sources: string, paths: string];
  readonly licenses: string;
  readonly logsources: string;
  readonly timeWindows: string;
  readonly authors: StoredLists;
  readonly groupBys: StoredLists;
  /** Places in the event table, whose three columns follow. */
  readonly events: StoredLists;
  readonly eventTable: readonly [providers: string, ids: string, titles: string];
  /** Places in the stage table: kind and label. */
  readonly stages: StoredLists;
  readonly stageTable: readonly [kinds: string, labels: string];
  readonly terms: StoredLists;
  readonly termStages: string;
  /** Places in the table of leaf heads: field as written (+1) and operator, negation and polarity in one number. */
  readonly leaves: StoredLists;
  readonly headTable: readonly [fields: string, shapes: string];
  readonly leafStages: string;
  readonly leafComposites: string;
  /** The macro a leaf comes from (+1). */
  readonly leafMacros: string;
  /** Per leaf its values, as places in the table of readings: a text as written (+1) and the triple it counts as (+1). */
  readonly readings: StoredLists;
  readonly readingTable: readonly [texts: string, triples: string];
  /** Canonical fields, in order; the triples stand by field, kind and value. */
  readonly fields: readonly string[];
  readonly triples: readonly [fields: string, kinds: string, values: string];
}

/** Whole source files, of a catalog built with them: a rule's text is `texts[rules[n] - 1]`, none for 0. */
export interface StoredTexts {
  readonly texts: readonly string[];
  readonly rules: string;
}

/** A whole catalog in its stored form. */
export interface StoredCatalog {
  readonly about: About;
  readonly list: StoredList;
  readonly facts: StoredFacts;
  readonly details: StoredDetails;
  readonly meaning: StoredMeaning;
  /** Null: it was built without texts. */
  readonly texts: StoredTexts | null;
}

/** What is said of a catalog to people. */
export const infoOf = ({ version, sources, rules, listed, perVendor, attack, newest }: About): CatalogInfo => ({
  version,
  sources,
  rules,
  listed,
  perVendor,
  attack,
  newest,
});
