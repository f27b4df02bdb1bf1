import { distinctCounter, type Count } from './distinct-counter';
import type { RuleColumns } from './store/rule-columns';
import { KINDS, POLARITIES } from './store/stored-format';

const INDICATOR = POLARITIES.indexOf('indicator');
const EXCLUSION = POLARITIES.indexOf('exclusion');
const THRESHOLD = POLARITIES.indexOf('threshold');
const CONTEXT = POLARITIES.indexOf('context');

export interface FieldCount {
  /** Place in `Facts.fields`. */
  readonly field: number;
  readonly rules: number;
  /** Operator as written → rules. */
  readonly how: readonly Count[];
  /** Place in `Facts.strings` → rules that have it among their first three. */
  readonly samples: readonly Count[];
}

/** What some rules filter on: each rule counts once for a field, an operator, a triple, an event. Triples and events by number. */
interface GuideCounts {
  readonly fields: readonly FieldCount[];
  readonly indicators: readonly Count[];
  readonly exclusions: readonly Count[];
  readonly thresholds: readonly Count[];
  readonly events: readonly Count[];
}

/** Counts over the columns of these rules; time is linear in their readings. */
export function countRules(facts: RuleColumns, rules: readonly number[]): GuideCounts {
  const triples = facts.tripleFields.length;
  const indicators = distinctCounter(triples);
  const exclusions = distinctCounter(triples);
  const thresholds = distinctCounter(triples);
  const events = distinctCounter(facts.eventTable.length);
  const fields = distinctCounter(facts.fields.length);
  const how = distinctCounter(facts.fields.length * KINDS.length);
  const samples = new Map<number, Map<number, number>>();
  // The three smallest values of each field the current rule has; strings stand in order, so their places compare like texts.
  const first = new Map<number, number[]>();

  for (const rule of rules) {
    for (let leaf = facts.leafStarts[rule]!; leaf < facts.leafStarts[rule + 1]!; leaf++) {
      const polarity = facts.leafPolarities[leaf]!;
      const isFilter = polarity === INDICATOR || polarity === THRESHOLD || polarity === CONTEXT;
      if (!isFilter && polarity !== EXCLUSION) continue;
      const operator = facts.leafOperators[leaf]!;
      for (let reading = facts.leafValueStarts[leaf]!; reading < facts.leafValueStarts[leaf + 1]!; reading++) {
        const triple = facts.leafValueTriples[reading]! - 1;
        if (triple < 0) continue;
        if (polarity === INDICATOR) indicators.add(triple, rule);
        else if (polarity === EXCLUSION) exclusions.add(triple, rule);
        else if (polarity === THRESHOLD) thresholds.add(triple, rule);
        if (!isFilter) continue;
        const field = facts.tripleFields[triple]!;
        fields.add(field, rule);
        how.add(field * KINDS.length + operator, rule);
        if (polarity !== CONTEXT && facts.strings[facts.tripleValues[triple]!] !== '') keepSmallest(first, field, facts.tripleValues[triple]!);
      }
    }
    for (const [field, values] of first) {
      let known = samples.get(field);
      if (known === undefined) samples.set(field, (known = new Map()));
      for (const value of values) known.set(value, (known.get(value) ?? 0) + 1);
    }
    first.clear();
    for (let at = facts.events.starts[rule]!; at < facts.events.starts[rule + 1]!; at++) events.add(facts.events.items[at]!, rule);
  }

  const kinds = new Map<number, Count[]>();
  for (const [key, count] of how.counts()) {
    const field = Math.floor(key / KINDS.length);
    const known = kinds.get(field);
    if (known === undefined) kinds.set(field, [[key % KINDS.length, count]]);
    else known.push([key % KINDS.length, count]);
  }
  return {
    fields: fields.counts().map(([field, count]) => ({ field, rules: count, how: kinds.get(field) ?? [], samples: [...(samples.get(field) ?? [])] })),
    indicators: indicators.counts(),
    exclusions: exclusions.counts(),
    thresholds: thresholds.counts(),
    events: events.counts(),
  };
}

/** Puts a value among the three smallest distinct ones of its field. */
function keepSmallest(first: Map<number, number[]>, field: number, value: number): void {
  const known = first.get(field);
  if (known === undefined) {
    first.set(field, [value]);
    return;
  }
  if (known.includes(value)) return;
  let at = known.length;
  while (at > 0 && known[at - 1]! > value) at--;
  if (at > 2) return;
  known.splice(at, 0, value);
  if (known.length > 3) known.pop();
}
