import type { Event, Operation, Predicate, Rule } from '../model';
import { filteredPredicate } from '../run/dialect/sigma-engine';
import { correlationWitness } from './correlation';
import { copiesOf, type Made } from './copies';
import { fieldsIn, type Demand, type Demands, type Plan } from './demands';
import { demandsOf } from './followed';
import { conditionsOf, EFFORT, EFFORT_OF_JUDGING, judgedEvents, missesOf, refusalOf, searchFor, type Subject, type Witness, MOST_EVENTS } from './judged';
import { isNever, oneEach, plansFor } from './plans';
import { fieldsFor, type Fields, type Goal, type Search } from './search';
import { sequenceWitness } from './sequence';
import { unreadIn } from './unread-in';
import { wordsOf } from './words';

/**
 * Small events that a rule fires on and that it just does not, each judged before it is given. `rules`: those it names, and filters; `now`: nanoseconds since 1970.
 * Where it `isLate` nothing more is looked for, which is told of all that was not found by then.
 */
export function witnessOf(rule: Rule, rules: readonly Rule[], now: bigint, isLate: () => boolean = () => false): Witness {
  const subject: Subject = { rule, rules, now };
  const search = searchFor(subject, isLate);
  if (search === null) return { withheld: `rules in \`${rule.analysis.language}\` are not run` };
  const refused = refusalOf(subject, []);
  if (refused !== null) return { withheld: `it cannot be judged: ${refused}` };
  const found = foundFor(subject, search);
  return found.withheld !== undefined && isLate() ? { withheld: LATE } : found;
}

const LATE = 'no event was found in the time there was';

function foundFor(subject: Subject, search: Search): Witness {
  const { rule, rules } = subject;
  const operations = rule.analysis.stages.flatMap((stage) => stage.operations ?? []);
  const is = <K extends Operation['kind']>(kind: K) => operations.find((operation): operation is Extract<Operation, { kind: K }> => operation.kind === kind);
  const [sequence, correlation] = [is('sequence'), is('correlate')];
  if (sequence !== undefined) return sequenceWitness(sequence, subject, search);
  if (correlation !== undefined) return correlationWitness(correlation, subject, search);
  return 'measures' in search.reading.dialect ? pipelineWitness(subject, search) : eventWitness(subject, search, filteredPredicate(rule, rules), operations);
}

/** Of a rule that is one condition over single events; what its steps filter by besides counts too. */
function eventWitness(subject: Subject, search: Search, predicate: Predicate, operations: readonly Operation[]): Witness {
  const own = operations.flatMap((operation) => (operation.kind === 'filter' ? conditionsOf(operation.predicate) : []));
  const conditions = [...new Set([...conditionsOf(predicate), ...own])];
  const found = alike(
    subject,
    search,
    conditions.map((one) => ({ predicate: one, written: one, side: 0 })),
    (fields) => [fields],
  );
  return found ?? { withheld: notFound(conditions) };
}

/** Comparisons that are tried for each condition of an event that is to show what cannot be judged. */
const EFFORT_OF_REFUSAL = 2000;

/** Why nothing was found: a part that is not read cannot be met, nor told not to be. */
function notFound(conditions: readonly Predicate[]): string {
  const note = unreadIn(conditions);
  return note === null ? 'no event was found that meets all conditions' : `it cannot be judged where this decides: ${note}`;
}

/** Comparisons that are tried for all plans of a rule together. */
const EFFORT_OF_RULE = 2 * EFFORT;

/** So many sides of unions are tried. */
const MOST_BRANCHES = 6;

/** Of a pipeline: events that pass all its filters, as many as its counts ask for, and those its joins bring. */
function pipelineWitness(subject: Subject, search: Search): Witness {
  const { rule } = subject;
  let isLarge = false;
  let left = EFFORT_OF_RULE;
  const demands: Demands[] = [];
  const tried: (readonly Fields[])[] = [];
  const choices: Pick<Plan, 'branch' | 'isSpread'>[] = [{ branch: 0, isSpread: false }];
  for (const choice of choices) {
    const first = demandsOf(rule, search, oneEach(choice));
    demands.push(first);
    if (!choice.isSpread && first.spreads) choices.push({ ...choice, isSpread: true });
    if (choices.at(-1)!.branch + 1 < Math.min(MOST_BRANCHES, first.branches)) choices.push({ branch: choices.at(-1)!.branch + 1, isSpread: false });
    const plans = plansFor(first, choice, search.reading);
    const sizeOf = ({ rows }: Plan): number => Array.from({ length: first.sides }, (_, side) => rows(side)).reduce((sum, one) => sum + one, 0);
    isLarge ||= plans.some((plan) => sizeOf(plan) > MOST_EVENTS);
    for (const plan of plans.filter((one) => sizeOf(one) <= MOST_EVENTS)) {
      if (left <= 0 || search.effort.isLate) break;
      search.effort.renew(EFFORT);
      const { of: asked, counts, sides, split, tables, common } = demandsOf(rule, search, plan);
      // Sides without events ask nothing, but those whose events stand on others.
      const of = asked.filter(({ side }) => plan.rows(side) > 0 || split.has(side));
      if (of.some(({ predicate }) => isNever(predicate, search.reading))) continue;
      const made: Made = { rule, plan, counts, sides, tables, common, of, search };
      const events = (fields: Fields, fewer: boolean): readonly Fields[] => {
        const copies = copiesOf(fields, made, fewer);
        if (!fewer) tried.push(copies);
        return copies;
      };
      const found = alike(subject, search, of, events, sizeOf(plan));
      if (found !== null) return found;
      left -= EFFORT - search.effort.remaining;
    }
  }
  if (search.effort.isLate) return { withheld: LATE };
  const [first] = demands;
  const refused = refusalOf(subject, tried[0] ?? [farthest(first!.of, search)]);
  if (refused !== null) return { withheld: `it cannot be judged: ${refused}` };
  if (isLarge) return { withheld: `it asks for more than ${MOST_EVENTS} events` };
  if (demands.some(({ unsure }) => unsure.length > 0)) return { withheld: 'a column it compares cannot be worked back to the fields of an event' };
  return { withheld: notFound(first!.of.map(({ predicate }) => predicate)) };
}

/** An event that meets as many conditions as one can be made to, and has something in the fields of the rest. */
function farthest(of: readonly Demand[], search: Search): Fields {
  let fields: Fields = new Map();
  for (const { predicate } of of) {
    search.effort.renew(EFFORT_OF_REFUSAL);
    fields =
      fieldsFor([{ predicate, want: 'true' }], search, fields) ??
      new Map([...fieldsIn(predicate).flatMap((name) => (name === '' ? [] : [[name, search.usual(name)[0] ?? 'example'] as const])), ...fields]);
  }
  return fields;
}

/** Events made of one set of fields, and near misses made alike; of several events, one fewer too. Null: none fires. */
function alike(
  subject: Subject,
  search: Search,
  conditions: readonly Demand[],
  eventsFrom: (fields: Fields, fewer: boolean) => readonly Fields[],
  size = 1,
): Witness | null {
  const goalsWith = (failing: Demand | null): readonly Goal[] =>
    conditions.flatMap((one): readonly Goal[] =>
      // What is asked of no field holds for all events.
      one !== failing && fieldsIn(one.predicate).length === 0 ? [] : [{ predicate: one.predicate, want: one === failing ? 'untrue' : 'true' }],
    );
  const judged = (fields: Fields, wanted: boolean, fewer = false): readonly Event[] | null => {
    const made = eventsFrom(fields, fewer);
    search.effort.spend(EFFORT_OF_JUDGING * made.length);
    return judgedEvents(subject, made, wanted);
  };
  const firing = fieldsFor(goalsWith(null), search);
  if (firing === null) return null;
  const events = judged(firing, true);
  if (events === null) return null;
  return {
    events,
    ...missesOf(
      search,
      conditions.flatMap((condition) =>
        condition.isSilent === true
          ? []
          : {
              span: condition.written.span,
              condition: wordsOf(condition.written),
              made: () => {
                // A count alone fails where there is one event fewer.
                if (size > 1 && isCount(condition)) return judged(firing, false, true);
                const fields = fieldsFor(goalsWith(condition), search, firing);
                return fields === null ? null : judged(fields, false);
              },
            },
      ),
    ),
  };
}

const isCount = ({ predicate }: Demand): boolean => predicate.kind === 'test' && predicate.left?.kind === 'literal';
