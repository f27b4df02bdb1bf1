import type {
  BuildProgress,
  BuildReport,
  CatalogInfo,
  CatalogUse,
  Companion,
  DraftFacts,
  EventFacts,
  EventsAnswer,
  Facets,
  GivenFile,
  GivenFolder,
  GivenRules,
  Guide,
  GuideFilters,
  GuidePlace,
  OwnCatalog,
  PerVendor,
  QueryRemark,
  Reach,
  Relations,
  RuleFacts,
  RuleOrder,
  RuleRow,
  SearchAnswer,
  Technique,
  TripleReach,
  Vendor,
} from './catalog';
import type { EventRule } from './event-rule';
import type { ConversionAnswer, ConversionWish } from './conversion';
import type { Diagnostic } from './diagnostic';
import type { DraftStart, StartingPoint } from './format';
import type { Addition, AddWay, Completion, Expansion, Hover, MacrosRead, Naming, Signature, Taxonomy } from './language';
import type { Packed } from './packed';
import type { Polarity, Report, RuleChanges, Triple } from './report';

/** What the draft's thread is asked. Text goes to this worker and nowhere else. */
export interface AnalysisApi {
  /** What can be written here; the same for the life of the worker. */
  about(): Registry;
  /** A document's format and title, for lists; far smaller than an answer. */
  describe(request: { readonly text: string; readonly format: string | null; readonly path: string }): { readonly format: string; readonly title: string };
  /** The documents a given text is made of, each described; `other`: what the text is where it is no rule, null where it is one. */
  documentsIn(request: { readonly text: string; readonly path: string }): {
    readonly documents: readonly { readonly text: string; readonly format: string; readonly title: string }[];
    readonly other: string | null;
  };
  /** Where a document stands in a repository of its kind: folders and name, by its source's convention. */
  fileOf(request: { readonly text: string; readonly format: string | null; readonly path: string }): string;
  /** What a `macros.conf` gives. */
  macrosOf(conf: string): MacrosRead;
  /** `format` null: detect it. `macros`: the reader's own as a `macros.conf`, beside those that ship; of two with one name the reader's counts. `held`: the number of the answer that whoever asks still has, so that only what differs is told. */
  analyse(request: {
    readonly text: string;
    readonly format: string | null;
    readonly path: string;
    readonly macros: string;
    readonly held?: number | null;
  }): PackedAnswer;
  /** What the checks of whole rules say of the document answered about last; null where that is another answer. They take as long as all else, and nothing waits for them. */
  remarks(number: number): readonly Diagnostic[] | null;
  /** The query of rule `index` with its macros written out, as the last analysis knew them; null when its language has no macros. */
  expand(request: { readonly text: string; readonly format: string; readonly index: number }): Expansion | null;
  /** Rule `index` in another language, as it was read last; null where there is no such rule. */
  convert(request: { readonly text: string; readonly format: string; readonly index: number } & ConversionWish): Promise<ConversionAnswer | null>;
  /** Names of the reader's own out of a mapping's text, with what else it does; or why there are none. */
  namesOf(mapping: string): Promise<{ readonly names: readonly (readonly [string, string])[]; readonly left: readonly string[]; readonly why: string | null }>;
  /** What the rules of the document mean now beside what they meant in an earlier text; null where one of them holds none. `errors`: in each of the texts. */
  changes(request: {
    readonly before: string;
    readonly after: string;
    readonly format: string;
  }): { readonly rules: readonly RuleChanges[]; readonly errors: readonly [before: number, after: number] } | null;
  /** The document in its usual form; where it stays as it is, `refused` says why. */
  format(request: { readonly text: string; readonly format: string }): { readonly text: string; readonly refused: string | null };
  suggest(request: PlaceRequest): Completion;
  hover(request: PlaceRequest): Hover | null;
  /** The call around the place. */
  signature(request: PlaceRequest): Signature | null;
  /** What the document names, with every place that says so. */
  namings(request: { readonly text: string; readonly format: string }): readonly Naming[];
  /** Every way to write a guide row into rule `index` of the draft, its canonical field renamed to the draft's own, the best first; none where there is no place for it. */
  add(request: {
    readonly text: string;
    readonly format: string;
    readonly index: number;
    readonly row: Triple;
    readonly polarity: Addition['polarity'];
  }): readonly AddWay[];
  /** A document that looks for nothing yet, and what the corpus is asked about it. */
  start(request: DraftStart & { readonly format: string }): { readonly text: string; readonly facts: DraftFacts };
  /** The text with every row written into its first rule that has a place for it; where none looks for anything, for any value of the field `otherwise`. */
  addAll(request: { readonly text: string; readonly format: string; readonly rows: readonly Triple[]; readonly otherwise: string }): string;
}

/** A language as screens know it. */
interface LanguageInfo {
  readonly id: string;
  readonly label: string;
  readonly taxonomy: Taxonomy;
  readonly vendor: Vendor;
}

/** A format as screens know it: what the mode menu and the drafts list show. */
export interface FormatInfo {
  readonly id: string;
  readonly label: string;
  readonly language: string;
  readonly vendor: Vendor;
  /** With the dot, the usual one first. */
  readonly extensions: readonly string[];
  /** Its queries may hold macros, which can be written out. */
  readonly hasMacros: boolean;
  /** Tests of its rules can be exported as its source keeps them: in folders of regression data. */
  readonly regressionFolders: boolean;
}

/** In the order of the mode menu. */
export interface Registry {
  readonly formats: readonly FormatInfo[];
  readonly languages: readonly LanguageInfo[];
}

interface PlaceRequest {
  readonly text: string;
  readonly format: string;
  readonly offset: number;
}

/** What a text looks like. */
export interface LooksLike {
  /** A format's ID; null: nothing of ours. */
  readonly format: string | null;
  /** 0 to 1. */
  readonly sure: number;
  /** The format's label, or what the text is instead, as people read it: "Splunk SPL", "SQL", "YAML that is no rule". */
  readonly name: string;
  /** What is said of it. */
  readonly sentence: string;
}

/** One answer for one revision of the text. */
export interface DraftAnswer {
  /** Its own, of all answers. */
  readonly number: number;
  readonly format: string;
  /** Reports without tokens (they are in `tokens`). */
  readonly reports: readonly Report[];
  /** What the corpus is asked about each report, in their order. */
  readonly facts: readonly DraftFacts[];
  /** A short text for each of `facts`, which stays from answer to answer while they mean the same. */
  readonly factKeys: readonly string[];
  /** Editor tokens: five numbers each (delta line, delta start, length, type index, 0), as Monaco takes them. */
  readonly tokens: Uint32Array;
  /** What reading the document remarks on, every error among it; what whole rules are checked for comes after it. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the text looks much more like than the format it is read in, or that it is nothing of ours; null where it may well be what it is read as. */
  readonly looksLike: LooksLike | null;
  /** The file name an export would have. */
  readonly fileName: string;
  /** Milliseconds the analysis took. */
  readonly ms: number;
}

/** A draft's answer on its way between threads. */
export interface PackedAnswer {
  /** Its own, of all answers. */
  readonly number: number;
  /** The answer that `rest` is packed onto; null: it is whole. */
  readonly onto: number | null;
  readonly tokens: DraftAnswer['tokens'];
  readonly rest: Packed<PlainAnswer>;
}

export type PlainAnswer = Omit<DraftAnswer, 'tokens' | 'number'>;

export interface OpenProgress {
  readonly step: string;
  readonly loaded: number;
  readonly total: number;
}

/** A catalog that cannot be used: what happened, what still holds, what can be done. */
export interface CatalogFailure {
  readonly reason: 'missing' | 'truncated' | 'version' | 'hash' | 'unreadable';
  readonly message: string;
}

/** What the corpus' thread is asked; it fetches the catalog itself and answers with counts, indices and one screenful of rows. */
export interface CatalogApi extends CatalogPages {
  /** `manifest`: the address of the bundled catalog's; its files stand beside it. Where the reader's own is asked for and there is none, or it cannot be opened, the bundled one is; `use` says which it was, `ownFailure` why. */
  open(
    manifest: string,
    use: CatalogUse,
    onProgress: (progress: OpenProgress) => void,
  ): Promise<{ readonly info: CatalogInfo; readonly use: CatalogUse; readonly ownFailure: CatalogFailure | null } | { readonly failure: CatalogFailure }>;
  /** The reader's own catalog, kept or held; null where there is none. */
  own(): OwnCatalog | null;
  /**
   * Takes a catalog of the reader's, from its files or its folder on this server (ending in a slash), in place of the one before; the open one stays open.
   * `built`: what it was built of in this browser.
   */
  adopt(
    given: readonly GivenFile[] | string,
    built?: { readonly report: BuildReport; readonly folder: GivenFolder | null },
  ): Promise<{ readonly own: OwnCatalog } | { readonly failure: CatalogFailure }>;
  /** Forgets the reader's own catalog; the open one stays open. */
  discard(): void;
  /** `rules` and `perVendor` with sub-techniques, `own` without, as a guide without filters counts them; `yours`: of the `perVendor` those from the reader. */
  techniques(): readonly (Technique & { readonly perVendor: PerVendor; readonly yours: PerVendor; readonly rules: number; readonly own: number })[];
  guide(technique: string, filters: GuideFilters, draft: DraftFacts | null): Guide | null;
  reach(triples: readonly Triple[], under: GuidePlace | null): readonly TripleReach[];
  rulesOf(triple: Triple, polarity: Polarity, under: GuidePlace | null): readonly RuleRow[];
  /** Where a rule of the technique may begin to look, the best first; none where no catalog is open. */
  startingPoints(technique: string): readonly StartingPoint[];
  /** What a draft of the technique that looks there may begin with: alternatives of one field, and of a second; none where no rule shows any. */
  startRows(technique: string, point: StartingPoint, draft: DraftFacts): readonly Triple[];
  /** What the rules that exclude the triple exclude as well, the commonest first, at most `limit`. */
  companions(triple: Triple, under: GuidePlace | null, limit: number): readonly Companion[];
  search(query: string, offset: number, limit: number): SearchAnswer;
  rule(index: number): RuleFacts | null;
  /** The rule that a source calls by this key; null when the open catalog has none. */
  ruleOf(source: string, key: string): RuleFacts | null;
  /** How the catalog's rules stand to a draft, at most `limit` of each relation. Null where no catalog is open. */
  relations(draft: DraftFacts, limit: number): Relations | null;
  /** The same of a rule of the catalog; null where nothing is known of it. */
  relationsOfRule(index: number, limit: number): Relations | null;
  /** A rule as what one event fires; null where more than one event decides, or nothing is known of it. */
  eventRule(index: number): EventRule | null;
  /** Fields that rules of the same source compare, of all sources where too few read that one; most used first. `rules`: how many of the whole corpus compare the field, whatever they call it. */
  fields(
    taxonomy: DraftFacts['taxonomy'],
    logsource: string,
    scopes: readonly string[],
    prefix: string,
    limit: number,
  ): readonly { readonly name: string; readonly rules: number }[];
  /** Values of a field, most used first. `rules`: how many of the whole corpus look for the value there, in any comparison; 0: it is only left out. */
  values(
    taxonomy: DraftFacts['taxonomy'],
    scopes: readonly string[],
    field: string,
    prefix: string,
    limit: number,
  ): readonly { readonly value: string; readonly rules: number }[];
}

/** What the thread is asked that builds a catalog of the reader's own rules. */
export interface BuildApi {
  /** Takes rules in place of those before, with the reader's macros as a `macros.conf`; tells how many files there are to read, or why they cannot be. */
  begin(given: GivenRules, macros: string): Promise<{ readonly progress: BuildProgress } | { readonly failure: string }>;
  /** Reads on for a moment. */
  readOn(): Promise<BuildProgress>;
  /** The catalog's files, and what is told of them. */
  finish(): { readonly files: readonly GivenFile[]; readonly report: BuildReport };
  /** Lets go of what is being read. */
  forget(): void;
}

/** What the pages ask of the corpus' thread, beyond what the workbench does. */
export interface CatalogPages {
  /** As `search`, in this order; null: the best match first, then the catalog's own order. Equal ones by title. Severity orders by weight, technique by the first ID. */
  list(query: string, order: RuleOrder | null, offset: number, limit: number): SearchAnswer;
  /** How many rules the query finds under each value of each facet, the query's own conditions on that facet aside. */
  facets(query: string): Facets;
  /** What in the query cannot mean what its writer thinks, in its order. */
  remarks(query: string): readonly QueryRemark[];
  /** `techniques` as these filters leave them; the same rows in the same order. */
  heat(
    filters: GuideFilters,
  ): readonly { readonly id: string; readonly perVendor: PerVendor; readonly yours: PerVendor; readonly rules: number; readonly own: number }[];
  /** Indicator triples whose value, or field, holds the text: those that begin with it first, then by reach. */
  findValues(text: string, limit: number): readonly (Triple & Reach)[];
  /** Every event that a rule covers, by number of rules. */
  events(): EventsAnswer;
  event(provider: string, id: string): EventFacts | null;
}
