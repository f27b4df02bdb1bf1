import type { Event, FailingPart, Rule, Span } from '../model';
import { dialectOf } from './dialect/engines';
import type { Given } from './engine';
import { readyFilter } from './filter';
import { failingParts, partNames } from './failing';
import { explain, type Explained, type ReadyNode } from './judge';
import { filteredPredicate, readsLogsource } from './dialect/sigma-engine';
import type { Verdict } from './truth';
import { plainOf, type Bag } from './value';

/** One comparison of a rule for one event: where it stands, whether it holds, what it saw. */
interface ExplainedTest {
  readonly start: number;
  readonly end: number;
  readonly verdict: Verdict;
  /** Null: the event has no such value, or the comparison looks at the whole event. */
  readonly seen: unknown;
  readonly why?: string;
}

/** What a rule demands of single events, made ready; null where its language is not judged by single events. */
function readyNodeOf(rule: Rule, given: Given): ReadyNode | null {
  const dialect = dialectOf(rule.analysis.language);
  return dialect === undefined ? null : readyFilter(filteredPredicate(rule, given.rules), rule, given, dialect).node;
}

/** Every node of a rule's predicate for one event; null where its language is not judged by single events. */
export function explainNodes(rule: Rule, event: Event, given: Given): Explained | null {
  const node = readyNodeOf(rule, given);
  return node === null ? null : explain(node, event);
}

/** Where a rule fails for an event; null where its language is not judged by single events. What it does not read fails at its log source. */
export function failingOf(rule: Rule, given: Given): ((event: Event) => readonly FailingPart[]) | null {
  const node = readyNodeOf(rule, given);
  if (node === null) return null;
  const { at } = partNames(rule);
  const reads = readsLogsource(rule, given);
  const elsewhere: FailingPart = { span: rule.span, name: 'log source', isExcluded: false, isUnknown: false };
  return (event) => [...(reads(event as Bag) ? [] : [elsewhere]), ...failingParts(node, event as Bag, at)];
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
