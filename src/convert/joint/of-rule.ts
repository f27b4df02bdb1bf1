import type { Refusal, Rule } from '../../model';
import { jointOfCorrelation } from './correlation';
import type { JointRule } from './joint';
import { jointOfPipeline } from './pipeline';
import { jointOfSequence } from './sequence';
import type { Several } from './target';

/**
 * What a rule asks of several events together, or why that is not taken; null: it asks for single ones.
 * `rules`: those that others name; `own`: how its language asks; `isShown`: also sums of which nothing is asked, for a target that shows them.
 */
export function jointOf(
  rule: Rule,
  rules: readonly Rule[],
  own: Pick<Several, 'pipeline' | 'keyless'> | undefined,
  isShown: boolean,
): JointRule | readonly Refusal[] | null {
  for (const { operations = [] } of rule.analysis.stages) {
    for (const operation of operations) {
      if (operation.kind === 'correlate') return jointOfCorrelation(rule, operation, rules);
      if (operation.kind === 'sequence') return jointOfSequence(rule, operation);
    }
  }
  return own === undefined ? null : jointOfPipeline(rule, own, isShown);
}
