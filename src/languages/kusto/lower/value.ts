import type { Value } from '../../../model';
import type { DataTable, Expr, Literal } from '../tree';
import { type Bound, type Place, boundIn, textOf } from './environment';
import { isColumn, plainField } from './field';
import { columnIn } from './scope';

/** How many lets a value may be folded in through: `let a = b; let b = c; …`. */
const MOST_LETS = 16;

/** The values of an expression: one per member of a list; let-bound names give what they stand for. */
export const valuesOf = (expr: Expr, place: Place): readonly Value[] => foldedOf(expr, place, undefined, 0) ?? [opaqueValue(expr, place)];

/** Values that are written in the query; null where the expression is no constant. */
function foldedOf(expr: Expr, place: Place, origin: string | undefined, lets: number): readonly Value[] | null {
  switch (expr.kind) {
    case 'literal':
      return [valueOfLiteral(expr, origin)];
    case 'list':
      return foldedItems(expr.items, place, origin, lets);
    case 'group':
      return foldedOf(expr.of, place, origin, lets);
    case 'datatable':
      return foldedItems(firstColumn(expr, null), place, origin, lets);
    case 'query':
      return foldedTable(expr, place, origin, lets);
    case 'call':
      return foldedCall(expr, place, origin, lets);
    case 'name': {
      if (lets > MOST_LETS || isColumn(expr.name, place)) return null;
      const bound = boundIn(place.environment, expr.name)!;
      if (bound.kind === 'value') return foldedLet(bound.expr, { ...place, environment: bound.environment }, origin ?? bound.name, lets + 1);
      const table = bound.kind === 'query' ? bound.query.table : null;
      return table === null ? null : foldedLet(table, place, origin ?? expr.name, lets + 1);
    }
    default:
      return null;
  }
}

/** What a let stands for: one that is named often, or doubles another, must not cost more than the text is long. */
function foldedLet(expr: Expr, place: Place, origin: string, lets: number): readonly Value[] | null {
  const { spendValues } = place.lowering;
  if (!spendValues(1)) return null;
  const values = foldedOf(expr, place, origin, lets);
  return values !== null && spendValues(values.reduce((sum, { text }) => sum + 1 + (text.length >> 5), 0)) ? values : null;
}

function foldedItems(items: readonly Expr[], place: Place, origin: string | undefined, lets: number): readonly Value[] | null {
  const values: Value[] = [];
  for (const item of items) {
    const folded = item.kind === 'bag' ? null : foldedOf(item, place, origin, lets);
    if (folded === null) return null;
    values.push(...folded);
  }
  return values;
}

/** A table written in the query of which at most one column is taken: `datatable(…)[…] | project Name`. */
function foldedTable(expr: Extract<Expr, { kind: 'query' }>, place: Place, origin: string | undefined, lets: number): readonly Value[] | null {
  const { source, ops } = expr.pipeline;
  const table = source?.kind === 'group' ? source.of : source;
  if (table?.kind !== 'datatable') return null;
  let column: string | null = null;
  for (const op of ops) {
    if (op.form !== 'columns' || (op.kind !== 'project' && op.kind !== 'distinct') || op.columns.length !== 1) return null;
    const [only] = op.columns;
    if (only?.kind !== 'name') return null;
    column = only.name;
  }
  return foldedItems(firstColumn(table, column), place, origin, lets);
}

/** The cells of a named column, or of the first. */
function firstColumn({ columns, cells }: DataTable, name: string | null): readonly Expr[] {
  const at = name === null ? 0 : columns.findIndex((column) => column.name === name);
  const width = Math.max(1, columns.length);
  return cells.filter((_, index) => index % width === at);
}

const JOINING: ReadonlySet<string> = new Set(['strcat', 'tostring', 'tolower', 'toupper']);

function foldedCall(expr: Extract<Expr, { kind: 'call' }>, place: Place, origin: string | undefined, lets: number): readonly Value[] | null {
  if (expr.name === 'pack_array' || expr.name === 'materialize') return foldedItems(expr.args, place, origin, lets);
  if (!JOINING.has(expr.name)) return null;
  const parts = foldedItems(expr.args, place, origin, lets);
  if (parts === null || parts.length !== expr.args.length || parts.some(({ type }) => type !== 'string' && type !== 'number')) return null;
  const joined = parts.map(({ text }) => text).join('');
  const text = expr.name === 'tolower' ? joined.toLowerCase() : expr.name === 'toupper' ? joined.toUpperCase() : joined;
  const secret = parts.some((part) => part.secret === true);
  const from = origin ?? parts.find((part) => part.origin !== undefined)?.origin;
  return [{ text, span: expr.span, type: 'string', ...(from === undefined ? null : { origin: from }), ...(secret ? { secret: true as const } : null) }];
}

const valueOfLiteral = ({ text, span, type, secret }: Literal, origin: string | undefined): Value => ({
  text,
  span,
  type,
  ...(origin === undefined ? null : { origin }),
  ...(secret === true ? { secret } : null),
});

/** What cannot be told before the query runs: another column, a time, an expression. */
function opaqueValue(expr: Expr, place: Place): Value {
  const { span } = expr;
  const text = textOf(place.lowering, span).replace(/\s+/g, ' ').trim();
  const plain = plainField(expr);
  const bound = expr.kind === 'name' ? boundIn(place.environment, expr.name) : null;
  if (plain !== null && isColumn(plain.root, place)) return { text: plain.name, span, type: 'field' };
  const type = isTime(expr, place, 0) ? 'time' : 'expression';
  return bound === null ? { text, span, type } : { text: textOfBound(bound, place) ?? text, span, type, origin: text };
}

/** A let-bound time says what it stands for: `let start = ago(1d)`. */
function textOfBound(bound: Bound, place: Place): string | null {
  if (bound.kind !== 'value') return null;
  const { span } = bound.expr;
  return span.end - span.start <= 80 ? textOf(place.lowering, span).replace(/\s+/g, ' ').trim() : null;
}

const TIME_FUNCTIONS = /^(?:ago|now|(?:start|end)of(?:day|week|month|year)|datetime_add|make_datetime|todatetime|totimespan|unixtime_\w+|ingestion_time)$/;

/** Whether an expression is a point or a length of time. */
function isTime(expr: Expr, place: Place, depth: number): boolean {
  if (depth > MOST_LETS) return false;
  switch (expr.kind) {
    case 'literal':
      return expr.type === 'time';
    case 'call':
      return TIME_FUNCTIONS.test(expr.name);
    case 'group':
    case 'unary':
      return isTime(expr.of, place, depth + 1);
    case 'chain':
      return expr.op === 'arithmetic' && expr.of.some((part) => isTime(part, place, depth + 1));
    case 'name': {
      const known = columnIn(place.scope, expr.name);
      if (known !== null) return known.type === 'datetime' || known.type === 'timespan';
      const bound = boundIn(place.environment, expr.name);
      return bound?.kind === 'value' && isTime(bound.expr, { ...place, environment: bound.environment }, depth + 1);
    }
    default:
      return false;
  }
}
