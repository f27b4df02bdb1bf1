import type { Event, EventRule } from '../model';
import { identityOf, type EventIdentity } from './event-identity';
import { readyEventRule, type Judging, type ReadyRule } from './event-rule';
import { literalIndexOf } from './literal-index';
import { FALSE, TRUE, UNKNOWN, type Truth } from './truth';
import type { Bag } from './value';
import type { AskedLiterals } from './asked-literals';

/** Rules made ready to be run over many events together. */
export interface ManyRules {
  /** By number of rule; null: its language is not judged by single events, or it asks nothing of one that these events could have. */
  readonly ready: readonly (ReadyRule | null)[];
  /** Rules that are looked at for every event of their kind: nothing they must hold is known. */
  readonly always: number;
  /** What each rule says of an event: numbers of rules that match it, and of those that cannot tell. */
  judge(event: Event): { readonly matches: readonly number[]; readonly undecided: readonly number[] };
}

const NONE: AskedLiterals = [];
/** Identities whose readers are kept. */
const MOST_IDENTITIES = 300;

/**
 * An index from literals that rules require, and from what events are, to the rules: an event is judged by the rules that read its kind and of which it
 * holds a literal, or that require none. It gives what each rule alone gives.
 */
export function manyRules(rules: readonly (EventRule | null)[], judging: Judging): ManyRules {
  const ready = rules.map((rule) => (rule === null ? null : readyEventRule(rule, judging)));
  const index = literalIndexOf(ready.map((one) => (one === null ? NONE : one.asked)));
  const stamps = new Int32Array(rules.length);
  let turn = 0;

  /** By identity, whether each rule reads such events, and those of them that nothing is known to be required by. */
  interface Readers {
    readonly reads: Uint8Array;
    readonly always: readonly number[];
  }
  const byIdentity = new Map<EventIdentity | null, Readers>();
  const readersOf = (identity: EventIdentity | null): Readers => {
    let found = byIdentity.get(identity);
    if (found === undefined) {
      if (byIdentity.size >= MOST_IDENTITIES) byIdentity.clear();
      const reads = Uint8Array.from(ready, (one) => (one === null ? FALSE : one.reads(identity)));
      byIdentity.set(identity, (found = { reads, always: index.always.filter((number) => reads[number] !== FALSE) }));
    }
    return found;
  };

  return {
    ready,
    always: index.always.length,
    judge(event) {
      const row = event as Bag;
      const { reads, always } = readersOf(identityOf(row));
      const matches: number[] = [];
      const undecided: number[] = [];
      turn++;
      const look = (number: number): void => {
        if (reads[number] === FALSE || stamps[number] === turn) return;
        stamps[number] = turn;
        const truth = ready[number]!.truth(row, reads[number] as Truth);
        if (truth === TRUE) matches.push(number);
        else if (truth === UNKNOWN) undecided.push(number);
      };
      for (const number of always) look(number);
      index.candidates(row, look);
      return { matches: matches.sort(inOrder), undecided: undecided.sort(inOrder) };
    },
  };
}

const inOrder = (a: number, b: number): number => a - b;
