import type { Binding, Operand, Span } from '../../../model';
import { unread } from '../../../syntax/predicates';
import type { Expr, FunctionBody, Pipeline, Statement } from '../tree';
import { AGGREGATES, FUNCTIONS, TABLE_FUNCTIONS } from '../vocabulary';
import { type Bound, type Environment, type Lowering, boundIn, placeIn, textOf } from './environment';
import { type BoundQuery, type Lowered, boundQuery, referenceTo, sourceNode, unmodelled } from './node';
import { operandOf } from './operand';
import { openScope } from './scope';

/** A let as it is shown; `query` has its stages. */
export interface LetBinding {
  readonly name: string;
  readonly nameSpan: Span;
  readonly kind: Binding['kind'];
  readonly span: Span;
  readonly value: string;
  readonly query: BoundQuery | null;
  readonly bound: Bound;
  readonly head: Span;
  /** What a scalar or list stands for. */
  readonly of?: Operand;
  /** Lets of a function's body. */
  readonly inner?: readonly LetBinding[];
}

interface LoweredStatements {
  readonly lets: readonly LetBinding[];
  /** The last query that reads as one; null when there is none. */
  readonly main: Lowered | null;
  /** The other queries. */
  readonly others: readonly { readonly span: Span; readonly lowered: Lowered }[];
}

/** What a let stands for is shown with few of the lets in it followed: its uses follow them all. */
const SHOWN_LETS = 12;

/** Lowers statements in order; each let is in force from there on. */
export function lowerStatements(statements: readonly Statement[], lowering: Lowering, environment: Environment): LoweredStatements {
  const lets: LetBinding[] = [];
  const queries: { span: Span; lowered: Lowered; isWhole: boolean }[] = [];
  for (const statement of statements) {
    switch (statement.kind) {
      case 'let': {
        const binding = lowerLet(statement, lowering, environment);
        if (statement.name.name !== '') environment.own.set(statement.name.name, binding.bound);
        lets.push(binding);
        break;
      }
      case 'declare':
        for (const { name, span, value, columns } of statement.parameters) {
          const bound: Bound =
            value === null ? { kind: 'parameter', name, isTable: columns !== null } : { kind: 'value', name, expr: value, environment, query: null };
          const of = value === null ? unread(span, 'unknown', `parameter \`${name}\``) : operandOf(value, placeIn(lowering, environment, { lets: SHOWN_LETS }));
          lets.push({
            name,
            nameSpan: span,
            kind: 'scalar',
            span,
            value: value === null ? '' : textOf(lowering, value.span),
            query: null,
            bound,
            head: span,
            of,
          });
          environment.own.set(name, bound);
        }
        break;
      case 'query':
        queries.push({
          span: statement.span,
          lowered: lowering.recursion.pipeline(statement.pipeline, lowering, environment, null),
          isWhole: isWhole(statement.pipeline),
        });
        break;
      case 'control':
      case 'other': {
        // A setting of the query: it changes how it runs, or what other databases are called.
        const { span } = statement;
        const [name = ''] = textOf(lowering, span).split(/[\s=]/, 1);
        const bound: Bound = { kind: 'parameter', name, isTable: false };
        const value = textOf(lowering, { start: span.start + name.length, end: span.end }).trim();
        if (name === 'set') lets.push({ name, nameSpan: span, kind: 'scalar', span, value, query: null, bound, head: span });
        else lets.push({ name, nameSpan: span, kind: 'scalar', span, value, query: null, bound, head: span, of: unread(span, 'unmodelled', name) });
        break;
      }
      default:
        statement satisfies never;
    }
  }
  const main = queries.findLast(({ isWhole }) => isWhole) ?? queries.at(-1);
  return { lets, main: main?.lowered ?? null, others: queries.filter((query) => query !== main) };
}

/** Whether a text begins and goes on as queries do; what follows a misplaced semicolon does not: it begins with a pipe, a bracket or a text. */
function isWhole({ source, ops: [first], span }: Pipeline): boolean {
  if (source === null ? first?.span.start !== span.start : source.kind === 'literal' || source.kind === 'error') return false;
  return first === undefined || first.form !== 'unknown' || first.isLoose !== true;
}

function lowerLet(statement: Extract<Statement, { kind: 'let' }>, lowering: Lowering, environment: Environment): LetBinding {
  const { value, span } = statement;
  const { name } = statement.name;
  const shown = { name, nameSpan: statement.name.span, span, head: statement.head };
  if (value.kind === 'function') return lowerFunction(value, shown, lowering, environment);
  const text = textOf(lowering, value.span);
  if (isTabular(value, environment)) {
    const query = boundQuery(name, value.span, lowering.recursion.source(value, lowering, environment), tableIn(value));
    const isList = query.table !== null;
    const of = isList ? { of: operandOf(value, placeIn(lowering, environment, { lets: SHOWN_LETS })) } : null;
    // Of one column its values are all there is.
    const isWide = isList && !(value.kind === 'datatable' && value.columns.length === 1);
    const [first] = value.kind === 'datatable' ? value.cells : [];
    const head = isList && !isWide && first !== undefined ? { start: shown.head.start, end: first.span.start } : shown.head;
    return {
      ...shown,
      head,
      kind: isList ? 'list' : 'query',
      value: isList ? text : '',
      query: isList && !isWide ? null : query,
      bound: { kind: 'query', query, environment },
      ...of,
    };
  }
  const query = scalarQuery(value, name, lowering, environment);
  return {
    ...shown,
    kind: isList(value, environment) ? 'list' : 'scalar',
    value: text,
    query,
    bound: { kind: 'value', name, expr: value, environment, query },
    of: operandOf(value, placeIn(lowering, environment, { lets: SHOWN_LETS })),
  };
}

function lowerFunction(
  body: FunctionBody,
  shown: { name: string; nameSpan: Span; span: Span; head: Span },
  lowering: Lowering,
  environment: Environment,
): LetBinding {
  const bound: Bound = { kind: 'function', name: shown.name, span: shown.span, body, environment };
  const last = body.statements.at(-1);
  const isQuery = last?.kind === 'query' && (last.pipeline.ops.length > 0 || (last.pipeline.source !== null && isTabular(last.pipeline.source, environment)));
  if (!isQuery) return { ...shown, kind: 'function', value: textOf(lowering, body.span), query: null, bound };
  // Without its arguments, to show its stages; each call is lowered anew.
  const { nodes, lets } = callFunction(bound, [], body.span, quietly(lowering), environment);
  return { ...shown, kind: 'function', value: '', query: nodes[0]?.refersTo ?? null, bound, inner: lets };
}

/** A lowering whose findings about sources and times are thrown away. */
const quietly = (lowering: Lowering): Lowering => ({ ...lowering, sources: [], times: [], calls: new Map() });

/** `toscalar(…)` and what is made of it has a query behind it. */
function scalarQuery(value: Expr, name: string, lowering: Lowering, environment: Environment): BoundQuery | null {
  if (value.kind === 'group') return scalarQuery(value.of, name, lowering, environment);
  if (value.kind !== 'call' || value.args[0] === undefined) return null;
  const [first] = value.args;
  if (value.name !== 'toscalar') return FUNCTIONS.has(value.name) ? scalarQuery(first, name, lowering, environment) : null;
  return boundQuery(name, value.span, lowering.recursion.source(first, lowering, environment));
}

/** How many names are followed to what they stand for. */
const MOST_NAMES = 16;

/** Whether an expression gives a table. */
function isTabular(expr: Expr, environment: Environment, depth = 0): boolean {
  // A function may name itself.
  if (depth > MOST_NAMES) return false;
  switch (expr.kind) {
    case 'query':
    case 'datatable':
    case 'external':
    case 'star':
      return true;
    case 'group':
      return isTabular(expr.of, environment, depth + 1);
    case 'name': {
      const bound = boundIn(environment, expr.name);
      return (
        bound === null ||
        bound.kind === 'query' ||
        (bound.kind === 'function' && bound.body.parameters.length === 0) ||
        (bound.kind === 'parameter' && bound.isTable)
      );
    }
    case 'path':
      return expr.base.kind === 'call' && TABLE_FUNCTIONS.has(expr.base.name);
    case 'call': {
      if (expr.name === 'toscalar') return false;
      const bound = boundIn(environment, expr.name);
      if (bound?.kind === 'function') return givesTable(bound.body, bound.environment, depth + 1);
      return TABLE_FUNCTIONS.has(expr.name) || (!FUNCTIONS.has(expr.name) && !AGGREGATES.has(expr.name));
    }
    default:
      return false;
  }
}

function givesTable(body: FunctionBody, environment: Environment, depth: number): boolean {
  const last = body.statements.at(-1);
  if (last?.kind !== 'query') return false;
  const { source, ops } = last.pipeline;
  return ops.length > 0 || (source !== null && source.kind !== 'name' && isTabular(source, environment, depth));
}

/** A table whose cells are written in the query. */
function tableIn(value: Expr): Expr | null {
  if (value.kind === 'group') return tableIn(value.of);
  if (value.kind === 'datatable') return value;
  if (value.kind !== 'query') return null;
  const { source, ops } = value.pipeline;
  return source !== null && tableIn(source) !== null && ops.every((op) => op.kind === 'project' || op.kind === 'distinct') ? value : null;
}

function isList(expr: Expr, environment: Environment, depth = 0): boolean {
  if (expr.kind === 'list') return true;
  if (expr.kind === 'group') return isList(expr.of, environment, depth + 1);
  if (expr.kind === 'call') return expr.name === 'pack_array' || (expr.name === 'split' && expr.args[0]?.kind === 'literal') || expr.name === 'array_concat';
  if (expr.kind !== 'name') return false;
  const bound = boundIn(environment, expr.name);
  return bound?.kind === 'value' && depth < MOST_NAMES && isList(bound.expr, bound.environment, depth + 1);
}

/** What a call adds to the depth of nesting. */
const CALL_DEPTH = 8;

/** The rows a let function gives for these arguments: its body, lowered anew with them. */
export function callFunction(
  bound: Extract<Bound, { kind: 'function' }>,
  args: readonly Expr[],
  span: Span,
  lowering: Lowering,
  environment: Environment,
): Lowered & { readonly lets: readonly LetBinding[] } {
  const { body, name } = bound;
  const own = new Map<string, Bound>();
  body.parameters.forEach((parameter, index) => {
    const arg = args.find((candidate) => candidate.kind === 'assign' && candidate.names[0]?.name === parameter.name) ?? args[index];
    const value = arg?.kind === 'assign' ? arg.value : (arg ?? parameter.value);
    own.set(
      parameter.name,
      value === null || value === undefined
        ? { kind: 'parameter', name: parameter.name, isTable: parameter.columns !== null }
        : parameter.columns === null
          ? {
              kind: 'value',
              name: parameter.name,
              expr: value,
              environment: arg === undefined ? bound.environment : environment,
              query: null,
              isArgument: true,
            }
          : tableArgument(parameter.name, value, lowering, environment),
    );
  });
  if (!lowering.spendCalls(1)) return { nodes: [unmodelled(sourceNode(span, [], name), 'call')], scope: openScope(), lets: [] };
  // Every body may nest as deep as a text may: few calls inside each other are followed.
  lowering.nesting.depth += CALL_DEPTH;
  const answer = lowerStatements(body.statements, lowering, { own, outer: bound.environment });
  lowering.nesting.depth -= CALL_DEPTH;
  const query = boundQuery(name, body.span, answer.main ?? { nodes: [], scope: openScope() });
  if (!lowering.calls.has(body)) lowering.calls.set(body, query);
  return { nodes: [referenceTo(query, span)], scope: query.scope, lets: answer.lets };
}

function tableArgument(name: string, value: Expr, lowering: Lowering, environment: Environment): Bound {
  return { kind: 'query', query: boundQuery(name, value.span, lowering.recursion.source(value, lowering, environment)), environment };
}
