import { timeWindowOf, secondsOf } from '../../analysis/time-window';
import { contradicts } from '../../logic/implies';
import { formulaOf } from '../../logic/formula';
import type { ConversionOptions, FieldRef, Rule } from '../../model';
import { allOf, anyOf, isTrue, placeOf } from '../../syntax/predicates';
import { equalsText, eventsIn, type TargetEvents } from '../events';
import { presentIn } from '../guard';
import type { Notes, Target } from '../manner';
import { meaningOf } from '../meaning';
import type { Several, TargetJoint, TargetPart } from './target';
import { type Joint, type JointRule, type JointType, onlyGrows, spanText, type Sum, type SumType, withinFirst, withoutPresence } from './joint';

/** The conditions on several events as the target can say them, with every difference noted; null: it cannot. */
export function severalIn(rule: Rule, joint: JointRule, own: Target | undefined, target: Target, options: ConversionOptions, notes: Notes): TargetJoint | null {
  const { lose, refuse } = notes;
  const { several } = target;
  const span = placeOf(joint.span);
  for (const one of joint.lost) lose(one.span, one.kind, one.why, one.effect);
  if (several === undefined) {
    refuse(span, SAID[joint.type]);
    return null;
  }
  const read = joint.parts.map((part) => ({ part, events: eventsIn(part.rule, own, target, options, notes) }));
  const columnIn = ({ nameOf }: TargetEvents, field: FieldRef): FieldRef => {
    const named = nameOf(field);
    if (named.doubt !== undefined) lose(field.span, 'field', named.doubt, 'either');
    if (named.separator !== undefined) refuse(field.span, `a group or a sum by \`${field.name}\`, of which only the path is known`);
    if (options.columns?.(named.name) === null) refuse(field.span, `a group or a sum by \`${named.name}\`, which is no column of the table`);
    return { kind: 'field', name: named.name, span: placeOf(field.span) };
  };
  // A column that only shows what no event has here shows nothing.
  const shows = joint.type === 'sums' && isTrue(joint.condition);
  const keyIn = (events: TargetEvents, field: FieldRef): FieldRef | null => {
    if (!shows || events.nameOf(field).isForeign !== true) return columnIn(events, field);
    lose(field.span, 'field', `No name is known for \`${field.of ?? field.name}\`: the groups go without it`, 'looser');
    return null;
  };
  const keys = read.map(({ part: { by }, events }) => by.map((field) => (events === null ? null : keyIn(events, field))));
  const isKept = (at: number): boolean =>
    keys.every((own) => own[at] !== null) && !keys[0]!.slice(0, at).some((_, other) => keys.every((own) => own[other]?.name === own[at]!.name));
  const parts = read.flatMap(({ part: { name }, events }, place): readonly TargetPart[] => {
    if (events === null) return [];
    return [
      {
        name,
        predicate: events.predicate,
        by: keys[place]!.flatMap((key, at) => (isKept(at) ? key! : [])),
        point: events.point,
        logsource: events.logsource,
        source: events.source,
      },
    ];
  });
  const first = read[0]?.events ?? null;
  if (parts.length < joint.parts.length || first === null) return null;
  const sums = joint.sums.map((sum): Sum => ({ ...sum, of: sum.of.map((field) => columnIn(first, field)) }));
  const told = several.telling?.(parts.map(({ point }) => point)) ?? null;
  const seconds = secondsIn(rule, joint, target, several, notes);
  const type = typeIn(joint, several, target, notes);
  if (seconds === undefined) return null;
  const apart =
    told === null
      ? parts
      : parts.map((part, at) => ({ ...part, predicate: allOf([equalsText(told[at]!, part.predicate.span), part.predicate], part.predicate.span) }));
  const ways = { ...joint.ways, keyless: joint.ways.keyless || (shows && several.keyless && apart.some(isOpen)) };
  if (ways.keyless && !joint.ways.keyless) lose(span, 'absent', `Events without a field that is only shown are shown too in ${target.label}`, 'looser');
  loseWays({ ...joint, ways, parts: apart }, seconds, several, target, notes);
  const whole = joint.isWithin ? withinFirst(apart) : merged(apart, joint, several, notes);
  return {
    ...joint,
    type,
    parts: whole,
    by: joint.by.filter((_, at) => isKept(at)),
    sums,
    seconds,
    ways: { slides: several.slides, keyless: several.keyless && ways.keyless, apart: several.apart },
    isWithin: joint.type === 'sums' && (joint.isWithin || whole.length === 1),
  };
}

/** Whether a group is by a field that the events need not have. */
const isOpen = ({ predicate, by }: TargetPart): boolean =>
  by.some(({ name }) => meaningOf(withoutPresence(predicate, new Set([name]))) === meaningOf(predicate));

const SAID: Readonly<Record<JointType, string>> = {
  sums: 'a condition on what events sum up to',
  temporal: 'several events that must all be there',
  temporal_ordered: 'a sequence of events',
};

/** The stretch of time; undefined: there must be one, and none is known. */
function secondsIn(rule: Rule, joint: JointRule, { label }: Target, { spans }: Several, { lose, refuse }: Notes): number | null | undefined {
  const { seconds, type, span } = joint;
  if (seconds === null && spans === 'needed') {
    const lookBack = secondsOf(timeWindowOf(rule));
    if (lookBack === null || !Number.isInteger(lookBack) || lookBack === 0) {
      refuse(span, `events within any time: ${label} asks for a span, and the original names none`);
      return undefined;
    }
    lose(
      span,
      'time',
      `The original takes what it reads at once together: here a window as long as its look-back, ${spanText(lookBack)}, slides`,
      grows(joint) ? 'looser' : 'either',
    );
    return lookBack;
  }
  if (seconds !== null && spans === 'ordered' && type === 'temporal') {
    lose(span, 'time', `Events in any order are within no span of time in ${label}: ${spanText(seconds)} is left out`, 'looser');
    return null;
  }
  const [lookBack] = rule.meta.times.filter(({ kind }) => kind === 'look-back');
  if (seconds === null && lookBack !== undefined && !rule.analysis.times.some(({ kind }) => kind === 'look-back'))
    lose(span, 'time', `The original takes what it reads at once together: how far back that is, \`${lookBack.text}\`, is left to whatever runs it`, 'either');
  return seconds;
}

/** Whether more events never make it fail. */
const grows = ({ condition, sums }: Pick<Joint, 'condition' | 'sums'>): boolean =>
  onlyGrows(condition) && sums.every(({ type }) => type === 'event_count' || type === 'value_count');

function typeIn({ type, span, sums, parts, isWithin }: JointRule, several: Several, { label }: Target, { lose, refuse }: Notes): JointType {
  if (type === 'temporal_ordered' && !several.isOrdered) {
    lose(span, 'stage', `${label} has no order of events in one search: they count in any order`, 'looser');
    return 'temporal';
  }
  const unknown = sums.find((sum) => !several.sums.has(sum.type));
  if (unknown !== undefined) refuse(span, `a condition on ${SUMMED[unknown.type]}`);
  if (!several.manySums && (sums.length > 1 || (isWithin && parts.length > 1))) refuse(span, 'a condition on several sums');
  return type;
}

const SUMMED: Readonly<Record<SumType, string>> = {
  event_count: 'a number of events',
  value_count: 'a number of distinct values',
  value_sum: 'a sum',
  value_avg: 'an average',
  value_median: 'a median',
  value_percentile: 'a percentile',
};

/** What differs in how events are taken together. */
function loseWays(
  joint: Joint<TargetPart> & Pick<JointRule, 'ways'>,
  seconds: number | null,
  several: Several,
  { label, manner }: Target,
  { lose }: Notes,
): void {
  const { span, ways, parts, type, sums } = joint;
  if (seconds !== null && several.unsaidTime !== undefined) lose(span, 'field', several.unsaidTime, 'either');
  if (seconds !== null && joint.seconds !== null && ways.slides !== several.slides) {
    const why = several.slides
      ? 'Stretches of time begin at fixed moments in the original and slide here, so that none is cut in two'
      : `A stretch of time slides along the events in the original and begins at fixed moments in ${label}: what lies on both sides of one is not taken together`;
    lose(span, 'time', why, !grows(joint) ? 'either' : several.slides ? 'looser' : 'stricter');
  }
  if (seconds !== null && !ways.slides && !several.slides && 86_400 % seconds !== 0)
    lose(span, 'time', `A stretch of ${spanText(seconds)} may begin at other moments in ${label}`, 'either');
  if (ways.keyless && !several.keyless && parts.some(({ predicate, by }) => by.some(({ name }) => !presentIn(predicate).has(name))))
    lose(span, 'absent', `Events without a field they are grouped by are in no group in ${label}`, 'stricter');
  if (several.keyless && !ways.keyless && !manner.emptyIsValue && parts.some(({ by }) => by.length > 0))
    lose(span, 'absent', `An empty text is no value to group by in ${label}`, 'stricter');
  const isSeveral = parts.length > 1 && !areApart(parts, several);
  if (isSeveral && type !== 'sums' && ways.apart !== several.apart)
    lose(
      span,
      'stage',
      several.apart ? `One event stands for one of the conditions only in ${label}` : `One event may stand for several of the conditions in ${label}`,
      several.apart ? 'stricter' : 'looser',
    );
  if (sums.some((sum) => several.estimates.has(sum.type))) lose(span, 'stage', `${label} estimates this number`, 'either');
}

/** Whether no event meets two of the conditions. */
function areApart(parts: readonly TargetPart[], { separates }: Several): boolean {
  const formulas = parts.map(({ predicate }) => formulaOf(predicate, { canonical: (name) => name }));
  return parts.every((one, at) =>
    parts.every(
      (other, place) =>
        place <= at ||
        (separates && one.point !== null && other.point !== null && one.point !== other.point) ||
        (at < 12 && place < 12 && contradicts(formulas[at]!, formulas[place]!)),
    ),
  );
}

/** Events of several rules that are measured together: one that several match counts for each, but here once. */
function merged(parts: readonly TargetPart[], { type, span, isWithin }: JointRule, several: Several, { lose }: Notes): readonly TargetPart[] {
  const [first] = parts;
  if (parts.length < 2 || type !== 'sums' || isWithin || several.separates) return parts;
  if (!areApart(parts, several)) lose(span, 'stage', 'One event that several rules match counts for each in the original, and here once', 'either');
  return [
    {
      ...first!,
      predicate: anyOf(
        parts.map(({ predicate }) => predicate),
        first!.predicate.span,
      ),
    },
  ];
}
