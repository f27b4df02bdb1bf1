import type { Branch, Operand, Operation, Predicate, Rule } from '../model';
import type { Evaluate, Row } from './dialect';
import type { Given, Table } from './engine';
import type { Reading } from './expression';
import type { PipelineDialect } from './pipeline-dialect';
import type { Truth } from './truth';
import type { Value } from './value';

/** The event a row still is. */
export const EVENT: unique symbol = Symbol('event');

/** A row while a pipeline runs. */
export type Draft = Record<string, Value> & { [EVENT]?: number };

export const draftOf = (row: Row): Draft => Object.assign(Object.create(null) as Draft, row);

/** What every step may use. */
export interface Running {
  readonly dialect: PipelineDialect;
  readonly given: Given;
  readonly rule: Rule;
  readonly reading: Reading;
  /** Functions of a language over tables. */
  readonly plugins: ReadonlyMap<string, Plugin>;
  evaluate(operand: Operand): Evaluate;
  /** Whether rows meet a predicate. */
  condition(predicate: Predicate): (row: Row) => Truth;
  /** The type of a column made of an operand, of the columns of the table being run over; '' where it cannot be told. */
  columnType(operand: Operand): string;
  /** Rows of a pipeline inside this one. */
  branch(branch: Branch): Table;
}

/** A function of a table. It throws `Refused` for what it does not cover. */
export type Plugin = (operation: Extract<Operation, { kind: 'plugin' }>, table: Table, running: Running) => Table;

/** A row made of another is the same event still. */
export function keepEvent(draft: Draft, row: Row): void {
  const event = (row as Draft)[EVENT];
  if (event !== undefined) draft[EVENT] = event;
}
