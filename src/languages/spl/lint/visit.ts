import type { Analysis, Check, Operand, Predicate, Stage, Test } from '../../../model';
import { checkOf, type Finding } from '../../../syntax/query-check';
import { DIAGNOSTICS, type SplCode } from '../diagnostics';

/** What is done with the parts of conditions and computed values. */
interface Visitor {
  test?(test: Test, stage: Stage): void;
  operand?(operand: Operand, stage: Stage): void;
  predicate?(predicate: Predicate, stage: Stage): void;
}

type Placed<T> = readonly (readonly [T, Stage])[];

/** Everything that stands in the conditions and computed values of some stages, branches too, in the order of the text. */
interface Parts {
  readonly tests: Placed<Test>;
  readonly operands: Placed<Operand>;
  readonly predicates: Placed<Predicate>;
}

/** Every check asks for the parts of the same stages. */
const known = new WeakMap<readonly Stage[], Parts>();

export function visit(stages: readonly Stage[], { test, operand, predicate }: Visitor): void {
  let parts = known.get(stages);
  if (parts === undefined) known.set(stages, (parts = partsOf(stages)));
  if (test !== undefined) for (const [part, stage] of parts.tests) test(part, stage);
  if (operand !== undefined) for (const [part, stage] of parts.operands) operand(part, stage);
  if (predicate !== undefined) for (const [part, stage] of parts.predicates) predicate(part, stage);
}

function partsOf(stages: readonly Stage[]): Parts {
  const tests: (readonly [Test, Stage])[] = [];
  const operands: (readonly [Operand, Stage])[] = [];
  const predicates: (readonly [Predicate, Stage])[] = [];
  const seen = new Set<Predicate>();
  const operand = (part: Operand, stage: Stage): void => {
    operands.push([part, stage]);
    if (part.kind === 'call') for (const arg of part.args) operand(arg, stage);
    else if (part.kind === 'list') for (const item of part.of) operand(item, stage);
    else if (part.kind === 'condition') predicate(part.of, stage);
  };
  const predicate = (part: Predicate, stage: Stage): void => {
    if (seen.has(part)) return;
    seen.add(part);
    predicates.push([part, stage]);
    if (part.kind === 'all' || part.kind === 'any') for (const inner of part.of) predicate(inner, stage);
    else if (part.kind === 'not') predicate(part.of, stage);
    else if (part.kind === 'test') {
      tests.push([part, stage]);
      if (part.left !== null) operand(part.left, stage);
      for (const value of part.values) operand(value, stage);
    }
  };
  const inside = (of: readonly Stage[]): void => {
    for (const stage of of) {
      for (const operation of stage.operations ?? []) {
        if (operation.kind === 'filter') predicate(operation.predicate, stage);
        else if (operation.kind === 'assign') for (const { value } of operation.of) operand(value, stage);
        else if (operation.kind === 'aggregate') for (const measure of operation.measures) if (measure.where !== undefined) predicate(measure.where, stage);
      }
      for (const branch of stage.branches ?? []) inside(branch.stages);
    }
  };
  inside(stages);
  return { tests, operands, predicates };
}

/** A check of SPL by its row of the table. */
export const check = (id: SplCode, find: (text: string, analysis: Analysis) => readonly Finding[]): Check => checkOf(id, DIAGNOSTICS[id], find);
