import type { Measure, Operand, Operation } from '../model';
import { countOperand, type Count, type Gathered } from './demands';
import { measuredOf, type Kind } from './measures';
import { equalsOf, isThere, keyOf } from './pins';
import { Moved, SideColumns } from './sides';
import { operandOver, predicateOver } from './substitute';

/** Follows measures over groups into the columns they make: counts, values of the events, and sides for conditions that one event need not meet together. */
export function followAggregate(
  { measures, by: keys }: Pick<Extract<Operation, { kind: 'aggregate' }>, 'measures' | 'by'>,
  columns: SideColumns,
  over: SideColumns,
  gathered: Gathered,
): void {
  const by = keys.flatMap(({ value }) => operandOver(value, over) ?? []);
  const found = measures.map((one) => ({ one, ...measuredOf(one, gathered.search.reading.dialect, over) }));
  const wheres = new Set(found.flatMap(({ where }) => (where === undefined ? [] : [keyOf(where)])));
  const homes = new Map<string, SideColumns | null>();
  let later: SideColumns | null | undefined;
  /** Whether the least of the same values is asked for too: the two are of two events. */
  const isSpread = (value: Operand): boolean => {
    const isPair = found.some((other) => other.kind === 'value' && other.of !== undefined && keyOf(other.of) === keyOf(value));
    gathered.spreads ||= isPair;
    return isPair && gathered.plan.isSpread;
  };
  for (const { one, kind, of: value, where, columns: own } of found) {
    if (kind === null) columns.set(one.name, null);
    else if (where === undefined) {
      if (kind === 'largest' && value !== undefined && isSpread(value) && (later ??= beside(by, own, gathered)) !== null)
        gathered.assign(columns, one.name, value, later);
      else followMeasure(one, kind, value, by, columns, own, false, gathered);
    } else {
      // Events that meet one of several conditions need not meet the others.
      let home = homes.get(keyOf(where));
      if (home === undefined) {
        homes.set(keyOf(where), (home = wheres.size < 2 ? null : beside(by, own, gathered)));
        if (home !== null) gathered.split.add(own.side);
        gathered.filter(where, home ?? own);
      }
      followMeasure(one, kind, value, by, columns, home ?? own, home !== null, gathered);
    }
  }
}

/** The columns of another side whose events are asked for all that those of this one are so far, and share what they are grouped by; null: there are enough sides. */
function beside(by: readonly Operand[], over: SideColumns, gathered: Gathered): SideColumns | null {
  const side = gathered.newSide();
  if (side === null) return null;
  const table = gathered.tables.get(over.side);
  if (table !== undefined) gathered.tables.set(side, table);
  const moved = new Moved(over.side, side);
  const own = gathered.of.flatMap(({ predicate, written }) => {
    const made = predicateOver(predicate, moved);
    return made === null || made === predicate ? [] : [{ predicate: made, written }];
  });
  for (const { predicate, written } of own) gathered.demand(predicate, written, true);
  for (const key of by) {
    const other = operandOver(key, moved);
    if (other !== null) for (const same of equalsOf(key, other, key.span)) gathered.demand(same, isThere(key), true);
  }
  return new SideColumns(
    side,
    [...over].map(([name, value]) => [name, value === null ? null : operandOver(value, moved)] as const),
  );
}

function followMeasure(
  { name, span }: Measure,
  kind: Kind,
  value: Operand | undefined,
  by: readonly Operand[],
  columns: SideColumns,
  over: SideColumns,
  isApart: boolean,
  gathered: Gathered,
): void {
  const { side } = over;
  const rows = gathered.plan.rows(side);
  if (kind === 'value' || kind === 'largest' || (kind === 'sum' && rows === 1)) {
    if (value === undefined) columns.set(name, null);
    else gathered.assign(columns, name, value, over);
    return;
  }
  const single = value === undefined ? null : operandOver(value, over);
  if (kind === 'sum') {
    const times = countOperand('rows', rows, span);
    columns.set(name, single === null ? null : { kind: 'call', span, fn: '*', name: span, args: [single, times], written: name });
    return;
  }
  const count: Count = {
    id: `${side} ${name} ${span.start}`,
    side,
    kind,
    by,
    ...(kind === 'rows' || single === null ? null : { of: single }),
    ...(isApart ? { isApart: true as const } : null),
  };
  gathered.count(name, count, span);
  const amount = kind === 'rows' ? rows : gathered.plan.kinds(count);
  if (value !== undefined && (kind === 'rows' || kind === 'kinds' || amount > 1)) gathered.present(value, over);
  columns.set(name, countOperand(kind, amount, span, single ?? undefined));
}
