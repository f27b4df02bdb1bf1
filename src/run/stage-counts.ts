import type { Predicate, Rule, Span } from '../model';
import type { Given, StageCount } from './engine';
import { dialectOf } from './dialect/engines';
import { readsLogsource } from './dialect/sigma-engine';
import { readyFilter } from './filter';
import { FALSE, TRUE, UNKNOWN } from './truth';
import type { Bag } from './value';

/** Beyond so many events the parts of a rule are not counted one by one. */
const MOST_EVENTS = 100_000;

/**
 * Of a rule that is no pipeline: of how many events that it reads each of its parts is true by itself, and how many are left by it and those before it, where
 * the condition asks for all of them. A part that is true of none is often a slip.
 */
export function countsByItself(rule: Rule, given: Given): readonly StageCount[] {
  const dialect = dialectOf(rule.analysis.language);
  if (dialect === undefined || given.events.length > MOST_EVENTS) return [];
  const rows = (given.events as readonly Bag[]).filter(readsLogsource(rule, given));
  const demands = demandsOf(rule);
  let left = rows;
  return rule.analysis.stages.flatMap(({ predicate, span }): readonly StageCount[] => {
    if (predicate === undefined) return [];
    const { node } = readyFilter(predicate, rule, given, dialect);
    const truths = new Map(rows.map((row) => [row, node.truth(row)]));
    const count = (wanted: number): number => rows.filter((row) => truths.get(row) === wanted).length;
    const wanted = demands?.get(keyOf(predicate.span));
    if (wanted !== undefined) left = left.filter((row) => truths.get(row) === (wanted ? TRUE : FALSE));
    return [{ span, before: null, after: count(TRUE), ...(wanted === undefined ? null : { left: left.length }), undecided: count(UNKNOWN) }];
  });
}

const keyOf = ({ start, end }: Span): string => `${start} ${end}`;

/** By place, whether each named part must be true or must not; null where the condition does not ask for all of them. */
function demandsOf({ analysis }: Rule): ReadonlyMap<string, boolean> | null {
  const named = new Set(analysis.stages.flatMap(({ predicate }) => (predicate === undefined ? [] : [keyOf(predicate.span)])));
  named.delete(keyOf(analysis.predicate.span));
  const found = new Map<string, boolean>();
  const visit = (part: Predicate, wanted: boolean): boolean => {
    if (named.has(keyOf(part.span))) return Boolean(found.set(keyOf(part.span), wanted));
    if (part.kind === 'not') return visit(part.of, !wanted);
    // Parts that stand side by side without a name of their own.
    const isAll = (part.kind === 'all' && part.same === undefined && wanted) || (part.kind === 'any' && !wanted);
    return isAll && part.of.every((inner) => visit(inner, wanted));
  };
  return named.size > 1 && visit(analysis.predicate, true) ? found : null;
}
