import type { Analysis, Operand, Operation, Predicate, Stage, Unread } from '../model';

/** Every part of a query that the model does not hold, each place once, by place. */
export function unreadOf(analysis: Analysis): readonly Unread[] {
  const found = new Map<string, Unread>();
  visitParts(analysis, (part) => {
    if (part.kind === 'unread') found.set(`${part.span.start} ${part.span.end}`, found.get(`${part.span.start} ${part.span.end}`) ?? part);
  });
  return [...found.values()].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

/** What a part is: an operand, a node of a predicate, or an operation. */
type Part = Operand | Predicate | Operation;

/** Visits every part of an analysis that means something, outer ones first; what stands in several places is met once. */
function visitParts(analysis: Analysis, visit: (part: Part) => void): void {
  const seen = new Set<object>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (Array.isArray(value)) return value.forEach(walk);
    if ('kind' in value && 'span' in value && !('role' in value)) visit(value as Part);
    for (const key in value) if (key !== 'span') walk((value as Record<string, unknown>)[key]);
  };
  const stages = (list: readonly Stage[]): void => {
    for (const stage of list) {
      walk(stage.predicate);
      walk(stage.operations);
      for (const branch of stage.branches ?? []) stages(branch.stages);
    }
  };
  stages(analysis.stages);
  walk(analysis.predicate);
  for (const { of, stages: inner } of analysis.bindings) {
    walk(of);
    stages(inner ?? []);
  }
}
