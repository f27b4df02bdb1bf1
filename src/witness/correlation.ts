import type { Event, Operation, Predicate, Rule } from '../model';
import { filteredPredicate, namedRule } from '../run/dialect/sigma-engine';
import { judgedEvents, missesOf, type Subject, subjectOf, type Witness, MOST_EVENTS } from './judged';
import { numbered } from './numbered';
import { isThere } from './pins';
import { fieldsFor, type Fields, type Goal, type Search } from './search';
import { lengthOf, momentText, timeField } from './shape';

type Correlation = Extract<Operation, { kind: 'correlate' }>;

/** How deep correlations of correlations are followed. */
const DEEPEST = 4;

/** Of a correlation: events of the rules it names, alike in what it groups by, as many as it asks for. */
export function correlationWitness(correlation: Correlation, subject: Subject, search: Search): Witness {
  const made = eventsFor(correlation, subject, search, 0);
  if ('withheld' in made) return made;
  const { events, firing } = made;
  const judged = (fields: readonly Fields[]) => judgedEvents(subject, inTime(fields, subject), false);
  const isOne = correlation.rules.length === 1;
  const counts = events.flatMap((_, at) =>
    (isOne && at > 0) || at >= 12
      ? []
      : [
          {
            span: correlation.span,
            condition: isOne ? `there are ${events.length} of them` : `event ${at + 1} of ${events.length} happens`,
            made: () => (events.length === 1 ? null : judged(events.filter((_one, index) => index !== at))),
          },
        ],
  );
  const groups = correlation.by.map(({ name, span }) => ({
    span,
    condition: `all have the same ${name}`,
    made: () => (events.length === 1 ? null : judged(events.map((event, at) => (at === events.length - 1 ? elsewhere(event, name, correlation) : event)))),
  }));
  const { span, timespan, type } = correlation;
  const length = lengthOf(timespan);
  const delayed = (): readonly Fields[] => {
    const late = momentText(subject.now, events.length + (length ?? 0) + 1000);
    return inTime(events, subject).map((event, at, all) => (at === all.length - 1 ? new Map([...event, [timeField(subject.rule), late]]) : event));
  };
  const apart = [
    ...(type === 'temporal_ordered' ? [{ span, condition: 'they come in this order', made: () => judged(events.toReversed()) }] : []),
    ...(length === null ? [] : [{ span, condition: `they come within ${timespan}`, made: () => judgedEvents(subject, delayed(), false) }]),
  ];
  return { events: firing, ...missesOf(search, [...counts, ...(events.length > 1 ? apart : []), ...groups]) };
}

/** The events one after another, a moment apart. */
function inTime(events: readonly Fields[], { rule, now }: Subject): readonly Fields[] {
  const time = timeField(rule);
  return events.map((event, at) => new Map([[time, momentText(now, at)], ...[...event].filter(([name]) => name !== time)]));
}

/** Events that fire a correlation, as values of fields and as they were judged; those of a correlation it names are made first. */
function eventsFor(
  correlation: Correlation,
  subject: Subject,
  search: Search,
  depth: number,
): { readonly events: readonly Fields[]; readonly firing: readonly Event[] } | { readonly withheld: string } {
  if (depth > DEEPEST) return { withheld: 'it is a correlation of too many correlations' };
  const each: (readonly Fields[])[] = [];
  for (const { name } of correlation.rules) {
    const rule = namedRule(name, subject.rule, subject.rules);
    if (rule === undefined) return { withheld: `the rule \`${name}\` is not among those given` };
    const inner = rule.analysis.stages.flatMap((stage) => stage.operations ?? []).find((operation): operation is Correlation => operation.kind === 'correlate');
    const made = inner === undefined ? null : eventsFor(inner, subjectOf(rule, subject.rules, subject.now), search, depth + 1);
    if (made !== null && 'withheld' in made) return made;
    const fields = made === null ? fieldsFor(goalsOf(rule, name, correlation, subject), search) : null;
    if (made === null && fields === null) return { withheld: `no event was found for the rule \`${name}\`` };
    each.push(made === null ? [fields!] : made.events);
  }
  for (const events of setsOf(correlation, each, search)) {
    const firing = judgedEvents(subject, inTime(events, subject), true);
    if (firing !== null) return { events, firing };
  }
  return { withheld: 'no events were found that meet its condition' };
}

/** What an event of a rule must be: the rule's own conditions, with a value for what is grouped by. */
function goalsOf(rule: Rule, name: string, correlation: Correlation, { rules }: Subject): readonly Goal[] {
  const predicates: readonly Predicate[] = [
    filteredPredicate(rule, rules),
    ...correlation.by.map((by) => isThere({ kind: 'field', name: fieldFor(by.name, name, correlation), span: by.span })),
  ];
  return predicates.map((predicate): Goal => ({ predicate, want: 'true' }));
}

const fieldFor = (by: string, rule: string, { aliases }: Correlation): string =>
  aliases.find((alias) => alias.alias === by && alias.rule === rule)?.field ?? by;

/** Sets of events to try: those of each rule once, or so many times, the counted field different or adding up. */
function* setsOf(correlation: Correlation, each: readonly (readonly Fields[])[], search: Search): Generator<readonly Fields[]> {
  const owned = each.flatMap((events, rule) => events.map((event): Owned => ({ event, rule })));
  const [first] = owned;
  if (first === undefined) return;
  yield grouped(owned, correlation, search);
  const numbers = numbersIn(correlation.condition);
  const around = numbers.flatMap((number) => [number, number + 1, number - 1]);
  const single = each.map((_, rule) => owned.find((one) => one.rule === rule)!);
  for (const count of [...new Set([1, ...around])].filter((number) => number > 0 && number <= MOST_EVENTS).sort((a, b) => a - b))
    yield grouped(
      Array.from({ length: count }, (_, at) => {
        const { event, rule } = single[at % single.length]!;
        const copy = new Map(event);
        for (const { name } of correlation.of) if (at > 0 || !copy.has(name)) copy.set(name, numbered(copy.get(name), at)[0]!);
        return { event: copy, rule };
      }),
      correlation,
      search,
    );
  // What is summed up or averaged is one number.
  for (const number of around)
    yield grouped([{ ...first, event: new Map([...first.event, ...correlation.of.map(({ name }) => [name, number] as const)]) }], correlation, search);
}

/** An event with the number of the rule it fires. */
interface Owned {
  readonly event: Fields;
  readonly rule: number;
}

/** The events with the group's fields alike. */
function grouped(owned: readonly Owned[], correlation: Correlation, search: Search): readonly Fields[] {
  const fieldOf = (by: string, rule: number): string => fieldFor(by, correlation.rules[rule]!.name, correlation);
  // What a rule asks for comes before what is usual.
  const values = correlation.by.map(({ name }) => {
    const given = owned.flatMap(({ event, rule }) => event.get(fieldOf(name, rule)) ?? []);
    return given.find((value) => !search.usual(name).includes(value)) ?? given[0] ?? search.usual(name)[0] ?? 'example';
  });
  return owned.map(({ event, rule }) => {
    const own = new Map(event);
    correlation.by.forEach(({ name }, index) => own.set(fieldOf(name, rule), values[index]!));
    return own;
  });
}

/** The event in another group. */
function elsewhere(event: Fields, by: string, correlation: Correlation): Fields {
  const names = new Set([by, ...correlation.aliases.filter(({ alias }) => alias === by).map(({ field }) => field)]);
  return new Map([...event].map(([name, value]) => [name, names.has(name) ? numbered(value, 1)[0]! : value]));
}

function numbersIn(predicate: Predicate): readonly number[] {
  if (predicate.kind === 'all' || predicate.kind === 'any') return predicate.of.flatMap(numbersIn);
  if (predicate.kind === 'not') return numbersIn(predicate.of);
  return predicate.kind === 'test'
    ? predicate.values.flatMap((value) => (value.kind === 'literal' && value.text.trim() !== '' ? [Number(value.text)] : [])).filter(Number.isFinite)
    : [];
}
