import type { Expr } from '../tree';
import { AGGREGATES, FUNCTIONS, WRAPPERS } from '../vocabulary';
import { type Place, boundIn } from './environment';
import { columnIn } from './scope';

const NUMBERS: ReadonlySet<string> = new Set(['int', 'long', 'real', 'decimal', 'double']);
/** Whether values of this type are numbers, lengths of time or conclusions: things one sets thresholds on. */
export const isNumeric = (type: string): boolean => NUMBERS.has(type) || type === 'timespan' || type === 'bool' || type === 'datetime';
export const isNumber = (type: string): boolean => NUMBERS.has(type);

const ALIASES: Readonly<Record<string, string>> = {
  boolean: 'bool',
  date: 'datetime',
  time: 'timespan',
  double: 'real',
  float: 'real',
  int32: 'int',
  int64: 'long',
  uuid: 'guid',
  uniqueid: 'guid',
};
/** The one name of a type that has several. */
export const typeNamed = (name: string): string => (Object.hasOwn(ALIASES, name) ? ALIASES[name]! : name);

/** Functions whose answer has the type of an argument, with that argument's index. */
const SAME_TYPE: Readonly<Record<string, number>> = {
  iff: 1,
  iif: 1,
  coalesce: 0,
  bin: 0,
  floor: 0,
  bin_at: 0,
  max: 0,
  min: 0,
  take_any: 0,
  any: 0,
  arg_max: 0,
  arg_min: 0,
  case: 1,
  max_of: 0,
  min_of: 0,
  prev: 0,
  next: 0,
  maxif: 0,
  minif: 0,
  column_ifexists: 1,
  columnifexists: 1,
};

/** The type of an expression, `any` where it cannot be told. */
export function typeOf(expr: Expr, place: Place, depth = 0): string {
  if (depth > 20) return 'any';
  switch (expr.kind) {
    case 'literal':
      if (expr.as !== undefined) return typeNamed(expr.as);
      if (expr.type === 'number') return /[.eE]/.test(expr.text) && !expr.text.startsWith('0x') ? 'real' : 'long';
      if (expr.type === 'boolean') return 'bool';
      if (expr.type === 'time') return expr.text.startsWith('date') ? 'datetime' : 'timespan';
      return expr.type === 'null' ? 'any' : 'string';
    case 'name': {
      const known = columnIn(place.scope, expr.name);
      if (known !== null) return known.type;
      const bound = boundIn(place.environment, expr.name);
      return bound?.kind === 'value' ? typeOf(bound.expr, { ...place, environment: bound.environment }, depth + 1) : 'any';
    }
    case 'group':
      return typeOf(expr.of, place, depth + 1);
    case 'unary':
      return typeOf(expr.of, place, depth + 1);
    case 'path':
      return 'dynamic';
    case 'list':
    case 'bag':
      return 'dynamic';
    case 'call': {
      const same = Object.hasOwn(SAME_TYPE, expr.name) ? expr.args[SAME_TYPE[expr.name]!] : undefined;
      if (same !== undefined) return typeOf(same, place, depth + 1);
      return (FUNCTIONS.get(expr.name) ?? AGGREGATES.get(expr.name))?.gives ?? 'any';
    }
    case 'chain': {
      if (expr.op !== 'arithmetic') return 'bool';
      const types = expr.of.map((part) => typeOf(part, place, depth + 1));
      if (types.every((type) => type === 'datetime')) return 'timespan';
      return (
        types.find((type) => type === 'datetime') ??
        types.find((type) => type === 'timespan') ??
        (types.includes('real') ? 'real' : types.every(isNumber) ? 'long' : 'real')
      );
    }
    case 'compare':
    case 'among':
    case 'between':
      return 'bool';
    default:
      return 'any';
  }
}

/** Whether the values of an expression are computed here and not taken from the events: counts, sums, conclusions, constants. */
export function isComputed(expr: Expr, place: Place, depth = 0): boolean {
  if (depth > 20) return false;
  switch (expr.kind) {
    case 'name': {
      const known = columnIn(place.scope, expr.name);
      return known === null ? boundIn(place.environment, expr.name) !== null : known.derived;
    }
    case 'path':
      return isComputed(expr.base, place, depth + 1);
    case 'group':
      return isComputed(expr.of, place, depth + 1);
    case 'call':
      return isComputedCall(expr, place, depth);
    case 'star':
    case 'error':
    case 'query':
      return false;
    default:
      return true;
  }
}

const CHOOSING: ReadonlySet<string> = new Set(['iff', 'iif', 'case']);
/** Aggregations that hand on values of the rows. */
const SAMPLING = /^(?:take_)?any(?:if)?$|^arg_?(?:max|min)$|^make_?(?:set|list|bag)/;

function isComputedCall(expr: Extract<Expr, { kind: 'call' }>, place: Place, depth: number): boolean {
  const { name, args } = expr;
  const all = (list: readonly Expr[]): boolean => list.every((arg) => isComputed(arg, place, depth + 1));
  if (CHOOSING.has(name)) {
    const answers = args.filter((_, index) => (name === 'case' ? index % 2 === 1 || index === args.length - 1 : index > 0));
    return all(answers);
  }
  const wrapped = WRAPPERS.get(name);
  if (wrapped !== undefined) return args[wrapped] === undefined || isComputed(args[wrapped], place, depth + 1);
  if (SAMPLING.test(name)) return args[0] !== undefined && isComputed(args[0], place, depth + 1);
  if (name === 'prev' || name === 'next') return args[0] !== undefined && isComputed(args[0], place, depth + 1);
  const known = FUNCTIONS.get(name);
  if (known !== undefined) return isNumeric(known.gives) || all(args);
  return AGGREGATES.has(name);
}
