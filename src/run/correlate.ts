import type { Operation, Span } from '../model';
import { sigmaDialect } from './dialect/sigma';
import { numberOf } from './dialect/textual';
import { timeOfEvent } from './event-time';
import { readerOf, type Reader } from './fields';
import { readyNode } from './judge';
import { TRUE, UNKNOWN } from './truth';
import { isList, textOf, type Bag, type Value } from './value';

type Correlation = Extract<Operation, { kind: 'correlate' }>;

/** A rule that fired: on one event, or, where it is a correlation itself, on several. */
export interface Firing {
  readonly rule: string;
  readonly events: readonly number[];
  /** Where its fields are read. */
  readonly row: Bag;
}

/** A stretch of time in which the condition holds for a group. */
interface Window {
  readonly events: readonly number[];
  readonly group: Bag;
}

interface Timed extends Firing {
  readonly at: bigint;
}

const UNITS: Readonly<Record<string, bigint>> = { s: 1n, m: 60n, h: 3600n, d: 86_400n, w: 604_800n, M: 2_592_000n, y: 31_536_000n };

/** A timespan such as `15m` in nanoseconds; null for any other text. */
function spanNanos(text: string): bigint | null {
  const found = /^\s*(\d{1,12})\s*([smhdwMy])\s*$/.exec(text);
  return found === null ? null : BigInt(found[1]!) * UNITS[found[2]!]! * 1_000_000_000n;
}

/** What is said of a result where the text of the specification leaves it open. */
const READINGS = {
  slides: 'a window begins at each event and holds all that come within the timespan, its end included',
  noGroup: 'events without a field of group-by form no group',
  counted: 'one event that several rules match counts once for each rule',
  instant: 'events of one instant follow each other in the order they stand in',
  numbers: 'values that are no numbers are passed over, and without any number there is no result',
} as const;

/** Windows in which a correlation's condition holds, at most one at a time of each group. */
export function correlate(
  correlation: Correlation,
  firings: readonly Firing[],
  events: readonly Bag[],
): { readonly windows: readonly Window[]; readonly readings: readonly string[] } | { readonly refused: { readonly span: Span; readonly why: string } } {
  const refuse = (why: string) => ({ refused: { span: correlation.span, why } });
  const timespan = spanNanos(correlation.timespan);
  if (timespan === null) return refuse(`the timespan \`${correlation.timespan}\``);
  const judged = conditionOf(correlation);
  if (typeof judged === 'string') return refuse(judged);
  const groups = new Map<string, { group: Bag; firings: Timed[] }>();
  let skipped = false;
  for (const firing of firings) {
    const at = firing.events.reduce<bigint | null>((latest, index) => {
      const time = timeOfEvent(events[index]!);
      return time === null ? latest : latest === null || time > latest ? time : latest;
    }, null);
    if (at === null) return refuse('an event that does not say when it happened');
    const group = groupOf(correlation, firing);
    if (group === null) {
      skipped = true;
      continue;
    }
    const key = JSON.stringify(Object.values(group));
    let found = groups.get(key);
    if (found === undefined) groups.set(key, (found = { group, firings: [] }));
    found.firings.push({ ...firing, at });
  }
  const windows: Window[] = [];
  for (const { group, firings: own } of groups.values()) {
    own.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.events[0]! - b.events[0]!));
    let end = 0;
    for (let start = 0; start < own.length; start++) {
      // Two windows that begin at one instant are one.
      if (start > 0 && own[start - 1]!.at === own[start]!.at) continue;
      while (end < own.length && own[end]!.at - own[start]!.at <= timespan) end++;
      const inside = own.slice(start, end);
      const holds = judged(inside);
      if (holds === null) return refuse('a condition that is not read');
      if (!holds) continue;
      windows.push({ events: [...new Set(inside.flatMap((firing) => firing.events))].sort((a, b) => a - b), group });
      start = end - 1;
    }
  }
  const isNumeric = /^value_(?:sum|avg|percentile|median)$/.test(correlation.type);
  const readings = [
    READINGS.slides,
    ...(skipped ? [READINGS.noGroup] : []),
    ...(correlation.rules.length > 1 ? [READINGS.counted] : []),
    ...(correlation.type === ORDERED ? [READINGS.instant] : []),
    ...(isNumeric ? [READINGS.numbers] : []),
  ];
  return { windows, readings };
}

/** The values of group-by, through the aliases of the rule that fired; null where one is missing. */
function groupOf({ by, aliases }: Correlation, { rule, row }: Firing): Bag | null {
  const group: Record<string, Value> = Object.create(null);
  for (const { name } of by) {
    const field = aliases.find((alias) => alias.alias === name && alias.rule === rule)?.field ?? name;
    const value = readerOf(field)(row);
    if (value === undefined || value === null) return null;
    group[name] = value;
  }
  return group;
}

const ORDERED = 'temporal_ordered';

/** Whether the condition holds of what fired in one window, in order of time; a text: why it cannot be judged. */
function conditionOf(correlation: Correlation): ((inside: readonly Timed[]) => boolean | null) | string {
  const { type, condition } = correlation;
  const names = correlation.rules.map(({ name }) => name);
  const isTemporal = type === 'temporal' || type === ORDERED;
  const measure = isTemporal ? null : MEASURES[type];
  if (measure === undefined) return `a correlation of the type \`${type}\``;
  const fields = correlation.of.map(({ name }) => readerOf(name));
  if (!isTemporal && type !== 'event_count' && fields.length === 0) return `\`${type}\` without a field`;
  const percentile = correlation.percentile ?? null;
  const isEmpty = condition.kind === 'all' && condition.of.length === 0;
  if (isTemporal && isEmpty) return (inside) => (type === ORDERED ? inOrder(names, inside) : names.every((name) => inside.some(({ rule }) => rule === name)));
  if (isEmpty) return 'a correlation without a condition';
  const node = readyNode(condition, {
    dialect: sigmaDialect,
    scope: { now: 0n },
    read:
      (name): Reader =>
      (row) =>
        Object.hasOwn(row, name) ? row[name] : names.includes(name) ? undefined : row['count'],
    typeOf: () => undefined,
  });
  return (inside) => {
    const row: Record<string, Value> = Object.create(null);
    if (measure === null) {
      row['count'] = new Set(inside.map(({ rule }) => rule)).size;
      for (const name of names) {
        const count = inside.filter(({ rule }) => rule === name).length;
        if (count > 0) row[name] = count;
      }
    } else {
      const value = measure(inside, fields, percentile);
      if (value === null) return false;
      row['count'] = value;
    }
    const truth = node.truth(row);
    if (truth === UNKNOWN) return null;
    return (
      truth === TRUE &&
      (type !== ORDERED ||
        inOrder(
          names.filter((name) => Object.hasOwn(row, name)),
          inside,
        ))
    );
  };
}

/** Whether the rules fired one after another, each at or after the one before: a later event for each. */
function inOrder(names: readonly string[], inside: readonly Timed[]): boolean {
  let at = 0;
  for (const name of names) {
    while (at < inside.length && inside[at]!.rule !== name) at++;
    if (at++ >= inside.length) return false;
  }
  return true;
}

type Measure = (inside: readonly Timed[], fields: readonly Reader[], percentile: number | null) => number | null;

const numbersOf: (inside: readonly Timed[], fields: readonly Reader[]) => readonly number[] = (inside, fields) =>
  inside.flatMap(({ row }) => {
    const value = fields[0]!(row);
    return (isList(value) ? value : [value]).flatMap((one) => {
      const number = one === undefined ? null : numberOf(one);
      return number === null ? [] : [number];
    });
  });

const MEASURES: Readonly<Record<string, Measure>> = {
  event_count: (inside) => inside.length,
  value_count(inside, fields) {
    const seen = new Set<string>();
    for (const { row } of inside) {
      const values = fields.map((read) => read(row));
      if (values.every((value) => value !== undefined && value !== null)) seen.add(JSON.stringify(values.map((value) => textOf(value!))));
    }
    return seen.size;
  },
  value_sum: (inside, fields) => sumOf(numbersOf(inside, fields)),
  value_avg(inside, fields) {
    const numbers = numbersOf(inside, fields);
    const sum = sumOf(numbers);
    return sum === null ? null : sum / numbers.length;
  },
  value_median: (inside, fields) => percentileFrom(numbersOf(inside, fields), 50),
  value_percentile: (inside, fields, percentile) => percentileFrom(numbersOf(inside, fields), percentile ?? 50),
};

const sumOf = (numbers: readonly number[]): number | null => (numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0));

/** By linear interpolation between the two nearest ranks. */
function percentileFrom(numbers: readonly number[], percentile: number): number | null {
  if (numbers.length === 0) return null;
  const sorted = numbers.toSorted((a, b) => a - b);
  const rank = (Math.min(Math.max(percentile, 0), 100) / 100) * (sorted.length - 1);
  const low = Math.floor(rank);
  return sorted[low]! + (rank - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
}
