import type { EventValue, Operation, Predicate, Rule } from '../model';
import { filteredPredicate } from '../run/dialect/sigma-engine';
import { correlationWitness } from './correlation';
import { demandsOf, type Demand } from './demands';
import { conditionsOf, judgedEvents, missesOf, refusalOf, searchFor, type Subject, type Witness } from './judged';
import { equalTo } from './pins';
import { fieldsFor, type Fields, type Goal, type Search } from './search';
import { sequenceWitness } from './sequence';
import { momentText, timeField } from './shape';
import { unreadIn } from './unread-in';
import { wordsOf } from './words';

/** More events than these are not made. */
const MOST_EVENTS = 250;

/** Small events that a rule fires on and that it just does not, each judged before it is given. `rules`: those it names, and filters; `now`: nanoseconds since 1970. */
export function witnessOf(rule: Rule, rules: readonly Rule[], now: bigint): Witness {
  const subject: Subject = { rule, rules, now };
  const search = searchFor(subject);
  if (search === null) return { withheld: `rules in \`${rule.analysis.language}\` are not run` };
  const refused = refusalOf(subject);
  if (refused !== null) return { withheld: `it cannot be judged: ${refused}` };
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
    conditions.map((one) => ({ predicate: one, written: one })),
    (fields) => [fields],
  );
  return found ?? { withheld: notFound(conditions) };
}

/** Why nothing was found: a part that is not read cannot be met, nor told not to be. */
function notFound(conditions: readonly Predicate[]): string {
  const note = unreadIn(conditions);
  return note === null ? 'no event was found that meets all conditions' : `it cannot be judged where this decides: ${note}`;
}

/** Of a pipeline: one event that passes all its filters, or as many as its counts ask for. */
function pipelineWitness(subject: Subject, search: Search): Witness {
  const { dialect } = search.reading;
  const first = demandsOf(subject.rule, dialect, 1);
  const sizes = [...new Set([1, ...first.counts.flatMap((count) => [count, count + 1])])].filter((size) => size > 0).sort((a, b) => a - b);
  for (const size of sizes.filter((one) => one <= MOST_EVENTS)) {
    const { of, varied } = size === 1 ? first : demandsOf(subject.rule, dialect, size);
    const found = alike(subject, search, of, (fields, count) => copiesOf(fields, count ?? size, varied, subject.rule, of, search), size);
    if (found !== null) return found;
  }
  const refused = refusalOf(
    subject,
    fieldsFor(
      first.of.map(({ predicate }): Goal => ({ predicate, want: 'true' })),
      search,
    ),
  );
  if (refused !== null) return { withheld: `it cannot be judged: ${refused}` };
  const [word] = first.brings;
  if (word !== undefined) return { withheld: `\`${word}\` brings together different events` };
  if (sizes.some((size) => size > MOST_EVENTS)) return { withheld: `it asks for more than ${MOST_EVENTS} events` };
  if (first.unsure.length > 0) return { withheld: 'a column it compares cannot be worked back to the fields of an event' };
  return { withheld: notFound(first.of.map(({ predicate }) => predicate)) };
}

/** Events made of one set of fields, and near misses made alike; of several events, one fewer too. Null: none fires. */
function alike(
  subject: Subject,
  search: Search,
  conditions: readonly Demand[],
  eventsFrom: (fields: Fields, count?: number) => readonly Fields[],
  size = 1,
): Witness | null {
  const goalsWith = (failing: Demand | null): readonly Goal[] =>
    conditions.map((one): Goal => ({ predicate: one.predicate, want: one === failing ? 'untrue' : 'true' }));
  const firing = fieldsFor(goalsWith(null), search);
  if (firing === null) return null;
  const events = judgedEvents(subject, eventsFrom(firing), true);
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
                if (size > 1 && isCount(condition)) return judgedEvents(subject, eventsFrom(firing, size - 1), false);
                const fields = fieldsFor(goalsWith(condition), search, firing);
                return fields === null ? null : judgedEvents(subject, eventsFrom(fields), false);
              },
            },
      ),
    ),
  };
}

const isCount = ({ predicate }: Demand): boolean => predicate.kind === 'test' && predicate.left?.kind === 'literal';

/** So many events alike, but for the fields whose different values are counted, and a moment apart. */
function copiesOf(fields: Fields, size: number, varied: readonly string[], rule: Rule, goals: readonly Demand[], search: Search): readonly Fields[] {
  if (size === 1) return [fields];
  const time = timeField(rule);
  const wanted = goals.map(({ predicate }): Goal => ({ predicate, want: 'true' }));
  const copies: Fields[] = [];
  for (let at = 0; at < size; at++) {
    const copy = new Map(fields);
    if (!copy.has(time)) copy.set(time, momentText(search.reading.scope.now, at));
    for (const name of varied) {
      const value = otherValue(name, at, copies, copy, wanted, search);
      if (value !== undefined) copy.set(name, value);
    }
    copies.push(copy);
  }
  return copies;
}

/** Where a value can be changed freely its number is put to it; else one is looked for that the events before do not have. */
const MOST_LOOKED_FOR = 12;

function otherValue(name: string, at: number, before: readonly Fields[], copy: Fields, wanted: readonly Goal[], search: Search): EventValue | undefined {
  const base = copy.get(name);
  if (at === 0 && base !== undefined) return base;
  const holds = (value: EventValue): boolean => fieldsFor(wanted, search, new Map([...copy, [name, value]]))?.get(name) === value;
  const numbered =
    typeof base === 'number' ? [base + at] : base === undefined ? [`example-${at + 1}`] : [`${String(base)}${at + 1}`, `${at + 1}${String(base)}`];
  const found = numbered.find(holds);
  if (found !== undefined || at > MOST_LOOKED_FOR) return found;
  const different = before.flatMap((event): readonly Goal[] => {
    const value = event.get(name);
    return value === undefined ? [] : [{ predicate: equalTo(name, value, NOWHERE), want: 'untrue' }];
  });
  return fieldsFor([...wanted, ...different], search, copy)?.get(name);
}

const NOWHERE = { start: 0, end: 0 };
