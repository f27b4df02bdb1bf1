import type { EventValue, Operand, Predicate, Test } from '../model';
import type { Row, RunFunction } from '../run/dialect';
import type { Reading } from '../run/expression';
import { readyNode, type ReadyNode } from '../run/judge';
import { FALSE, TRUE, UNKNOWN, type Truth } from '../run/truth';
import { walkTests } from '../syntax/walk';
import type { Effort } from './effort';
import { ANY_VALUES, valuesFrom, valuesNear } from './fill';
import { ANYTHING, inverted } from './inverse';
import { CHOICES } from './measures';
import { conditionOf, keyOf } from './pins';
import { momentsNear, valueOf, waysNear, waysOf, type Way } from './pieces';
import { regexTexts } from './regex-text';
import { take } from './take';
import { conditionsIn, isSamePlace, isWild, placesIn, placesOf, put, valueAt, type Place } from './places';

/** What a part of a rule must come to: `untrue` is false, or the language's own third value. */
type Want = 'true' | 'false' | 'untrue';

/** A part of a rule with what it must come to. */
export interface Goal {
  readonly predicate: Predicate;
  readonly want: Want;
}

/** Values by field; no field is there twice, names with dots stay one name. */
export type Fields = ReadonlyMap<string, EventValue>;

export interface Search {
  readonly reading: Reading;
  /** The functions it reads with; what a pipeline cuts out of texts becomes one of them. */
  readonly functions: Map<string, RunFunction>;
  /** Values with which an event looks as its source would write it, see `likelier`. */
  readonly likelier: (
    row: Readonly<Record<string, EventValue>>,
    isOpen: (field: string) => boolean,
    isNew: boolean,
  ) => Iterable<readonly [string, readonly EventValue[]]>;
  /** Under which name a text is put that may stand in any field. */
  readonly anywhere: string;
  /** What a field usually holds, the likeliest first: for those that must only be there. */
  readonly usual: (field: string) => readonly EventValue[];
  /** A time a little before it is judged. */
  readonly moment: string;
  /** Whether a field holds times: they are written as texts. */
  readonly isTime: (field: string) => boolean;
  /** A field may have several values, one for each comparison. */
  readonly manyValues: (field: string) => boolean;
  /** What was made ready of conditions so far. */
  readonly nodes: WeakMap<Predicate, ReadyNode>;
  readonly effort: Effort;
}

/** Parts of a rule that are entered, choices tried again counted again: what needs more is given up. */
const MOST_STEPS = 5000;
/** Of them one within another: each waits on the stack. */
const MOST_DEEP = 1000;
/** Conditions within what is compared that are met one within another. */
const MOST_DETOURS = 40;
/** Of one field. */
const MOST_VALUES = 1500;
/** Stands for the search's moment. */
const MOMENT = 'moment';

interface Demand {
  readonly test: Test;
  readonly want: Want;
  readonly place: Place;
  readonly others: readonly Place[];
  readonly truth: (row: Row) => Truth;
  /** What asking it takes of the effort. */
  readonly cost: number;
}

/** Milliseconds of a time that events may have: from 1990 to 2100. */
const isMillis = (number: number): boolean => number > 6.3e11 && number < 4.2e12;

/** Comparisons that cost no more than this count as one. */
const CHEAP = 20;

const meets = (truth: Truth, want: Want): boolean =>
  want === 'true' ? truth === TRUE : want === 'false' ? truth === FALSE : truth !== TRUE && truth !== UNKNOWN;

const turned = (want: Want): Want => (want === 'true' ? 'false' : 'true');

/** Small values for fields so that all goals are met, or null where none were found; `start`: what stands already, changed only where it must be. */
export function fieldsFor(goals: readonly Goal[], search: Search, start: Fields = new Map()): Fields | null {
  for (const isHasty of [true, false]) {
    const found = attempt(goals, search, start, isHasty);
    if (found !== null) return found;
  }
  return null;
}

function attempt(goals: readonly Goal[], search: Search, start: Fields, isHasty: boolean): Fields | null {
  const row: Record<string, EventValue> = Object.create(null);
  for (const [name, value] of start) row[name] = value;
  const demands: Demand[] = [];
  let steps = 0;
  let detours = 0;
  const nodeOf = (predicate: Predicate): ReadyNode => {
    let node = search.nodes.get(predicate);
    if (node === undefined) search.nodes.set(predicate, (node = changing(readyNode(predicate, search.reading))));
    return node;
  };
  const truthOf = (predicate: Predicate): ((row: Row) => Truth) => nodeOf(predicate).truth;
  const now = (predicate: Predicate): Truth => truthOf(predicate)(row as Row);

  const settle = (place: Place): boolean => {
    const before = valueAt(row, place);
    const own = demands.filter((demand) => demand.place.field === place.field || demand.others.some(({ field }) => field === place.field));
    const holds = (): boolean => {
      for (const { cost } of own) search.effort.spend(cost);
      return own.every(({ truth, want }) => meets(truth(row as Row), want));
    };
    if (holds()) return true;
    const kept = row[place.field];
    let tried = 0;
    const isTime = place.path.length === 0 && search.isTime(place.field);
    for (const given of candidates(place, own, before, row, search)) {
      if (++tried > MOST_VALUES || search.effort.isSpent) break;
      if (isTime && typeof given === 'number' && !isMillis(given)) continue;
      const value = isTime && typeof given === 'number' ? new Date(given).toISOString() : given;
      put(row, place, value);
      if (holds()) return true;
    }
    if (kept === undefined) delete row[place.field];
    else row[place.field] = kept;
    return false;
  };

  const seedFor = (test: Test, other: Place): EventValue => search.usual(other.field)[0] ?? natural(test, other, row as Row, search).next().value ?? 'example';

  const add = (test: Test, want: Want): boolean => {
    const { place, others } = placesOf(test, search.anywhere);
    const kept = [place, ...others].map(({ field }) => [field, row[field]] as const);
    const { truth, cost } = nodeOf(test);
    demands.push({ test, want, place, others, truth, cost: 1 + cost / CHEAP });
    // What a field is compared with must be something: one kind of thing after another, until they compare.
    const isBare = others.length > 0 && want !== 'untrue' && test.compare !== 'absent';
    for (const seed of isBare ? [null, 1, MOMENT] : [null]) {
      for (const other of isBare ? (seed === null ? others : [place, ...others]) : [])
        if (valueAt(row, other) === undefined) put(row, other, seed === MOMENT ? search.moment : (seed ?? seedFor(test, other)));
      if (settle(place) || others.some(settle)) return true;
      for (const [name, value] of kept)
        if (value === undefined) delete row[name];
        else row[name] = value;
    }
    demands.pop();
    return false;
  };

  const restore = (mark: number, kept: Readonly<Record<string, EventValue>>): void => {
    demands.length = mark;
    for (const name of Object.keys(row)) if (!Object.hasOwn(kept, name)) delete row[name];
    Object.assign(row, kept);
  };

  /** Goals one after another; what leaves a choice comes when all that leaves none is done. */
  const reach = (list: Chain | null, choices: Chain | null, depth: number): boolean => {
    // What goes too deep is given up as a whole: there are as many other ways as it has parts.
    if (depth > MOST_DEEP) steps = MOST_STEPS;
    if (++steps > MOST_STEPS || search.effort.isSpent) return false;
    if (list === null) {
      if (choices === null) return goals.every(({ predicate, want }) => meets(now(predicate), want));
      const { goal, next } = choices;
      const { predicate, want } = goal;
      if (predicate.kind !== 'all' && predicate.kind !== 'any') return false;
      if (isHasty && meets(now(predicate), want)) return reach(null, next, depth + 1);
      for (const part of byEase(predicate.of, row, truthOf)) {
        const [mark, kept] = [demands.length, { ...row }];
        if (reach({ goal: { predicate: part, want }, next: null }, next, depth + 1)) return true;
        restore(mark, kept);
        if (steps > MOST_STEPS) return false;
      }
      return false;
    }
    const { goal, next } = list;
    const { predicate, want } = goal;
    switch (predicate.kind) {
      case 'unread':
        return false;
      case 'not':
        return reach({ goal: { predicate: predicate.of, want: turned(want) }, next }, choices, depth + 1);
      case 'test': {
        const [mark, kept] = [demands.length, { ...row }];
        if (add(predicate, want) && reach(next, choices, depth + 1)) return true;
        for (const branch of branchesOf(predicate, want)) {
          restore(mark, kept);
          if (steps > MOST_STEPS || search.effort.isSpent) break;
          if (branch.isFixed && !meets(now(branch.test), want)) continue;
          if (reach(chained(branch.goals, next), choices, depth + 1)) return true;
        }
        // What a choice deeper within it gives hangs on its conditions.
        for (const condition of predicate.left === null || isChoice(predicate.left) ? [] : conditionsIn(predicate.left))
          for (const wanted of ['true', 'false'] as const) {
            restore(mark, kept);
            if (meets(now(condition), wanted) || steps > MOST_STEPS || detours >= MOST_DETOURS) continue;
            detours++;
            const isReached = reach({ goal: { predicate: condition, want: wanted }, next: list }, choices, depth + 1);
            detours--;
            if (isReached) return true;
          }
        restore(mark, kept);
        return false;
      }
      case 'all':
      case 'any': {
        if ((predicate.kind === 'all') !== (want === 'true')) return reach(next, { goal, next: choices }, depth + 1);
        let rest = next;
        for (let at = predicate.of.length - 1; at >= 0; at--) rest = { goal: { predicate: predicate.of[at]!, want }, next: rest };
        return reach(rest, choices, depth + 1);
      }
      default:
        return predicate satisfies never;
    }
  };

  if (!reach(chained(goals, null), null, 0)) return null;
  const isOpen = (field: string): boolean => row[field] !== start.get(field);
  for (const [field, values] of search.likelier(row, isOpen, start.size === 0)) {
    const before = row[field]!;
    const fits = (value: EventValue): boolean => {
      if (search.effort.isSpent) return false;
      row[field] = value;
      for (const { predicate } of goals) search.effort.spend(1 + nodeOf(predicate).cost / CHEAP);
      return goals.every(({ predicate, want }) => meets(now(predicate), want));
    };
    if (isOpen(field)) row[field] = values.find((value) => value === before || fits(value)) ?? before;
  }
  return new Map(Object.entries(row));
}

/** A node over a row that changes: what looks at all of a row keeps what the last one had, so it is given another each time. */
function changing(node: ReadyNode): ReadyNode {
  let looksAtAll = false;
  walkTests(node.predicate, ({ left, values }) => {
    looksAtAll ||= left === null || [left, ...values].some(isWild);
  });
  return looksAtAll ? { ...node, truth: (row) => node.truth({ ...row }) } : node;
}

interface Chain {
  readonly goal: Goal;
  readonly next: Chain | null;
}

const chained = (goals: readonly Goal[], next: Chain | null): Chain | null => goals.reduceRight<Chain | null>((rest, goal) => ({ goal, next: rest }), next);

const isChoice = (operand: Operand): operand is Extract<Operand, { kind: 'call' }> => operand.kind === 'call' && CHOICES.has(operand.fn);

/** A way to meet a comparison with what a choice gives: its condition holds, none before it does, and what it gives is compared; `isFixed`: that is the same for all events. */
interface Branch {
  readonly goals: readonly Goal[];
  readonly test: Test;
  readonly isFixed: boolean;
}

const BRANCHES = new WeakMap<Test, Map<Want, readonly Branch[]>>();

function branchesOf(test: Test, want: Want): readonly Branch[] {
  if (test.left === null || !isChoice(test.left)) return [];
  const known = BRANCHES.get(test) ?? new Map<Want, readonly Branch[]>();
  BRANCHES.set(test, known);
  const branches = known.get(want) ?? branchesAnew(test, test.left, want);
  known.set(want, branches);
  return branches;
}

function branchesAnew(test: Test, { args }: Extract<Operand, { kind: 'call' }>, want: Want): readonly Branch[] {
  const before: Goal[] = [];
  const branches: Branch[] = [];
  for (let at = 0; at < args.length; at += 2) {
    const [first, second] = [args[at]!, args[at + 1]];
    const condition = second === undefined ? null : conditionOf(first);
    const made: Test = { ...test, left: condition === null ? first : second! };
    const own: readonly Goal[] = condition === null ? [] : [{ predicate: condition, want: 'true' }];
    branches.push({ goals: [...own, ...before, { predicate: made, want }], test: made, isFixed: made.left?.kind === 'literal' });
    if (condition === null) break;
    before.push({ predicate: condition, want: 'untrue' });
  }
  return branches;
}

/** Parts of a choice, the smallest first; those that hold already before all others. */
function byEase(parts: readonly Predicate[], row: Row, truthOf: (predicate: Predicate) => (row: Row) => Truth): readonly Predicate[] {
  const costs = new Map(parts.map((part) => [part, truthOf(part)(row) === UNKNOWN && sizeOf(part) === Infinity ? Infinity : sizeOf(part)]));
  return parts.toSorted((a, b) => costs.get(a)! - costs.get(b)!);
}

function sizeOf(predicate: Predicate): number {
  switch (predicate.kind) {
    case 'unread':
      return Infinity;
    case 'not':
      return sizeOf(predicate.of) + 0.5;
    case 'test':
      return predicate.left === null ? 1.5 : predicate.values.some(({ kind }) => kind === 'regex') ? 1.2 : 1;
    case 'all':
      return predicate.of.reduce((sum, part) => sum + sizeOf(part), 0);
    case 'any':
      return predicate.of.length === 0 ? Infinity : Math.min(...predicate.of.slice(0, 100).map(sizeOf));
    default:
      return predicate satisfies never;
  }
}

function* candidates(place: Place, demands: readonly Demand[], before: EventValue | undefined, row: Row, search: Search): Generator<EventValue | undefined> {
  const own = demands.filter((demand) => [demand.place, ...demand.others].some((one) => isSamePlace(place, one)));
  const positive = own.filter(({ want }) => want === 'true');
  const compared = new Set(positive.flatMap(({ test }) => (isPresence(test) || test.left === null ? [] : [keyOf(test.left)])));
  // What is compared is there.
  const asked = positive.filter(({ test }) => !isPresence(test) || (isMade(test) && !compared.has(keyOf(test.left!))));
  const newest = asked.at(-1);
  // What was asked for last may be changed within what stands there; the row has other values as soon as one is given.
  const there = Object.assign(Object.create(null) as Record<string, EventValue>, row) as Row;
  if (before !== undefined && newest !== undefined && (newest.test.left?.kind === 'call' || asked.length > 1))
    for (const way of take(waysFor(newest.test, place, search.reading, there), 60)) yield* take(valuesFrom([way]), 3);
  const texts = (): Iterable<EventValue> => combined(asked.filter(isOfText), place, row, search);
  // What is counted in a text is there as often as its length asks for.
  const counted = own.flatMap(({ test }) => replacedIn(test));
  if (counted.length > 0) yield* lengthsFor(own, [...counted, ...take(texts(), 3)]);
  if (asked.length === 0) {
    if (before !== undefined) yield* valuesNear(before);
    yield undefined;
    yield* search.usual(place.field);
    yield* ANY_VALUES;
  } else yield* combined(asked, place, row, search);
  // What must not be is a hint at what may be.
  for (const { test, want } of own)
    if (want !== 'true')
      for (const way of take(waysOf(test, search.reading, row), 8))
        for (const value of valuesFrom([way])) {
          yield* valuesNear(value);
          if (test.left?.kind === 'call')
            for (const other of take(valuesNear(value), 2))
              for (const made of take(inverted(test.left, { value: other }, place, search.reading, row), 8)) yield* take(valuesFrom([made]), 2);
        }
  // What one is worked out of comes of anything that fits.
  for (const { test } of own) yield* natural(test, place, row, search);
  for (const { place: first, others } of own) for (const other of [first, ...others]) if (!isSamePlace(other, place)) yield* momentsNear(valueAt(row, other));
  yield* search.usual(place.field);
  yield* ANY_VALUES;
  yield* lengthsFor(own, [...take(texts(), 3)]);
}

const isOfText = ({ test }: Demand): boolean => test.left?.kind === 'field' || test.compare === 'regex' || test.values.some(({ kind }) => kind === 'glob');

/** Texts that a comparison replaces in what it compares: so that it counts them. */
function replacedIn({ left }: Test): readonly string[] {
  const within = (operand: Operand): readonly string[] => {
    if (operand.kind !== 'call') return [];
    const [, second] = operand.args;
    const own = operand.fn.startsWith('replace') && (second?.kind === 'literal' || second?.kind === 'regex') ? second.text : null;
    const texts = own === null ? [] : [...take(regexTexts({ text: own, dialect: 're2', flags: '' }), 2)].map(({ text }) => text);
    return [...operand.args.flatMap(within), ...texts];
  };
  return left === null ? [] : within(left);
}

/** Words of a text, or values of a list. */
const MOST_WORDS = 50;

/** Texts of a length that comparisons with numbers are about, made longer of what the other comparisons ask for: with plain letters, then again and again. */
function* lengthsFor(demands: readonly Demand[], texts: readonly EventValue[]): Generator<EventValue> {
  for (const { test } of demands)
    for (const value of test.values)
      if (value.kind === 'literal' && /^\d{1,4}$/.test(value.text))
        for (const by of [1, 0, -1]) {
          const length = Number(value.text) + by;
          if (length < 0) continue;
          for (const text of texts)
            if (typeof text === 'string' && text !== '' && text.length < length) {
              yield `${text} ${'a'.repeat(length - text.length)}`;
              yield `${'a'.repeat(length - text.length)} ${text}`;
              for (const again of [text, `${text} `]) yield again.repeat(Math.ceil(length / again.length));
              if (length <= MOST_WORDS) yield text + ' a'.repeat(length);
            }
          yield 'a'.repeat(length);
          if (length <= MOST_WORDS) yield Array.from({ length }, (_, at) => `value ${at + 1}`);
        }
}

/** What is made of a text is there only where the text is made for it. */
const isMade = ({ compare, left }: Test): boolean => left?.kind === 'call' && (compare === 'exists' || compare === 'filled');

const isPresence = ({ compare }: Test): boolean => compare === 'exists' || compare === 'filled' || compare === 'absent' || compare === 'empty';

/** Values for a place so that what a comparison works out of it is something. */
function* natural(test: Test, place: Place, row: Row, { reading }: Search): Generator<EventValue> {
  for (const operand of test.left === null ? [] : [test.left, ...test.values])
    if (operand.kind === 'call') for (const way of take(inverted(operand, ANYTHING, place, reading, row), 40)) yield* take(valuesFrom([way]), 3);
}

/** Ways to meet a comparison at a place: what it is compared with, worked back through what is made of the place's value. */
function* waysFor(test: Test, place: Place, reading: Reading, row: Row): Generator<Way> {
  const { left } = test;
  const isLeft = left === null || placesIn(left).some((one) => isSamePlace(one, place));
  if (left !== null && !isLeft) {
    const value = valueOf(left, reading, row);
    for (const operand of test.values.flatMap((one) => (one.kind === 'list' ? one.of : [one])))
      if (placesIn(operand).some((one) => isSamePlace(one, place)))
        for (const way of value === undefined ? [] : waysNear(value, test.compare)) yield* inverted(operand, way, place, reading, row);
    return;
  }
  yield* waysOf(test, reading, row);
  if (left?.kind !== 'call') return;
  for (const way of waysOf(test, reading, row)) yield* inverted(left, way, place, reading, row);
  yield* inverted(left, ANYTHING, place, reading, row);
}

/** Values made of a way for each comparison, those added last changing first; a comparison that the others meet already adds nothing. */
function* combined(asked: readonly Demand[], place: Place, row: Row, search: Search): Generator<EventValue> {
  const scratch: Record<string, EventValue> = Object.assign(Object.create(null), row);
  const isMet = ({ truth, cost }: Demand, value: EventValue): boolean => {
    put(scratch, place, value);
    search.effort.spend(cost);
    return truth(scratch as Row) === TRUE;
  };
  const inOrder = asked.toSorted((a, b) => a.test.values.length - b.test.values.length);
  let left = MOST_VALUES * 2;
  const from = function* (at: number, ways: readonly Way[]): Generator<EventValue> {
    if (left-- <= 0 || search.effort.isSpent) return;
    if (at === inOrder.length) {
      yield* valuesFrom(ways);
      return;
    }
    const demand = inOrder[at]!;
    if (ways.length > 0)
      for (const value of valuesFrom(ways)) {
        if (isMet(demand, value)) {
          yield* from(at + 1, ways);
          break;
        }
        if (left-- <= 0) return;
      }
    for (const way of waysFor(demand.test, place, search.reading, row)) {
      if (left <= 0) return;
      yield* from(at + 1, [...ways, way]);
    }
  };
  if (inOrder.length > 1 && search.manyValues(place.field)) {
    // One text for all is plainer; where there are whole values among them, each has its own.
    yield* take(from(0, []), MANY_TRIES);
    left = MOST_VALUES * 2;
    yield* eachItsOwn(inOrder, place, row, search);
  }
  left = MOST_VALUES * 2;
  yield* from(0, []);
}

/** Texts that are tried for all comparisons of a field before it is given several values. */
const MANY_TRIES = 60;

/** A value for each comparison that those before do not meet. */
function* eachItsOwn(asked: readonly Demand[], place: Place, row: Row, search: Search): Generator<EventValue> {
  const scratch: Record<string, EventValue> = Object.assign(Object.create(null), row);
  const values: EventValue[] = [];
  for (const { test, truth } of asked) {
    put(scratch, place, [...values]);
    if (truth(scratch as Row) === TRUE) continue;
    search: for (const way of take(waysFor(test, place, search.reading, row), 40))
      for (const value of valuesFrom([way])) {
        put(scratch, place, [...values, value].flat());
        if (truth(scratch as Row) !== TRUE) continue;
        for (const one of [value].flat()) values.push(one);
        break search;
      }
  }
  yield values;
}
