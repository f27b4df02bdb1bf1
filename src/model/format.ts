import type { Analysis, TimeBound } from './analysis';
import type { Diagnostic, DiagnosticTable, TextEdit } from './diagnostic';
import type { Addition, Completion, Context, Expansion, Hover, Language, Naming, Signature, Taxonomy } from './language';
import type { Span } from './span';
import type { Token } from './token';

export const PLATFORMS = [
  'windows',
  'linux',
  'macos',
  'aws',
  'azure',
  'gcp',
  'm365',
  'okta',
  'github',
  'google_workspace',
  'kubernetes',
  'network',
  'other',
] as const;
export type Platform = (typeof PLATFORMS)[number];
export const DOMAINS = ['endpoint', 'identity', 'cloud', 'network', 'email', 'web', 'application', 'container', 'saas', 'ai'] as const;
export type Domain = (typeof DOMAINS)[number];
export const RULE_KINDS = ['detection', 'building block', 'correlation', 'filter', 'hunting query', 'alert feed', 'no query text'] as const;
/** `no query text`: a source says that the rule exists and what it is about, not what it asks. */
export type RuleKind = (typeof RULE_KINDS)[number];

/** An event a rule reads: `id` is an event ID, an ActionType or an operation name. */
export interface EventRef {
  readonly provider: string;
  readonly id: string;
  readonly title: string;
}

/** What a container says about a rule, apart from its query. Missing texts are '', missing lists are []. */
export interface Metadata {
  readonly id: string;
  /** How other rules call it, beside its ID; absent where it has no such name. */
  readonly name?: string;
  readonly title: string;
  readonly description: string;
  readonly author: readonly string[];
  /** Lower case: stable, test, production … */
  readonly status: string;
  readonly kind: RuleKind;
  /** critical, high, medium, low, informational or ''. */
  readonly severity: string;
  readonly license: string;
  /** ISO dates, yyyy-mm-dd. */
  readonly created: string;
  readonly modified: string;
  readonly references: readonly string[];
  readonly tags: readonly string[];
  /** ATT&CK IDs as their author tagged them, upper case: T1049, T1087.001. */
  readonly techniques: readonly string[];
  /** ATT&CK tactic short names: discovery, defense-evasion. */
  readonly tactics: readonly string[];
  /** One line for people: "product windows, category process_creation", an index list, connectors. */
  readonly logsource: string;
  /** What fields mean here, for the canonical form: Sigma category, data model, index pattern, table; lower case. */
  readonly scopes: readonly string[];
  readonly platforms: readonly Platform[];
  readonly domains: readonly Domain[];
  /** Events the container names outright. */
  readonly events: readonly EventRef[];
  /** Providers to which an event ID found in the query belongs, when it names none itself. */
  readonly providers: readonly string[];
  readonly times: readonly TimeBound[];
  readonly groupBy: readonly string[];
  readonly falsePositives: readonly string[];
  /** Where a row is written in the document: `title`, `tags`, `logsource`, `query` … */
  readonly places: Readonly<Record<string, Span>>;
}

/** One rule of a document; every span is in the document. */
export interface Rule {
  readonly span: Span;
  readonly meta: Metadata;
  readonly analysis: Analysis;
  readonly taxonomy: Taxonomy;
}

/** A document, opened. A text that is no such document at all still opens: with no rule, or one without facts, and diagnostics. */
export interface Opened {
  readonly format: string;
  readonly rules: readonly Rule[];
  /** Container and queries together, in order. */
  readonly tokens: readonly Token[];
  /** Container and queries together, by place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Where a new rule looks: what one class of events is called in each family of languages. */
export interface StartingPoint {
  readonly name: string;
  readonly platform: Platform;
  readonly domain: Domain;
  /** The canonical field such events are told apart by. */
  readonly main: string;
  readonly sigma: { readonly product: string; readonly category: string; readonly service: string };
  /** A whole search that reads the events and filters nothing. */
  readonly spl: string;
  /** Names of Splunk's security content, and of Anvilogic's data category. */
  readonly dataSources: readonly string[];
  readonly category: string;
  /** A whole query that reads the events and filters nothing but their time. */
  readonly kusto: string;
  /** By family: what its source holds beside these events, which its query reads too. */
  readonly besides?: Readonly<Partial<Record<Taxonomy, string>>>;
  /** A Sentinel data connector, and which columns are entities: type, identifier, column. */
  readonly connector: string;
  readonly entities: readonly (readonly [type: string, identifier: string, column: string])[];
  readonly elastic: {
    readonly indices: readonly string[];
    readonly integration: string;
    /** EQL's event category. */
    readonly category: string;
    /** The fields that scope the events, each with its value. */
    readonly where: readonly (readonly [field: string, value: string])[];
    /** By a field of these: what says the same, another field and its value, null for any. */
    readonly told?: Readonly<Record<string, readonly (readonly [field: string, value: string | null])[]>>;
  };
}

/** What a new rule is about. */
export interface DraftStart {
  /** A fresh UUID, and today's date as yyyy-mm-dd. */
  readonly id: string;
  readonly date: string;
  readonly technique: { readonly id: string; readonly name: string; readonly tactics: readonly string[] };
  readonly point: StartingPoint;
}

/** A converted rule as a container holds it: what its original says of itself, and the query in the container's language. */
export interface Carried {
  /** Of the new document: it is no longer the original. */
  readonly id: string;
  readonly meta: Metadata;
  readonly query: string;
  readonly language: string;
  /** The class of events that is read, where it is a known one. */
  readonly point: StartingPoint | null;
  /** In what the original was written. */
  readonly from: string;
  /** The rules that a correlation names, as documents of their own. */
  readonly rules: readonly string[];
  /** How many seconds the events that it takes together may lie apart, or how far back those are that it takes at once; null: it takes single ones, or does not say. */
  readonly seconds: number | null;
}

/** What of a rule's metadata a container has no place for, by its row, with a plain sentence on what stands there instead. */
export interface LeftBehind {
  readonly row: string;
  readonly why: string;
}

/** A query of a document: its decoded text, and how the document writes another in its place, so that it can be read; null where it has no way to. */
export interface HeldQuery {
  readonly text: string;
  readonly language: Language;
  rewrite(text: string): TextEdit | null;
}

/** A container of rules: finds metadata and query, and maps the query's places back to the document. Total, like a language. */
export interface Format {
  readonly id: string;
  /** Shown in the mode menu. */
  readonly label: string;
  /** The language a new document of this format is written in; also which vendor's letter a draft carries. */
  readonly language: string;
  /** The remarks it makes itself, beside its language's; absent: none. */
  readonly diagnostics?: DiagnosticTable;
  /** File endings with the dot, the usual one first. */
  readonly extensions: readonly string[];
  /** How sure it is that the text is of this format, 0 to 1; cheap, from the text's look and the path's ending. */
  detect(text: string, path: string): number;
  open(text: string, context: Context): Opened;
  /** The rule with what the path of its file says of it, by the source's own convention; absent: its paths say nothing that its text does not. */
  atPath?(rule: Rule, path: string): Rule;
  suggest(text: string, offset: number, context: Context): Completion;
  hover(text: string, offset: number, context: Context): Hover | null;
  /** The call around a place of a query; null outside calls and queries. */
  signature(text: string, offset: number, context: Context): Signature | null;
  /** What the document and its queries name, with every place that says so. */
  namings(text: string, context: Context): readonly Naming[];
  /** Edits in the document that write the row into its rule number `index`, or null when there is no place for it. */
  add(text: string, index: number, addition: Addition, context: Context): readonly TextEdit[] | null;
  /** A new document that says what the rule is about and reads its events, and looks for nothing yet: guide rows are added to it. */
  start(draft: DraftStart): string;
  /** A new document around a converted query, of these languages; what the container has no key for stands in a text of it, or is left behind. Absent: it is not converted to. */
  readonly write?: { readonly languages: readonly string[]; text(carried: Carried): string; left(meta: Metadata): readonly LeftBehind[] };
  /** The query of rule number `index` with its macros written out; absent: its language has none. */
  expand?(text: string, index: number, context: Context): Expansion | null;
  /** Its source keeps tests in folders of their own, beside those of its rules. */
  readonly regressionFolders?: true;
  /** Its queries, in order. */
  queriesOf(text: string, context: Context): readonly HeldQuery[];
  /** A file name for export, by the source's own convention. */
  fileName(rule: Rule | undefined, text?: string): string;
  /** The folder such a rule stands in in its source's repository; absent, or '': it has no place of its own. */
  folder?(rule: Rule): string;
  /** The documents of their own that a text of several rules is made of; absent: such a text is one document. */
  partsOf?(text: string, context: Context): readonly string[];
}
