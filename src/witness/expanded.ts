import type { Operation, Stage } from '../model';
import { countOperand, fieldsIn, type Gathered } from './demands';
import { keyOf } from './pins';
import { sideOf, withNames, type Rows, type SideColumns } from './sides';
import { isSmall, operandOver, partOf } from './substitute';

/** Follows lists taken apart row by row: each column is an element of its list. */
export function followExpand(
  operation: Extract<Operation, { kind: 'expand' }>,
  { columns, closed }: Rows,
  gathered: Gathered,
  follow: (stages: readonly Stage[], rows: Rows) => Rows,
): Rows {
  const made = columns.copy();
  for (const [at, { name, value }] of operation.of.entries()) {
    const list = operandOver(value, columns);
    // Rows that each list makes of itself may be of other elements of it.
    const turn = operation.branch === undefined || list === null ? 0 : gathered.turnOf(keyOf(list));
    const element = list === null ? null : gathered.search.reading.dialect.functions.has('[]') ? partOf(list, turn) : list;
    made.set(name, element !== null && isSmall(element) ? element : null);
    gathered.forget(name);
    if (at === 0 && operation.index !== undefined) made.set(operation.index, countOperand('rows', turn, operation.span));
  }
  const names = operation.of.map(({ name }) => name);
  if (operation.branch === undefined) return { columns: made, closed: withNames(closed, names) };
  const inner = follow(operation.branch.stages, { columns: made.copy(), closed: null });
  for (const [name, value] of inner.columns) made.set(name, value);
  return { columns: made, closed: null };
}

/** Follows an object whose members become columns: names that stand for nothing so far are members of it. */
export function followUnpack(
  { of: bag, prefix, makes, without }: Extract<Operation, { kind: 'unpack' }>,
  columns: SideColumns,
  made: SideColumns,
  gathered: Gathered,
): void {
  const object = operandOver(bag, columns);
  if (makes !== undefined || object === null) {
    for (const { name } of makes ?? []) made.set(name, object === null ? null : partOf(object, name.slice(prefix.length)));
    return;
  }
  const known = new Set(gathered.of.flatMap(({ predicate }) => fieldsIn(predicate)).map((name) => sideOf(name).name.replace(/[.[].*$/s, '')));
  const gone = new Set(without);
  const before = columns.unpacked;
  made.set('', null);
  made.unpacked = (name) => {
    if (known.has(name) || gone.has(name) || name.includes('.') || !name.startsWith(prefix)) return before?.(name);
    return partOf(object, name.slice(prefix.length));
  };
}
