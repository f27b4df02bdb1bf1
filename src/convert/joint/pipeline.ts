import { secondsOf } from '../../analysis/time-window';
import type { FieldRef, Loss, Measure, Operand, Operation, Predicate, Refusal, Rule, Span, Stage, Test } from '../../model';
import { allOf, anyOf, conjunctsOf, placeOf, truthAt } from '../../syntax/predicates';
import { isOfTables, isUnknown, namesIn, SHOWN } from '../demand';
import { meaningOf } from '../meaning';
import { isThere, type JointRule, leastOf, type RulePart, type Sum, withoutPresence } from './joint';
import type { Measured, Several } from './target';

type Aggregate = Extract<Operation, { kind: 'aggregate' }>;
interface Step {
  readonly operation: Operation;
  readonly stage: Stage;
}

/** A pipeline that filters events, sums them up by groups, and asks something of the sum, or `isShown` only shows it. Null: there is no such sum. */
export function jointOfPipeline(rule: Rule, several: Pick<Several, 'pipeline' | 'keyless'>, isShown: boolean): JointRule | readonly Refusal[] | null {
  const { pipeline } = several;
  const steps = rule.analysis.stages.flatMap((stage) => (stage.operations ?? []).map((operation): Step => ({ operation, stage })));
  const at = steps.findIndex(({ operation }) => operation.kind === 'aggregate' && operation.how === 'group');
  const after = steps.slice(at + 1);
  const conditions = after.flatMap(({ operation }) => (operation.kind === 'filter' ? conjunctsOf(operation.predicate).filter((part) => !isUnknown(part)) : []));
  if (pipeline === undefined || at < 0 || (conditions.length === 0 && !isShown)) return null;
  const aggregate = steps[at]!.operation as Aggregate;
  const refused: Refusal[] = [];
  const refuse = (span: Span, why: string): void => void refused.push({ span: placeOf(span), why });
  for (const { severity, span, message } of rule.analysis.diagnostics) if (severity === 'error') refuse(span, `the original has an error: ${message}`);
  const before = steps.slice(0, at);
  for (const { operation, stage } of before) if (!BEFORE.has(operation.kind) && !isOfTables(operation)) refuse(operation.span, stepName(operation, stage));
  for (const { operation, stage } of after) if (!AFTER.has(operation.kind) && !SHOWN.has(operation.kind)) refuse(operation.span, stepName(operation, stage));
  const bins = new Map<string, number>();
  const binOf = (operand: Operand): number | null => {
    if (operand.kind !== 'call' || !pipeline.bins.has(operand.fn) || operand.args.length !== 2) return null;
    const time = operand.args.find(({ kind }) => kind === 'time');
    const field = operand.args.find((arg): arg is FieldRef => arg.kind === 'field');
    const isFixed = time?.kind === 'time' && FIXED.test(time.text) && field !== undefined && pipeline.times.has(field.of ?? field.name);
    return isFixed ? secondsOf(time.text) : null;
  };
  for (const { operation } of before)
    if (operation.kind === 'assign')
      for (const { name, value } of operation.of) {
        const seconds = binOf(value);
        if (seconds !== null) bins.set(name, seconds);
      }
  const made = new Map(before.flatMap(({ operation }) => (operation.kind === 'assign' ? operation.of.map(({ name, value }) => [name, value] as const) : [])));
  const spans: number[] = [];
  const by: FieldRef[] = [];
  const lost: Loss[] = [];
  for (const { span, value: written } of aggregate.by) {
    const value = unfilled(written);
    const seconds = value.kind === 'field' ? (bins.get(value.name) ?? null) : binOf(value);
    const origin = value.kind === 'field' ? made.get(value.name) : undefined;
    if (seconds !== null) spans.push(seconds);
    else if (value.kind === 'field' && value.made !== true && (value.derived !== true || value.of !== undefined)) {
      by.push(value);
      if (origin?.kind === 'call')
        lost.push({
          span: placeOf(span),
          kind: 'stage',
          why: `Groups go by \`${value.of ?? value.name}\` itself, not by \`${origin.written}\``,
          effect: 'either',
        });
    } else refuse(span, 'a group by what is calculated');
  }
  if (spans.length > 1 || spans.some((seconds) => !Number.isInteger(seconds))) refuse(aggregate.span, 'such a stretch of time');
  const keys = new Set(by.flatMap(({ name, of }) => (of === undefined ? [name] : [])));
  const own: Predicate[] = [];
  const asked: Predicate[] = [];
  for (const condition of conditions) {
    const names = namesIn(condition);
    (names.size > 0 && [...names].every((name) => keys.has(name)) ? own : asked).push(condition);
  }
  if (asked.length === 0 && (!isShown || refused.length > 0)) return null;
  const joint = asked.length === 0 ? shownOf(aggregate, pipeline.measure) : askedOf(allOf(asked, aggregate.span), aggregate.measures, pipeline.measure, refuse);
  for (const { of } of joint?.sums ?? []) for (const field of of) if (field.made === true) refuse(field.span, 'a sum over what is calculated');
  if (refused.length > 0 || joint === null) return refused;
  const filters = before.flatMap(({ operation }) => (operation.kind === 'filter' ? [operation.predicate] : []));
  const common = conjunctsOf(allOf([...filters, ...own], aggregate.span));
  const { wheres, isEstimate, ...rest } = joint;
  const { sums } = rest;
  const kinds = [...wheres.values()].filter((where) => where !== null);
  // A filter that lets through what is counted, and nothing else, says no more than the counts.
  const either = joint.isWithin ? null : meaningOf(anyOf(kinds, aggregate.span));
  const shared = allOf(
    common.filter((part) => meaningOf(part) !== either),
    common[0]?.span ?? aggregate.span,
  );
  const parts = [...wheres].map(([name, where]): RulePart => {
    const predicate = where === null ? shared : allOf([shared, where], shared.span);
    return { name, predicate, by, rule: ruleOf(rule, before, predicate) };
  });
  const needed = new Set(by.filter(({ name }) => meaningOf(withoutPresence(shared, new Set([name]))) !== meaningOf(shared)).map(({ name }) => name));
  return {
    span: aggregate.span,
    ...rest,
    parts,
    by: by.map(({ name }) => name),
    seconds: spans[0] ?? null,
    ways: { slides: false, keyless: several.keyless && by.some(({ name }) => !needed.has(name)), apart: false },
    lost: [...lost, ...lostOf(after, aggregate, sums, isEstimate)],
  };
}

/** A key that a data model fills where an event lacks it is the field itself: what its other groups hold does not change. */
const unfilled = (value: Operand): Operand =>
  value.kind === 'call' && value.fn === 'coalesce' && value.args[0]?.kind === 'field' && value.written === value.args[0].name ? value.args[0] : value;

/** Stretches of time that are always as long: no months, quarters or years. */
const FIXED = /^\d+ ?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)$/;

const BEFORE: ReadonlySet<Operation['kind']> = new Set(['read', 'filter', 'assign', ...SHOWN]);
const AFTER: ReadonlySet<Operation['kind']> = new Set(['filter', 'assign', 'limit']);

const stepName = (operation: Operation, { kind }: Stage): string =>
  operation.kind === 'unread' ? `a step that is not read${operation.note === undefined ? '' : `: ${operation.note}`}` : `the step \`${kind}\``;

interface Asked extends Pick<JointRule, 'type' | 'condition' | 'sums' | 'isWithin'> {
  /** What the events of each part meet beside what all of them do, by name; null: nothing. */
  readonly wheres: ReadonlyMap<string, Predicate | null>;
  readonly isEstimate: boolean;
}

/** Numbers that sum up all events or some, or that there are events of several kinds. */
function askedOf(
  condition: Predicate,
  measures: readonly Measure[],
  measureOf: (fn: string, args: readonly Operand[]) => Measured | null,
  refuse: (span: Span, why: string) => void,
): Asked | null {
  const names = namesIn(condition);
  const used = measures.filter(({ name }) => names.has(name));
  if (used.length !== names.size) {
    refuse(condition.span, 'a condition on what was calculated of a sum');
    return null;
  }
  const kinds = new Map(used.flatMap(({ name, where }) => (where === undefined ? [] : [[name, where] as const])));
  const over = presence(condition);
  const isCounts = used.length > 1 && kinds.size > 0 && used.every(({ fn, args }) => measureOf(fn, args)?.type === 'event_count');
  if (isCounts && over !== null && !holdsOfNone(condition)) {
    const wheres = new Map(used.map(({ name, where, span }) => [name, where ?? truthAt(span)] as const));
    return { type: 'temporal', sums: [], isWithin: false, condition: over, wheres, isEstimate: false };
  }
  const isOne = used.length === 1;
  const events = allEvents(isOne ? 0 : kinds.size);
  const sums: Sum[] = [];
  let isEstimate = false;
  for (const { name, fn, args, where, span } of used) {
    const measured = measureOf(fn, args);
    if (measured === null) refuse(span, `a condition on \`${fn}\``);
    else if (!isOne && where !== undefined && measured.type !== 'event_count') refuse(span, `a condition on \`${fn}\` of some events`);
    else sums.push({ name, type: measured.type, of: measured.of, percentile: measured.percentile, part: isOne ? null : where === undefined ? events : name });
    isEstimate ||= measured?.isEstimate === true;
  }
  const [first] = used;
  const wheres = isOne ? new Map([[events, first!.where ?? null]]) : new Map<string, Predicate | null>([[events, null], ...kinds]);
  return { type: 'sums', sums, isWithin: true, condition: numbered(condition, refuse), wheres, isEstimate };
}

/** The sums that other pipelines have too, where nothing is asked of any. */
function shownOf({ measures, span }: Aggregate, measureOf: (fn: string, args: readonly Operand[]) => Measured | null): Asked {
  const known = measures.flatMap(({ name, fn, args, where }) => {
    const measured = measureOf(fn, args);
    return measured === null || (where !== undefined && measured.type !== 'event_count') ? [] : [{ ...measured, name, where }];
  });
  const kinds = known.flatMap(({ name, where }) => (where === undefined ? [] : [[name, where] as const]));
  const events = allEvents(kinds.length);
  const count: Sum = { name: 'event_count', type: 'event_count', of: [], percentile: null, part: null };
  return {
    type: 'sums',
    sums:
      known.length === 0
        ? [count]
        : known.map(({ name, type, of, percentile, where }) => ({
            name,
            type,
            of,
            percentile,
            part: kinds.length === 0 ? null : where === undefined ? events : name,
          })),
    isWithin: true,
    condition: truthAt(span),
    wheres: new Map<string, Predicate | null>([[events, null], ...kinds]),
    isEstimate: known.some((one) => one.isEstimate),
  };
}

/** What all events that are summed up are called: beside some of them no name that a column has. */
const allEvents = (kinds: number): string => (kinds === 0 ? 'events' : '*');

/** Whether it holds where there is no event at all; of numbers other than counts nothing is taken for granted. */
function holdsOfNone(condition: Predicate): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every(holdsOfNone);
    case 'any':
      return condition.of.some(holdsOfNone);
    case 'not':
      return !holdsOfNone(condition.of);
    case 'test':
      return leastOf(condition) === null || leastOf(condition)! <= 0;
    case 'unread':
      return true;
    default:
      return condition satisfies never;
  }
}

/** Comparisons of sums with numbers. */
function numbered(condition: Predicate, refuse: (span: Span, why: string) => void): Predicate {
  if (condition.kind === 'all' || condition.kind === 'any') return { ...condition, of: condition.of.map((part) => numbered(part, refuse)) };
  if (condition.kind === 'not') return { ...condition, of: numbered(condition.of, refuse) };
  if (condition.kind === 'test' && condition.left?.kind === 'field') {
    const { span, compare, values, word, left } = condition;
    const { name } = left;
    const [value] = values;
    if (ORDERS.has(compare) && values.length === 1 && value?.kind === 'literal' && Number.isFinite(Number(value.text)))
      return { kind: 'test', span, left: { kind: 'field', name, span, derived: true }, compare, values, case: 'fold', missing: 'false', word };
  }
  refuse(condition.span, 'such a condition on a sum');
  return condition;
}

const ORDERS: ReadonlySet<Test['compare']> = new Set(['equals', 'less', 'at-most', 'greater', 'at-least']);

/** A condition that asks of counts only whether there are any; null: it asks more. */
function presence(condition: Predicate): Predicate | null {
  if (condition.kind === 'not') {
    const of = presence(condition.of);
    return of === null ? null : { ...condition, of };
  }
  if (condition.kind === 'all' || condition.kind === 'any') {
    const parts = condition.of.flatMap((part) => presence(part) ?? []);
    return parts.length < condition.of.length ? null : { ...condition, of: parts };
  }
  return condition.kind === 'test' && condition.left?.kind === 'field' && leastOf(condition) === 1 ? isThere(condition.left.name, condition.span) : null;
}

/** The filters before the sum as a rule of its own. */
function ruleOf(rule: Rule, before: readonly Step[], predicate: Predicate): Rule {
  const stages = [...new Set(before.map(({ stage }) => stage))].map((stage) => ({
    ...stage,
    operations: (stage.operations ?? []).filter(({ kind }) => kind === 'read' || kind === 'filter'),
  }));
  return { ...rule, analysis: { ...rule.analysis, stages, predicate } };
}

function* lostOf(after: readonly Step[], aggregate: Aggregate, sums: readonly Sum[], isEstimate: boolean): Generator<Loss> {
  if (isEstimate) yield { span: placeOf(aggregate.span), kind: 'stage', why: 'The original estimates a number', effect: 'either' };
  const kept = new Set(sums.map(({ name }) => name));
  for (const { name, fn, span } of aggregate.measures)
    if (!kept.has(name)) yield { span: placeOf(span), kind: 'stage', why: `\`${fn}\` only says what is shown, and is left out`, effect: 'shown' };
  for (const { operation, stage } of after)
    if (operation.kind !== 'filter')
      yield { span: placeOf(operation.span), kind: 'stage', why: `\`${stage.kind}\` only says what is shown, and is left out`, effect: 'shown' };
    else
      for (const part of conjunctsOf(operation.predicate))
        if (isUnknown(part))
          yield { span: placeOf(part.span), kind: 'unread', why: `${part.note ?? 'A part'} is not known here, and is left out`, effect: 'looser' };
}
