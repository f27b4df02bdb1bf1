import type { Logsource } from '../../knowledge/logsources';
import { allOf } from '../../syntax/predicates';
import type { Operation, Predicate, Rule } from '../../model';
import { correlate, type Firing } from '../correlate';
import { refusal, type Answer, type Given } from '../engine';
import { sigmaDialect } from './sigma';
import { answerOf, readyFilter } from '../filter';
import { belongs, logsourcesOf } from '../logsource';
import type { Joined } from '../names';
import { TRUE, UNKNOWN, type Truth } from '../truth';
import type { Bag } from '../value';

type Correlation = Extract<Operation, { kind: 'correlate' }>;

/** A Sigma rule on events: a detection with the filters that name it, or a correlation of rules. A filter alone fires on nothing. */
export function sigmaEngine(rule: Rule, given: Given): Answer {
  if (rule.meta.kind === 'filter') return refusal(rule.span, 'a filter fires on nothing of its own: it changes the rules it names');
  const correlation = correlationOf(rule);
  return correlation === null ? detect(rule, given) : runCorrelation(rule, correlation, given, [], new Map());
}

/** What a rule asks of others that fire together; null: it is a rule of single events. */
export const correlationOf = (rule: Rule): Correlation | null => {
  for (const stage of rule.analysis.stages) for (const operation of stage.operations ?? []) if (operation.kind === 'correlate') return operation;
  return null;
};

/** The filters among some rules, and the rules by the names and IDs that others call them by: told once, for each of thousands of rules asks. */
interface Among {
  readonly filters: readonly Rule[];
  readonly called: ReadonlyMap<string, readonly Rule[]>;
}

const amongKnown = new WeakMap<readonly Rule[], Among>();

function among(rules: readonly Rule[]): Among {
  let found = amongKnown.get(rules);
  if (found === undefined) {
    const called = new Map<string, Rule[]>();
    for (const rule of rules)
      for (const name of new Set([rule.meta.id, rule.meta.name ?? ''])) {
        const list = called.get(name);
        if (list === undefined) called.set(name, [rule]);
        else list.push(rule);
      }
    amongKnown.set(rules, (found = { filters: rules.filter(({ meta }) => meta.kind === 'filter'), called }));
  }
  return found;
}

/** What a detection demands with the filters of these rules that apply to it. */
export function filteredPredicate(rule: Rule, rules: readonly Rule[]): Predicate {
  const filters = among(rules)
    .filters.filter((filter) => filter !== rule && applies(filter, rule))
    .map((filter) => filter.analysis.predicate);
  return filters.length === 0 ? rule.analysis.predicate : allOf([rule.analysis.predicate, ...filters], rule.analysis.predicate.span);
}

/** A filter names its rules by name or ID, or any rule of its log source. */
function applies(filter: Rule, rule: Rule): boolean {
  const names = filter.analysis.stages.flatMap((stage) => (stage.kind === 'rule' && stage.label !== undefined ? [stage.label] : []));
  const isNamed = names.some((name) => name === 'any' || isCalled(rule, name));
  return isNamed && logsourcesOf(filter.meta).every((wide) => logsourcesOf(rule.meta).every((narrow) => covers(wide, narrow)));
}

/** Whether one log source holds all events of another: what it names, the other names alike. */
const covers = (wide: Logsource, narrow: Logsource): boolean =>
  (['product', 'category', 'service'] as const).every((part) => wide[part] === '' || wide[part].toLowerCase() === narrow[part].toLowerCase());

const isCalled = ({ meta }: Rule, name: string): boolean => name !== '' && (meta.id === name || meta.name === name);

/** The rule that a correlation calls so; undefined: it is not among those given. */
export const namedRule = (name: string, correlation: Rule, rules: readonly Rule[]): Rule | undefined =>
  name === ''
    ? undefined
    : among(rules)
        .called.get(name)
        ?.find((one) => one !== correlation);

/** Whether events come from where a detection reads: not of those that say they come from elsewhere. */
export function readsLogsource(rule: Rule, given: Pick<Given, 'ignoreLogsource'>): (row: Bag) => boolean {
  const sources = given.ignoreLogsource ? [] : logsourcesOf(rule.meta);
  return (row) => sources.length === 0 || sources.some((source) => belongs(row, source) !== 'no');
}

function detect(rule: Rule, given: Given): Answer {
  const { node, joined } = readyFilter(filteredPredicate(rule, given.rules), rule, given, sigmaDialect);
  const reads = readsLogsource(rule, given);
  const matches: number[] = [];
  const undecided: number[] = [];
  given.events.forEach((event, index) => {
    const row = event as Bag;
    if (!reads(row)) return;
    const truth: Truth = node.truth(row);
    if (truth === TRUE) matches.push(index);
    else if (truth === UNKNOWN) undecided.push(index);
  });
  return answerOf(node, given.events.length, matches, undecided, joined());
}

/** How deep correlations of correlations are followed. */
const DEEPEST = 8;

/** `done`: the rules that were run already, for one is often named by several. What is refused ends the whole. */
function runCorrelation(rule: Rule, correlation: Correlation, given: Given, above: readonly Rule[], done: Map<Rule, Answer>): Answer {
  if (above.length >= DEEPEST || above.includes(rule)) return refusal(correlation.span, 'correlations that lead back to themselves');
  const firings: Firing[] = [];
  const joined: Joined[] = [];
  for (const { name, span } of correlation.rules) {
    const found = namedRule(name, rule, given.rules);
    if (found === undefined) return refusal(span, `the rule \`${name}\` is not among those given`);
    const inner = correlationOf(found);
    const answer = done.get(found) ?? (inner === null ? detect(found, given) : runCorrelation(found, inner, given, [...above, rule], done));
    done.set(found, answer);
    if (answer.verdict === 'refused') return { ...answer, refused: [{ span, why: `the rule \`${name}\`: ${answer.refused[0]?.why ?? 'not read'}` }] };
    if (answer.undecided.length > 0) return refusal(span, `of ${answer.undecided.length} events it cannot be told whether \`${name}\` matches`);
    for (const one of answer.joined as readonly Joined[]) joined.push(one);
    if (inner === null) for (const index of answer.matches) firings.push({ rule: name, events: [index], row: given.events[index] as Bag });
    else answer.sequences?.forEach((events, at) => firings.push({ rule: name, events: events.filter((one) => one !== null), row: answer.groups?.[at] ?? {} }));
  }
  const result = correlate(correlation, firings, given.events as readonly Bag[]);
  if ('refused' in result) return refusal(result.refused.span, result.refused.why);
  return {
    verdict: 'events',
    matches: [...new Set(result.windows.flatMap(({ events }) => events))].sort((a, b) => a - b),
    undecided: [],
    sequences: result.windows.map(({ events }) => events),
    groups: result.windows.map(({ group }) => group),
    refused: [],
    joined,
    readings: result.readings,
  };
}
