import { type Environment, loweringOf } from './environment';
import { parse } from './parser';
import { lowerPipeline, sourceOf } from './pipeline-stages';
import { columnIn } from './scope';
import { lowerStatements } from './statements';

/** Whether the answer of a query has a column, as far as can be told; null where unknown columns may be among them. */
export function answerOf(text: string): ((column: string) => boolean) | null {
  const lowering = loweringOf(text, { pipeline: lowerPipeline, source: sourceOf });
  const environment: Environment = { own: new Map(), outer: null };
  const { main } = lowerStatements(parse(text).statements, lowering, environment);
  if (main === null || main.scope.isOpen) return null;
  const { scope } = main;
  return (column) => columnIn(scope, column) !== null;
}
