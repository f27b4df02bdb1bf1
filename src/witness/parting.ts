import { isContextField } from '../knowledge/families';
import { canonicalField } from '../knowledge/fields';
import { LOG_FIELDS, SYSTEM_FIELD, TIME_FIELDS } from '../knowledge/where-asked';
import type { Event, FiringRule, NotSingle, Parting, Partings, Predicate, Taxonomy } from '../model';
import { readyEventRule } from '../run/event-rule';
import { FALSE, TRUE } from '../run/truth';
import type { Bag } from '../run/value';
import { subjectOf } from '../syntax/classify';
import { walkTests } from '../syntax/walk';
import { withGroups } from './firing';
import type { Witness } from './judged';

/** One of two rules that are told apart, with the events made of it. */
export interface Party {
  readonly rule: FiringRule | NotSingle;
  readonly made: Witness;
}

/**
 * Events that one of two rules matches and the other does not, made of either and judged by both, whatever log they stand in: one that the first
 * matches alone, and one that the other does, as far as they are found; `now`: nanoseconds since 1970.
 */
export function partingsOf(own: Party, other: Party, now: bigint): Partings {
  const [ofOwn, ofOther] = [apart(own, other.rule, now), apart(other, own.rule, now)];
  const [first, second] = [ofOwn.alone ?? ofOther.near, ofOwn.near ?? ofOther.alone];
  return {
    found: [
      ...(first === undefined ? [] : [{ ...first, matches: 'own' as const }]),
      ...(second === undefined ? [] : [{ ...second, matches: 'other' as const }]),
    ],
    withheld: { own: own.made.withheld ?? null, other: other.made.withheld ?? null },
  };
}

type Apart = Omit<Parting, 'matches'>;

/** Of the events made of a rule the one it matches, if another does not, and a near miss that the other matches. */
function apart({ rule, made }: Party, other: Party['rule'], now: bigint): { readonly alone?: Apart; readonly near?: Apart } {
  if (typeof rule === 'string' || typeof other === 'string' || made.withheld !== undefined || made.events.length !== 1) return {};
  const [event] = made.events;
  const judge = judgeOf(other, rule.taxonomy, now);
  if (judge === null) return {};
  const near = made.misses
    .filter(({ of }) => of === undefined || !isPlace(of, rule.taxonomy))
    .flatMap(({ condition, events }) => events.map((miss): Apart => ({ event: miss, condition })))
    .find((miss) => judge.matches(miss.event));
  return { ...(judge.fails(event!) ? { alone: { event: event!, condition: null } } : null), ...(near === undefined ? null : { near }) };
}

interface Judge {
  readonly matches: (event: Event) => boolean;
  readonly fails: (event: Event) => boolean;
}

/** What judges events in the names of a family by a rule; what merely lacks fields that the rule sums up by is not told. Null: nothing does. */
function judgeOf(rule: FiringRule, names: Taxonomy, now: bigint): Judge | null {
  const judging = { names, types: new Map(), now, ignoreLogsource: true };
  const [asked, whole] = [readyEventRule(rule, judging), readyEventRule(withGroups(rule), judging)];
  if (asked === null || whole === null) return null;
  // What chooses events for the one says nothing to the other, as in names that are not its own.
  const scoping = names === rule.taxonomy ? asked.dialect.scoping : undefined;
  const heard = (event: Event): Bag => Object.fromEntries(Object.entries(event).filter(([name]) => scoping?.has(name) !== true)) as Bag;
  return { matches: (event) => whole.truth(heard(event)) === TRUE, fails: (event) => asked.truth(heard(event)) === FALSE };
}

const PLACES: ReadonlySet<string> = new Set([...LOG_FIELDS, ...TIME_FIELDS, SYSTEM_FIELD]);

/** Whether a condition says only where or when: rules differ in that without asking anything else of an event. */
function isPlace(condition: Predicate, taxonomy: Taxonomy): boolean {
  let [tests, places] = [0, 0];
  walkTests(condition, (test) => {
    tests++;
    const field = subjectOf(test.left);
    if (field !== null) places += Number(isContextField(taxonomy, field.name) || PLACES.has(canonicalField(taxonomy, [], field.name)));
  });
  return tests > 0 && tests === places;
}
