import type { Span } from '../../model';
import { type Bound, type BoundQuery, type Environment, type Lowering } from './environment';
import { lowerStatements } from './statements';
import { type Lowered, sourceOf } from './pipeline-stages';
import { openScope } from './scope';
import { referenceTo } from './subquery';
import type { Expr } from './tree';

/** The rows a let function gives for these arguments: its body, lowered anew with them. */
export function callFunction(
  bound: Extract<Bound, { kind: 'function' }>,
  args: readonly Expr[],
  span: Span,
  lowering: Lowering,
  environment: Environment,
): Lowered {
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
          ? { kind: 'value', name: parameter.name, expr: value, environment: arg === undefined ? bound.environment : environment, query: null }
          : tableArgument(parameter.name, value, lowering, environment),
    );
  });
  if (!lowering.spendCalls(1)) return { nodes: [{ kind: 'source', role: 'source', span, label: name }], scope: openScope() };
  const answer = lowerStatements(body.statements, lowering, { own, outer: bound.environment });
  const query: BoundQuery = { name, span: body.span, nodes: answer.main?.nodes ?? [], scope: answer.main?.scope ?? openScope(), table: null };
  return { nodes: [referenceTo(query, span)], scope: query.scope };
}

function tableArgument(name: string, value: Expr, lowering: Lowering, environment: Environment): Bound {
  const source = sourceOf(value, lowering, environment);
  return { kind: 'query', query: { name, span: value.span, nodes: source.nodes, scope: source.scope, table: null } };
}
