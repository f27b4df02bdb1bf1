import { isContextField } from '../knowledge/families';
import { SYSTEM_FIELD } from '../knowledge/where-asked';
import { isInside, type EventRule, type Parting, type Rule, type Span } from '../model';
import { readyEventRule } from '../run/event-rule';
import { eventsGiven } from '../run/given';
import { FALSE, TRUE } from '../run/truth';
import type { Bag } from '../run/value';
import { fieldNameOf } from '../syntax/classify';
import { walkTests } from '../syntax/walk';
import { witnessOf } from './witness';

/**
 * Events that one of two rules matches and the other does not, made of the first and judged by both, whatever log they stand in: one that the first
 * matches alone, and one that the other does, as far as they are found. `rules`: those the first names, and filters; `now`: nanoseconds since 1970;
 * where it `isLate` no more are looked for.
 */
export function partingsOf(rule: Rule, rules: readonly Rule[], other: EventRule, now: bigint, isLate?: () => boolean): readonly Parting[] {
  const made = witnessOf(rule, rules, now, isLate);
  if (made.withheld !== undefined || made.events.length !== 1) return [];
  const [event] = made.events;
  const { names, types } = eventsGiven([event!], rules);
  const ready = readyEventRule(other, { names, types, now, ignoreLogsource: true });
  if (ready === null) return [];
  const missed = made.misses
    .filter(({ span }) => !isPlace(rule, span))
    .flatMap(({ condition, events }) => events.map((near): Parting => ({ matches: 'rule', event: near, condition })))
    .find((miss) => ready.truth(miss.event as Bag) === TRUE);
  return [
    ...(ready.truth(event as Bag) === FALSE ? [{ matches: 'draft', event: event!, condition: null } as const] : []),
    ...(missed === undefined ? [] : [missed]),
  ];
}

/** Whether a condition says only where or when: rules differ in that without asking anything else of an event. */
function isPlace({ analysis, taxonomy }: Rule, span: Span): boolean {
  const names: (string | null)[] = [];
  walkTests(analysis.predicate, (test) => {
    if (isInside(test.span, span)) names.push(fieldNameOf(test));
  });
  return names.length > 0 && names.every((name) => name !== null && (name === SYSTEM_FIELD || isContextField(taxonomy, name)));
}
