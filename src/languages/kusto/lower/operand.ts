import type { Call, FieldRef, GlobPart, List, Literal, Operand, Span, Time } from '../../../model';
import { openParts } from '../../../syntax/glob';
import { unread } from '../../../syntax/predicates';
import type { DataTable, Expr, Literal as LiteralExpr, Name } from '../tree';
import { AGGREGATES, FUNCTIONS, TABLE_FUNCTIONS, WRAPPERS } from '../vocabulary';
import { type Environment, type Place, boundIn, oneLine } from './environment';
import { columnRef, isColumn, isSide, NAMING, stepPart } from './field';
import { openScope } from './scope';
import { isNumeric, typeOf } from './type';

/** How many lets a value may be followed through (`let a = b; let b = c; …`), and how deep signs and paths nest. */
export const MOST_LETS = 16;
const MOST_SIGNS = 100;

/** Functions that say whether something holds: as an argument they are conditions. */
export const CONDITIONS: ReadonlySet<string> = new Set([
  'not',
  'isempty',
  'isnull',
  'isnotempty',
  'isnotnull',
  'notempty',
  'notnull',
  'ipv4_is_match',
  'ipv6_is_match',
  'ipv4_is_in_range',
  'ipv6_is_in_range',
  'ipv4_is_in_any_range',
  'ipv6_is_in_any_range',
  'has_ipv4',
  'has_any_ipv4',
  'has_ipv4_prefix',
  'has_any_ipv4_prefix',
  'set_has_element',
]);

/** An expression whole: what a comparison compares, a column is made of, a function is given. */
export function operandOf(expr: Expr, place: Place): Operand {
  const { span } = expr;
  switch (expr.kind) {
    case 'group':
      return operandOf(expr.of, place);
    case 'literal':
      return literalOperand(expr);
    case 'name':
      return nameOperand(expr, place);
    case 'path':
      return pathOperand(expr, place);
    case 'call':
      return callOperand(expr, place);
    case 'list':
      return { kind: 'list', span: placed(span), of: expr.items.map((item) => operandOf(item, place)) };
    case 'bag':
      // The function asks for one key at least.
      return callOf(expr.items.length === 0 ? '{}' : 'bag_pack', span, { start: span.start, end: span.start }, expr.items, place, null);
    case 'unary':
      return callOf('-', span, { start: span.start, end: span.start + 1 }, [expr.of], place, 'derived');
    case 'chain':
      return expr.op === 'arithmetic' ? arithmetic(expr.of, expr.signs, place) : condition(expr, place);
    case 'compare':
    case 'among':
    case 'between':
      return condition(expr, place);
    case 'assign':
      return unread(span, 'unmodelled', 'a named argument', oneLine(place, span));
    case 'star':
      return { kind: 'field', name: expr.name, span: placed(span) };
    case 'type':
      return { kind: 'literal', span: placed(span), type: 'string', text: expr.name };
    case 'datatable':
      return listOf(firstColumn(expr, null), span, place);
    case 'query':
      return tableOperand(expr, place) ?? unread(span, 'unmodelled', 'sub-query', oneLine(place, span));
    case 'external':
      return unread(span, 'unknown', 'external data', oneLine(place, span));
    case 'error':
      return unread(span, 'syntax-error');
    default:
      return expr satisfies never;
  }
}

/** What a name stands for is read where it was bound; names of names go only so deep. */
export const deeper = (place: Place, environment: Environment): Place => ({ ...place, environment, lets: place.lets + 1 });

const placed = ({ start, end }: Span): Span => ({ start, end });
/** Sub-queries of a condition that is only a value are named by its stage, and demanded by none. */
const condition = (expr: Expr, place: Place): Extract<Operand, { kind: 'condition' }> => ({
  kind: 'condition',
  span: placed(expr.span),
  of: place.lowering.recursion.predicate(expr, { ...place, branches: [] }),
});

function literalOperand({ text, span, type, secret, as }: LiteralExpr): Literal | Time {
  if (type === 'time') return { kind: 'time', span: placed(span), text: timeText(text) };
  return { kind: 'literal', span: placed(span), type, text, ...(as === undefined ? null : { as }), ...(secret === true ? { secret } : null) };
}

/** `datetime(2024-01-01)` is `2024-01-01`, `time(01:30)` `01:30`; a number alone is so many days, or a year. */
function timeText(written: string): string {
  const [, type, inner] = /^(date|datetime|time|timespan)\(\s*([\s\S]*?)\s*\)?$/.exec(written) ?? [];
  if (type === undefined || inner === undefined) return written;
  const text = inner.replace(/^(["'])([\s\S]*)\1$/, '$2');
  return type.startsWith('date') || !/^-?\d+(?:\.\d+)?$/.test(text) ? text : `${text}d`;
}

/** The members of a list with their places; null where it holds something else. */
const listOf = (items: readonly Expr[], span: Span, place: Place): List => ({
  kind: 'list',
  span: placed(span),
  of: items.map((item) => operandOf(item, place)),
});

/** A column, or what a let-bound name stands for, at the place where it is used. */
function nameOperand({ name, span }: Extract<Expr, { kind: 'name' }>, place: Place): Operand {
  if (isColumn(name, place)) return columnRef(name, '', span, place);
  const bound = boundIn(place.environment, name)!;
  const { spendValues } = place.lowering;
  switch (bound.kind) {
    case 'value': {
      if (place.lets > MOST_LETS || !spendValues(1)) return unread(span, 'limit', `let \`${name}\``, name);
      const value = operandOf(bound.expr, deeper(place, bound.environment));
      // One that is named often, or doubles another, must not cost more than the text is long.
      if (!spendValues(costOf(value))) return unread(span, 'limit', `let \`${name}\``, name);
      return movedTo(value, span, bound.isArgument === true ? null : name);
    }
    case 'query': {
      if (bound.query.table === null) return unread(span, 'unmodelled', `query \`${name}\``, name);
      if (place.lets > MOST_LETS || !spendValues(1)) return unread(span, 'limit', `let \`${name}\``, name);
      const value = operandOf(bound.query.table, deeper(place, bound.environment));
      return spendValues(costOf(value)) ? movedTo(value, span, name) : unread(span, 'limit', `let \`${name}\``, name);
    }
    case 'function':
      return unread(span, 'unmodelled', `function \`${name}\``, name);
    case 'parameter':
      return unread(span, 'unknown', `parameter \`${name}\``, name);
    default:
      return bound satisfies never;
  }
}

function costOf(operand: Operand): number {
  if (operand.kind === 'list') return operand.of.reduce((sum, item) => sum + costOf(item), 1);
  if (operand.kind === 'call') return operand.args.reduce((sum, item) => sum + costOf(item), 1);
  return 1 + ('text' in operand ? operand.text.length >> 5 : 0);
}

/** A copy of what stands elsewhere, at the place where its name is used; literals say the name. */
export function movedTo<T>(part: T, span: Span, origin: string | null): T {
  if (Array.isArray(part)) return part.map((one: unknown) => movedTo(one, span, origin)) as T;
  if (typeof part !== 'object' || part === null) return part;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(part))
    copy[key] = key === 'span' || key === 'operator' || (key === 'name' && typeof value === 'object') ? placed(span) : movedTo(value, span, origin);
  const { kind } = copy;
  if (origin !== null && (kind === 'literal' || kind === 'glob' || kind === 'regex' || kind === 'time')) copy['origin'] = origin;
  return copy as T;
}

type Flag = 'derived' | 'part' | null;

function callOf(fn: string, span: Span, name: Span, args: readonly Expr[], place: Place, flag: Flag): Call {
  return madeCall(
    fn,
    span,
    name,
    args.map((arg) => operandOf(arg, place)),
    place,
    flag,
  );
}

const madeCall = (fn: string, span: Span, name: Span, args: readonly Operand[], place: Place, flag: Flag): Call => ({
  kind: 'call',
  span: placed(span),
  fn,
  name: placed(name),
  args,
  written: oneLine(place, span),
  ...(flag === 'derived' ? { derived: true as const } : flag === 'part' ? { part: true as const } : null),
});

/** `a + b - c` is `(a + b) - c`. */
function arithmetic(parts: readonly Expr[], signs: readonly Name[], place: Place): Operand {
  const whole = { start: parts[0]!.span.start, end: parts.at(-1)!.span.end };
  if (parts.length > MOST_SIGNS) return unread(whole, 'limit', 'a long sum', oneLine(place, whole));
  let left = operandOf(parts[0]!, place);
  for (let at = 1; at < parts.length; at++) {
    const sign = signs[at - 1]!;
    const right = operandOf(parts[at]!, place);
    left = madeCall(sign.name, { start: whole.start, end: parts[at]!.span.end }, sign.span, [left, right], place, 'derived');
  }
  return left;
}

/** `x.k[0]` is the column `x.k.0`; a path into what a function gives takes one step after the other. */
function pathOperand(expr: Extract<Expr, { kind: 'path' }>, place: Place): Operand {
  const { base, steps, span } = expr;
  if (isSide(base)) {
    const [root, ...rest] = steps.flatMap((step) => ('name' in step ? [step.name] : []));
    if (root !== undefined) return columnRef(root, rest.map((name) => `.${name}`).join(''), span, { ...place, scope: openScope() });
  }
  if (steps.length > MOST_SIGNS) return unread(span, 'limit', 'a long path', oneLine(place, span));
  if (base.kind === 'call' && base.name !== 'toscalar' && TABLE_FUNCTIONS.has(base.name)) return unread(span, 'unmodelled', 'sub-query', oneLine(place, span));
  let at = 0;
  let left: Operand;
  if (base.kind === 'name' && isColumn(base.name, place)) {
    let rest = '';
    for (; at < steps.length; at++) {
      const part = stepPart(steps[at]!);
      if (part === null) break;
      rest += part;
    }
    left = columnRef(base.name, rest, { start: span.start, end: at === 0 ? base.span.end : steps[at - 1]!.span.end }, place);
  } else left = operandOf(base, place);
  for (; at < steps.length; at++) {
    const step = steps[at]!;
    const upTo = { start: span.start, end: step.span.end };
    if ('name' in step && step.called === true) return unread(span, 'unmodelled', `function ${step.name}`, oneLine(place, span));
    const key: Operand = 'name' in step ? { kind: 'literal', span: placed(step.span), type: 'string', text: step.name } : operandOf(step.index, place);
    left = madeCall('[]', upTo, { start: step.span.start, end: step.span.start }, [left, key], place, null);
  }
  return left;
}

/** Functions whose answer on constants is known here. */
const FOLDED: ReadonlySet<string> = new Set(['strcat', 'tostring', 'tolower', 'toupper']);

function callOperand(expr: Extract<Expr, { kind: 'call' }>, place: Place): Operand {
  const { name, args, span, nameSpan } = expr;
  const bound = boundIn(place.environment, name);
  if (bound?.kind === 'function') return inlined(expr, place) ?? unread(span, 'unmodelled', `function \`${name}\``, oneLine(place, span));
  if (CONDITIONS.has(name)) {
    const asked = condition(expr, place);
    // What no predicate holds, such as one of constants alone, is a calculation like any other.
    if (asked.of.kind !== 'unread') return asked;
  }
  if (name === 'toscalar' || name === 'totable') return unread(span, 'unmodelled', 'sub-query', oneLine(place, span));
  if (name === 'materialize' && args[0] !== undefined) return operandOf(args[0], place);
  if (name === '_GetWatchlist') return unread(span, 'unknown', watchlistNote(args), oneLine(place, span));
  const [first] = args;
  if (NAMING.has(name) && first?.kind === 'literal' && first.type === 'string') {
    const rest = args.slice(1).map((arg) => operandOf(arg, place));
    const column: FieldRef = columnRef(first.text, '', first.span, place);
    return madeCall(name, span, nameSpan, [column, ...rest], place, null);
  }
  if (!FUNCTIONS.has(name) && !AGGREGATES.has(name)) return unread(span, 'unknown', `function ${name}`, oneLine(place, span));
  const call = callOf(name, span, nameSpan, args, place, flagOf(expr, place));
  if (FOLDED.has(name)) return folded(call) ?? call;
  if (name === 'array_concat' && call.args.every((arg) => arg.kind === 'list'))
    return { kind: 'list', span: placed(span), of: call.args.flatMap((arg) => (arg.kind === 'list' ? arg.of : [])) };
  return call;
}

/** The note on a watchlist, whose rows are not in the text. */
export const watchlistNote = ([first]: readonly Expr[]): string => (first?.kind === 'literal' ? `watchlist \`${first.text}\`` : 'watchlist');

/** What a function gives that is no form of its argument: something computed, or a part or mixture of texts. */
function flagOf(expr: Extract<Expr, { kind: 'call' }>, place: Place): Flag {
  const { name } = expr;
  if (WRAPPERS.has(name) || NAMING.has(name)) return null;
  if (name === 'ingestion_time') return 'part';
  return isNumeric(typeOf(expr, { ...place, scope: openScope() })) ? 'derived' : 'part';
}

/** A constant that a function makes of constants. */
function folded({ fn, args, span }: Call): Literal | null {
  let text = '';
  let origin: string | undefined;
  let isSecret = false;
  for (const arg of args) {
    // A whole number is written as it stands, a fraction perhaps not.
    if (arg.kind !== 'literal' || (arg.type !== 'string' && !(arg.type === 'number' && /^-?\d+$/.test(arg.text)))) return null;
    text += arg.text;
    origin ??= arg.origin;
    isSecret ||= arg.secret === true;
  }
  if (args.length === 0 || (fn !== 'strcat' && args.length !== 1)) return null;
  // How letters beyond ASCII change their case is left to who runs the query.
  if ((fn === 'tolower' || fn === 'toupper') && !/^[\x20-\x7e]*$/.test(text)) return null;
  return {
    kind: 'literal',
    span,
    type: 'string',
    text: fn === 'tolower' ? text.toLowerCase() : fn === 'toupper' ? text.toUpperCase() : text,
    ...(origin === undefined ? null : { origin }),
    ...(isSecret ? { secret: true as const } : null),
  };
}

/** What a let function of one expression gives for these arguments, at the place of its call; null for one that gives rows, or has statements of its own. */
export function bodyOf(expr: Extract<Expr, { kind: 'call' }>, place: Place): { readonly expr: Expr; readonly place: Place } | null {
  const bound = boundIn(place.environment, expr.name);
  if (bound?.kind !== 'function') return null;
  const only = bound.body.statements.at(-1);
  const lets = bound.body.statements.slice(0, -1);
  if (only?.kind !== 'query' || only.pipeline.ops.length > 0 || only.pipeline.source === null) return null;
  const { source } = only.pipeline;
  if (source.kind === 'query' || source.kind === 'datatable' || source.kind === 'external' || bound.body.parameters.some(({ columns }) => columns !== null))
    return null;
  if (source.kind === 'name' && !bound.body.parameters.some(({ name }) => name === source.name)) return null;
  if (place.lets > MOST_LETS || !place.lowering.spendCalls(1)) return null;
  const own = new Map<string, NonNullable<ReturnType<typeof boundIn>>>();
  bound.body.parameters.forEach((parameter, index) => {
    const arg = expr.args.find((one) => one.kind === 'assign' && one.names[0]?.name === parameter.name) ?? expr.args[index];
    const value = arg?.kind === 'assign' ? arg.value : (arg ?? parameter.value);
    own.set(
      parameter.name,
      value === null || value === undefined
        ? { kind: 'parameter', name: parameter.name, isTable: false }
        : {
            kind: 'value',
            name: parameter.name,
            expr: value,
            environment: arg === undefined ? bound.environment : place.environment,
            query: null,
            isArgument: true,
          },
    );
  });
  let environment: Environment = { own, outer: bound.environment };
  for (const statement of lets) {
    if (statement.kind !== 'let' || statement.value.kind === 'function') return null;
    const { name } = statement.name;
    // Each sees those before it, and may stand for a column as an argument does.
    environment = { own: new Map([[name, { kind: 'value', name, expr: statement.value, environment, query: null, isArgument: true }]]), outer: environment };
  }
  if (!place.lowering.calls.has(bound.body)) place.lowering.calls.set(bound.body, null);
  return { expr: source, place: deeper(place, environment) };
}

function inlined(expr: Extract<Expr, { kind: 'call' }>, place: Place): Operand | null {
  const body = bodyOf(expr, place);
  if (body === null) return null;
  const value = operandOf(body.expr, body.place);
  return place.lowering.spendValues(costOf(value)) ? movedTo(value, expr.span, null) : null;
}

/** A table written in the query of which at most one column is taken: `datatable(…)[…] | project Name`. */
function tableOperand(expr: Extract<Expr, { kind: 'query' }>, place: Place): List | null {
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
  return listOf(firstColumn(table, column), expr.span, place);
}

/** The cells of a named column, or of the first. */
function firstColumn({ columns, cells }: DataTable, name: string | null): readonly Expr[] {
  const at = name === null ? 0 : columns.findIndex((column) => column.name === name);
  const width = Math.max(1, columns.length);
  return cells.filter((_, index) => index % width === at);
}

/** Values of a comparison with a list: the members of arrays are values of their own. */
export const valuesIn = (items: readonly Expr[], place: Place): readonly Operand[] =>
  items.flatMap((item) => {
    const value = operandOf(item, place);
    return value.kind === 'list' ? value.of : value.kind === 'call' && value.fn === 'pack_array' ? value.args : [value];
  });

/** A pattern around a value: `contains`, `startswith`, `endswith`, the beginning or end of a word. */
export function globOf(value: Operand, before: boolean, after: boolean): Operand {
  const parts = (inner: readonly GlobPart[]): readonly GlobPart[] => (inner.length === 0 ? (['any-run'] as const) : openParts(inner, before, after));
  if (value.kind !== 'literal') return { kind: 'glob', span: value.span, parts: parts([{ of: value }]) };
  const { text, span, origin, secret } = value;
  return {
    kind: 'glob',
    span,
    parts: parts(text === '' ? [] : [{ text }]),
    ...(origin === undefined ? null : { origin }),
    ...(secret === undefined ? null : { secret }),
  };
}
