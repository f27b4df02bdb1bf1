import type { Event, Rule, Span } from '../model';
import { dialectOf } from './dialect/engines';
import type { Given } from './engine';
import { readyFilter } from './filter';
import { explain, type Explained } from './judge';
import { filteredPredicate } from './dialect/sigma-engine';
import type { Verdict } from './truth';
import { plainOf } from './value';

/** One comparison of a rule for one event: where it stands, whether it holds, what it saw. */
interface ExplainedTest {
  readonly start: number;
  readonly end: number;
  readonly verdict: Verdict;
  /** Null: the event has no such value, or the comparison looks at the whole event. */
  readonly seen: unknown;
  readonly why?: string;
}

/** Every node of a rule's predicate for one event; null where its language is not judged by single events. */
export function explainNodes(rule: Rule, event: Event, given: Given): Explained | null {
  const dialect = dialectOf(rule.analysis.language);
  if (dialect === undefined) return null;
  return explain(readyFilter(filteredPredicate(rule, given.rules), rule, given, dialect).node, event);
}

/** Each comparison of a rule for one event, in written order. */
export function explainRule(rule: Rule, event: Event, given: Given): readonly ExplainedTest[] {
  const found: ExplainedTest[] = [];
  const visit = (node: Explained): void => {
    if (node.of.length === 0) found.push(testLine(node.span, node));
    node.of.forEach(visit);
  };
  const nodes = explainNodes(rule, event, given);
  if (nodes !== null) visit(nodes);
  return found.sort((a, b) => a.start - b.start);
}

const testLine = (span: Span, { verdict, seen, why }: Explained): ExplainedTest => ({
  start: span.start,
  end: span.end,
  verdict,
  seen: seen?.value === undefined ? null : plainOf(seen.value),
  ...(why === undefined ? null : { why }),
});
