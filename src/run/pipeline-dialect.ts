import type { Branch, Operand, Operation, Predicate, Rule, Span } from '../model';
import { refused, type Counts, type Dialect, type Evaluate, type Row, type Scope } from './dialect';
import type { Column, Given, Table } from './engine';
import type { Reading } from './expression';
import type { Draft } from './running';
import type { Truth } from './truth';
import type { Value } from './value';

/** A function over the rows of a group: each row's arguments, in the rows' order, as many as its language takes. It throws `Refused` for what it does not cover. */
export interface RunMeasure {
  /** `types`: of the arguments, '' where not told. */
  readonly call: (rows: readonly (readonly Value[])[], scope: Scope, types: readonly string[]) => Value;
  /** A field of the rows that it sees after its arguments: the time of the row. */
  readonly also?: string;
  /** It is the group's share of all rows, in percent: of those with equal arguments, where it has any. */
  readonly share?: true;
  /** Its first column has a name of its own too. */
  readonly columnsNamed?: true;
  /** One column for each of several values, named as the language does (`arg_max(x, *)`, `percentiles`, `values(*) as *`); `name`: of the measure. */
  readonly columns?: (operands: readonly Operand[], columns: readonly string[], by: readonly string[], name: string) => readonly MeasuredColumn[] | null;
}

/** A further column of a measure: what it is called where it has no name of its own, and what it takes of the rows. */
export interface MeasuredColumn {
  readonly name: string;
  readonly args: readonly Operand[];
  /** What its values are values of, which gives its type. */
  readonly of?: Operand;
  readonly call: (rows: readonly (readonly Value[])[], scope: Scope) => Value;
}

export type ExtractStep = Extract<Operation, { kind: 'extract' }>;

/** Runs a step that one language alone has. It throws `Refused` for what it does not cover. */
export type OwnStep = (operation: Extract<Operation, { kind: 'own' }>, table: Table, running: Running) => Table;

/** How a row is cut up: new values by column name, or null where the pattern does not fit. */
export type Extractor = (row: Row) => Readonly<Record<string, Value>> | null | 'drop';

/** What pipelines of one language do beside comparing. */
export interface PipelineDialect extends Dialect {
  readonly measures: ReadonlyMap<string, RunMeasure & Counts>;
  /** A column's value as its type wants it; without a type the value as events give it. */
  typed(value: Value, type: string): Value;
  /** The groups a value of a key puts its row into: several for several values, none to leave the row out. */
  groups(value: Value): readonly Value[];
  /** Groups come in the order of their keys; absent: as they are met. */
  readonly sortsGroups?: true;
  /** The columns that rows are grouped by stand after what is worked out of the groups. */
  readonly keysLast?: true;
  /** Order of two values that are there, as of a rising sort; `descending`: it is turned around then. */
  sorted(left: Value, right: Value, as: string | undefined, descending?: boolean): number;
  /** Whether rows without a value come first where the query does not say. */
  nullsFirst(descending: boolean): boolean;
  /** The rows a value is expanded to; `pairs`: members of an object as lists of a name and a value. */
  expanded(value: Value, pairs: boolean): readonly Value[];
  /** Cuts columns out of a text; null: this way of doing it is not covered. */
  extractor(operation: ExtractStep, from: Evaluate, pattern: string | null): Extractor | null;
  /** What a column of this name is called when another of the name stands to its left in a join; null: the right one's value takes its place. */
  twin(name: string, taken: (name: string) => boolean): string | null;
  /** The names and types of columns as rows. */
  schema?(columns: readonly Column[]): Table;
  /** Rows that no sort put in order stand in any: which of them a limit takes is left open. */
  readonly takesAny?: true;
  /** A column that a table does not have is an error of the query. */
  readonly strict?: true;
  /** A name with a star stands for every field that fits: it cannot be read where one field is asked for. */
  readonly starred?: true;
  /** Rows without a key meet others without one. */
  readonly nullKeysMeet?: true;
  /** What a stage does to its rows besides, by its word. */
  afterStage?(kind: string, table: Table): Table;
  /** The type of a column of events by its name, where nobody gives one; '' where it tells nothing. */
  eventType?(name: string): string;
  /** For the names that a query reads: of an event that says of which other table it is, that table; null where it may be of one of them. Absent: those names do not tell. */
  elsewhere?(names: readonly string[]): ((row: Row) => string | null) | undefined;
  /** What an event has in this language beside its own fields. */
  complete?(row: Draft): void;
  /** What a condition asks that is a query of its own, from the rows that one gives. */
  matching?(table: Table, span: Span): Predicate;
  /** Steps that only this language has, by their word. */
  readonly steps?: ReadonlyMap<string, OwnStep>;
  /** The pipeline that a step of its own goes through, for one of the columns it may go through it for; null: it goes through none, or it is not known of which. */
  throughOne?(operation: Extract<Operation, { kind: 'own' }>): Branch | null;
  /** What stands in a column where there is no value, by the column's type: of a row that a join or union lacks, of a group without one. */
  lacking(type: string): Value;
  /** The type of a column made of an operand, '' where it cannot be told; absent: never told. */
  columnType?(operand: Operand, scope: Scope): string;
  /** The type a column shows in results, from its values. */
  typeOf(value: Value): string;
  /** A cell as results show it; absent: as it is. */
  shown?(value: Value): Value;
}

/** What every step may use. */
export interface Running {
  readonly dialect: PipelineDialect;
  readonly given: Given;
  readonly rule: Rule;
  readonly reading: Reading;
  /** What was taken where the text leaves it open. */
  readonly readings: Set<string>;
  /** Values that the tables of further steps may hold together: each step makes its table anew. */
  readonly room: { left: number };
  /** Functions of a language over tables. */
  readonly plugins: ReadonlyMap<string, Plugin>;
  evaluate(operand: Operand): Evaluate;
  /** Whether rows meet a predicate. */
  condition(predicate: Predicate): (row: Row) => Truth;
  /** The type of a column made of an operand, of the columns of the table being run over; '' where it cannot be told. */
  columnType(operand: Operand): string;
  /** Rows of a pipeline inside this one. */
  branch(branch: Branch): Table;
  /** What a pipeline inside this one makes of rows. */
  through(branch: Branch, table: Table): Table;
}

/** Counts a step over rows and columns; throws `Refused` where that was too much. */
export function spend({ room }: Running, rows: number, columns: number): void {
  room.left -= (rows + 1) * (columns + 1);
  if (room.left < 0) throw refused('more steps over more rows and columns than are followed');
}

/** A function of a table. It throws `Refused` for what it does not cover. */
export type Plugin = (operation: Extract<Operation, { kind: 'plugin' }>, table: Table, running: Running) => Table;

/** Exact keys of values, so that rows can be grouped and joined by them. */
export function keyOf(value: Value | undefined): string {
  if (value === undefined || value === null) return 'n';
  switch (typeof value) {
    case 'string':
      return `s${value}`;
    case 'bigint':
      return `i${value}`;
    case 'number':
      return Number.isInteger(value) && Math.abs(value) < 2 ** 53 ? `i${BigInt(value)}` : `f${value}`;
    case 'boolean':
      return `b${value}`;
    case 'object':
      return `o${JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner))}${describe(value)}`;
    default:
      return '';
  }
}

/** JSON leaves out what marked values hold under their symbol, not what they hold beside it. */
const describe = (value: object): string => (Array.isArray(value) ? '[]' : Object.getOwnPropertySymbols(value).length > 0 ? '!' : '');
