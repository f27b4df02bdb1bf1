import { familyWriting } from '../knowledge/families';
import type { Event, Predicate, Rule, Span } from '../model';
import { dialectOfEvents, runRule } from '../run/dialect/engines';
import type { Given } from '../run/engine';
import type { Reading } from '../run/expression';
import type { Dialect } from '../run/dialect';
import { pathReaderOf, readerOf, type Reader } from '../run/fields';
import { eventsGiven } from '../run/given';
import { readyNode } from '../run/judge';
import type { PipelineDialect } from '../run/pipeline-dialect';
import { Effort } from './effort';
import type { Fields, Search } from './search';
import { likelier } from './likely';
import { momentText, SHAPES, shapeOf, type Source, textField, usualValues } from './shape';
import { sideOf } from './sides';

/** Events that meet all of a rule but one condition. */
interface NearMiss {
  readonly span: Span;
  /** The condition that fails; absent: it is how several events stand to each other. */
  readonly of?: Predicate;
  /** The condition that fails, in words. */
  readonly condition: string;
  readonly events: readonly Event[];
}

/** A condition for which no near miss was found, and why. */
interface Unmissed {
  readonly span: Span;
  readonly condition: string;
  readonly why: string;
}

/** Events that a rule fires on, and near misses: all judged. Or why there are none. */
export type Witness =
  | { readonly events: readonly Event[]; readonly misses: readonly NearMiss[]; readonly without: readonly Unmissed[]; readonly withheld?: never }
  | { readonly withheld: string };

/** What events are made for, and what judges them. */
export interface Judge {
  readonly source: Source;
  /** Whether they fire it; null where it cannot be told. */
  readonly fires: (events: readonly Event[]) => boolean | null;
}

/** A rule with what its events are judged by. */
export interface Subject extends Judge {
  readonly rule: Rule;
  /** Those it names, and filters. */
  readonly rules: readonly Rule[];
  /** The moment it is judged at. */
  readonly now: bigint;
}

/** A rule among those it names, and filters, to be judged at a moment. */
export const subjectOf = (rule: Rule, rules: readonly Rule[], now: bigint): Subject => ({
  source: rule,
  fires(events) {
    const answer = runRule(rule, givenTo({ rules, now }, events));
    return answer.verdict === 'refused' || answer.undecided.length > 0 ? null : (answer.table?.rows.length ?? answer.matches.length) > 0;
  },
  rule,
  rules,
  now,
});

/** Why the rule cannot be judged, of these events; null: it can. */
export function refusalOf(subject: Subject, events: readonly Fields[]): string | null {
  const answer = runRule(
    subject.rule,
    givenTo(
      subject,
      events.map((fields) => shapeOf(subject.rule, fields, 0)),
    ),
  );
  return answer.verdict === 'refused' ? (answer.refused[0]?.why ?? 'not read') : null;
}

const givenTo = ({ rules, now }: Pick<Subject, 'rules' | 'now'>, events: readonly Event[]): Given => ({ ...eventsGiven(events, rules), now });

/** The events as their source writes them, of which the rule says this; plainer, in case it does not take them so. Null: it says so of none. */
export function judgedEvents({ source, fires }: Judge, fields: readonly Fields[], wanted: boolean): readonly Event[] | null {
  for (let way = 0; way < SHAPES; way++) {
    const events = fields.map((one) => shapeOf(source, one, way));
    if (fires(events) === wanted) return events;
  }
  return null;
}

/** More events than these are not made. */
export const MOST_EVENTS = 2600;

/** Comparisons that are tried for the events that fire, and for each near miss. */
export const EFFORT = 60_000;
const EFFORT_OF_MISS = 4000;
/** For all near misses together. */
const EFFORT_OF_MISSES = 40_000;
/** To judge an event, in comparisons. */
export const EFFORT_OF_JUDGING = 5;

/** What the values of a rule are looked for with, until it is late. */
export function searchFor(language: string, source: Source, now: bigint, isLate: () => boolean): Search | null {
  const own = dialectOfEvents(language);
  if (own === undefined) return null;
  const functions = new Map(own.functions);
  // A column that may be lacking is one that the event is given.
  for (const [name, fn] of functions)
    if (fn.mayLack === true) functions.set(name, { takesNull: true, call: ([value = null, otherwise = null]) => value ?? otherwise });
  // What chooses events is met by events that say so, not by those that say nothing.
  const { scoping = new Set(), ...rest } = own;
  const dialect = { ...rest, functions };
  const readerFor = dialect.several === 'whole' ? pathReaderOf : readerOf;
  const effort = new Effort(isLate);
  effort.renew(EFFORT);
  const reading: Reading = {
    dialect,
    scope: { now },
    read: (name) => typedReader(readerFor(name), sideOf(name).name, dialect),
    typeOf: () => undefined,
    condition: (predicate) => readyNode(predicate, reading).truth,
  };
  return {
    reading,
    functions,
    likelier: (row, isOpen, isNew) => likelier(row, source, isOpen, isNew),
    usual: (field) => usualValues(source, sideOf(field).name, now),
    moment: momentText(now, 0),
    isTime: (field) => columnType(dialect, sideOf(field).name).startsWith('date'),
    anywhere: textField(source),
    manyValues: (field) => familyWriting(source.taxonomy)?.manyValues === true || scoping.has(sideOf(field).name),
    nodes: new WeakMap(),
    effort,
  };
}

const columnType = (dialect: Dialect, name: string): string => ('eventType' in dialect ? ((dialect as PipelineDialect).eventType?.(name) ?? '') : '');

/** A field as the column that it will be. */
function typedReader(read: Reader, name: string, dialect: Dialect): Reader {
  const type = columnType(dialect, name);
  if (type === '') return read;
  const pipeline = dialect as PipelineDialect;
  return (row) => {
    const value = read(row);
    return value === undefined ? undefined : pipeline.typed(value, type);
  };
}

/** What must all hold, opened as far as conjunctions go. */
export const conditionsOf = (predicate: Predicate): readonly Predicate[] =>
  predicate.kind === 'all' && predicate.same === undefined && predicate.of.length > 0 ? predicate.of.flatMap(conditionsOf) : [predicate];

/** Conditions beyond these are not looked at one by one. */
const MOST_CONDITIONS = 60;

/** A near miss for each condition, where one is found. */
export function missesOf(
  { effort }: Search,
  conditions: readonly { readonly span: Span; readonly of?: Predicate; readonly condition: string; readonly made: () => readonly Event[] | null }[],
): {
  readonly misses: readonly NearMiss[];
  readonly without: readonly Unmissed[];
} {
  const misses: NearMiss[] = [];
  const without: Unmissed[] = [];
  let left = EFFORT_OF_MISSES;
  for (const [at, { span, of, condition, made }] of conditions.entries()) {
    const about = { span: { start: span.start, end: span.end }, condition };
    effort.renew(EFFORT_OF_MISS);
    const isLate = effort.isLate || left <= 0;
    const events = at < MOST_CONDITIONS && !isLate ? made() : null;
    left -= EFFORT_OF_MISS - effort.remaining;
    if (events !== null) misses.push({ ...about, ...(of === undefined ? null : { of }), events });
    else
      without.push({
        ...about,
        why: isLate
          ? 'there was no time left to look for one'
          : at < MOST_CONDITIONS
            ? 'no event was found in which this alone fails'
            : `it is beyond the first ${MOST_CONDITIONS} conditions`,
      });
  }
  return { misses, without };
}
