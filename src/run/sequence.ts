import type { Operation, SequenceStep } from '../model';
import { refused, type Row } from './dialect';
import { timeOfEvent } from './event-time';
import { keyOf, type Running } from './pipeline-dialect';
import { TRUE } from './truth';
import { isList, type Bag, type Value } from './value';

type Step = Extract<Operation, { kind: 'sequence' }>;

/** A match: an event's number for each slot, null where one must not be. */
export type Match = readonly (number | null)[];

/** One step, runs written out, made ready. */
interface ReadyStep {
  readonly absent: boolean;
  readonly fits: (row: Row) => boolean;
  /** The keys an event joins by: several where a key has several values, none where one is missing that may not be. */
  readonly keys: (row: Row) => readonly string[];
}

interface Timed {
  readonly index: number;
  readonly row: Row;
  readonly at: bigint;
}

const UNITS: Readonly<Record<string, bigint>> = { ms: 1_000_000n, s: 1_000_000_000n, m: 60_000_000_000n, h: 3_600_000_000_000n, d: 86_400_000_000_000n };

/** The events in order of time, by their number where times are equal. Without a time the order they stand in is all there is. */
export function inTime(events: readonly Row[]): readonly Timed[] {
  return events.map((row, index) => ({ index, row, at: timeOf(row) })).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.index - b.index));
}

/** `@timestamp` of an event: a number is milliseconds. */
function timeOf(row: Row): bigint {
  const own = row['@timestamp'];
  if (typeof own === 'number') return BigInt(Math.round(own * 1000)) * 1000n;
  return timeOfEvent(row) ?? 0n;
}

/** Every match of a sequence, in the order they are completed; of a sample, by keys. */
export function matchSequence(operation: Step, running: Running): readonly Match[] {
  const events = inTime(running.given.events as readonly Bag[]);
  const steps = operation.steps.flatMap((step) => Array.from({ length: step.runs ?? 1 }, () => step));
  if (steps.length > 1000) throw refused('a sequence of more than a thousand events');
  const ready = steps.map((step) => readyStep(step, running));
  if (operation.how === 'sample') return samples(ready, events);
  const maxspan = operation.maxspan === undefined ? null : spanOf(operation.maxspan);
  if (ready.some(({ absent }) => absent) && maxspan === null) throw refused('a missing event without maxspan');
  return sequences(ready, operation.until === undefined ? null : readyStep(operation.until, running), maxspan, events);
}

function spanOf(text: string): bigint {
  const found = /^\s*(\d+)\s*(ms|s|m|h|d)\s*$/.exec(text);
  if (found === null) throw refused(`the timespan \`${text}\``);
  return BigInt(found[1]!) * UNITS[found[2]!]!;
}

function readyStep(step: SequenceStep, running: Running): ReadyStep {
  const condition = running.condition(step.predicate);
  const category = step.category === undefined || step.category === 'any' ? null : step.category;
  const read = running.reading.read('event.category');
  const keys = step.by.map((operand) => ({ evaluate: running.evaluate(operand), mayMiss: operand.kind === 'call' && operand.fn === '?' }));
  return {
    absent: step.absent === true,
    fits(row) {
      if (category !== null) {
        const own = read(row);
        if (!(isList(own) ? own.includes(category) : own === category)) return false;
      }
      return condition(row) === TRUE;
    },
    keys(row) {
      let all: string[] = [''];
      for (const { evaluate, mayMiss } of keys) {
        const value: Value = evaluate(row);
        // Nulls among several values are none; nothing else left is null.
        const given = isList(value) ? value.filter((one) => one !== null) : [value];
        const values = given.length === 0 ? [null] : given;
        const parts = values.filter((one) => mayMiss || one !== null).map(keyOf);
        all = all.flatMap((head) => parts.map((part) => `${head}\u0000${part}`));
      }
      return all;
    },
  };
}

interface Partial {
  readonly slots: readonly Timed[];
}

/** What has begun for one key: for each stage the partial matches that wait for the next, oldest first. */
type Waiting = (Partial[] | undefined)[];

function sequences(steps: readonly ReadyStep[], until: ReadyStep | null, maxspan: bigint | null, events: readonly Timed[]): readonly Match[] {
  const positive = steps.filter(({ absent }) => !absent);
  if (positive.length === 0) throw refused('a sequence of missing events only');
  const byKey = new Map<string, Waiting>();
  const found: Match[] = [];
  const order = new Map(events.map((event, at) => [event.index, at]));
  for (const event of events) {
    // The last stage first, so that an event never follows itself.
    for (let stage = positive.length - 1; stage >= 0; stage--) {
      const step = positive[stage]!;
      if (!step.fits(event.row)) continue;
      for (const key of step.keys(event.row)) {
        const slots = stage === 0 ? [event] : follow(byKey.get(key), stage, event, maxspan);
        if (slots === null) continue;
        if (stage === positive.length - 1) {
          if (lacks(steps, slots, key, maxspan, events, order)) found.push(withGaps(steps, slots));
          continue;
        }
        let waiting = byKey.get(key);
        if (waiting === undefined) byKey.set(key, (waiting = []));
        (waiting[stage] ??= []).push({ slots });
      }
    }
    if (until?.fits(event.row) === true) for (const key of until.keys(event.row)) byKey.delete(key);
  }
  return found;
}

/** The latest partial match before the event takes it; those before it are given up. */
function follow(waiting: Waiting | undefined, stage: number, event: Timed, maxspan: bigint | null): readonly Timed[] | null {
  const partials = waiting?.[stage - 1];
  const last = partials?.pop();
  if (last === undefined) return null;
  partials!.length = 0;
  if (maxspan !== null && event.at - last.slots[0]!.at > maxspan) return null;
  return [...last.slots, event];
}

/** Whether the events that must be missing are. One before and one after are missed together: both there within maxspan is what is ruled out. */
function lacks(
  steps: readonly ReadyStep[],
  slots: readonly Timed[],
  key: string,
  maxspan: bigint | null,
  events: readonly Timed[],
  order: ReadonlyMap<number, number>,
): boolean {
  const [first, last] = [slots[0]!, slots.at(-1)!];
  const has = (step: ReadyStep, from: number, to: number, fits: (event: Timed) => boolean): boolean => {
    for (let at = from; at < to; at++) {
      const event = events[at]!;
      if (fits(event) && step.fits(event.row) && step.keys(event.row).includes(key)) return true;
    }
    return false;
  };
  let before = 0;
  const leading: ReadyStep[] = [];
  const trailing: ReadyStep[] = [];
  for (const step of steps) {
    if (!step.absent) before++;
    else if (before === 0) leading.push(step);
    else if (before === slots.length) trailing.push(step);
    else if (has(step, order.get(slots[before - 1]!.index)! + 1, order.get(slots[before]!.index)!, () => true)) return false;
  }
  const [start, end] = [order.get(first.index)!, order.get(last.index)! + 1];
  const early = (step: ReadyStep): boolean => has(step, 0, start, (event) => event.at >= last.at - maxspan!);
  const late = (step: ReadyStep, from: bigint): boolean => has(step, end, events.length, (event) => event.at <= from + maxspan!);
  if (leading.length === 0) return !trailing.some((step) => late(step, first.at));
  if (trailing.length === 0) return !leading.some(early);
  return !leading.some((step) => has(step, 0, start, (event) => event.at >= last.at - maxspan! && trailing.some((one) => late(one, event.at))));
}

function withGaps(steps: readonly ReadyStep[], slots: readonly Timed[]): Match {
  let at = 0;
  return steps.map(({ absent }) => (absent ? null : slots[at++]!.index));
}

/** One match of each key that has an event for every step, no event twice. */
function samples(steps: readonly ReadyStep[], events: readonly Timed[]): readonly Match[] {
  const byKey = new Map<string, Timed[][]>();
  for (const event of events) {
    steps.forEach((step, at) => {
      if (!step.fits(event.row)) return;
      for (const key of step.keys(event.row)) {
        let found = byKey.get(key);
        if (found === undefined) byKey.set(key, (found = steps.map(() => [])));
        found[at]!.push(event);
      }
    });
  }
  const matches: Match[] = [];
  for (const [, candidates] of [...byKey].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    const chosen = pick(candidates, 0, []);
    if (chosen !== null) matches.push(chosen.map(({ index }) => index));
  }
  return matches;
}

function pick(candidates: readonly (readonly Timed[])[], at: number, chosen: readonly Timed[]): readonly Timed[] | null {
  if (at === candidates.length) return chosen;
  for (const event of candidates[at]!) {
    if (chosen.includes(event)) continue;
    const rest = pick(candidates, at + 1, [...chosen, event]);
    if (rest !== null) return rest;
  }
  return null;
}
