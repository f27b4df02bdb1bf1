import type { Event, Taxonomy } from '../model';
import { timeOfEvent } from './event-time';
import type { Bag } from './value';

/** An event that is kept because a rule says something of it. */
interface KeptEvent {
  readonly event: Event;
  readonly names: Taxonomy | null;
  /** Milliseconds since 1970. */
  readonly at: number | null;
}

interface Counted {
  hits: number;
  undecided: number;
  /** The first of its events, by number. */
  readonly first: number[];
  /** Hits by stretch of time. */
  readonly times: Map<number, number>;
}

/** What was found so far, by rule. */
export interface Tally {
  add(number: number, event: Event, names: Taxonomy | null, found: { readonly matches: readonly number[]; readonly undecided: readonly number[] }): void;
  readonly rules: ReadonlyMap<number, Readonly<Omit<Counted, 'first'>> & { readonly first: readonly number[] }>;
  readonly kept: ReadonlyMap<number, KeptEvent>;
  range(): readonly [from: number, to: number] | null;
  /** A rule's hits in equal parts of the range. */
  strip(rule: number): readonly number[];
}

/** Events that are kept of a rule, and of all rules. */
const MOST_OF_RULE = 1000;
const MOST_KEPT = 50_000;
/** Stretches of time that a rule has at most before they are made twice as long. */
const MOST_STRETCHES = 2048;
const PARTS = 48;

/** Counts what rules say of events, and keeps the first events of each. What it holds is bounded, however many events there are. */
export function newTally(): Tally {
  const rules = new Map<number, Counted>();
  const kept = new Map<number, KeptEvent>();
  /** Milliseconds. */
  let stretch = 1000;
  let [from, to] = [Infinity, -Infinity];

  const ruleOf = (rule: number): Counted => {
    let found = rules.get(rule);
    if (found === undefined) rules.set(rule, (found = { hits: 0, undecided: 0, first: [], times: new Map() }));
    return found;
  };
  const widen = (): void => {
    stretch *= 2;
    for (const { times } of rules.values()) {
      const old = [...times];
      times.clear();
      for (const [at, count] of old) times.set(Math.floor(at / 2), (times.get(Math.floor(at / 2)) ?? 0) + count);
    }
  };

  return {
    rules,
    kept,
    add(number, event, names, { matches, undecided }) {
      if (matches.length === 0 && undecided.length === 0) return;
      const nanos = timeOfEvent(event as Bag);
      const at = nanos === null ? null : Number(nanos / 1_000_000n);
      let isKept = false;
      const keep = (counted: Counted): void => {
        if (counted.first.length >= MOST_OF_RULE || (kept.size >= MOST_KEPT && !isKept)) return;
        counted.first.push(number);
        if (!isKept) kept.set(number, { event, names, at });
        isKept = true;
      };
      for (const rule of matches) {
        const counted = ruleOf(rule);
        counted.hits++;
        keep(counted);
        if (at === null) continue;
        from = Math.min(from, at);
        to = Math.max(to, at);
        const place = Math.floor(at / stretch);
        counted.times.set(place, (counted.times.get(place) ?? 0) + 1);
        if (counted.times.size > MOST_STRETCHES) widen();
      }
      for (const rule of undecided) {
        const counted = ruleOf(rule);
        counted.undecided++;
        keep(counted);
      }
    },
    range: () => (from > to ? null : [from, to]),
    strip(rule) {
      const times = rules.get(rule)?.times;
      if (times === undefined || times.size === 0) return [];
      const parts = Array.from({ length: PARTS }, () => 0);
      const width = Math.max(1, to - from);
      for (const [place, count] of times) {
        const at = Math.min(Math.max(place * stretch + stretch / 2, from), to);
        parts[Math.min(PARTS - 1, Math.floor(((at - from) / width) * PARTS))]! += count;
      }
      return parts;
    },
  };
}
