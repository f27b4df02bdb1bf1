import type { EventValue, Operation, Predicate, Rule } from '../model';
import { filteredPredicate, namedRule } from '../run/sigma';
import { judgedEvents, missesOf, type Subject, type Witness } from './judged';
import { equalTo } from './pins';
import { fieldsFor, type Fields, type Goal, type Search } from './search';
import { momentText, timeField } from './shape';

type Correlation = Extract<Operation, { kind: 'correlate' }>;

/** More events than these are not made. */
const MOST_EVENTS = 1100;

/** What a group's events share where no rule says more. */
const SHARED = 'example';

/** Of a correlation: events of the rules it names, alike in what it groups by, as many as it asks for. */
export function correlationWitness(correlation: Correlation, subject: Subject, search: Search): Witness {
  const named = correlation.rules.map(({ name }) => ({ name, rule: namedRule(name, subject.rule, subject.rules) }));
  const missing = named.find(({ rule }) => rule === undefined);
  if (missing !== undefined) return { withheld: `the rule \`${missing.name}\` is not among those given` };
  if (named.some(({ rule }) => rule!.analysis.stages.some((stage) => stage.operations?.some(({ kind }) => kind === 'correlate') === true)))
    return { withheld: 'it is a correlation of correlations' };
  const made = named.map(({ name, rule }) => fieldsFor(goalsOf(rule!, name, correlation, subject), search));
  if (made.some((fields) => fields === null)) return { withheld: 'no event was found for each of its rules' };
  const each = made as readonly Fields[];
  const time = timeField(subject.rule);
  const inTime = (events: readonly Fields[]): readonly Fields[] => events.map((event, at) => new Map([[time, momentText(subject.now, at)], ...event]));
  const judged = (events: readonly Fields[], wanted: boolean) => judgedEvents(subject, inTime(events), wanted);
  for (const events of setsOf(correlation, each)) {
    const firing = judged(events, true);
    if (firing === null) continue;
    const groups = correlation.by.map(({ name, span }) => ({
      span,
      condition: `all have the same ${name}`,
      made: () =>
        events.length === 1
          ? null
          : judged(
              events.map((event, at) => (at === 0 ? elsewhere(event, name, correlation) : event)),
              false,
            ),
    }));
    const fewer = events.map((_, at) => at).filter((at) => events.length <= 12 || at === 0);
    const counts = (correlation.rules.length === 1 ? fewer.slice(0, 1) : fewer).map((at) => ({
      span: correlation.span,
      condition: correlation.rules.length === 1 ? `there are ${events.length} of them` : `event ${at + 1} of ${events.length} happens`,
      made: () =>
        events.length === 1
          ? null
          : judged(
              events.filter((_one, index) => index !== at),
              false,
            ),
    }));
    return { events: firing, ...missesOf([...counts, ...groups]) };
  }
  return { withheld: 'no events were found that meet its condition' };
}

/** What an event of a rule must be: the rule's own conditions, with a value for what is grouped by. */
function goalsOf(rule: Rule, name: string, correlation: Correlation, { rules }: Subject): readonly Goal[] {
  const predicates: readonly Predicate[] = [
    filteredPredicate(rule, rules),
    ...correlation.by.map((by) => ({ ...equalTo(fieldFor(by.name, name, correlation), SHARED, by.span), compare: 'exists' as const, values: [] })),
  ];
  return predicates.map((predicate): Goal => ({ predicate, want: 'true' }));
}

const fieldFor = (by: string, rule: string, { aliases }: Correlation): string =>
  aliases.find((alias) => alias.alias === by && alias.rule === rule)?.field ?? by;

/** Sets of events to try: one of each rule, or so many of one, the counted field different or adding up. */
function* setsOf(correlation: Correlation, each: readonly Fields[]): Generator<readonly Fields[]> {
  const [first] = each;
  if (first === undefined) return;
  yield grouped(each, correlation);
  const numbers = numbersIn(correlation.condition);
  for (const count of [...new Set([1, ...numbers.flatMap((number) => [number, number + 1, number - 1])])]
    .filter((number) => number > 0 && number <= MOST_EVENTS)
    .sort((a, b) => a - b))
    yield grouped(
      Array.from({ length: count }, (_, at) => {
        const event = new Map(each[at % each.length]);
        for (const { name } of correlation.of) if (at > 0 || !event.has(name)) event.set(name, varied(event.get(name), at));
        return event;
      }),
      correlation,
    );
  // What is summed up or averaged is one number.
  for (const number of numbers.flatMap((one) => [one, one + 1, one - 1]))
    yield grouped([new Map([...first, ...correlation.of.map(({ name }) => [name, number] as const)])], correlation);
}

const varied = (value: EventValue | undefined, at: number): EventValue =>
  typeof value === 'number' ? value + at : `${value === undefined ? SHARED : String(value)}-${at + 1}`;

/** The events with the group's fields alike. */
function grouped(events: readonly Fields[], correlation: Correlation): readonly Fields[] {
  const names = correlation.rules.map(({ name }) => name);
  const values = correlation.by.map(
    ({ name }) =>
      events.map((event, at) => event.get(fieldFor(name, names[at % names.length]!, correlation))).find((value) => value !== undefined && value !== SHARED) ??
      SHARED,
  );
  return events.map((event, at) => {
    const own = new Map(event);
    correlation.by.forEach(({ name }, index) => own.set(fieldFor(name, names[at % names.length]!, correlation), values[index]!));
    return own;
  });
}

/** The event in another group. */
function elsewhere(event: Fields, by: string, correlation: Correlation): Fields {
  const names = new Set([by, ...correlation.aliases.filter(({ alias }) => alias === by).map(({ field }) => field)]);
  return new Map([...event].map(([name, value]) => [name, names.has(name) ? varied(value, 1) : value]));
}

function numbersIn(predicate: Predicate): readonly number[] {
  if (predicate.kind === 'all' || predicate.kind === 'any') return predicate.of.flatMap(numbersIn);
  if (predicate.kind === 'not') return numbersIn(predicate.of);
  return predicate.kind === 'test'
    ? predicate.values.flatMap((value) => (value.kind === 'literal' && value.text.trim() !== '' ? [Number(value.text)] : [])).filter(Number.isFinite)
    : [];
}
