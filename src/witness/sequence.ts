import type { Event, Operand, Operation, Predicate, SequenceStep, Test } from '../model';
import { conditionsOf, judgedEvents, missesOf, type Subject, type Witness, MOST_EVENTS } from './judged';
import { fieldsFor, type Fields, type Goal, type Search } from './search';
import { lengthOf, momentText, timeField } from './shape';
import { equalTo, isThere, pinsFrom } from './pins';
import { wordsOf } from './words';

type Sequence = Extract<Operation, { kind: 'sequence' }>;

/** Of a sequence or sample: an event for each step, their keys alike, one after another. */
export function sequenceWitness(sequence: Sequence, subject: Subject, search: Search): Witness {
  const steps = sequence.steps.flatMap((step) => (step.absent === true ? [] : [step]));
  const count = steps.reduce((sum, { runs = 1 }) => sum + runs, 0);
  if (count > MOST_EVENTS) return { withheld: `it asks for more than ${MOST_EVENTS} events` };
  const made = keyed(steps, search);
  if (made === null) return { withheld: 'no event was found for each of its steps' };
  const { fields, keys } = made;
  const time = timeField(subject.rule);
  const apart = spacing(sequence.maxspan, count + sequence.steps.length);
  const inTime = (events: readonly (readonly Fields[])[]): readonly Fields[] =>
    events.flat().map((event, at) => new Map([[time, momentText(subject.now, at * apart)], ...[...event].filter(([name]) => name !== time)]));
  const runs = (one: readonly Fields[]): readonly (readonly Fields[])[] => one.map((event, at) => Array.from({ length: steps[at]!.runs ?? 1 }, () => event));
  const events = judgedEvents(subject, inTime(runs(fields)), true);
  if (events === null) return { withheld: 'the events that were made do not fire the rule' };
  const judged = (of: readonly (readonly Fields[])[]): readonly Event[] | null => judgedEvents(subject, inTime(of), false);
  const stepMisses = steps.flatMap((step, at) => [
    {
      span: step.span,
      condition: `step ${at + 1} of ${steps.length} happens`,
      made: () => (steps.length === 1 ? null : judged(runs(fields).filter((_, index) => index !== at))),
    },
    ...conditionsOf(step.predicate).map((condition) => ({
      span: condition.span,
      condition: wordsOf(condition),
      made: () => {
        const goals = [...goalsOf(step, keys[at]!, condition)];
        const found = fieldsFor(goals, search, fields[at]);
        return found === null ? null : judged(runs(fields.map((own, index) => (index === at ? found : own))));
      },
    })),
  ]);
  /** What is asked of the steps together: their order, how far they are apart, their keys. */
  function* wholeMisses(): Generator<Parameters<typeof missesOf>[1][number]> {
    if (steps.length < 2) return;
    const { span, maxspan } = sequence;
    if (sequence.how === 'sequence') yield { span, condition: 'they come in this order', made: () => judged(runs(fields).toReversed()) };
    const length = lengthOf(maxspan ?? '');
    if (length !== null) {
      const late = momentText(subject.now, (count - 1) * apart + length + 1000);
      const delayed = (): readonly Fields[] =>
        inTime(runs(fields)).map((event, at, all) => (at === all.length - 1 ? new Map([...event, [time, late]]) : event));
      yield { span, condition: `they come within ${maxspan}`, made: () => judgedEvents(subject, delayed(), false) };
    }
    const last = steps.length - 1;
    for (const key of keys[last]!) {
      const name = key.left?.kind === 'field' ? key.left.name : '';
      const other = [
        ...goalsOf(
          steps[last]!,
          keys[last]!.filter((one) => one !== key),
        ),
        { predicate: key, want: 'untrue' as const },
      ];
      const made = (): readonly Event[] | null => {
        const found = fieldsFor(other, search, fields[last]);
        return found === null ? null : judged(runs(fields.map((own, at) => (at === last ? found : own))));
      };
      yield { span: sequence.by[0]?.span ?? steps[last]!.span, condition: `all have the same ${name}`, made };
    }
  }
  const absentMisses = sequence.steps.flatMap((step, at) => {
    if (step.absent !== true) return [];
    const before = sequence.steps.slice(0, at).filter(({ absent }) => absent !== true).length;
    return [
      {
        span: step.span,
        condition: `no event of step ${at + 1} happens`,
        made: () => {
          const found = fieldsFor(goalsOf(step, pinsFor(step, steps, fields)), search);
          const [all] = [runs(fields)];
          return found === null ? null : judged([...all.slice(0, before), [found], ...all.slice(before)]);
        },
      },
    ];
  });
  return { events, ...missesOf(search, [...stepMisses, ...wholeMisses(), ...absentMisses]) };
}

/** Milliseconds between events so that all lie within the timespan: a second where there is room. */
function spacing(maxspan: string | undefined, events: number): number {
  const length = lengthOf(maxspan ?? '');
  return length === null ? 1000 : Math.max(0, Math.min(1000, Math.floor(length / events)));
}

/** Values for every step so that their keys are the same: what one step asks of a key the others take over. */
function keyed(steps: readonly SequenceStep[], search: Search): { readonly fields: readonly Fields[]; readonly keys: readonly (readonly Test[])[] } | null {
  for (let first = 0; first < steps.length; first++) {
    const order = [first, ...steps.flatMap((_, at) => (at === first ? [] : [at]))];
    const fields: Fields[] = [];
    const keys: (readonly Test[])[] = steps.map(() => []);
    const values: (Fields extends ReadonlyMap<string, infer V> ? V | undefined : never)[] = [];
    let isMade = true;
    for (const at of order) {
      const step = steps[at]!;
      const pins = step.by.flatMap((key, index) => {
        const name = nameOf(key);
        return name === null || values[index] === undefined ? [] : [equalTo(name, values[index], step.span)];
      });
      const present = step.by.flatMap((key) => {
        const name = nameOf(key);
        return name === null ? [] : [isThere({ kind: 'field', name, span: step.span })];
      });
      const found = fieldsFor(goalsOf(step, [...pins, ...present]), search);
      if (found === null) {
        isMade = false;
        break;
      }
      fields[at] = found;
      step.by.forEach((key, index) => {
        const name = nameOf(key);
        if (name !== null) values[index] ??= found.get(name);
      });
    }
    if (!isMade) continue;
    steps.forEach((step, at) => {
      keys[at] = pinsFrom(step.by.map(nameOf), values, step.span);
    });
    return { fields, keys };
  }
  return null;
}

/** What an event that must be missing would have as its keys. */
const pinsFor = (step: SequenceStep, steps: readonly SequenceStep[], fields: readonly Fields[]): readonly Test[] =>
  pinsFrom(
    step.by.map(nameOf),
    (steps[0]?.by ?? []).map((key) => {
      const name = nameOf(key);
      return name === null ? undefined : fields[0]!.get(name);
    }),
    step.span,
  );

function nameOf(key: Operand): string | null {
  if (key.kind === 'field') return key.name;
  return key.kind === 'call' && key.args[0] !== undefined ? nameOf(key.args[0]) : null;
}

function goalsOf(step: SequenceStep, pins: readonly Test[], failing?: Predicate): readonly Goal[] {
  const category: readonly Test[] = step.category === undefined || step.category === 'any' ? [] : [equalTo('event.category', step.category, step.span)];
  return [
    ...[...category, ...pins].map((predicate): Goal => ({ predicate, want: 'true' })),
    ...conditionsOf(step.predicate).map((predicate): Goal => ({ predicate, want: predicate === failing ? 'untrue' : 'true' })),
  ];
}
