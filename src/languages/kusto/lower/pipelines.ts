import { columnsOfTable, tableOf } from '../../../knowledge/tables';
import type { Span } from '../../../model';
import type { Expr, Pipeline } from '../tree';
import { TABLE_FUNCTIONS } from '../vocabulary';
import { type Environment, type Lowering, type Place, boundIn, remarkAt, textOf } from './environment';
import { type Lowered, branchOf, referenceTo, sourceNode, unmodelled } from './node';
import { type Scope, columnsOf, copyOf, openScope, scopeOf, scopeOfTable } from './scope';
import { lowerOperator } from './stages';
import { callFunction } from './statements';
import { valuesOf } from './value';

/** How deep sub-queries are followed. */
const MOST_NESTING = 100;

/** Lowers a pipeline; `input` are the columns a sub-query is given, null where it has a source of its own. */
export function lowerPipeline(pipeline: Pipeline, lowering: Lowering, environment: Environment, input: Scope | null): Lowered {
  const { nesting } = lowering;
  if (nesting.depth > MOST_NESTING) return { nodes: [unmodelled(sourceNode(pipeline.span), 'deep nesting')], scope: openScope() };
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
    const place: Place = { lowering, environment, scope, branches: [] };
    const lowered = lowerOperator(op, place, nodes.length === 0);
    nodes.push(lowered.node);
    scope = lowered.scope;
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
      return plainSource(expr.span, openScope());
    }
    case 'star':
      lowering.sources.push({ name: expr.name, span: expr.span });
      return plainSource(expr.span, openScope(), expr.name);
    case 'call':
      return calledSource(expr, lowering, environment);
    case 'datatable':
      return plainSource(expr.span, scopeOf(columnsOf(expr.columns)), 'datatable');
    case 'external':
      return plainSource(expr.span, scopeOf(columnsOf(expr.columns)), 'externaldata');
    default:
      return plainSource(expr.span, openScope());
  }
}

const plainSource = (span: Span, scope: Scope, label?: string): Lowered => ({ nodes: [sourceNode(span, label)], scope });

function tableSource(name: string, span: Span, lowering: Lowering): Lowered {
  lowering.sources.push({ name, span });
  const known = columnsOfTable(name) === null ? tableOf(name) : null;
  if (known !== null && known !== name)
    remarkAt(lowering, 'kusto/table-case', span, `Table names mind letters' case: this one is \`${known}\`.`, {
      title: `Write ${known}`,
      edits: [{ span: { start: span.end - name.length, end: span.end }, text: known }],
    });
  return plainSource(span, scopeOfTable(name), name);
}

function namedSource(name: string, span: Span, lowering: Lowering, environment: Environment): Lowered {
  const bound = boundIn(environment, name);
  if (bound === null) return tableSource(name, span, lowering);
  if (bound.kind === 'query') return { nodes: [referenceTo(bound.query, span)], scope: copyOf(bound.query.scope, lowering.spendColumns) };
  // A function without parameters may be named without brackets.
  if (bound.kind === 'function') return callFunction(bound, [], span, lowering, environment);
  return plainSource(span, openScope(), name);
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
    return { nodes: [sourceNode(span, name, [branchOf(name, first.span, inner.nodes, 'demanded')])], scope: inner.scope };
  }
  if (name === 'table' && first !== undefined) {
    const [named] = valuesOf(first, { lowering, environment, scope: openScope(), branches: [] });
    if (named?.type === 'string') return tableSource(named.text, span, lowering);
  }
  if (TABLE_FUNCTIONS.has(name)) return plainSource(span, openScope(), textOf(lowering, span).replace(/\s+/g, ' ').slice(0, 60));
  // A function of the workspace, such as a parser: what it reads is known by its name.
  return tableSource(name, span, lowering);
}
