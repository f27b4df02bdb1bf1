import type { Rule } from '../model';
import type { Given, StageCount } from './engine';
import { dialectOf } from './dialect/engines';
import { readsLogsource } from './dialect/sigma-engine';
import { readyFilter } from './filter';
import { TRUE, UNKNOWN } from './truth';
import type { Bag } from './value';

/** Beyond so many events the parts of a rule are not counted one by one. */
const MOST_EVENTS = 100_000;

/** Of a rule that is no pipeline: of how many events that it reads each of its parts is true by itself. A part that is true of none is often a slip. */
export function countsByItself(rule: Rule, given: Given): readonly StageCount[] {
  const dialect = dialectOf(rule.analysis.language);
  if (dialect === undefined || given.events.length > MOST_EVENTS) return [];
  const reads = readsLogsource(rule, given);
  const rows = (given.events as readonly Bag[]).filter(reads);
  return rule.analysis.stages.flatMap(({ predicate, span }): readonly StageCount[] => {
    if (predicate === undefined) return [];
    const { node } = readyFilter(predicate, rule, given, dialect);
    let after = 0;
    let undecided = 0;
    for (const row of rows) {
      const truth = node.truth(row);
      if (truth === TRUE) after++;
      else if (truth === UNKNOWN) undecided++;
    }
    return [{ span, before: null, after, undecided }];
  });
}
