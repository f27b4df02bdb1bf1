import type { Rule } from './format';
import type { Taxonomy } from './language';
import type { KeptTest } from './samples';
import type { Span } from './span';
import type { Token } from './token';

/** What of a rule another language says differently, or not at all. */
export type LossKind = 'case' | 'absent' | 'words' | 'regex' | 'pattern' | 'type' | 'several' | 'field' | 'source' | 'time' | 'stage' | 'unread' | 'metadata';

/**
 * What the loss does to the rule: it fires on fewer events, on more, on others, or only shows other columns.
 * `shown`: which events it fires on stays the same.
 */
export type LossEffect = 'stricter' | 'looser' | 'either' | 'shown';

/** One loss, at its place in the original. */
export interface Loss {
  readonly span: Span;
  readonly kind: LossKind;
  /** A plain sentence: what is lost and what stands there instead. */
  readonly why: string;
  readonly effect: LossEffect;
  /** Places in the text that stand for it; none where nothing does, absent where they were not asked for, or no parser of ours reads the text. */
  readonly there?: readonly Span[];
}

/** What a table's column holds: texts, numbers, one value of another kind (a time, a truth value), or several at once (a list, a structure). */
export type ColumnKind = 'text' | 'number' | 'other' | 'several';

/** How a rule is to be written in another language. */
export interface ConversionOptions {
  /** The family of names the target's events have; absent: the target's own. Of the rule's own family every name stays. */
  readonly names?: Taxonomy;
  /** Names of the reader's own, the rule's name to the target's: they come before the table of fields. */
  readonly own?: ReadonlyMap<string, string>;
  /** The table, index or data set to read, as the target writes it; absent: the one known to hold such events. */
  readonly source?: string;
  /** What the column of a name holds in the table that is read, null where it has no such column; absent: nothing is known of the table. Of SQL alone. */
  readonly columns?: (name: string) => ColumnKind | null;
  /** The rules that a correlation names, and filters; absent: none. */
  readonly rules?: readonly Rule[];
  /** The container the text is put into, by the format's id; absent: the query alone. */
  readonly format?: string;
  /** Whether each loss is told with what stands for it in the text. */
  readonly joined?: true;
  /** False: the text is not read again, which takes longer than writing it, and nothing is joined. */
  readonly readBack?: false;
}

/** Whether a text is what it was made from. */
interface Proof {
  /** The text, read by the target's own parser or by the reader of what is printed here, is free of errors and gives the tree it was printed from; null: it was not read. */
  readonly readsBack: boolean | null;
  /** Events judged in both, and how many of them got the same verdict; none: no events were given. */
  readonly witnesses: number;
  readonly agree: number;
}

/** A rule written in another language; `text` is null where it cannot be said, and `refused` says every part that cannot. */
export interface Conversion {
  readonly from: string;
  readonly to: string;
  readonly text: string | null;
  /** By place. */
  readonly lost: readonly Loss[];
  readonly refused: readonly { readonly span: Span; readonly why: string }[];
  readonly proof: Proof;
}

/** How a draft is to be written in another language. */
export interface ConversionWish {
  /** The target; one that is not known, or is the draft's own language, gives the first that is another. */
  readonly target: string;
  /** A container's format, null for the query alone; passed over where it does not hold the language. */
  readonly as: string | null;
  /** The family of names, null for the target's own. */
  readonly names: Taxonomy | null;
  /** Names of the reader's own, the rule's to the target's. */
  readonly own: readonly (readonly [string, string])[];
  /** What is read, as the target writes it; '' for what is known to hold such events. */
  readonly source: string;
}

/** Events that are judged in both languages, as at their moment (milliseconds since 1970). */
export type JudgedCase = Pick<KeptTest, 'id' | 'events' | 'at'>;

/** Events made of a rule: those that fire it, by the id '', and near misses, by the condition that fails. `withheld`: why there are none. */
export interface MadeCases {
  readonly cases: readonly JudgedCase[];
  readonly withheld: string | null;
}

/** How many cases get the same verdict in both languages, fields by the draft's names; how many do not, and the first of these by id; how many cannot be judged in both. */
export interface Agreement {
  readonly agree: number;
  readonly differing: number;
  readonly differ: readonly string[];
  readonly untold: number;
}

/** What a rule and its text in another language say of the same events. */
export interface Comparison {
  /** The target. */
  readonly to: string;
  readonly tests: Agreement;
  readonly made: Agreement & Pick<MadeCases, 'withheld'>;
  /** The reader's events, by their place; `isTogether`: all of them are one case. */
  readonly samples: Agreement & { readonly isTogether: boolean };
  /** What is lost only where fields have the draft's names, as they do when events are judged: sentences. */
  readonly lostInJudging: readonly string[];
}

/** A rule in one of the languages, with how it goes in the others. */
export interface ConversionAnswer {
  /** In the order they are offered: how much is lost in each, or that it cannot be said there. */
  readonly targets: readonly { readonly id: string; readonly label: string; readonly group: string; readonly losses: number; readonly isRefused: boolean }[];
  readonly conversion: Conversion;
  /** Of the text. */
  readonly tokens: readonly Token[];
  /** What the text can be put into, by format; the format a draft of it is opened in first. */
  readonly containers: readonly { readonly id: string; readonly label: string }[];
  readonly format: string;
  /** Whose names it can have, the target's own first. */
  readonly names: readonly { readonly taxonomy: Taxonomy; readonly name: string }[];
  /** What a file of it is called. */
  readonly fileName: string;
}
