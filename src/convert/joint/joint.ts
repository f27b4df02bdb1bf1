import type { FieldRef, Loss, Operation, Predicate, Rule, Span } from '../../model';
import { allOf, conjunctsOf } from '../../syntax/predicates';
import { meaningOf } from '../meaning';

export type Correlation = Extract<Operation, { kind: 'correlate' }>;

/** What is summed up of events, by the names of Sigma's correlations. */
export const SUM_TYPES = ['event_count', 'value_count', 'value_sum', 'value_avg', 'value_median', 'value_percentile'] as const;
export type SumType = (typeof SUM_TYPES)[number];

/** What is asked of events together: numbers that sum them up, or that each of several conditions is met, in any order or in the given one. */
export type JointType = 'sums' | 'temporal' | 'temporal_ordered';

/** A number that sums events up: those of one part, or all. */
export interface Sum {
  readonly name: string;
  readonly type: SumType;
  readonly of: readonly FieldRef[];
  readonly percentile: number | null;
  readonly part: string | null;
}

/** How a language takes events together. */
export interface Ways {
  /** The stretch of time slides along the events; else it begins at fixed moments. */
  readonly slides: boolean;
  /** Events without the field they are grouped by are a group of their own; else they are in none. */
  readonly keyless: boolean;
  /** One event never stands for two of the conditions. */
  readonly apart: boolean;
}

/** One of the conditions, with the fields its events are grouped by. */
export interface JointPart {
  readonly name: string;
  readonly predicate: Predicate;
  readonly by: readonly FieldRef[];
}

/** What a rule asks of several events. */
export interface Joint<Part extends JointPart = JointPart> {
  readonly span: Span;
  readonly type: JointType;
  readonly parts: readonly Part[];
  /** What the group's fields are called together, one for each of a part's. */
  readonly by: readonly string[];
  /** The stretch of time; null: all that the rule reads. */
  readonly seconds: number | null;
  readonly sums: readonly Sum[];
  /** Over the names of sums, or over names of parts, which hold where such an event is there; without any: all parts. */
  readonly condition: Predicate;
  /** The first part holds of all the events, and the others say which of them count. */
  readonly isWithin: boolean;
  readonly ways: Ways;
}

/** One as a rule says it; each part is a rule of single events. */
export interface RulePart extends JointPart {
  readonly rule: Rule;
}
export interface JointRule extends Joint<RulePart> {
  readonly lost: readonly Loss[];
}

/** What it means, as a text that two of one meaning share: names of parts and groups do not count. */
export function jointMeaning({ type, parts, seconds, condition, sums, isWithin, ways }: Joint): string {
  const places = new Map((type === 'sums' ? sums : parts).map(({ name }, at) => [name, `${at}`]));
  const keysOf = (part: JointPart): readonly string[] => part.by.map(({ name }) => name).toSorted();
  const told = (isWithin ? withinFirst(parts) : parts).map((part) => [meaningOf(withoutKeys(part)), keysOf(part)]);
  const isAll = condition.kind === 'all' && condition.of.length === 0;
  const asked = type !== 'sums' && isAll ? truthOf(parts) : condition;
  const whole = new Set(sums.flatMap(({ name, type: kind }) => (kind === 'event_count' || kind === 'value_count' ? [name] : [])));
  const summed = sums.map((sum) => [
    sum.type === 'value_median' ? ['value_percentile', 50] : [sum.type, sum.percentile],
    sum.of.map(({ name }) => name),
    parts.length < 2 ? null : parts.findIndex(({ name }) => name === sum.part),
  ]);
  return JSON.stringify([type, told, seconds, meaningOf(renamed(withLeast(asked, whole), places)), summed, isWithin && parts.length > 1, ways.keyless]);
}

/** That there is an event of the part. */
export const isThere = (name: string, span: Span): Predicate => ({
  kind: 'test',
  span,
  left: { kind: 'field', name, span, derived: true },
  compare: 'exists',
  values: [],
  case: 'fold',
  missing: 'false',
  word: 'is_not_null',
});

const truthOf = (parts: readonly JointPart[]): Predicate => ({
  kind: 'all',
  span: { start: 0, end: 0 },
  of: parts.map(({ name }) => isThere(name, { start: 0, end: 0 })),
});

/** More than five are at least six, where numbers are whole. */
function withLeast(condition: Predicate, whole: ReadonlySet<string>): Predicate {
  if (condition.kind === 'all' || condition.kind === 'any') return { ...condition, of: condition.of.map((part) => withLeast(part, whole)) };
  if (condition.kind === 'not') return { ...condition, of: withLeast(condition.of, whole) };
  const least = leastOf(condition);
  if (condition.kind !== 'test' || least === null || condition.left?.kind !== 'field' || !whole.has(condition.left.name)) return condition;
  return { ...condition, compare: 'at-least', values: [{ kind: 'literal', span: condition.span, type: 'number', text: String(least) }] };
}

/** That there are at least so many events. */
export function atLeast(number: number, span: Span): Pick<Joint, 'sums' | 'condition'> {
  const name = 'event_count';
  return {
    sums: [{ name, type: name, of: [], percentile: null, part: null }],
    condition: {
      kind: 'test',
      span,
      left: { kind: 'field', name, span, derived: true },
      compare: 'at-least',
      values: [{ kind: 'literal', span, type: 'number', text: String(number) }],
      case: 'fold',
      missing: 'false',
      word: 'ge',
    },
  };
}

/** The parts, each beyond the first without what the first says already. */
export function withinFirst<Part extends JointPart>(parts: readonly Part[]): readonly Part[] {
  const [first] = parts;
  if (first === undefined || parts.length < 2) return parts;
  const said = new Set(conjunctsOf(first.predicate).map(meaningOf));
  return parts.map((part) =>
    part === first
      ? part
      : {
          ...part,
          predicate: allOf(
            conjunctsOf(part.predicate).filter((one) => !said.has(meaningOf(one))),
            part.predicate.span,
          ),
        },
  );
}

/** That events have what they are grouped by is said by the group itself. */
function withoutKeys({ predicate, by }: JointPart): Predicate {
  const names = new Set(by.map(({ name }) => name));
  return withoutPresence(predicate, names);
}

/** The conjuncts without those that only ask that one of these fields is there. */
export function withoutPresence(predicate: Predicate, names: ReadonlySet<string>): Predicate {
  if (asksPresence(predicate, names)) return { kind: 'all', span: predicate.span, of: [] };
  if (predicate.kind !== 'all' || predicate.same !== undefined) return predicate;
  return { ...predicate, of: predicate.of.map((part) => withoutPresence(part, names)) };
}

const asksPresence = (part: Predicate, names: ReadonlySet<string>): boolean =>
  part.kind === 'test' && (part.compare === 'exists' || part.compare === 'filled') && part.left?.kind === 'field' && names.has(part.left.name);

/** A condition with other names in it. */
export function renamed(condition: Predicate, names: ReadonlyMap<string, string>): Predicate {
  if (condition.kind === 'all' || condition.kind === 'any') return { ...condition, of: condition.of.map((part) => renamed(part, names)) };
  if (condition.kind === 'not') return { ...condition, of: renamed(condition.of, names) };
  if (condition.kind !== 'test' || condition.left?.kind !== 'field') return condition;
  return { ...condition, left: { ...condition.left, name: names.get(condition.left.name) ?? condition.left.name } };
}

/** The least number that meets a condition, and every greater one does; null: it is another condition. */
export function leastOf(condition: Predicate): number | null {
  if (condition.kind !== 'test' || (condition.compare !== 'at-least' && condition.compare !== 'greater')) return null;
  const [value] = condition.values;
  const number = value?.kind === 'literal' ? Number(value.text) : NaN;
  if (!Number.isFinite(number)) return null;
  return condition.compare === 'at-least' ? Math.ceil(number) : Math.floor(number) + 1;
}

/** Whether more events never make the condition fail. */
export function onlyGrows(condition: Predicate): boolean {
  if (condition.kind === 'all' || condition.kind === 'any') return condition.of.every(onlyGrows);
  return condition.kind === 'test' && (condition.compare === 'exists' || leastOf(condition) !== null);
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

/** A stretch of whole seconds as a number and the largest unit that holds it. */
export function spanOf(seconds: number): { readonly count: number; readonly unit: 'd' | 'h' | 'm' | 's' } {
  const [unit, size] = UNITS.find(([, size]) => seconds % size === 0)!;
  return { count: seconds / size, unit };
}

export function spanText(seconds: number): string {
  const { count, unit } = spanOf(seconds);
  return `${count}${unit}`;
}
