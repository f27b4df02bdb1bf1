import { secondsOf } from '../../analysis/time-window';
import type { Loss, Predicate, Refusal, Rule, Span } from '../../model';
import { anyOf, placeOf } from '../../syntax/predicates';
import { namesIn } from '../demand';
import { meaningOf } from '../meaning';
import type { Correlation, Joint, JointRule, RulePart, Sum } from './joint';
import { isThere, leastOf, renamed, spanText } from './joint';

/** A rule that a correlation names: one of single events, or one that counts those of another. */
export interface NamedPart extends RulePart {
  /** The condition on the number of its events, and the stretch of time they are counted in; null: that there is one. */
  readonly count: { readonly condition: Predicate; readonly seconds: number } | null;
  readonly place: Span;
}

/** What a count asks for beside its events, where a correlation names it; a text: why that is not taken. `by`: what the group is called in it. */
export function countOf({ type, rules, by: own, of, timespan, condition }: Correlation, by: readonly string[]): NonNullable<NamedPart['count']> | string {
  const seconds = secondsOf(timespan);
  if (type !== 'event_count' || of.length > 0) return `by ${type}`;
  if (rules.length !== 1) return 'which counts events of several rules';
  if (seconds === null) return 'without a span of time';
  if (own.length !== by.length || own.some(({ name }) => !by.includes(name))) return 'which is grouped by other fields';
  // One that any event makes fire, and one that fires where there are few, are no numbers to reach.
  return (leastOf(condition) ?? 0) < 2 ? 'with such a condition on its number' : { condition, seconds };
}

/** Several rules, some of which count: numbers of events of each in one stretch of time, among all that any of them reads. */
export function nestedJoint(
  { span, type, condition }: Correlation,
  parts: readonly NamedPart[],
  seconds: number,
): Pick<JointRule, 'type' | 'sums' | 'condition' | 'isWithin' | 'parts' | 'lost'> | readonly Refusal[] {
  if (type !== 'temporal' && type !== 'temporal_ordered') return [{ span: placeOf(span), why: `a correlation (${type}) of how often a correlation fires` }];
  const [first] = parts;
  const other = parts.find(({ rule }) => rule.meta.logsource !== first!.rule.meta.logsource);
  if (other !== undefined) return [{ span: placeOf(other.place), why: 'rules of different log sources within a correlation of correlations' }];
  const names = namesIn(condition);
  if (names.size > 0 && parts.some(({ name }) => !names.has(name)))
    return [{ span: placeOf(condition.span), why: 'a condition that does not ask of every rule' }];
  if (parts.length < 2) return [{ span: placeOf(span), why: 'a correlation of one correlation alone' }];
  const predicate = anyOf(
    parts.map((part) => part.predicate),
    first!.predicate.span,
  );
  const whole = meaningOf(predicate);
  const same = parts.find((part) => meaningOf(part.predicate) === whole);
  if (same !== undefined) return [{ span: placeOf(same.place), why: `\`${same.name}\` beside rules that ask for no others than its events` }];
  const asked = condition.kind === 'all' && condition.of.length === 0 ? { ...condition, of: parts.map(({ name }) => isThere(name, placeOf(span))) } : condition;
  return {
    type: 'sums',
    parts: [{ ...first!, name: ALL, predicate, rule: withPredicate(first!.rule, predicate) }, ...parts],
    sums: parts.map(({ name }): Sum => ({ name, type: 'event_count', of: [], percentile: null, part: name })),
    condition: numbersIn(asked, new Map(parts.map((part) => [part.name, part]))),
    isWithin: true,
    lost: [...lostOf(span, type, parts, seconds)],
  };
}

/** What all events together are called: no rule has this name. */
const ALL = '*';

const withPredicate = (rule: Rule, predicate: Predicate): Rule => ({ ...rule, analysis: { ...rule.analysis, predicate } });

/** Of rules that must fire the numbers of events that make them. */
function numbersIn(condition: Predicate, parts: ReadonlyMap<string, NamedPart>): Predicate {
  if (condition.kind === 'all' || condition.kind === 'any') return { ...condition, of: condition.of.map((part) => numbersIn(part, parts)) };
  if (condition.kind === 'not') return { ...condition, of: numbersIn(condition.of, parts) };
  const name = condition.kind === 'test' && condition.left?.kind === 'field' ? condition.left.name : '';
  const { count } = parts.get(name) ?? { count: null };
  if (count !== null) return renamed(count.condition, new Map([['event_count', name]]));
  if (condition.kind !== 'test') return condition;
  const span = placeOf(condition.span);
  return { ...condition, compare: 'at-least', values: [{ kind: 'literal', span, type: 'number', text: '1' }], word: 'ge' };
}

function* lostOf(span: Span, type: Joint['type'], parts: readonly NamedPart[], seconds: number): Generator<Loss> {
  if (type === 'temporal_ordered')
    yield { span: placeOf(span), kind: 'stage', why: 'In which order the rules fire is left out: their events count in any order', effect: 'looser' };
  for (const { name, place, count } of parts)
    if (count !== null)
      yield {
        span: placeOf(place),
        kind: 'time',
        why: `Events of \`${name}\` count within the ${spanText(seconds)} of all; in the original within ${spanText(count.seconds)} of their own, of which the last one says when it fires`,
        effect: 'either',
      };
}
