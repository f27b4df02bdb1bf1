import { isCategory } from '../knowledge/events';
import { isContextField } from '../knowledge/families';
import type { EventRule, FieldRef, Operand, Predicate, Taxonomy, Test } from '../model';
import { allOf, ORDERS } from '../syntax/predicates';
import { innerOperands, mapTests } from '../syntax/walk';
import type { Dialect, Row } from './dialect';
import type { Given } from './engine';
import { dialectOfEvents } from './dialect/engines';
import { eventFieldsOf, type EventField, type EventFields } from './event-fields';
import { identityOf } from './event-identity';
import type { Reading } from './expression';
import { readersOf, type Reader } from './fields';
import { readyNode, type ReadyNode } from './judge';
import { readsOf, sourcesOf, tableReads, type Reads } from './reads';
import { both, FALSE, TRUE, UNKNOWN, type Truth } from './truth';
import { askedLiteralsOf, type AskedLiterals } from './asked-literals';

/** How rules are judged: in whose names the events are, what is known of their fields, when. */
export type Judging = Pick<Given, 'names' | 'types' | 'now' | 'ignoreLogsource'>;

/** A rule made ready for single events. */
export interface ReadyRule {
  readonly rule: EventRule;
  readonly dialect: Dialect;
  readonly reads: Reads;
  /** What must occur in an event for the rule to say anything but no. */
  readonly asked: AskedLiterals;
  /** Made when the first event asks for it: most rules meet none. */
  readonly node: () => ReadyNode;
  /** What it says of an event: true, not true, or not known; `read`: what `reads` says of the event's identity, where it is known. */
  readonly truth: (row: Row, read?: Truth) => Truth;
}

/**
 * Makes a rule ready; null where its language is not judged by single events, or nothing of an event is asked. Of events in other names it is judged only
 * where a value that it must find has a name there.
 */
export function readyEventRule(rule: EventRule, judging: Judging, events: EventFields = eventFieldsOf(judging.names)): ReadyRule | null {
  const dialect = dialectOfEvents(rule.language);
  if (dialect === undefined) return null;
  const isJoined = judging.names !== null && judging.names !== rule.taxonomy;
  const predicate = settled(rule, isJoined, dialect);
  if (!asksSomething(predicate)) return null;
  const reads: Reads = judging.ignoreLogsource ? () => TRUE : readsOf(rule, judging.names);
  const byIndex = dialect.several === 'whole';
  const fields = new Map<string, EventField>();
  for (const { name, canonical = name } of fieldsOf(predicate))
    if (!fields.has(name)) fields.set(name, isJoined ? events.joined(name, canonical, byIndex) : events.plain(name, byIndex));
  const fieldOf = (name: string): EventField => fields.get(name) ?? events.plain(name, byIndex);
  const typeOf = (name: string): string | undefined => judging.types.get(name) ?? judging.types.get('*');
  const asked = askedLiteralsOf(predicate, {
    dialect,
    namesOf: (field) => fieldOf(field).names,
    typeOf: (name) => typeOf(name) ?? dialect.typeOf?.(name),
  });
  // Of what is asked the first says most.
  if (isJoined && (asked[0] ?? []).every(({ kind }) => kind === 'present')) return null;
  let made: ReadyNode | null = null;
  const node = (): ReadyNode =>
    (made ??= nodeOf(predicate, (name) => typedReader(fieldOf(name).read, dialect), {
      isUnsaid: (name) => fieldOf(name).isUnsaid,
      dialect: isJoined ? byWriting(dialect) : dialect,
      scope: { now: judging.now },
      typeOf,
    }));
  const table = isJoined || judging.ignoreLogsource ? null : tableReads(rule);
  // Of its log source, and in its own names, an event that does not say what it is is taken for one of those it reads, if it must have fields that those have.
  const isTaken = (sourcesOf(rule).length > 0 || !isJoined) && asked.length > 0 && asked[0]!.every(({ field }) => field !== null);
  const truth = (row: Row, known?: Truth): Truth => {
    let read = known ?? reads(identityOf(row));
    if (read === UNKNOWN && table !== null) read = table(row);
    if (read === FALSE) return FALSE;
    return both(read === UNKNOWN && isTaken ? TRUE : read, node().truth(row));
  };
  return {
    rule,
    dialect,
    reads,
    asked,
    node,
    truth,
  };
}

/** The predicate made ready; each field is read in one way. */
const nodeOf = (predicate: Predicate, readerFor: (name: string) => Reader, reading: Omit<Reading, 'condition' | 'read'>): ReadyNode =>
  readyNode(predicate, { ...reading, read: readersOf(readerFor) }, true);

/** The condition as it is asked of one event: bounds of time are those of a search and taken as met; a column that a query computes first is not read. */
function settled({ predicate, taxonomy, stages }: EventRule, isJoined: boolean, dialect: Dialect): Predicate {
  const asked = mapTests(predicate, (test, isNegated) => {
    if (isTimeBound(test, taxonomy) || dialect.opened?.(test) !== undefined) return { kind: isNegated ? 'any' : 'all', span: test.span, of: [] };
    const made = [test.left, ...test.values].flatMap((operand) => (operand === null ? [] : fieldsIn(operand))).find(({ derived, of }) => derived || of);
    return made === undefined ? test : { kind: 'unread', span: test.span, reason: 'unmodelled', note: `\`${made.name}\`, which the query makes first` };
  });
  // Of events in other names their identity tells the category.
  const categories = isJoined ? [] : stages.filter(isCategory);
  return categories.length === 0 ? asked : allOf([ofCategories(categories), asked], asked.span);
}

const HERE = { start: 0, end: 0 };

const ofCategories = (categories: readonly string[]): Test => ({
  kind: 'test',
  span: HERE,
  left: { kind: 'field', name: 'event.category', span: HERE },
  compare: 'equals',
  values: categories.map((text) => ({ kind: 'literal', span: HERE, type: 'string', text })),
  case: 'exact',
  missing: 'unknown',
  word: 'eq',
});

const isTimeBound = ({ left, compare }: Test, taxonomy: Taxonomy): boolean =>
  left?.kind === 'field' && ORDERS.has(compare) && isContextField(taxonomy, left.name);

/** Fields that an operand reads. */
function fieldsIn(operand: Operand): readonly FieldRef[] {
  if (operand.kind === 'field') return [operand];
  return operand.kind === 'condition' ? fieldsOf(operand.of) : innerOperands(operand).flatMap(fieldsIn);
}

function fieldsOf(predicate: Predicate): readonly FieldRef[] {
  switch (predicate.kind) {
    case 'all':
    case 'any':
      return [...(predicate.kind === 'all' && predicate.same !== undefined ? [predicate.same] : []), ...predicate.of.flatMap(fieldsOf)];
    case 'not':
      return fieldsOf(predicate.of);
    case 'test':
      return [...(predicate.left === null ? [] : fieldsIn(predicate.left)), ...predicate.values.flatMap(fieldsIn)];
    case 'unread':
      return [];
    default:
      return predicate satisfies never;
  }
}

/** A rule of which nothing is left but bounds and what is not read would fire on everything, or on nothing that can be told. */
const asksSomething = (predicate: Predicate): boolean =>
  predicate.kind === 'test' || (predicate.kind === 'not' ? asksSomething(predicate.of) : predicate.kind !== 'unread' && predicate.of.some(asksSomething));

/** A value as the language's calculations take it, where pipelines give their rows types. */
function typedReader(read: Reader, dialect: Dialect): Reader {
  if (!('typed' in dialect)) return read;
  const { typed } = dialect as Dialect & { typed(value: unknown, type: string): ReturnType<Reader> };
  return (row) => {
    const value = read(row);
    return value === undefined ? undefined : typed(value, '');
  };
}

/** Between families the same value is a number here and a text there: those are compared as they are written. */
const byWriting = (dialect: Dialect): Dialect => ({
  ...dialect,
  equals: (left, right, fold) =>
    isText(left) !== isText(right) && isPlain(left) && isPlain(right) ? dialect.equals(String(left), String(right), fold) : dialect.equals(left, right, fold),
});

const isText = (value: unknown): boolean => typeof value === 'string';
const isPlain = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
