import type { ColumnRef, DerivedField } from '../../../model';
import type { Expr, Name } from '../tree';
import { AGGREGATES, WRAPPERS } from '../vocabulary';
import { oneLine, type Place, textOf } from './environment';
import { hasColumn, plainField } from './field';
import { type ColumnInfo, columnIn } from './scope';
import { isComputed, typeOf } from './type';

/** A column that an expression makes, under the name it has from then on. */
export interface Made extends Name {
  readonly expr: Expr;
  readonly info: ColumnInfo;
}

/** What a column made of this expression is. */
function infoOf(expr: Expr, place: Place): ColumnInfo {
  const derived = isComputed(expr, place);
  const type = typeOf(expr, place);
  const plain = plainField(listed(expr));
  if (derived || plain === null || !hasColumn(expr, place)) return { type, derived };
  const known = columnIn(place.scope, plain.root);
  return {
    type: plain.transforms.length === 0 && plain.name === plain.root && known !== null ? known.type : type,
    derived,
    of: (known?.of ?? plain.root) + plain.name.slice(plain.root.length),
    ...(known?.member === true ? { member: true as const } : null),
  };
}

/** The column whose values a sampling aggregation hands on. */
function listed(expr: Expr): Expr {
  return expr.kind === 'call' && expr.args[0] !== undefined && /^(?:take_)?any(?:if)?$|^make_?(?:set|list)/.test(expr.name) ? expr.args[0] : expr;
}

/** Columns that one item of `extend`, `project`, `summarize` … makes. */
export function madeBy(item: Expr, place: Place): readonly Made[] {
  if (item.kind === 'assign') {
    const single = item.names.length === 1;
    const info = infoOf(item.value, place);
    return item.names.map((name) => ({ ...name, expr: item.value, info: single ? info : { type: 'any', derived: info.derived } }));
  }
  if (item.kind === 'star' || item.kind === 'error') return [];
  if (item.kind === 'call' && /^(?:arg_?(?:max|min)|take_any|any)$/.test(item.name)) {
    const prefix = item.name === 'any' ? 'any_' : '';
    return item.args.flatMap((arg) => madeBy(arg, place)).map((made) => ({ ...made, name: prefix + made.name }));
  }
  const name = autoName(item, place);
  return name === null ? [] : [{ name, span: item.span, expr: item, info: infoOf(item, place) }];
}

/** Functions whose columns keep the name of their argument. */
const KEEPING: ReadonlySet<string> = new Set([
  ...[...WRAPPERS.keys()].filter((name) => name.startsWith('to')),
  'bin',
  'floor',
  'bin_at',
  'parse_json',
  'parsejson',
]);
const SHORT: Readonly<Record<string, string>> = {
  make_set: 'set',
  makeset: 'set',
  make_set_if: 'set',
  make_list: 'list',
  makelist: 'list',
  make_list_if: 'list',
  make_list_with_nulls: 'list',
  percentiles_array: 'percentiles',
  percentilesw_array: 'percentile',
  make_bag: 'bag',
  make_bag_if: 'bag',
};

/** The name Kusto gives a column that has none; null where we cannot tell. */
function autoName(expr: Expr, place: Place): string | null {
  switch (expr.kind) {
    case 'name':
      return expr.name;
    case 'group':
      return autoName(expr.of, place);
    case 'path': {
      const base = autoName(expr.base, place);
      if (base === null) return null;
      const steps = expr.steps.map((step) => ('name' in step ? step.name.replace(/\W/g, '_') : step.index.kind === 'literal' ? step.index.text : ''));
      return [base, ...steps].join('_');
    }
    case 'call': {
      const first = expr.args[0];
      const inner = first === undefined ? '' : autoName(first, place);
      if (inner !== null && KEEPING.has(expr.name)) return inner;
      if (!AGGREGATES.has(expr.name)) return null;
      if (expr.name === 'countif' || (expr.name === 'count' && (first === undefined || first.kind === 'star'))) return `${expr.name}_`;
      const suffix = expr.name === 'percentile' && expr.args[1] !== undefined ? `_${textOf(place.lowering, expr.args[1].span)}` : '';
      return inner === null ? null : `${Object.hasOwn(SHORT, expr.name) ? SHORT[expr.name]! : expr.name}_${inner}${suffix}`;
    }
    default:
      return null;
  }
}

/** Adds what the items make to the scope, one after the other; a replaced column is the new one. */
export function addColumns(made: readonly Made[], place: Place): void {
  for (const { name, info } of made) {
    // A column made from itself (`extend x = tolower(x)`) still is that column.
    place.scope.own.set(name, info.of === name ? { type: info.type, derived: info.derived } : info);
  }
}

/** The made columns as a stage shows them, without those that only keep their name. */
export function derivedFields(made: readonly Made[]): readonly DerivedField[] {
  const fields: DerivedField[] = [];
  for (const { name, span, expr } of made) if (expr.kind !== 'name' || expr.name !== name) fields.push({ name, span, expression: expr.span });
  return fields;
}

/** A grouping column as the stage names it: the name it has afterwards. */
export function groupField(item: Expr, place: Place): ColumnRef {
  if (item.kind === 'assign') return { name: item.names[0]?.name ?? '', span: item.span };
  return { name: autoName(item, place) ?? oneLine(place, item.span), span: item.span };
}
