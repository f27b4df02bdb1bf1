import type { Event, EventRule } from '../model';
import { eventFieldsOf } from './event-fields';
import { identityOf, type EventIdentity } from './event-identity';
import { readyEventRule, type Judging, type ReadyRule } from './event-rule';
import { literalIndexOf } from './literal-index';
import { FALSE, TRUE, UNKNOWN, type Truth } from './truth';
import type { Bag } from './value';
import type { AskedLiterals, Literal } from './asked-literals';

/** Rules made ready to be run over many events together. */
export interface ManyRules {
  /** By number of rule; null: its language is not judged by single events, or it asks nothing of one that these events could have. */
  readonly ready: readonly (ReadyRule | null)[];
  /** Rules that are looked at for every event of their kind: nothing they must hold is known. */
  readonly always: number;
  /** What each rule says of an event: numbers of rules that match it, and of those that cannot tell. */
  judge(event: Event): { readonly matches: readonly number[]; readonly undecided: readonly number[] };
}

/** Identities whose readers are kept. */
const MOST_IDENTITIES = 300;

/** Stands where a rule was not asked yet whether it reads events of an identity. */
const UNASKED = 255;

/** Events of a sample that are looked at. */
const MOST_SAMPLED = 1000;

/**
 * An index from literals that rules require, and from what events are, to the rules: an event is judged by the rules that read its kind and of which it
 * holds a literal, or that require none. It gives what each rule alone gives.
 * `sample`: events like those that come; of what a rule requires the index takes what is rarest in them.
 */
export function manyRules(rules: readonly (EventRule | null)[], judging: Judging, sample: readonly Event[] = []): ManyRules {
  const fields = eventFieldsOf(judging.names);
  const ready = rules.map((rule) => (rule === null ? null : readyEventRule(rule, judging, fields)));
  const index = literalIndexOf(
    rarestOf(
      ready.map((one) => one?.asked ?? [[]]),
      sample,
    ),
  );
  const stamps = new Int32Array(rules.length);
  let turn = 0;

  /** By identity, whether each rule reads such events, of those that were asked. */
  const byIdentity = new Map<EventIdentity | null, Uint8Array>();
  const readsOf = (identity: EventIdentity | null): Uint8Array => {
    let found = byIdentity.get(identity);
    if (found === undefined) {
      if (byIdentity.size >= MOST_IDENTITIES) byIdentity.clear();
      byIdentity.set(identity, (found = new Uint8Array(rules.length).fill(UNASKED)));
    }
    return found;
  };

  return {
    ready,
    always: index.always.length,
    judge(event) {
      const row = event as Bag;
      const identity = identityOf(row);
      const reads = readsOf(identity);
      const matches: number[] = [];
      const undecided: number[] = [];
      turn++;
      const look = (number: number): void => {
        if (stamps[number] === turn) return;
        stamps[number] = turn;
        const rule = ready[number]!;
        if (reads[number] === UNASKED) reads[number] = rule.reads(identity);
        if (reads[number] === FALSE) return;
        const truth = rule.truth(row, reads[number] as Truth);
        if (truth === TRUE) matches.push(number);
        else if (truth === UNKNOWN) undecided.push(number);
      };
      for (const number of index.always) look(number);
      index.candidates(row, look);
      return { matches: matches.sort(inOrder), undecided: undecided.sort(inOrder) };
    },
  };
}

/** Of each list of sets the one whose literals the fewest events of a sample hold; the first of those that are as rare. */
function rarestOf(asked: readonly AskedLiterals[], sample: readonly Event[]): readonly (readonly Literal[] | null)[] {
  if (sample.length === 0) return asked.map(([first = null]) => first);
  const index = literalIndexOf(asked.flat());
  const counts = new Int32Array(asked.flat().length);
  const stamps = new Int32Array(counts.length);
  sample.slice(0, MOST_SAMPLED).forEach((event, at) =>
    index.candidates(event as Bag, (number) => {
      if (stamps[number] === at + 1) return;
      stamps[number] = at + 1;
      counts[number]!++;
    }),
  );
  let next = 0;
  return asked.map((sets) => {
    const from = next;
    next += sets.length;
    let best = 0;
    for (let at = 1; at < sets.length; at++) if (counts[from + at]! < counts[from + best]!) best = at;
    return sets[best] ?? null;
  });
}

const inOrder = (a: number, b: number): number => a - b;
