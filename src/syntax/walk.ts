import type { Operand, Predicate, Stage, Test } from '../model';

/** Visits every test with whether an odd number of `not`s stands above it, in written order of the tree. */
export function walkTests(predicate: Predicate, visit: (test: Test, negated: boolean) => void, negated = false): void {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      for (const part of predicate.of) walkTests(part, visit, negated);
      return;
    case 'not':
      walkTests(predicate.of, visit, !negated);
      return;
    case 'test':
      visit(predicate, negated);
      return;
    case 'unread':
      return;
    default:
      predicate satisfies never;
  }
}

/** The list with every item replaced; itself where each stays the same, so that what is handed on once is not handed on again as a copy. */
export function replaced<T>(list: readonly T[], map: (item: T) => T): readonly T[] {
  const made = list.map(map);
  return made.every((item, at) => item === list[at]) ? list : made;
}

/** The predicate with every test replaced by what `map` makes of it, told whether an odd number of `not`s stands above it; itself where each stays the same. */
export function mapTests(predicate: Predicate, map: (test: Test, negated: boolean) => Predicate, negated = false): Predicate {
  switch (predicate.kind) {
    case 'all':
    case 'any': {
      const of = replaced(predicate.of, (part) => mapTests(part, map, negated));
      return of === predicate.of ? predicate : { ...predicate, of };
    }
    case 'not': {
      const of = mapTests(predicate.of, map, !negated);
      return of === predicate.of ? predicate : { ...predicate, of };
    }
    case 'test':
      return map(predicate, negated);
    case 'unread':
      return predicate;
    default:
      return predicate satisfies never;
  }
}

/** Visits a pipeline's stages and those of their branches; `top` is the index of the top-level stage that holds each. */
export function walkStages(stages: readonly Stage[], visit: (stage: Stage, top: number) => void, top?: number): void {
  stages.forEach((stage, index) => {
    const at = top ?? index;
    visit(stage, at);
    for (const branch of stage.branches ?? []) walkStages(branch.stages, visit, at);
  });
}

/** The operands right inside one; a condition has none, for it holds a predicate. */
export function innerOperands(operand: Operand): readonly Operand[] {
  switch (operand.kind) {
    case 'call':
      return operand.args;
    case 'list':
      return operand.of;
    case 'glob':
      return operand.parts.flatMap((part) => (typeof part === 'object' && 'of' in part ? [part.of] : []));
    case 'field':
    case 'condition':
    case 'literal':
    case 'regex':
    case 'time':
    case 'unread':
      return [];
    default:
      return operand satisfies never;
  }
}
