import type { Predicate, Stage, Test } from '../model';

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

/** Visits a pipeline's stages and those of their branches; `top` is the index of the top-level stage that holds each. */
export function walkStages(stages: readonly Stage[], visit: (stage: Stage, top: number) => void, top?: number): void {
  stages.forEach((stage, index) => {
    const at = top ?? index;
    visit(stage, at);
    for (const branch of stage.branches ?? []) walkStages(branch.stages, visit, at);
  });
}
