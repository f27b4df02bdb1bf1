import { columnsOfTable } from '../knowledge/tables';
import type { Branch, Operand, Operation, Predicate, Stage } from '../model';
import type { PipelineDialect } from '../run/pipeline-dialect';
import { fieldsIn, type Gathered } from './demands';
import { equalsOf, isThere } from './pins';
import { sideOf, type Rows, type SideColumns } from './sides';
import { operandOver } from './substitute';

type Join = Extract<Operation, { kind: 'join' }>;

/** Follows a branch whose rows are of the events of a side. */
type Follow = (branch: Branch, side: number) => Rows;

/** Follows a join: the events of another side with the same keys, or none that are like this one. */
export function followJoin(operation: Join, left: Rows, gathered: Gathered, follow: Follow): Rows {
  const { how, on, span } = operation;
  const { side } = left.columns;
  const sameKeys = (right: Rows): readonly Predicate[] =>
    on.flatMap((equality) => equalsOf(operandOver(equality.left, left.columns), operandOver(equality.right, right.columns), equality.left.span));
  if (how === 'leftanti') {
    without(operation.with, side, gathered, follow, sameKeys);
    return left;
  }
  if (how === 'rightanti') {
    // What the left asks for is not to be met by what the right brings.
    const own = gathered.of.splice(0).map(({ predicate }) => predicate);
    const table = gathered.tables.get(side);
    const right = follow(operation.with, side);
    if (table === undefined || table === (gathered.tables.get(side) ?? table)) notAll([...own, ...sameKeys(right)], operation, side, gathered);
    return right;
  }
  const other = gathered.newSide();
  if (other === null) return left;
  const right = follow(operation.with, other);
  for (const equality of on)
    for (const test of equalsOf(operandOver(equality.left, left.columns), operandOver(equality.right, right.columns), equality.left.span))
      gathered.demand(test, { ...test, left: equality.left, values: [equality.right] }, other);
  if (how === 'leftsemi') return left;
  if (how === 'rightsemi') return right;
  const made = left.columns.copy();
  const names = [...(right.closed ?? right.columns.keys())].filter((name) => name !== '');
  const keys = new Set(on.map((equality) => equality.right.name));
  const isTaken = (name: string): boolean => made.has(name) || (left.closed?.has(name) ?? keys.has(name));
  const brought = names.flatMap((name) => {
    const as = !isTaken(name) ? name : (gathered.search.reading.dialect as PipelineDialect).twin(name, isTaken);
    if (as === null) return [];
    const value = right.columns.get(name);
    made.set(as, value === undefined ? { kind: 'field', name, span } : value);
    return [as];
  });
  if (right.closed === null) twinsIn(made, left, right, gathered);
  return { columns: made, closed: left.closed === null || right.closed === null ? null : new Set([...left.closed, ...brought]) };
}

/** Names that a join gives to columns of the right side which have those of the left: of a column that its table has, or that is asked for where its table is not known. */
function twinsIn(made: SideColumns, left: Rows, right: Rows, gathered: Gathered): void {
  const { twin } = gathered.search.reading.dialect as PipelineDialect;
  const asked = gathered.of.flatMap(({ predicate }) => fieldsIn(predicate)).map((name) => sideOf(name).name);
  const table = columnsOfTable(gathered.tables.get(left.columns.side) ?? '');
  const named = new Set([...(table?.keys() ?? asked), ...left.columns.keys()]);
  const before = made.unpacked;
  made.set('', null);
  made.unpacked = (name) => {
    const base = name.replace(/\d+$/, '');
    if (base === name || !named.has(base) || named.has(name) || twin(base, (one) => one === base) !== name) return before?.(name);
    return right.columns.get(base) ?? { kind: 'field', name: base, span: { start: 0, end: 0 } };
  };
}

/** Follows a condition on what a query inside it gives: events that it finds too, or that this one is none of them. Whether it is one. */
export function followWithin(part: Predicate, { branches = [] }: Stage, { columns }: Rows, gathered: Gathered, follow: Follow): boolean {
  const test = part.kind === 'not' ? part.of : part;
  if (test.kind !== 'test' || test.left === null || branches.length === 0) return false;
  const [operand] = test.values.flatMap((value) => (value.kind === 'list' ? value.of : [value]));
  if (operand?.kind !== 'unread') return false;
  const found = branches.find((one) => {
    const span = one.source?.span ?? one.span;
    return operand.span.start <= span.start && span.end <= operand.span.end;
  });
  const left = operandOver(test.left, columns);
  if (found === undefined || left === null) return false;
  const sameKey = (right: Rows): readonly Predicate[] => {
    const name = [...(right.closed ?? right.columns.keys())].find((one) => one !== '');
    const key: Operand | null = name === undefined ? null : operandOver({ kind: 'field', name, span: test.span }, right.columns);
    return equalsOf(left, key, test.span);
  };
  if (part.kind === 'not') {
    gathered.demand(isThere(left), part, columns.side, true);
    without(found, columns.side, gathered, follow, sameKey);
    return true;
  }
  const side = gathered.newSide();
  if (side !== null) for (const predicate of sameKey(follow(found, side))) gathered.demand(predicate, part, side);
  return true;
}

/** What a branch asks of the same event is not to be met by it. */
function without(branch: Branch, side: number, gathered: Gathered, follow: Follow, keys: (right: Rows) => readonly Predicate[]): void {
  const found = gathered.apart(side, () => follow(branch, side));
  if (found !== null) notAll([...found.asked, ...keys(found.result)], branch, side, gathered);
}

function notAll(of: readonly Predicate[], { span }: { readonly span: Predicate['span'] }, side: number, gathered: Gathered): void {
  const not: Predicate = { kind: 'not', span, of: { kind: 'all', span, of } };
  if (of.length > 0) gathered.demand(not, not, side);
}
