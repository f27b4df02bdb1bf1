import { columnsOfTable, TABLE_NAMES, tableOf } from '../../../knowledge/tables';
import type { Operation, Span, Stage } from '../../../model';
import { nearest } from '../../../syntax/nearest';
import { allOf, unread } from '../../../syntax/predicates';
import type { Expr, Pipeline } from '../tree';
import { asimFilter } from './asim';
import { FUNCTIONS, TABLE_FUNCTIONS } from '../vocabulary';
import { type Environment, type Lowering, type Place, boundIn, placeIn, remarkAt, textOf } from './environment';
import { operandOf } from './operand';
import { givenBy, rowsOf } from './operations';
import { predicateOf } from './predicate';
import { type Lowered, type Node, boundQuery, branchOf, referenceTo, sourceNode, unmodelled } from './node';
import { type Scope, columnsOf, copyOf, openScope, scopeOf, scopeOfTable } from './scope';
import { lowerOperator } from './stages';
import { callFunction } from './statements';

/** How deep sub-queries are followed. */
const MOST_NESTING = 100;

/** Lowers a pipeline; `input` are the columns a sub-query is given, null where it has a source of its own. */
export function lowerPipeline(pipeline: Pipeline, lowering: Lowering, environment: Environment, input: Scope | null): Lowered {
  const { nesting } = lowering;
  if (nesting.depth > MOST_NESTING) return { nodes: [unmodelled(sourceNode(pipeline.span, []), 'deep nesting')], scope: openScope() };
  nesting.depth++;
  const lowered = pipelineIn(pipeline, lowering, environment, input);
  nesting.depth--;
  return lowered;
}

function pipelineIn(pipeline: Pipeline, lowering: Lowering, environment: Environment, input: Scope | null): Lowered {
  const source: Lowered =
    pipeline.source === null
      ? { nodes: [], scope: input === null ? openScope() : copyOf(input, lowering.spendColumns) }
      : sourceOf(pipeline.source, lowering, environment);
  const nodes = [...source.nodes];
  let { scope } = source;
  for (const op of pipeline.ops) {
    const place = placeIn(lowering, environment, { scope });
    const lowered = lowerOperator(op, place, nodes.length === 0);
    nodes.push(lowered.node);
    scope = lowered.scope;
    // From here on the name stands for the rows so far.
    if (op.form === 'as' && op.name !== null) {
      const query = boundQuery(op.name.name, op.span, { nodes: [...nodes], scope: copyOf(scope, lowering.spendColumns) });
      environment.own.set(op.name.name, { kind: 'query', query, environment });
    }
  }
  return { nodes, scope };
}

/** What stands before the first pipe: a table, a bound query, a function's answer, a query in brackets (whose stages are taken over). */
export function sourceOf(expr: Expr, lowering: Lowering, environment: Environment): Lowered {
  switch (expr.kind) {
    case 'group':
      return sourceOf(expr.of, lowering, environment);
    case 'query':
      return lowerPipeline(expr.pipeline, lowering, environment, null);
    case 'name':
      return namedSource(expr.name, expr.span, lowering, environment);
    case 'path': {
      // `workspace("x").Table`, `cluster("x").database("y").Table`
      const last = expr.steps.at(-1);
      if (last !== undefined && 'name' in last) return tableSource(last.name, expr.span, lowering);
      return plainSource(expr.span, openScope(), [unread(expr.span, 'unmodelled', 'expression')]);
    }
    case 'star':
      lowering.sources.push({ name: expr.name, span: expr.span });
      return plainSource(expr.span, openScope(), [{ kind: 'read', span: expr.span, sources: [{ name: expr.name, span: expr.span }] }], expr.name);
    case 'call':
      return calledSource(expr, lowering, environment);
    case 'datatable':
      return plainSource(expr.span, scopeOf(columnsOf(expr.columns)), [rowsOf(expr, placeIn(lowering, environment))], 'datatable');
    case 'external':
      // A table in Delta tells its columns itself.
      return plainSource(
        expr.span,
        expr.columns.length === 0 ? openScope() : scopeOf(columnsOf(expr.columns)),
        [givenBy(expr.span, 'externaldata', [])],
        'externaldata',
      );
    case 'compare':
    case 'among':
    case 'between':
    case 'chain':
    case 'unary':
    case 'literal':
      return conditionSource(expr, placeIn(lowering, environment));
    default:
      return plainSource(expr.span, openScope(), [unread(expr.span, expr.kind === 'error' ? 'syntax-error' : 'unmodelled', 'expression')]);
  }
}

/** A condition without a query, as it stands after `where`. */
function conditionSource(expr: Expr, place: Place): Lowered {
  const predicate = predicateOf(expr, place);
  const stage: Stage = { kind: 'source', role: 'source', span: expr.span, predicate, operations: [{ kind: 'filter', span: expr.span, predicate }] };
  return { nodes: [{ stage, branches: place.branches }], scope: openScope() };
}

const TABLE_NAMES_FOLDED: ReadonlyMap<string, string> = new Map(TABLE_NAMES.map((name) => [name.toLowerCase(), name]));

const plainSource = (span: Span, scope: Scope, operations: readonly Operation[], label?: string): Lowered => ({
  nodes: [sourceNode(span, operations, label)],
  scope,
});

function tableSource(name: string, span: Span, lowering: Lowering): Lowered {
  lowering.sources.push({ name, span });
  const known = columnsOfTable(name) === null ? tableOf(name) : null;
  if (known !== null && known !== name)
    remarkAt(lowering, 'kusto/table-case', span, `Table names mind letters' case: this one is \`${known}\`.`, {
      title: `Write ${known}`,
      edits: [{ span: { start: span.end - name.length, end: span.end }, text: known }],
    });
  if (columnsOfTable(name) === null && known === null && tableOf(name) === null && /^[A-Z]\w{7,}$/.test(name) && !name.endsWith('_CL')) {
    const near = nearest(name, TABLE_NAMES_FOLDED.keys());
    const meant = near === undefined ? undefined : TABLE_NAMES_FOLDED.get(near);
    if (meant !== undefined)
      remarkAt(lowering, 'kusto/unknown-table', span, `No table \`${name}\` is known; \`${meant}\` was probably meant.`, {
        title: `Write ${meant}`,
        edits: [{ span: { start: span.end - name.length, end: span.end }, text: meant }],
      });
  }
  return plainSource(span, scopeOfTable(name), [{ kind: 'read', span, sources: [{ name, span }] }], name);
}

function namedSource(name: string, span: Span, lowering: Lowering, environment: Environment): Lowered {
  const bound = boundIn(environment, name);
  if (bound === null) return tableSource(name, span, lowering);
  if (bound.kind === 'query') return { nodes: [referenceTo(bound.query, span)], scope: copyOf(bound.query.scope, lowering.spendColumns) };
  // A function without parameters may be named without brackets.
  if (bound.kind === 'function') return callFunction(bound, [], span, lowering, environment);
  return plainSource(span, openScope(), [unread(span, 'unknown', `parameter \`${name}\``)], name);
}

function calledSource(expr: Extract<Expr, { kind: 'call' }>, lowering: Lowering, environment: Environment): Lowered {
  const { name, args, span } = expr;
  const bound = boundIn(environment, name);
  if (bound?.kind === 'function') {
    return callFunction(bound, args, span, lowering, environment);
  }
  const [first] = args;
  if (name === 'materialize' && first !== undefined) {
    const inner = sourceOf(first, lowering, environment);
    const read: Operation = { kind: 'read', span, sources: [{ name, span: expr.nameSpan }] };
    return { nodes: [{ ...sourceNode(span, [read], name), branches: [branchOf(name, first.span, inner.nodes, 'demanded')] }], scope: inner.scope };
  }
  if (name === 'table' && first !== undefined) {
    const named = operandOf(first, placeIn(lowering, environment));
    if (named.kind === 'literal' && named.type === 'string') return tableSource(named.text, span, lowering);
  }
  if (TABLE_FUNCTIONS.has(name)) return plainSource(span, openScope(), [givenBy(span, name, args)], textOf(lowering, span).replace(/\s+/g, ' ').slice(0, 60));
  if (FUNCTIONS.has(name)) return conditionSource(expr, placeIn(lowering, environment));
  // A function of the workspace, such as a parser: what it reads is known by its name.
  const { nodes } = tableSource(name, span, lowering);
  const place = placeIn(lowering, environment, { scope: scopeOfTable(name) });
  const asked = asimFilter(expr, place);
  if (asked !== null && asked.length > 0) {
    const predicate = allOf(asked, span);
    const filtered = ({ stage, branches, ...node }: Node): Node => ({
      ...node,
      stage: { ...stage, predicate, operations: [...(stage.operations ?? []), { kind: 'filter', span, predicate }] },
      branches: [...branches, ...place.branches],
    });
    return { nodes: nodes.map(filtered), scope: place.scope };
  }
  if (asked !== null) return { nodes, scope: place.scope };
  return { nodes: nodes.map((node) => ({ ...node, stage: { ...node.stage, operations: [givenBy(span, name, args)] } })), scope: scopeOfTable(name) };
}
