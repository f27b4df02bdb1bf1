import type { ColumnRef, DerivedField } from '../../../model';
import type { Expr, Name } from '../tree';
import { AGGREGATES } from '../vocabulary';
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
  if (derived || plain === null || !hasColumn(expr, place)) return { type, derived, made: true };
  const known = columnIn(place.scope, plain.root);
  return {
    type: plain.transforms.length === 0 && plain.name === plain.root && known !== null ? known.type : type,
    derived,
    of: (known?.of ?? plain.root) + plain.name.slice(plain.root.length),
    ...(known?.made === true ? { made: true as const } : null),
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
    return item.names.map((name) => ({ ...name, expr: item.value, info: single ? info : { type: 'any', derived: info.derived, made: true } }));
  }
  if (item.kind === 'star' || item.kind === 'error') return [];
  if (item.kind === 'call' && /^(?:arg_?(?:max|min)|take_any|any)$/.test(item.name)) {
    const { name: fn, args } = item;
    const [first] = args;
    const extreme = /^arg_?(max|min)$/.exec(fn)?.[1];
    const nameless = (at: number): string => {
      if (extreme === undefined) return fn === 'any' && args.length === 1 ? 'any_' : `any_arg${at}`;
      return at === 0 ? `${extreme}_` : `${extreme}_${autoName(first!) ?? ''}_arg${at}`;
    };
    return args.flatMap((arg, at): readonly Made[] => {
      if (arg.kind === 'star') return [];
      const name = autoName(arg);
      return [{ name: name === null ? nameless(at) : fn === 'any' ? `any_${name}` : name, span: arg.span, expr: arg, info: infoOf(arg, place) }];
    });
  }
  const ranks = item.kind === 'call' ? ranksOf(item.name, item.args) : [];
  if (item.kind === 'call' && ranks.length > 0) {
    const inner = autoName(item.args[0]!) ?? '';
    return ranks.map((rank) => ({ name: `percentile_${inner}_${rankName(rank, place)}`, span: rank.span, expr: item, info: infoOf(item, place) }));
  }
  const name = autoName(item);
  return name === null ? [] : [{ name, span: item.span, expr: item, info: infoOf(item, place) }];
}

/** Functions whose columns keep the name of their first argument, as Microsoft's language service names them. */
const KEEPING: ReadonlySet<string> = new Set(
  `split tostring tohex todynamic toobject tolong toint toreal todouble todatetime totimespan totime tobool toboolean todecimal toguid parse_csv parsejson parse_json
   parse_xml format_datetime format_timespan startofday bin floor bin_at bin_auto binary_and binary_or binary_xor binary_not binary_shift_right binary_shift_left
   bitset_count_ones series_fir series_outliers series_iir series_fill_backward series_fill_forward series_fill_const series_fill_linear round ceiling pow sqrt log log2
   log10 exp exp2 exp10 cos sin tan acos asin atan atan2 abs rand gamma loggamma erf erfc format_bytes take_anyif binary_all_or binary_all_and binary_all_xor`.split(
    /\s+/,
  ),
);
/** What stands before the name of the first argument; of sums over rows their own name, where it is none of these. */
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
  make_dictionary: 'dictionary',
  buildschema: 'schema',
  percentiles: 'percentile',
  percentilew: 'percentile',
  percentilesw: 'percentile',
  strlen: 'strlen',
  string_size: 'string_size',
  dcount_hll: 'dcount_hll',
  gettype: 'type',
  treepath: 'tree',
  repeat: 'repeat',
};
/** Shares of the way through sorted values, by the index of the first argument that names one. */
const RANKED: Readonly<Record<string, number>> = { percentile: 1, percentiles: 1, percentilew: 2, percentilesw: 2 };

/** The shares that a column each is made of; none where they are no plain numbers. */
function ranksOf(name: string, args: readonly Expr[]): readonly Expr[] {
  const ranks = Object.hasOwn(RANKED, name) ? args.slice(RANKED[name]!) : [];
  return ranks.every(({ kind }) => kind === 'literal') ? ranks : [];
}

const rankName = (rank: Expr, place: Place): string => textOf(place.lowering, rank.span).replace('.', '_');

/** The name Kusto gives a column that has none; null where we cannot tell. */
function autoName(expr: Expr): string | null {
  switch (expr.kind) {
    case 'name':
      return expr.name;
    case 'group':
      return autoName(expr.of);
    case 'path': {
      const base = autoName(expr.base);
      if (base === null) return null;
      const steps = expr.steps.map((step) => ('name' in step ? step.name : step.index.kind === 'literal' ? step.index.text : ''));
      return [base, ...steps].join('_');
    }
    case 'call': {
      const { name, args } = expr;
      const inner = args[0] === undefined ? null : autoName(args[0]);
      if (KEEPING.has(name) || (args.length === 1 && /^make_(?:datetime|timespan)$/.test(name))) return inner;
      if (!Object.hasOwn(SHORT, name) && (!AGGREGATES.has(name) || name === 'take_any')) return null;
      return `${Object.hasOwn(SHORT, name) ? SHORT[name]! : name}_${inner ?? ''}`;
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
  return { name: autoName(item) ?? oneLine(place, item.span), span: item.span };
}
