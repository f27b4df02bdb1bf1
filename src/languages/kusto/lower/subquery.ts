import type { Expr } from '../tree';
import { type Place, boundIn } from './environment';
import { isColumn } from './field';
import { type Bearing, branchOf, referenceTo } from './node';

/** Sub-queries inside an expression, and bound queries it names, become branches of the place's stage. */
export function readSubqueries(expr: Expr, place: Place, bearing: Bearing): void {
  switch (expr.kind) {
    case 'query': {
      const { nodes } = place.lowering.recursion.pipeline(expr.pipeline, place.lowering, place.environment, null);
      place.branches.push(branchOf('sub-query', expr.span, nodes, bearing));
      return;
    }
    case 'name': {
      if (isColumn(expr.name, place)) return;
      const bound = boundIn(place.environment, expr.name)!;
      const query = bound.kind === 'query' ? bound.query : bound.kind === 'value' ? bound.query : null;
      if (query !== null && query.table === null) place.branches.push(branchOf(query.name, expr.span, [referenceTo(query, expr.span)], bearing));
      return;
    }
    case 'call': {
      const bound = boundIn(place.environment, expr.name);
      if (bound?.kind === 'function') {
        const source = place.lowering.recursion.source(expr, place.lowering, place.environment);
        if (source.nodes.some((node) => node.refersTo !== undefined)) place.branches.push(branchOf(expr.name, expr.span, source.nodes, bearing));
        return;
      }
      for (const arg of expr.args) readSubqueries(arg, place, bearing);
      return;
    }
    case 'group':
    case 'unary':
      return readSubqueries(expr.of, place, bearing);
    case 'chain':
    case 'list': {
      for (const part of expr.kind === 'chain' ? expr.of : expr.items) readSubqueries(part, place, bearing);
      return;
    }
    case 'path':
      return readSubqueries(expr.base, place, bearing);
    case 'assign':
      return readSubqueries(expr.value, place, bearing);
    case 'among':
      readSubqueries(expr.left, place, bearing);
      for (const item of expr.items) readSubqueries(item, place, bearing);
      return;
    case 'compare':
      readSubqueries(expr.left, place, bearing);
      return readSubqueries(expr.right, place, bearing);
    default:
  }
}
