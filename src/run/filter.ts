import type { Predicate, Rule } from '../model';
import type { Dialect } from './dialect';
import { refusal, type Answer, type Engine, type Given, type Refusal } from './engine';
import { readersOf } from './fields';
import { readyNode, type ReadyNode } from './judge';
import { joinedReader, type Joined } from './names';
import { TRUE, UNKNOWN } from './truth';
import type { Bag } from './value';

/** A predicate made ready for given events, with the names it had to join. */
interface ReadyFilter {
  readonly node: ReadyNode;
  readonly joined: () => readonly Joined[];
}

/** Makes a predicate of a rule ready: its field names are read in the events' family of names. */
export function readyFilter(predicate: Predicate, rule: Rule, given: Pick<Given, 'names' | 'own' | 'types' | 'now'>, dialect: Dialect): ReadyFilter {
  const used = new Map<string, Joined>();
  const naming = { rule: rule.taxonomy, scopes: rule.meta.scopes, events: given.names, ...(given.own === undefined ? null : { own: given.own }) };
  const node = readyNode(predicate, {
    dialect,
    scope: { now: given.now },
    read: readersOf((name) => joinedReader(name, naming, (joined) => void used.set(`${joined.rule} ${joined.event}`, joined))),
    typeOf: (name) => given.types.get(name) ?? given.types.get('*'),
  });
  return { node, joined: () => [...used.values()] };
}

/** Why nodes cannot be told, by place. */
function refusalsOf(node: ReadyNode): readonly Refusal[] {
  const own = node.why === undefined ? [] : [{ span: node.predicate.span, why: node.why }];
  return [...own, ...node.of.flatMap(refusalsOf)];
}

/** Rules that are one predicate over single events. */
export const filterEngine =
  (dialect: Dialect): Engine =>
  (rule, given): Answer => {
    const counted = rule.analysis.stages.flatMap(({ operations = [] }) => operations).find(({ kind }) => kind === 'aggregate');
    if (counted !== undefined) return refusal(counted.span, 'a threshold, which counts events together');
    const { node, joined } = readyFilter(rule.analysis.predicate, rule, given, dialect);
    const matches: number[] = [];
    const undecided: number[] = [];
    given.events.forEach((event, index) => {
      const truth = node.truth(event as Bag);
      if (truth === TRUE) matches.push(index);
      else if (truth === UNKNOWN) undecided.push(index);
    });
    return answerOf(node, given.events.length, matches, undecided, joined());
  };

/** What cannot be told of any event is refused, with the parts that decide. */
export function answerOf(node: ReadyNode, events: number, matches: readonly number[], undecided: readonly number[], joined: readonly Joined[]): Answer {
  const refused = refusalsOf(node);
  const isRefused = refused.length > 0 && (events === 0 ? node.truth({}) === UNKNOWN : undecided.length === events);
  return { verdict: isRefused ? 'refused' : 'events', matches, undecided, refused, joined };
}
