import type { Callable, GlobPart, Literal, Operand, Predicate, RegexDialect, Test, Unread } from '../model';
import type { Truth } from './truth';
import type { Bag, Value } from './value';
import type { WordBreaks } from './words';

/** A row of a pipeline or an event: values by name. */
export type Row = Bag;
export type Evaluate = (row: Row) => Value;
/** Whether a value of the event fits a value of the rule. */
export type Fits = (value: Value, row: Row) => Truth;

/** What an expression may lean on beside its row. */
export interface Scope {
  /** The moment the query runs at: nanoseconds since 1970. */
  readonly now: bigint;
  /** The rows of the table being run over and the place of the one at hand, for functions that look at other rows. */
  rows?: readonly Row[];
  at?: number;
  /** The columns of that table, each with its type, '' where none is known. */
  columns?: readonly { readonly name: string; readonly type: string }[];
  /** Why a column cannot be read here; null: it can. */
  unreadable?: (name: string) => string | null;
  /** Notes what is taken where the text leaves it open. */
  readonly take?: (reading: string) => void;
  /** What a query that stands as one value gives; undefined: it is none of this step's. */
  answer?: (operand: Unread) => Value | undefined;
}

/** What a function of a language does with as many arguments as its language takes. It throws `Refused` for what it does not cover. */
export interface RunFunction {
  /** Its first argument is a column that may not be there. */
  readonly mayLack?: true;
  /** Without it a null argument gives null, or what stands for nothing. */
  readonly takesNull?: true;
  /** What it gives in place of null; absent: null. */
  readonly nothing?: Value;
  readonly call?: (args: readonly Value[], scope: Scope) => Value;
  /** Arguments are worked out only where they decide. */
  readonly lazy?: (args: readonly Evaluate[], scope: Scope, operands: readonly Operand[]) => Evaluate;
}

/** How one language compares values and what its functions do. */
export interface Dialect {
  /** What `exists` without values asks: that the key is there (null too), or a value. */
  readonly presence: 'key' | 'value';
  /** A field with several values: any of them counts, or the array is one value. */
  readonly several: 'any' | 'whole';
  /** The function that gives a range's end of its two ends. */
  readonly rangeEnd?: string;
  /** A list that a query compares with is one value, not several to choose from. */
  readonly wholeLists?: true;
  literal(literal: Literal): Value;
  /** A value of an event as calculations take it, where whole numbers are told from fractions. */
  value?(value: Value): Value;
  /** A point or length of time as the rule writes it; undefined: not read. */
  time(text: string, scope: Scope): Value | undefined;
  equals(left: Value, right: Value, fold: boolean): Truth;
  /** Values are equal by the way they are written, numbers too. */
  readonly byWriting?: true;
  /** A value is not equal to null, and not to nothing either: the negation holds. */
  readonly nullIsOther?: true;
  /** Negative, zero, positive; null: the two have no order. */
  order(left: Value, right: Value): number | null;
  /** The text that patterns see; null: patterns fit no such value. */
  text(value: Value): string | null;
  /** A word that is looked for is any part of a text, or one between the language's breaks. */
  readonly words: 'anywhere' | 'broken';
  /** Whether a word stands in a text; `word` in the case it is compared in. */
  word(text: string, word: string, test: Test): boolean;
  /** Whether a value lies in a network; absent: it does not where it is no address. */
  inNetwork?(value: Value, network: string, test: Test): Truth;
  /** What parts the words of a pattern with stars; absent: the language's words have none. */
  wordBreaks?(test: Test): WordBreaks;
  /** How a value of the rule is met where the field's type decides; null: as everywhere. */
  fits?(operand: Operand, test: Test, type: string | undefined, scope: Scope): Fits | null;
  /** The type of a field whose type nobody gave. */
  typeOf?(name: string): string | undefined;
  /** Fields that choose which events are read: of events that do not have them they are taken as met. */
  readonly scoping?: ReadonlySet<string>;
  /** A text that is a pattern when the query runs, as its `like` reads it; absent: such patterns are not covered. */
  pattern?(text: string): readonly GlobPart[];
  /** What is taken of a condition that its author leaves to its readers, as it is handed out; undefined: it cannot be told. */
  opened?(condition: Predicate): string | undefined;
  /** Whose rules a regex follows that is a value of the row. */
  readonly regex?: { readonly dialect: RegexDialect; readonly whole?: true };
  readonly functions: ReadonlyMap<string, RunFunction & Counts>;
}

/** The fewest and the most arguments of what a person can call; signs, and steps that commands write, have those that their form gives them. */
export type Counts = Partial<Pick<Callable, 'least' | 'most'>>;

/** Functions with the counts of arguments that their documentation allows: of others it is not known what they do, whatever ours would make of them. */
export const asDocumented = <T>(functions: ReadonlyMap<string, T>, documented: (name: string) => Callable | undefined): ReadonlyMap<string, T & Counts> =>
  new Map(
    [...functions].map(([name, fn]) => {
      const row = documented(name);
      return [name, { ...fn, ...(row === undefined ? null : { least: row.least, most: row.most + (row.ignores ?? 0) }) }];
    }),
  );

/** What we do not cover, by name. */
interface Refused extends Error {
  readonly isRefused: true;
}

/** Without a stack, which takes a hundred times as long to make: who looks for values that fit is refused thousands. */
export const refused = (why: string): Refused => Object.assign(Object.create(Error.prototype) as Error, { message: why, isRefused: true as const });
export const isRefused = (error: unknown): error is Refused => error instanceof Error && 'isRefused' in error;

/** Refuses a call with more or fewer arguments than its language takes. */
export function refuseCount(fn: string, { least = 0, most = Infinity }: Counts, count: number): void {
  if (count < least || count > most) throw refused(`\`${fn}\` with ${count} arguments`);
}
