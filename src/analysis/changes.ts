import { changedConditions, type Written } from './changed-conditions';
import type { MeaningChange, Report } from '../model';

/** What one text of a rule means beside another: told of what both mean, and where that is not known, said so. The order of conditions and their wording are no change. */
export function changesBetween(was: Written, is: Written): readonly MeaningChange[] {
  const [before, after] = [was.report, is.report];
  return [
    ...saidChange('event source', sourceOf(before), sourceOf(after), 'other events'),
    ...changedConditions(was, is),
    ...saidChange('grouping', before.groupBy.join(', '), after.groupBy.join(', '), 'other rows'),
    ...saidChange('time window', before.timeWindow, after.timeWindow, 'other rows'),
    ...stepChanges(stepsOf(was), stepsOf(is)),
    ...saidChange('severity', before.rule.meta.severity, after.rule.meta.severity, ''),
    ...saidChange('techniques', before.rule.meta.techniques.join(', '), after.rule.meta.techniques.join(', '), ''),
  ];
}

const sourceOf = ({ rule }: Report): string => rule.meta.logsource || rule.analysis.sources.map(({ name }) => name).join(', ');

function saidChange(what: string, before: string, after: string, matches: MeaningChange['matches']): readonly MeaningChange[] {
  if (before === after) return [];
  const change = before === '' ? 'added' : after === '' ? 'removed' : 'changed';
  return [{ what: `${what} ${change}`, before, after, matches }];
}

/** Steps that are no filters: what filters ask is told by condition. Where the event source is told, it is no step. */
const stepsOf = ({ text, report: { rule } }: Written): readonly string[] =>
  rule.analysis.stages
    .filter(({ role, predicate }) => role !== 'source' && predicate === undefined)
    .map(({ span, text: own }) => (own ?? text.slice(span.start, span.end)).trim().replaceAll(/\s+/g, ' '));

/** Steps that only one of the texts has: what they do to the rows is not told. */
function stepChanges(before: readonly string[], after: readonly string[]): readonly MeaningChange[] {
  const [gone, come] = [without(before, after), without(after, before)];
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, at) => saidChange('step', gone[at] ?? '', come[at] ?? '', 'not told')).flat();
}

/** Those of `all` that `others` has not, as often as they stand there more. */
function without(all: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const one of others) left.set(one, (left.get(one) ?? 0) + 1);
  return all.filter((one) => {
    const known = left.get(one) ?? 0;
    if (known > 0) left.set(one, known - 1);
    return known === 0;
  });
}
