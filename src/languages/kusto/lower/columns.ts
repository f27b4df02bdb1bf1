import { checkColumns } from '../lint/columns';
import type { Expr, Op } from '../tree';
import { type Made, addColumns, derivedFields, groupField, madeBy } from './derive';
import { type Place } from './environment';
import type { Part } from './node';
import { type ColumnInfo, type Scope, dropMatching, keepMatching, openScope, scopeOf } from './scope';
import { readSubqueries } from './subquery';
import { bin } from './time';

function checkAll(items: readonly Expr[], place: Place): void {
  for (const item of items) {
    checkColumns(item, place);
    readSubqueries(item, place, 'optional');
  }
}

/** Exactly the columns made; an item whose column's name we cannot tell leaves the scope open. */
function scopeOfMade(made: readonly (readonly Made[])[], into: Scope = scopeOf(new Map())): Scope {
  for (const columns of made) {
    if (columns.length === 0) into.isOpen = true;
    for (const { name, info } of columns) {
      // A column named twice gets a number.
      if (into.own.has(name)) into.isNumbered = true;
      into.own.set(name, keptInfo(name, info));
    }
  }
  return into;
}

/** A column made from itself is that column still. */
const keptInfo = (name: string, info: ColumnInfo): ColumnInfo => (info.of === name ? { type: info.type, derived: info.derived } : info);

/** `extend`, `project` and its kin, `distinct`, `print`, `serialize`. */
export function lowerColumns(op: Extract<Op, { form: 'columns' }>, place: Place): Part {
  const { scope } = place;
  checkAll(op.columns, place);
  switch (op.kind) {
    case 'extend':
    case 'serialize': {
      const made: Made[] = [];
      for (const item of op.columns) {
        const columns = madeBy(item, place);
        // Some functions make several columns of names we cannot tell.
        if (columns.length === 0) scope.isOpen = true;
        addColumns(columns, place);
        for (const one of columns) made.push(one);
      }
      return { about: { derives: derivedFields(made) }, scope };
    }
    case 'project-away':
      for (const pattern of patternsIn(op.columns)) dropMatching(scope, pattern);
      return { scope };
    case 'project-keep':
      return { scope: keepMatching(scope, patternsIn(op.columns)) };
    case 'project-rename': {
      const made = op.columns.flatMap((item) => madeBy(item, place));
      for (const item of op.columns) if (item.kind === 'assign' && item.value.kind === 'name') dropMatching(scope, item.value.name);
      addColumns(made, place);
      return { about: { derives: derivedFields(made) }, scope };
    }
    case 'project-reorder':
    case 'project-smart':
      return { scope };
    case 'project-by-names':
      return { scope: openScope() };
    default: {
      if (op.columns.some((item) => item.kind === 'star')) return { scope };
      const made = op.columns.map((item) => madeBy(item, place));
      return { about: { derives: derivedFields(made.flat()) }, scope: scopeOfMade(made) };
    }
  }
}

const patternsIn = (items: readonly Expr[]): readonly string[] => items.flatMap((item) => (item.kind === 'name' || item.kind === 'star' ? [item.name] : []));

export function lowerSummarize(op: Extract<Op, { form: 'summarize' }>, place: Place): Part {
  checkAll(op.columns, place);
  checkAll(op.by, place);
  for (const item of op.by) {
    const value = item.kind === 'assign' ? item.value : item;
    if (value.kind === 'call' && (value.name === 'bin' || value.name === 'bin_at' || value.name === 'floor') && value.args[1] !== undefined)
      bin(value.args[1], place);
  }
  const by = op.by.map((item) => madeBy(item, place));
  const columns = op.columns.map((item) =>
    item.kind === 'call' && keepsAll(item) ? madeBy({ ...item, args: item.args.filter((arg) => arg.kind !== 'star') }, place) : madeBy(item, place),
  );
  const groupBy = op.by.map((item) => groupField(item, place));
  const derives = derivedFields(columns.flat());
  const scope = op.columns.some(keepsAll) ? scopeOfMade([...by, ...columns], place.scope) : scopeOfMade([...by, ...columns]);
  return { about: { derives, groupBy }, scope };
}

/** `arg_max(TimeGenerated, *)` keeps every column. */
function keepsAll(item: Expr): boolean {
  const value = item.kind === 'assign' ? item.value : item;
  return value.kind === 'call' && value.name !== 'count' && value.args.some((arg) => arg.kind === 'star');
}

export function lowerSeries(op: Extract<Op, { form: 'series' }>, place: Place): Part {
  const items = [...op.columns, ...op.by, op.on];
  checkAll(items, place);
  if (op.step !== null) bin(op.step, place);
  place.lowering.hasTimeFilter = true;
  const made = items.map((item) => madeBy(item, place).map((column) => ({ ...column, info: { ...column.info, type: 'dynamic' } })));
  return { about: { derives: derivedFields(made.flat()), groupBy: op.by.map((item) => groupField(item, place)) }, scope: scopeOfMade(made) };
}
