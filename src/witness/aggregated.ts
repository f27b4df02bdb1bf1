import type { Measure, Operand, Operation } from '../model';
import { countOperand, type Count, type Gathered } from './demands';
import { measuredOf, type Kind, type Measured } from './measures';
import { equalsOf, isThere, keyOf } from './pins';
import { Moved, SideColumns } from './sides';
import { isSmall, operandOver, predicateOver } from './substitute';

/** Follows measures over groups into the columns they make: counts, values of the events, and sides for conditions that one event need not meet together. */
export function followAggregate(
  { measures, by: keys, how }: Pick<Extract<Operation, { kind: 'aggregate' }>, 'measures' | 'by' | 'how'>,
  columns: SideColumns,
  over: SideColumns,
  gathered: Gathered,
): void {
  const by = keys.flatMap(({ value }) => operandOver(value, over) ?? []);
  const found = measures.map((one) => ({ one, ...measuredOf(one, gathered.search.reading.dialect, over) }));
  const valueKey = ({ of, columns: own }: (typeof found)[number]): string => (of === undefined ? '' : keyOf(operandOver(of, own) ?? of));
  const leasts = new Set(found.flatMap((one) => (one.kind === 'value' ? [valueKey(one)] : [])));
  const wheres = new Set(found.flatMap(({ where }) => (where === undefined ? [] : [keyOf(where)])));
  const isCounted = found.some(({ kind, where }) => where === undefined && (kind === 'kinds' || kind === 'values' || kind === 'list' || kind === 'rows'));
  // One condition alone may be met by all events of the group.
  gathered.spreads ||= (wheres.size === 1 && isCounted) || found.some((one) => one.kind === 'largest' && leasts.has(valueKey(one)));
  gathered.spreads ||= wheres.size > 1;
  const { isSpread } = gathered.plan;
  const isParted = wheres.size > 1 || (isSpread && wheres.size === 1 && isCounted);
  const homes = new Map<string, SideColumns | null>();
  // Events that meet one of several conditions need not meet the others.
  for (const { where, columns: own } of found) {
    if (where === undefined || homes.has(keyOf(where))) continue;
    // Groups that meet the first of conditions on what was counted before are as many as any.
    const home = isParted && (homes.size > 0 || gathered.groupsOf(own.side).length === 0) ? beside(by, own, gathered) : null;
    homes.set(keyOf(where), home);
    if (home !== null) gathered.split.add(own.side);
    gathered.filter(where, home ?? own);
  }
  // Nor do they, where that is to be.
  if (isSpread && isParted)
    for (const [key, home] of homes)
      for (const { where } of home === null ? [] : found)
        if (where !== undefined && keyOf(where) !== key) {
          const other = predicateOver(where, home!);
          if (other !== null) gathered.demand({ kind: 'not', span: where.span, of: other }, where, home!.side, true);
        }
  const others = [...homes.values()].filter((home) => home !== null);
  let later: SideColumns | null | undefined;
  for (const measured of found) {
    const { one, kind, of: value, where, columns: own } = measured;
    const home = where === undefined ? undefined : homes.get(keyOf(where));
    if (kind === null) columns.set(one.name, null);
    // The least and the largest of the same values are of two events.
    else if (kind === 'largest' && value !== undefined && where === undefined && isSpread && leasts.has(valueKey(measured)) && (later ??= beside(by, own, gathered)) !== null)
      gathered.assign(columns, one.name, value, later);
    else followMeasure({ ...measured, kind, columns: home ?? own }, by, columns, where === undefined ? others : [], typeof home === 'object' && home !== null, gathered);
  }
  if (how === 'group') gathered.groupsOf(over.side).push(by);
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
  for (const { predicate, written } of own) gathered.demand(predicate, written, side, true);
  for (const key of by) {
    const other = operandOver(key, moved);
    if (other !== null) for (const same of equalsOf(key, other, key.span)) gathered.demand(same, isThere(key), side, true);
  }
  return new SideColumns(
    side,
    [...over].map(([name, value]) => [name, value === null ? null : operandOver(value, moved)] as const),
  );
}

function followMeasure(
  { one: { name, span }, kind, of: value, columns: over }: Measured & { readonly one: Measure; readonly kind: Kind },
  by: readonly Operand[],
  columns: SideColumns,
  others: readonly SideColumns[],
  isApart: boolean,
  gathered: Gathered,
): void {
  const { side } = over;
  const groups = gathered.groupsOf(side);
  const level = groups.length;
  const rows = gathered.plan.rowsAt(side, level);
  if (kind === 'value' || kind === 'largest') {
    if (value === undefined) columns.set(name, null);
    else gathered.assign(columns, name, value, over);
    return;
  }
  const single = value === undefined ? null : operandOver(value, over);
  const same = new Set(by.map(keyOf));
  // Groups that are counted differ in what is not grouped by any more.
  const of = kind === 'rows' || kind === 'sum' ? groups.at(-1)?.find((key) => !same.has(keyOf(key))) : single;
  const also = kind === 'rows' || kind === 'sum' ? [] : others.flatMap((other) => (value === undefined ? [] : { side: other.side, of: operandOver(value, other) })).flatMap(ofKnown);
  const count: Count = {
    id: `${side} ${name} ${span.start}`,
    side,
    level,
    kind: kind === 'sum' ? 'rows' : kind,
    by,
    ...(of === undefined || of === null ? null : { of }),
    ...(also.length === 0 ? null : { also }),
    ...(isApart ? { isApart: true as const } : null),
  };
  if (kind === 'sum') {
    const times: Operand = countOperand('rows', rows, span);
    const made: Operand | null = single === null || rows === 1 ? single : { kind: 'call', span, fn: '*', name: span, args: [single, times], written: name };
    columns.set(name, made !== null && isSmall(made) ? made : null);
    if (value !== undefined && level > 0) gathered.sum(name, value, count, span);
    return;
  }
  gathered.count(name, count, span);
  const amount = kind === 'rows' ? rows : gathered.plan.kinds(count);
  if (value !== undefined && (kind === 'rows' || kind === 'kinds' || amount > 1)) for (const one of amount > 1 ? [over, ...others] : [over]) gathered.present(value, one);
  columns.set(name, countOperand(kind, amount, span, single ?? undefined));
}

const ofKnown = ({ side, of }: { readonly side: number; readonly of: Operand | null }): NonNullable<Count['also']> => (of === null ? [] : [{ side, of }]);
