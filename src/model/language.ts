import type { Analysis } from './analysis';
import type { Diagnostic, DiagnosticKind, DiagnosticTable, TextEdit } from './diagnostic';
import type { Operator, Predicate } from './predicate';
import type { Span } from './span';
import type { Token } from './token';

/** Which field names a language's rules use, by a family's row; the field table maps each to the canonical name. */
export type Taxonomy = string;

/** A search macro: `name(2)` has two argument names. `definition` is SPL with `$arg$` places. */
export interface Macro {
  readonly name: string;
  readonly arguments: readonly string[];
  readonly definition: string;
}

/** What a `macros.conf` gives: its macros with their stanzas' places, and remarks on what could not be taken. */
export interface MacrosRead {
  readonly macros: readonly (Macro & { readonly span: Span; /** Takes the place of one that ships. */ readonly replaces: boolean })[];
  readonly remarks: readonly Diagnostic[];
}

/** A stretch of an expansion that a macro's definition wrote. Those of the macros in its definition lie inside it and come after it. */
export interface MacroText extends Span {
  /** As it is called, without backticks: `name(a, b)`. */
  readonly call: string;
  readonly name: string;
  /** The author's own definition, not one that ships. */
  readonly isOwn: boolean;
  /** In how many other macros' definitions it stands. */
  readonly depth: number;
}

/** A macro that stands in an expansion as it was written. */
export interface MacroLeft extends Span {
  readonly call: string;
  /** `unknown`: no definition is known; `cycle`: its definition leads back to it; `limit`: the whole would get too long. */
  readonly why: 'unknown' | 'cycle' | 'limit';
  /** The names from the query's macro to this one. */
  readonly path: readonly string[];
}

/** A query with its macros' definitions written out; all places but those of `edits` are in `text`. */
export interface Expansion {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly added: readonly MacroText[];
  readonly left: readonly MacroLeft[];
  /** What writes the query's macros out in the text that was asked about; null when its container cannot hold it. */
  readonly edits: readonly TextEdit[] | null;
}

/** What an analysis may lean on. Everything in it is optional for the caller and given, never imported, so that languages do not know each other. */
export interface Context {
  readonly languages: ReadonlyMap<string, Language>;
  /** Absent: macros stay as written. */
  readonly macros?: ReadonlyMap<string, Macro>;
}

/** What could stand at a place. The worker adds corpus fields and values where `fields` or `valuesOf` ask for them. */
export interface Completion {
  /** What accepting a suggestion replaces. */
  readonly span: Span;
  readonly items: readonly Suggestion[];
  /** A field name could stand here: the taxonomy's and the sources' fields belong here too. */
  readonly fields?: true;
  /** A value of this field (as written) could stand here. */
  readonly valuesOf?: string;
}

export interface Suggestion {
  readonly label: string;
  readonly kind: 'field' | 'value' | 'keyword' | 'function' | 'command' | 'modifier' | 'macro' | 'table' | 'snippet';
  /** Inserted instead of the label. */
  readonly insert?: string;
  /** Inserted instead of the label and `insert`, as a snippet: `$0` is where the cursor goes, `$UUID` a fresh one, `$CURRENT_YEAR` and its like today's; any other `$`, `}` and backslash has a backslash before it. */
  readonly template?: string;
  /** Once it is written the next list opens by itself. */
  readonly opens?: true;
  /** It adds what a rule is not complete without: it is offered as a fix too, to stand at the end of the text. */
  readonly completes?: true;
  /** Further words by which it is found. */
  readonly also?: string;
  /** One line, in our words. */
  readonly detail?: string;
}

export interface Hover {
  readonly span: Span;
  /** Plain paragraphs; `code` in backticks. */
  readonly text: string;
  /** The ID of the technique it is about. */
  readonly technique?: string;
}

/** An argument that a function takes. */
interface Parameter {
  readonly name: string;
  /** In the language's own words; `any`: of every type. */
  readonly type: string;
  /** It may be left out. */
  readonly isOptional: boolean;
  /** How many of it may follow one another, together with those beside it that may be repeated: 1 where it stands once, `Infinity` where there is no bound. */
  readonly most: number;
}

/** A function as its language has it. */
export interface Callable {
  /** As it is usually written. */
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** The fewest and the most arguments; `Infinity` where there is no bound. */
  readonly least: number;
  readonly most: number;
  /** How many more its engine takes, of which its documentation says nothing and which change nothing. */
  readonly ignores?: number;
  /** The type of what it gives, in the language's own words; `any`: it depends on the arguments. */
  readonly gives: string;
  /** One line. */
  readonly help: string;
  /** Whether it minds the case of letters, for one that compares texts; `tilde`: it does, and does not with a `~` behind its name. */
  readonly case?: 'exact' | 'folded' | 'tilde';
}

/** A call that a place stands in: what its function takes and gives. */
export interface Signature {
  /** As help shows it: `substring(source, start, length)`. */
  readonly label: string;
  /** Where each argument stands in the label, in order. */
  readonly parameters: readonly Span[];
  /** Index of the argument at the place; past the last where there are more than it takes. */
  readonly active: number;
  readonly help: string;
}

/** What a text gives a name to, and every place that says the name. */
export interface Naming {
  readonly name: string;
  /** What bears the name, as people read it: "selection", "let", "rule". */
  readonly kind: string;
  /** Where it gets its name; null: outside the text. */
  readonly definition: Span | null;
  readonly uses: readonly Span[];
  /** Why it cannot be given another name; absent: it can. */
  readonly fixed?: string;
  /** What the query gives bears the name: what stands around the query may say it too. */
  readonly leaves?: true;
  /** What another name must look like: a regular expression's source, for the whole name. */
  readonly form: string;
}

/** A guide row to be written into a draft; `field` is already in the draft's own taxonomy. */
export interface Addition {
  readonly polarity: 'indicator' | 'exclusion';
  readonly field: string;
  readonly op: Operator;
  readonly value: string;
  /** Only into the stage, or the item of a stage, that holds this offset of the text; absent: where it fits best. */
  readonly at?: number | undefined;
}

/** One way to write a guide's row into a rule. */
export interface AddWay {
  /** The stage it goes into, by its name or as people count it, or an item of one; '' where it gets a place of its own. */
  readonly into: string;
  readonly edits: readonly TextEdit[];
}

/** Why a language cannot say a part of a predicate. */
export interface Refusal {
  readonly span: Span;
  /** A short clause: "no comparison of whole words", "`process.args` needs a function EQL does not have". */
  readonly why: string;
}

/** A condition in a language's words, or all that it cannot say. */
export type Printed = { readonly text: string } | { readonly refused: readonly Refusal[] };

/** A check of an analysed query: more than parsing, less than the whole document. Its kind stands in the list of all checks. */
export interface Check extends DiagnosticKind {
  readonly id: `${string}/${string}`;
  check(text: string, analysis: Analysis): readonly Diagnostic[];
}

/** A language: one total, pure function of a text, and what an editor asks about a place in it. None of these throws, for any text. */
export interface Language {
  readonly id: string;
  readonly label: string;
  readonly taxonomy: Taxonomy;
  analyse(text: string, context: Context): Analysis;
  suggest(text: string, offset: number, context: Context): Completion;
  hover(text: string, offset: number, context: Context): Hover | null;
  /** The call around a place; null outside calls and where the function is not known. Absent: the language has no functions. */
  signature?(text: string, offset: number): Signature | null;
  /** What the text names, with every place that says so. Absent: its texts name nothing. */
  namings?(text: string, context: Context): readonly Naming[];
  /** The predicate as a condition of this language, the reverse of reading: analysing what it gives yields the same predicate, places aside. */
  print?(predicate: Predicate): Printed;
  /** The text in its usual form: line ends, indents, blanks and the case of operators change, and nothing else; null where it has none. `tokens`: as the analysis colours it. */
  format?(text: string, tokens: readonly Token[]): string | null;
  /** Its form depends on nothing that a text may have wrong, beyond what `format` gives null of; absent: a text with an error stays as it is. */
  readonly formatsErrors?: true;
  /** Every remark it makes, a closed table. */
  readonly diagnostics?: DiagnosticTable;
  /** What it checks beyond parsing, each a value of its own. */
  readonly checks?: readonly Check[];
  /** What may stand in place of a comparison's operator, as written, and asks for less, the closest first; '' where none is written. Absent: it has no such words. */
  wider?(operator: string): readonly string[];
  /** Edits that write the row at the right place, or null when the text has no place for it. */
  add(text: string, addition: Addition, context: Context): readonly TextEdit[] | null;
  /** The query with its macros written out, as a step of its own; absent: the language has none. */
  expand?(text: string, context: Context): Expansion;
  /** Spans of the separate queries of one text, where a text may hold several; absent: a text is one query. */
  queriesOf?(text: string): readonly Span[];
}
