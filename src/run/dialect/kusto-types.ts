import { typeNamed } from '../../languages/kusto/lower/type';
import { AGGREGATES, FUNCTIONS } from '../../languages/kusto/vocabulary';
import type { Literal, Operand } from '../../model';
import type { Scope } from '../dialect';
import { isMoment } from '../value';
import { isWholeText, kustoTime } from './kusto-values';

/** The arguments whose common type a function gives; absent: those of others do not decide. */
const GIVES: Readonly<Record<string, (args: readonly Operand[]) => readonly (Operand | undefined)[]>> = {
  ...Object.fromEntries(['iff', 'iif'].map((name) => [name, (args: readonly Operand[]) => args.slice(1)])),
  case: (args) => args.filter((_, at) => at % 2 === 1 || at === args.length - 1),
  ...Object.fromEntries(['coalesce', 'max_of', 'min_of'].map((name) => [name, (args: readonly Operand[]) => args])),
  ...Object.fromEntries(
    'min max minif maxif any take_any anyif take_anyif arg_max arg_min prev next row_cumsum row_window_session percentile round ceiling'
      .split(' ')
      .map((name) => [name, (args: readonly Operand[]) => args.slice(0, 1)]),
  ),
  column_ifexists: (args) => args.slice(1),
  columnifexists: (args) => args.slice(1),
};

const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%']);
/** Functions whose answer depends on more than is told here. */
const UNTOLD: ReadonlySet<string> = new Set(['abs', 'array_sum', 'sign', 'sumif', 'avg', 'avgif', 'percentiles', 'percentilesw', 'percentilew']);

/** The type Kusto gives what an operand makes, by the columns in force; '' where it cannot be told. */
export function kustoType(operand: Operand, scope: Scope): string {
  switch (operand.kind) {
    case 'field':
      return fieldType(operand.name, scope);
    case 'literal':
      return literalType(operand);
    case 'time':
      return /^\s*now\s*$/i.test(operand.text) || isMoment(kustoTime(operand.text) ?? undefined) ? 'datetime' : 'timespan';
    case 'list':
      return 'dynamic';
    case 'condition':
      return 'bool';
    case 'call':
      return callType(operand, scope);
    default:
      return '';
  }
}

/** The type of a column; a member of a dynamic one is dynamic. */
function fieldType(name: string, { columns = [] }: Scope): string {
  const own = columns.find((column) => column.name === name);
  if (own !== undefined) return typeNamed(own.type);
  const root = columns.find((column) => name.startsWith(`${column.name}.`));
  return root?.type === 'dynamic' ? 'dynamic' : '';
}

function literalType({ text, type, as }: Literal): string {
  if (as !== undefined) return typeNamed(as);
  if (type === 'number') return isWholeText(text) ? 'long' : 'real';
  return type === 'boolean' ? 'bool' : type === 'string' ? 'string' : '';
}

function callType({ fn, args }: Extract<Operand, { kind: 'call' }>, scope: Scope): string {
  // A part of several values is of a type of its own.
  if (fn === '[]') return args[0]?.kind === 'call' && /^series_(?:stats|fit_line)$/.test(args[0].fn) ? '' : 'dynamic';
  if (fn === '{}') return 'dynamic';
  if (UNTOLD.has(fn)) return '';
  const types = (of: readonly (Operand | undefined)[]): readonly string[] => of.map((arg) => (arg === undefined ? '' : kustoType(arg, scope)));
  if (ARITHMETIC.has(fn)) return arithmeticType(fn, types(args));
  if (fn === 'bin' || fn === 'floor' || fn === 'bin_at') return binType(types(args));
  if (fn === 'sum') return summed(types(args.slice(0, 1))[0]!);
  if (Object.hasOwn(GIVES, fn)) return types(GIVES[fn]!(args)).reduce(common);
  const known = (FUNCTIONS.get(fn) ?? AGGREGATES.get(fn))?.gives ?? 'any';
  return known === 'any' || known === 'number' ? '' : known;
}

const summed = (type: string): string => (type === 'int' ? 'long' : type === 'dynamic' ? '' : type);

/** One type for two values; whole numbers widen. */
function common(left: string, right: string): string {
  if (left === right) return left;
  const both = [left, right].toSorted().join(' ');
  return both === 'int long' ? 'long' : both === 'long real' || both === 'int real' ? 'real' : '';
}

const isWhole = (type: string): boolean => type === 'int' || type === 'long';

/** Whole numbers give whole ones, always long; with a fraction a fraction. */
function numberType(types: readonly string[]): string {
  if (!types.every((type) => isWhole(type) || type === 'real' || type === 'decimal')) return '';
  if (types.includes('decimal')) return types.includes('real') ? '' : 'decimal';
  return types.includes('real') ? 'real' : 'long';
}

function arithmeticType(sign: string, [left = '', right]: readonly string[]): string {
  if (right === undefined) return left === 'int' || left === 'dynamic' ? '' : left;
  if (left === 'datetime' || right === 'datetime') {
    const other = left === 'datetime' ? right : left;
    return other === 'datetime' ? (sign === '-' ? 'timespan' : '') : other === 'timespan' ? 'datetime' : '';
  }
  if (left === 'timespan' || right === 'timespan') {
    if (left === '' || right === '' || left === 'dynamic' || right === 'dynamic') return '';
    return left === right && sign === '/' ? 'real' : 'timespan';
  }
  return numberType([left, right]);
}

const binType = (types: readonly string[]): string => (types[0] === 'datetime' || types[0] === 'timespan' ? types[0] : numberType(types));
