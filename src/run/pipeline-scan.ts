import type { Operation } from '../model';
import { refused, type Row } from './dialect';
import type { Column, Table } from './engine';
import { withColumns } from './pipeline-rows';
import type { Running } from './pipeline-dialect';
import { draftOf, type Draft } from './running';
import { TRUE, UNKNOWN } from './truth';
import type { Value } from './value';

type Step = Extract<Operation, { kind: 'scan' }>;

/** A match under way: the last row of each of its steps so far, with what the steps set. */
interface Match {
  readonly number: bigint;
  readonly rows: ReadonlyMap<string, Draft>;
}

/**
 * Rows in their order against steps that follow each other. Each row is asked of the last step first: it goes on a match that is at the step before,
 * or stays at a step that a match is at; the first step begins matches.
 */
export function scan(operation: Step, table: Table, running: Running): Table {
  for (const { name } of operation.options ?? []) throw refused(`the option \`${name}\``);
  const { dialect } = running;
  const declared = operation.declared.map(({ name, type, otherwise }) => ({
    name,
    type,
    value: dialect.typed(otherwise === undefined ? null : running.evaluate(otherwise)({}), type),
  }));
  const names = operation.steps.map(({ name }) => name);
  const empty: readonly (readonly [string, Value])[] = [
    ...table.columns.map(({ name, type }) => [name, dialect.lacking(type)] as const),
    ...declared.map(({ name, value }) => [name, value] as const),
  ];
  const steps = operation.steps.map(({ name, predicate, set, output }) => ({
    name,
    output,
    truth: running.condition(predicate),
    set: set.map((one) => ({ name: one.name, evaluate: running.evaluate(one.value), type: declared.find((column) => column.name === one.name)?.type ?? '' })),
  }));
  const matches: (Match | null)[] = steps.map(() => null);
  /** Rows of steps that give only their last. */
  const held: (Draft | null)[] = steps.map(() => null);
  const rows: Draft[] = [];
  let count = 0n;

  /** The row as a step sees it beside a match; null: it does not meet the step. */
  const met = (at: number, row: Row, match: Match | null): Draft | null => {
    const { truth, set } = steps[at]!;
    const own = draftOf(row);
    for (const { name, value } of declared) own[name] = value;
    const seen = draftOf(own);
    for (const name of names) for (const [column, value] of empty) seen[`${name}.${column}`] = match?.rows.get(name)?.[column] ?? value;
    const found = truth(seen);
    if (found === UNKNOWN) throw refused('a condition that cannot be told');
    if (found !== TRUE) return null;
    for (const { name, evaluate, type } of set) own[name] = type === '' ? evaluate(seen) : dialect.typed(evaluate(seen), type);
    return own;
  };

  const leave = (at: number): void => {
    if (held[at] !== null) rows.push(held[at]!);
    held[at] = null;
    matches[at] = null;
  };

  const enter = (at: number, own: Draft, match: Match | null): void => {
    const { name, output } = steps[at]!;
    const number = match?.number ?? count++;
    matches[at] = { number, rows: new Map([...(match?.rows ?? []), [name, own]]) };
    const given = operation.number === undefined ? own : Object.assign(draftOf(own), { [operation.number]: number });
    if (output === 'all') rows.push(given);
    else if (output === 'last') held[at] = given;
  };

  for (const row of table.rows)
    for (let at = steps.length - 1; at >= 0; at--) {
      const before = at === 0 ? null : matches[at - 1]!;
      const next = before === null ? null : met(at, row, before);
      if (next !== null) {
        leave(at);
        leave(at - 1);
        enter(at, next, before);
        continue;
      }
      const current = matches[at]!;
      const again = current === null && at > 0 ? null : met(at, row, current);
      if (again !== null) enter(at, again, current);
    }
  steps.forEach((_, at) => leave(at));
  const made: readonly Column[] = [...declared, ...(operation.number === undefined ? [] : [{ name: operation.number, type: 'long' }])];
  return { columns: withColumns(table.columns, made), rows };
}
