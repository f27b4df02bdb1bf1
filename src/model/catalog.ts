import type { Domain, EventRef, Platform, RuleKind } from './format';
import type { Taxonomy } from './language';
import type { Operator, Predicate } from './predicate';
import type { Polarity, Triple } from './report';

/** Whose rules: the id of a row of the families. */
export type Vendor = string;

/** Where rules come from: the name of a row of the sources. */
export type SourceName = string;

/** Rules per vendor, in the order of the families. */
export type PerVendor = readonly number[];

/** Where rules came from: repository, pinned commit, licence. */
export interface CatalogSource {
  readonly name: SourceName;
  readonly repository: string;
  readonly commit: string;
  readonly license: string;
  /** The repository whose rules it lists, for a source that holds none itself. */
  readonly lists?: string;
  readonly rules: number;
}

export interface CatalogInfo {
  readonly version: number;
  readonly sources: readonly CatalogSource[];
  readonly rules: number;
  /** Rules of which only is known that there are: counted apart, in no other figure. */
  readonly listed: number;
  readonly perVendor: PerVendor;
  /** ATT&CK release the names come from, '' when none was bundled. */
  readonly attack: string;
  /** The newest `modified` date among the rules, yyyy-mm-dd: what "catalog … (2026-08)" shows. */
  readonly newest: string;
}

/** Which catalogs are open: the bundled one, the reader's own, or both as one. */
export const CATALOG_USES = ['bundled', 'own', 'both'] as const;
export type CatalogUse = (typeof CATALOG_USES)[number];

/** A file a reader gave, as browsers have it. */
export interface GivenFile {
  readonly name: string;
  readonly size: number;
  readonly webkitRelativePath: string;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A folder a reader chose, as browsers that can read it again hold it. */
export interface GivenFolder {
  readonly kind: 'directory';
  readonly name: string;
  values(): AsyncIterable<GivenFolder | { readonly kind: 'file'; readonly name: string; getFile(): Promise<GivenFile> }>;
}

/** Rules a reader gave to build a catalog of: files with their paths below the folder, a folder, or a zip archive. */
export type GivenRules =
  | { readonly kind: 'files'; readonly name: string; readonly files: readonly { readonly path: string; readonly file: GivenFile }[] }
  | { readonly kind: 'folder'; readonly folder: GivenFolder }
  | { readonly kind: 'zip'; readonly file: GivenFile };

/** How far building a catalog is, in files. */
export interface BuildProgress {
  /** Files that may hold rules, and how many of them are read. */
  readonly files: number;
  readonly read: number;
  readonly rules: number;
  /** Files that are no rules, by their names or their texts. */
  readonly passedOver: number;
  readonly unread: number;
  /** The path of the file read last; '' before the first. */
  readonly last: string;
}

/** What came of the files a catalog was built of. */
export interface BuildReport {
  /** The folder, or the archive. */
  readonly from: string;
  readonly files: number;
  readonly rules: number;
  /** Files that are no rules, by what they are instead, the most first. */
  readonly passedOver: readonly { readonly what: string; readonly paths: readonly string[] }[];
  readonly unread: readonly { readonly path: string; readonly why: string }[];
}

/** A catalog of the reader's. */
export interface OwnCatalog {
  /** Its folder, its archive, or its address. */
  readonly name: string;
  /** Null: what was stored is no catalog this version can open. */
  readonly info: CatalogInfo | null;
  /** False: the browser refused to store it, so that it goes with the page. */
  readonly isKept: boolean;
  /** Null: it was not built in this browser. */
  readonly report: BuildReport | null;
  /** The folder it was built of, where the browser can read it again. */
  readonly folder: GivenFolder | null;
}

/** `changes.json` beside a catalog says so of itself. */
export const CHANGES_FORMAT = 'rulewright-changes';

/** The states by which a rule's author says that it should not be relied on; a status may say more after one. */
export const UNSETTLED = ['experimental', 'deprecated', 'development', 'unsupported', 'removed'] as const;

/** A rule that came, changed or went, as its catalog called it. */
export type ChangedRule = Pick<RuleRow, 'source' | 'key' | 'title' | 'vendor' | 'techniques'>;

/** What one build of the catalog changed. */
export interface CorpusChange {
  /** The catalog it made: the hash of its facts' file. */
  readonly id: string;
  /** yyyy-mm-dd. */
  readonly date: string;
  readonly rules: number;
  readonly sources: readonly { readonly source: string; readonly added: number; readonly changed: number; readonly gone: number }[];
  /** Techniques with more rules than before, those that gained most first. */
  readonly techniques: readonly (readonly [id: string, before: number, after: number])[];
  /** At most 5,000 of each. */
  readonly added: readonly ChangedRule[];
  readonly changed: readonly ChangedRule[];
  readonly gone: readonly ChangedRule[];
}

/** One line of the rules table; `index` is the rule's number in the open catalog, and means nothing in another. */
export interface RuleRow {
  readonly index: number;
  /** Names the rule within its source for as long as the source does: its ID or, without one, its title; `~2` and on tell apart what share it. */
  readonly key: string;
  readonly id: string;
  readonly title: string;
  readonly vendor: Vendor;
  readonly source: SourceName;
  readonly kind: RuleKind;
  readonly status: string;
  readonly severity: string;
  readonly language: string;
  readonly techniques: readonly string[];
  readonly tactics: readonly string[];
  readonly platforms: readonly Platform[];
  readonly domains: readonly Domain[];
  readonly created: string;
  readonly modified: string;
}

/** One comparison of a catalog rule; a value over 256 characters is cut and ends in `…#` and 8 hex digits of its hash. */
export interface CatalogLeaf {
  /** The field of the events, where an earlier stage of the rule gave it another name. */
  readonly field: string | null;
  readonly op: Operator;
  readonly values: readonly string[];
  readonly triples: readonly (Triple | null)[];
  readonly negated: boolean;
  readonly polarity: Polarity;
  readonly stage: number;
  readonly composite: number | null;
  /** The macro whose definition it comes from; null: the rule itself says it. */
  readonly macro: string | null;
}

/** Why two rules are held to be one: the same ID, or the same meaning over the same events. */
export const COPY_REASONS = ['id', 'meaning'] as const;

/** Another place where a rule stands. */
export interface RuleCopy {
  readonly source: SourceName;
  readonly path: string;
  readonly by: (typeof COPY_REASONS)[number];
}

/** Everything the catalog holds about one rule. Facts, never its text or description. */
export interface RuleFacts extends RuleRow {
  readonly path: string;
  /** Where else it stands, with an address where there is one: it counts once. */
  readonly copies: readonly (RuleCopy & { readonly url: string })[];
  /** Its place among the rules of its file, from 0. */
  readonly ordinal: number;
  readonly url: string;
  readonly license: string;
  readonly author: readonly string[];
  readonly references: readonly string[];
  readonly logsource: string;
  /** The narrowest bound of its logic, then every other time it names: `119m; schedule 60m`. */
  readonly timeWindow: string;
  readonly groupBy: readonly string[];
  readonly events: readonly EventRef[];
  readonly stages: readonly { readonly kind: string; readonly label: string }[];
  readonly leaves: readonly CatalogLeaf[];
  readonly terms: readonly { readonly stage: number; readonly text: string }[];
  readonly outputs: readonly { readonly name: string; readonly source: string; readonly used: boolean }[];
  /** The whole text of its file; only in catalogs built with texts. */
  readonly text: string | null;
}

/** What a rule means, as far as the catalog keeps it: places are empty, a value over 256 characters is not read. */
export interface RuleMeaning {
  readonly predicate: Predicate;
  /** An event that meets it fires the rule; otherwise the rule asks for more (a sequence, a count, a history). */
  readonly isWhole: boolean;
  /** One event that meets it, and has the fields that the rule sums up by, fires the rule. */
  readonly isGrouped?: true;
  /** It takes several events, and each meets the whole predicate: they are counted, or looked up in a history. */
  readonly isOfEach?: true;
  /** It takes several events, and each meets one part of the predicate: a sequence. */
  readonly isSeries?: true;
}

export interface Technique {
  readonly id: string;
  readonly name: string;
  readonly tactics: readonly string[];
  /** The same behaviour's ID in the other ATT&CK generation; '' when there is none. */
  readonly other: string;
  /** The tactics it stands under in today's generation; none where another ID has taken its place. */
  readonly today: readonly string[];
  /** False: newer than the bundled ATT&CK, kept as tagged. */
  readonly known: boolean;
}

export interface GuideFilters {
  readonly platforms: readonly Platform[];
  readonly domains: readonly Domain[];
  readonly vendors: readonly Vendor[];
  /** Rules of sub-techniques count too. */
  readonly subTechniques: boolean;
  /** Rules that call themselves experimental or deprecated count too. */
  readonly unsettled: boolean;
}

/** Where rules are counted: under a technique, as its guide under these filters counts them. */
export interface GuidePlace {
  readonly technique: string;
  readonly filters: GuideFilters;
}

/** How a guide row stands to a draft; `contradicts`: written beside what the draft asks, no event would be left. */
export type Mark = 'has' | 'near' | 'missing' | 'contradicts' | 'does-not-apply';

export interface GuideFieldRow {
  readonly field: string;
  readonly rules: number;
  /** Kinds as written with their number of rules, by number then name. */
  readonly how: readonly (readonly [Operator, number])[];
  readonly samples: readonly string[];
  readonly mark: Mark | null;
}
export interface GuideValueRow extends Triple {
  /** Rules under this technique. */
  readonly rules: number;
  /** Rules in the whole catalog. */
  readonly reach: number;
  readonly reachPerVendor: PerVendor;
  readonly mark: Mark | null;
}
/** What is excluded beside something else. */
export interface Companion extends Triple {
  /** Rules that exclude both. */
  readonly rules: number;
  /** Of them, those that exclude only what has both: `not (A and B)`. */
  readonly joined: number;
}
export interface GuideThresholdRow {
  readonly field: string;
  readonly kind: Operator;
  readonly value: string;
  readonly rules: number;
}
export interface GuideEventRow extends EventRef {
  readonly rules: number;
}

/** The technique authoring guide; every row, in the order it is shown. Marks are null where no draft was given. */
export interface Guide {
  readonly technique: Technique;
  /** What its rows are counted under. */
  readonly under: GuidePlace;
  /** Rules after and before the filters. */
  readonly shown: number;
  readonly total: number;
  /** Rules tagged with this ID itself, sub-techniques aside, before the filters. */
  readonly own: number;
  /** Of the rules before the filters, those that call themselves experimental or deprecated. */
  readonly unsettled: number;
  /** Rules that are tagged so and counted nowhere: hunting queries kept apart, forwarded alerts, filters, those only listed. */
  readonly uncounted: number;
  readonly perVendor: PerVendor;
  readonly fields: readonly GuideFieldRow[];
  readonly values: readonly GuideValueRow[];
  readonly exclusions: readonly GuideValueRow[];
  readonly thresholds: readonly GuideThresholdRow[];
  readonly events: readonly GuideEventRow[];
  readonly rules: readonly RuleRow[];
  /** What the filters can be set to here, with the number of rules. */
  readonly platforms: readonly (readonly [Platform, number])[];
  readonly domains: readonly (readonly [Domain, number])[];
}

/** All the corpus needs to know about a draft: canonical triples, never its text. */
export interface DraftFacts {
  readonly taxonomy: Taxonomy;
  readonly scopes: readonly string[];
  readonly triples: readonly (Triple & { readonly polarity: Polarity })[];
  /** What it means, in canonical names; null: nothing is asked of an event. */
  readonly meaning: RuleMeaning | null;
  /** Where its events come from and which they are; none: not known. */
  readonly platforms: readonly Platform[];
  readonly events: readonly EventRef[];
  /** Fields that it sums up by. */
  readonly groupBy: readonly string[];
}

export interface Reach {
  readonly total: number;
  readonly perVendor: PerVendor;
}

/** Rules with a triple: of the whole catalog, and where it was asked for (0 where it was not). */
export interface ReachHere extends Reach {
  readonly here: number;
}

/** How many rules look for a triple, and how many exclude it. */
export interface TripleReach extends ReachHere {
  readonly excluding: ReachHere;
}

/** A rule that shares canonical triples with the draft: `shared` of the `of` it has itself. */
export interface SimilarRule extends RuleRow {
  readonly shared: number;
  readonly of: number;
}

/** How a catalog rule stands to a draft: `same`; `covers`: whatever fires the draft fires it; `covered`: the other way round. */
export const RELATIONS = ['same', 'covers', 'covered', 'overlaps', 'contradicts'] as const;
export type Relation = (typeof RELATIONS)[number];

/** How the events two rules read meet: they share some; the same kind of thing, told by other sources; one does not say. */
export type Reading = 'same' | 'kind' | 'unknown';

/** What else is to be known of a relation: one waits for more than one event, sums up by fields that an event must have, runs macros or lists that are not known (they can only make it stricter), or holds a part that is not read. `letters`: it holds with letters' case aside, which one of the two minds. */
export type Limit =
  'draft-waits' | 'rule-waits' | 'draft-groups' | 'rule-groups' | 'draft-aside' | 'rule-aside' | 'draft-unread' | 'rule-unread' | 'letters' | 'arguments';

/**
 * A condition of the draft beside what the rule asks in its place, in words; null where one asks nothing of the kind. `wider`, `narrower`: the rule's is;
 * `follows`: the other's conditions together say as much.
 */
export interface ComparedWords {
  readonly as: 'same' | 'wider' | 'narrower' | 'contradicts' | 'follows' | 'only-first' | 'only-second';
  readonly first: string | null;
  readonly second: string | null;
}

/** A catalog rule and how it is proved to stand to the draft, with the conditions that decide, in words. */
export interface RelatedRule extends RuleRow {
  readonly relation: Relation;
  readonly reads: Reading;
  readonly limits: readonly Limit[];
  /** The draft's conditions first, as the draft has them. */
  readonly conditions: readonly ComparedWords[];
}

/** How the catalog stands to a draft. */
export interface Relations {
  /** Rules whose conditions were compared with it. */
  readonly compared: number;
  /** The draft looks for something that an event may have; of what is not read, or never holds, nothing can be told. */
  readonly isTold: boolean;
  /** The draft waits for more than one event, so that no one event decides. */
  readonly waits: boolean;
  readonly counts: Readonly<Record<Relation, number>>;
  /** The first of each relation, in their order. */
  readonly rules: readonly RelatedRule[];
  /** Rules that share the rarest of what the draft asks, beside those above. */
  readonly nearest: readonly SimilarRule[];
}

/** Rows of a search: the total, and one screenful from `offset`. */
export interface SearchAnswer {
  readonly total: number;
  /** Of these, rules of which only is known that there are. */
  readonly listed: number;
  readonly rows: readonly RuleRow[];
}

/** A part of a search that cannot mean what its writer thinks. */
export interface QueryRemark {
  /** As it is written in the search. */
  readonly part: string;
  /** Goes on where the part ends: "is looked for as it stands …". */
  readonly says: string;
  /** What could stand in its place; null when nothing suggests itself. */
  readonly instead: string | null;
}

/** Columns a list of rules can be ordered by. */
export const RULE_ORDERS = ['title', 'vendor', 'kind', 'severity', 'status', 'language', 'technique', 'created', 'modified'] as const;
export interface RuleOrder {
  readonly by: (typeof RULE_ORDERS)[number];
  readonly descending: boolean;
}

/** What a search can be narrowed by; the names are the search's own keys. */
export const FACETS = ['vendor', 'source', 'kind', 'severity', 'status', 'platform', 'domain', 'tactic', 'language'] as const;
export type Facet = (typeof FACETS)[number];
/** Each facet's values with the number of rules, most first. */
export type Facets = Readonly<Record<Facet, readonly (readonly [value: string, rules: number])[]>>;

/** An event of the catalog: one line of the events table. */
export interface EventSummary extends EventRef {
  readonly rules: number;
  readonly perVendor: PerVendor;
  /** Distinct techniques of these rules. */
  readonly techniques: number;
}

/** A provider of events of the catalog. */
export interface ProviderSummary {
  readonly name: string;
  /** Where its events come from; of several, or none that is known, `null`. */
  readonly platform: Platform | null;
  /** Windows channel or log; '' when it has none. */
  readonly channel: string;
  readonly events: number;
  /** Rules that read any of its events, each once. */
  readonly rules: number;
  readonly perVendor: PerVendor;
}

/** Every event that a rule reads, and who provides them, each by number of rules. */
export interface EventsAnswer {
  readonly events: readonly EventSummary[];
  readonly providers: readonly ProviderSummary[];
}

/** A field that the rules of an event filter on, with its commonest values. */
export interface EventField {
  readonly field: string;
  readonly rules: number;
  readonly values: readonly { readonly kind: Operator; readonly value: string; readonly rules: number }[];
}

/** Everything the catalog says about one event. */
export interface EventFacts extends EventSummary {
  /** Windows channel or log; '' when it has none. */
  readonly channel: string;
  /** By number of rules; under today's IDs. */
  readonly taggedWith: readonly (readonly [technique: string, rules: number])[];
  /** By number of rules, every field; at most ten values each. */
  readonly fields: readonly EventField[];
  /** Sets of events that rules ask for together, this one among them, by number of rules. */
  readonly patterns: readonly { readonly events: readonly EventRef[]; readonly rules: number }[];
  readonly rows: readonly RuleRow[];
}
