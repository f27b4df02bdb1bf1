import type { Measure, Operand, Operation } from '../model';
import { countOperand, type Count, type Gathered } from './demands';
import { measuredOf, type Kind, type Measured } from './measures';
import { equalsOf, isThere, keyOf } from './pins';
import { Moved, SideColumns, sideOf } from './sides';
import { isSmall, operandOver, predicateOver } from './substitute';

interface Found extends Measured {
  readonly one: Measure;
}

/** Follows measures over groups into the columns they make: counts, values of the events, and sides for conditions that one event need not meet together. */
export function followAggregate(
  { measures, by: keys, how }: Pick<Extract<Operation, { kind: 'aggregate' }>, 'measures' | 'by' | 'how'>,
  columns: SideColumns,
  over: SideColumns,
  gathered: Gathered,
): void {
  const by = keys.flatMap(({ value }) => operandOver(value, over) ?? []);
  const found: readonly Found[] = measures.map((one) => ({ one, ...measuredOf(one, gathered.search.reading.dialect, over) }));
  const leasts = new Set(found.flatMap((one) => (one.kind === 'value' ? [valueKey(one)] : [])));
  const homes = homesOf(found, by, gathered);
  const others = [...homes.values()].filter((home) => home !== null);
  let later: SideColumns | null | undefined;
  /** Another event of the group: the least and the largest of the same values are of two. */
  const laterOf = (measured: Found): SideColumns | null => {
    if (measured.kind !== 'largest' || measured.where !== undefined || !leasts.has(valueKey(measured))) return null;
    gathered.spreads = true;
    return gathered.plan.isSpread ? (later ??= beside(by, measured.columns, gathered)) : null;
  };
  for (const measured of found) {
    const { one, kind, of: value, where, columns: own } = measured;
    const home = where === undefined ? null : (homes.get(keyOf(where)) ?? null);
    const last = laterOf(measured);
    if (kind === null) columns.set(one.name, null);
    else if (last !== null && value !== undefined) gathered.assign(columns, one.name, value, last);
    else followMeasure({ ...measured, kind, columns: home ?? own }, by, columns, where === undefined ? others : [], home !== null, gathered);
  }
  if (how === 'group') gathered.groupsOf(over.side).push(by);
}

/** What a measure is of, over fields of the events. */
const valueKey = ({ of, columns }: Found): string => (of === undefined ? '' : keyOf(operandOver(of, columns) ?? of));

const COUNTED: ReadonlySet<Kind | null> = new Set<Kind>(['rows', 'kinds', 'values', 'list']);

/** Sides for the events that meet each of the conditions under which columns count, by the condition; null: any event meets it. */
function homesOf(found: readonly Found[], by: readonly Operand[], gathered: Gathered): ReadonlyMap<string, SideColumns | null> {
  const wheres = new Map(found.flatMap(({ where }) => (where === undefined ? [] : [[keyOf(where), where] as const])));
  // One condition alone may be met by all events of the group.
  const isShared = wheres.size === 1 && found.some(({ kind, where }) => where === undefined && COUNTED.has(kind));
  const { isSpread } = gathered.plan;
  const isParted = wheres.size > 1 || (isSpread && isShared);
  gathered.spreads ||= isParted || isShared;
  const homes = new Map<string, SideColumns | null>();
  // Events that meet one of several conditions need not meet the others.
  for (const { where, columns: own } of found) {
    if (where === undefined || homes.has(keyOf(where))) continue;
    // Groups that meet the first of conditions on what was counted before are as many as any.
    const home = isParted && (homes.size > 0 || gathered.groupsOf(own.side).length === 0) ? beside(by, own, gathered) : null;
    homes.set(keyOf(where), home);
    if (home !== null) gathered.split.set(own.side, [...(gathered.split.get(own.side) ?? []), home.side]);
    gathered.filter(where, home ?? own);
    if (home === null || !isSpread) continue;
    for (const [key, other] of wheres) {
      const not = key === keyOf(where) ? null : predicateOver(other, home);
      if (not !== null) gathered.demand({ kind: 'not', span: other.span, of: not }, other, home.side, true);
    }
  }
  return homes;
}

/** The columns of another side whose events are asked for all that those of this one are so far, and share what they are grouped by; null: there are enough sides. */
function beside(by: readonly Operand[], over: SideColumns, gathered: Gathered): SideColumns | null {
  const side = gathered.newSide();
  if (side === null) return null;
  const table = gathered.tables.get(over.side);
  if (table !== undefined) gathered.tables.set(side, table);
  const keys = by.flatMap((key) => (key.kind === 'field' && key.wild === undefined && sideOf(key.name).side === over.side ? [key] : []));
  const common = new Set(keys.map(({ name }) => name));
  gathered.common.set(side, new Set([...(gathered.common.get(over.side) ?? []), ...common]));
  const moved = new Moved(over.side, side, common);
  const own = gathered.of.flatMap(({ predicate, written }) => {
    const made = predicateOver(predicate, moved);
    return made === null || made === predicate ? [] : [{ predicate: made, written }];
  });
  for (const { predicate, written } of own) gathered.demand(predicate, written, side, true);
  for (const key of by) {
    const other = operandOver(key, moved);
    if (other !== null) for (const same of equalsOf(key, other, key.span)) gathered.demand(same, isThere(key), side, true);
  }
  return new SideColumns(side, [
    ...keys.map((key) => [sideOf(key.name).name, key] as const),
    ...[...over].map(([name, value]) => [name, value === null ? null : operandOver(value, moved)] as const),
  ]);
}

function followMeasure(
  { one: { name, span }, kind, of: value, columns: over }: Found & { readonly kind: Kind },
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
  const isOfRows = kind === 'rows' || kind === 'sum';
  // Groups that are counted differ in what is not grouped by any more.
  const of = isOfRows ? groups.at(-1)?.find((key) => !same.has(keyOf(key))) : single;
  const also = others.flatMap((other) => {
    const own = isOfRows || value === undefined ? null : operandOver(value, other);
    return own === null ? [] : [{ side: other.side, of: own }];
  });
  const count: Count = {
    id: `${side} ${name} ${span.start}`,
    side,
    level,
    kind: isOfRows ? 'rows' : kind,
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
  if (value !== undefined && (kind === 'rows' || kind === 'kinds' || amount > 1))
    for (const one of amount > 1 ? [over, ...others] : [over]) gathered.present(value, one);
  columns.set(name, countOperand(kind, amount, span, single ?? undefined));
}
