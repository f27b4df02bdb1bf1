import { secondsOf } from '../../analysis/time-window';
import type { FieldRef, Loss, Operand, Operation, Refusal, Rule, SequenceStep, Span, Stage } from '../../model';
import { truthAt } from '../../syntax/predicates';
import { meaningOf } from '../meaning';
import { atLeast, type JointRule, type RulePart, type Ways } from './joint';

type Sequence = Extract<Operation, { kind: 'sequence' }>;

const WAYS: Ways = { slides: true, keyless: false, apart: true };

/** Events one after another, or several in any order; so many alike in a row are a number of them. */
export function jointOfSequence(rule: Rule, sequence: Sequence): JointRule | readonly Refusal[] {
  const { span, how, steps, until, maxspan } = sequence;
  const refused: Refusal[] = [];
  const refuse = (place: Span, why: string): void => void refused.push({ span: { start: place.start, end: place.end }, why });
  for (const { severity, span: place, message } of rule.analysis.diagnostics) if (severity === 'error') refuse(place, `the original has an error: ${message}`);
  for (const stage of rule.analysis.stages) if (stage.role !== 'sequence' && !isCut(stage)) refuse(stage.span, `the step \`${stage.kind}\``);
  if (until !== undefined) refuse(until.span, 'an event that ends the waiting (`until`)');
  for (const step of steps) if (step.absent === true) refuse(step.span, 'an event that must be missing in a sequence');
  const seconds = maxspan === undefined ? null : secondsOf(maxspan);
  if (seconds !== null && !Number.isInteger(seconds)) refuse(span, `a span of less than a second (${maxspan})`);
  const isAlike = steps.every((step) => likeness(step) === likeness(steps[0]!));
  const runs = steps.reduce((sum, step) => sum + (step.runs ?? 1), 0);
  const isCount = isAlike && runs > 1 && how === 'sequence';
  if (!isCount) for (const step of steps) if (step.runs !== undefined && step.runs > 1) refuse(step.span, 'a number of events within a sequence (`runs`)');
  const kept = isCount ? steps.slice(0, 1) : steps;
  const parts = kept.map((step, at): RulePart => {
    const by = step.by.flatMap((operand) => keyOf(operand, refuse));
    return { name: kept.length === 1 ? 'event' : `event_${at + 1}`, predicate: step.predicate, by, rule: ruleOf(rule, step) };
  });
  if (refused.length > 0) return refused;
  const [first] = parts;
  return {
    span,
    type: isCount ? 'sums' : how === 'sample' ? 'temporal' : 'temporal_ordered',
    parts,
    by: first!.by.map(({ name }, at) => (parts.every(({ by }) => by[at]?.name === name) ? name : `key_${at + 1}`)),
    seconds,
    ...(isCount ? atLeast(runs, span) : { sums: [], condition: truthAt(span) }),
    isWithin: isCount,
    ways: WAYS,
    lost: pipesOf(rule),
  };
}

const likeness = ({ category, predicate, by }: SequenceStep): string => `${category ?? ''} ${meaningOf(predicate)} ${by.map(nameOf).join(' ')}`;

const nameOf = (operand: Operand): string => (operand.kind === 'field' ? operand.name : '?');

function keyOf(operand: Operand, refuse: (span: Span, why: string) => void): readonly FieldRef[] {
  if (operand.kind === 'field') return [operand];
  refuse(operand.span, operand.kind === 'call' && operand.fn === '?' ? 'a key that may be missing' : 'a key that is calculated');
  return [];
}

/** The step as a rule of its own. */
function ruleOf(rule: Rule, { category = 'any', predicate, span }: SequenceStep): Rule {
  const stage: Stage = { kind: category, role: 'filter', span, operations: [{ kind: 'filter', span, predicate }], predicate };
  return { ...rule, span, analysis: { ...rule.analysis, stages: [stage], predicate, bindings: [] } };
}

/** A pipe that only says how many of the matches are shown, and in which order. */
const isCut = ({ role, operations = [] }: Stage): boolean => role === 'shape' && operations.every(({ kind }) => kind === 'limit' || kind === 'sort');

const pipesOf = ({ analysis }: Rule): readonly Loss[] =>
  analysis.stages
    .filter(isCut)
    .map(({ kind, span }) => ({ span, kind: 'stage', why: `\`${kind}\` only says which of the matches are shown, and is left out`, effect: 'shown' }));
