import type { Analysis, Check, Operand, Predicate, Stage, Test } from '../../../model';
import { checkOf, type Finding } from '../../../syntax/query-check';
import { DIAGNOSTICS, type SplCode } from '../diagnostics';

/** Everything that stands in the conditions and computed values of some stages, branches too. */
interface Visitor {
  test?(test: Test, stage: Stage): void;
  operand?(operand: Operand, stage: Stage): void;
  predicate?(predicate: Predicate, stage: Stage): void;
}

export function visit(stages: readonly Stage[], visitor: Visitor): void {
  const seen = new Set<object>();
  const operand = (part: Operand, stage: Stage): void => {
    visitor.operand?.(part, stage);
    if (part.kind === 'call') for (const arg of part.args) operand(arg, stage);
    else if (part.kind === 'list') for (const item of part.of) operand(item, stage);
    else if (part.kind === 'condition') predicate(part.of, stage);
  };
  const predicate = (part: Predicate, stage: Stage): void => {
    if (seen.has(part)) return;
    seen.add(part);
    visitor.predicate?.(part, stage);
    if (part.kind === 'all' || part.kind === 'any') for (const inner of part.of) predicate(inner, stage);
    else if (part.kind === 'not') predicate(part.of, stage);
    else if (part.kind === 'test') {
      visitor.test?.(part, stage);
      if (part.left !== null) operand(part.left, stage);
      for (const value of part.values) operand(value, stage);
    }
  };
  for (const stage of stages) {
    for (const operation of stage.operations ?? []) {
      if (operation.kind === 'filter') predicate(operation.predicate, stage);
      else if (operation.kind === 'assign') for (const { value } of operation.of) operand(value, stage);
      else if (operation.kind === 'aggregate') for (const measure of operation.measures) if (measure.where !== undefined) predicate(measure.where, stage);
    }
    for (const branch of stage.branches ?? []) visit(branch.stages, visitor);
  }
}

/** A check of SPL by its row of the table. */
export const check = (id: SplCode, find: (text: string, analysis: Analysis) => readonly Finding[]): Check => checkOf(id, DIAGNOSTICS[id], find);
