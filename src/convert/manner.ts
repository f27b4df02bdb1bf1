import type { Logsource } from '../knowledge/logsources';
import type { Several } from './joint/target';
import type { Shape } from './shape';
import type {
  Compare,
  ConversionOptions,
  GlobPart,
  LossEffect,
  LossKind,
  Operand,
  Operator,
  Predicate,
  Printed,
  RegexDialect,
  Rule,
  Span,
  StartingPoint,
  Taxonomy,
  Test,
} from '../model';

/** What a target has for a regular expression: its dialect, and how it says that letters' case does not count. */
export interface RegexManner {
  readonly dialect: RegexDialect;
  /** `flag`: `(?i)` before it; `beside`: as a flag beside it; `test`: by the comparison itself; `none`: it cannot be said. */
  readonly fold: 'flag' | 'beside' | 'test' | 'none';
  /** The word of such a comparison. */
  readonly word: Operator;
}

/** What one language can say of a comparison, as data: a predicate is brought into this manner before it is printed. */
export interface Manner {
  /** What its comparisons with a value give of an event without the field. */
  missing(compare: Compare, value: Operand): Test['missing'];
  /** Whether an empty text is a value. */
  readonly emptyIsValue: boolean;
  /** Whether it has words for a field that is not there; else presence is denied. */
  readonly saysAbsent: boolean;
  /** Whether it tells a field that holds null from one that is not there. */
  readonly asksKey?: true;
  /** Letters' case in comparisons of texts; `lowered`: by a function around the field, whose name stands in `lower`. */
  readonly letters: 'both' | 'exact' | 'fold' | 'lowered';
  readonly lower?: string;
  /** Whether it writes such a pattern as it is; else a regular expression stands for it. */
  globs(parts: readonly GlobPart[]): boolean;
  /** Why a pattern's text cannot be said at all, as a clause; null: it can. */
  unsayable?(text: string): string | null;
  /** Whether a plain text is written as it is; else a regular expression stands for it. */
  literals?(text: string): boolean;
  readonly regex: RegexManner | null;
  /** How several values become one comparison: never, plain texts, texts and patterns each, or both together. */
  readonly lists: 'none' | 'literals' | 'apart' | 'together';
  /** The word of a list of patterns. */
  readonly globWord: 'classified' | 'wildcard';
  /** How a text is sought in the whole event: as part of a value, as a word of a search, not at all. */
  readonly anywhere: 'part' | 'word' | null;
  readonly anywhereWord: Operator;
  /** What is lost where parts of any value become words of a search; absent: nothing. */
  readonly wordsDiffer?: string;
  /** Whether it has comparisons with whole words of a field. */
  readonly hasWords: boolean;
  /** Whether a field holds addresses of the network alone, which no pattern fits; absent: none does. */
  isAddress?(field: string): boolean;
  /** Whether a field is analysed text, of which words are compared, letters' case aside; absent: none is. */
  isAnalysed?(field: string): boolean;
  /** The word of a comparison with a network; null: it has none. */
  readonly cidr: Operator | null;
  /** Of a value that is no address of the network's kind such a comparison says nothing, and neither does its denial. */
  readonly asksAddress?: true;
  /** Whether two fields can be compared; whether any of a field's values is sought where there are several. */
  readonly fieldsCompare: boolean;
  readonly manyValues: boolean;
  /** The type its schema gives a field, where it is known: texts and numbers are written as the field has them. */
  typeOf?(field: string): 'text' | 'number' | 'other' | null;
  /** Whether a column of texts or numbers holds one value, by its schema. */
  readonly singleTypes?: true;
  /** Whether a number and a text of its digits differ. */
  readonly isTyped?: true;
  /** Whether truth values are texts like others. */
  readonly truthIsText?: true;
  /** The language whose functions may stand around a field; absent: it has none there. */
  readonly functions?: string;
  /** How a number is read as a text, where comparisons of texts need one. */
  readonly textOf?: string;
}

/** What a target is asked to write: the demands in its own manner and names, and where it reads. */
interface Wish {
  readonly predicate: Predicate;
  /** The class of events that is read; null: none of the known ones. */
  readonly point: StartingPoint | null;
  /** What Sigma calls the events, where that is known. */
  readonly logsource: Logsource | null;
  /** What the asker names to be read. */
  readonly source: string | null;
  readonly columns: Columns;
}

/** A field that says which events are read, with its value; `told`: what says the same, a field and its value, null for any. */
export type Scoping = readonly [field: string, value: string, told?: readonly (readonly [field: string, value: string | null])[]];

/** What is known of the columns of the table that is read. */
export type Columns = ConversionOptions['columns'];

/** Every column of what is read, and what to say of a name that is none. */
export interface ListedColumns {
  has(name: string): boolean;
  why(name: string): string;
}

/** What a target writes: the whole text, and the demands it must be read back as. */
interface Written {
  readonly demands: Predicate;
  readonly printed: Printed;
}

/** A language, or a way of writing in one, that rules are converted to. */
export interface Target {
  readonly id: string;
  readonly label: string;
  /** The language its text is read back in; null: none of ours. */
  readonly language: string | null;
  /** What it is listed under; absent: its family. */
  readonly group?: string;
  /** What a file of its text is called; absent: as its language's format says. */
  readonly fileName?: string;
  /** The container without which its text is no rule; null: the text stands alone. */
  readonly container: string | null;
  /** The names its events have where nothing else is said. */
  readonly taxonomy: Taxonomy;
  readonly manner: Manner;
  /** Whether its text depends on what the columns of a table hold. */
  readonly takesColumns?: true;
  /** The manner where it depends on what is read; null: that cannot be read. */
  mannerAt?(point: StartingPoint | null, source: string | null, columns: Columns): Manner | null;
  /** Why it cannot be written without a known class of events, or without a log source; absent: it can. */
  readonly needs?: { readonly what: 'data set' | 'log source'; readonly why: string };
  /** Whether names depend on the table that is read: without one they stay as they are. */
  readonly namesByTable: boolean;
  /** What the known class of events is called here, for the table of fields, in lower case. */
  scopes(point: StartingPoint): readonly string[];
  /** The columns of what is read, where all are known; null, or absent: they are not. */
  columnsAt?(point: StartingPoint | null, source: string | null): ListedColumns | null;
  /** What a rule of the language reads, as the language writes it; null, or absent: its conditions say that. */
  ownSource?(rule: Rule): string | null;
  /** What the kind of a stage says where conditions begin with the category of their events, as a field and its value, null for any; absent: they do not. */
  category?(kind: string): readonly [field: string, value: string] | null;
  /** Fields that say which events are read, each with its value, in the target's own names. */
  scoping(point: StartingPoint): readonly Scoping[];
  /** What the asker names to be read as a condition of its own, where the language says it so. */
  sourceAs?(source: string): Predicate;
  write(wish: Wish): Written;
  /** A step that only says what is shown, after the conditions; null, or absent: it has no such step. */
  shape?(shape: Shape): string | null;
  /** How it asks for several events together; absent: it cannot. */
  readonly several?: Several;
  /** How sums are read that a container counts around a query of it; absent: as those of `several`. */
  readonly counted?: Pick<Several, 'pipeline' | 'keyless'>;
  /** Its text as a rule, where its language is none of ours; null: it is none that is written here. */
  read?(text: string): Rule | null;
  /** What is lost where no known class of events is read, `always`: or where the asker does not name what is; null: nothing. */
  readonly unsourced: { readonly why: string; readonly effect: LossEffect; readonly always?: true } | null;
}

/** Notes a loss. */
export type Lose = (span: Span, kind: LossKind, why: string, effect: LossEffect) => void;
/** Notes what cannot be said. */
export type Refuse = (span: Span, why: string) => void;

/** Where a conversion notes both. */
export interface Notes {
  readonly lose: Lose;
  readonly refuse: Refuse;
}
