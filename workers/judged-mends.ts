import { SAMPLE_VERDICTS, type Event, type Fix, type KeptTest, type Mend, type Rule, type TextEdit } from '../src/model';
import { runRule } from '../src/run/dialect/engines';
import { eventsGiven } from '../src/run/given';
import { outcomesOf } from './sample-tests';

/** Samples beyond which edits are not judged on all, and are not offered. */
const MOST_JUDGED = 20_000;
const MOST_OFFERED = 3;

/** What is known of the samples: the one that is to match, and what the rule says of all as it is. */
interface Samples {
  readonly number: number;
  readonly events: readonly Event[];
  readonly verdicts: Uint8Array;
  readonly tests: readonly KeptTest[];
}

const MATCHES = SAMPLE_VERDICTS.indexOf('matches');

/** Of these edits those with which the rule matches the sample, and still what it matched; tests that held hold. `read`: the rule with the edits made. */
export function judgedMends(
  fixes: readonly Fix[],
  { number, events, verdicts, tests }: Samples,
  read: (edits: readonly TextEdit[]) => { readonly rules: readonly Rule[]; readonly rule: Rule | undefined },
): readonly Mend[] {
  if (events.length > MOST_JUDGED) return [];
  const before = new Map(outcomesOf(read([]).rules, tests).map(({ id, why }) => [id, why]));
  const alone = eventsGiven(events, []);
  return fixes
    .flatMap((fix): readonly Mend[] => {
      const { rules, rule } = read(fix.edits);
      const given = { ...alone, rules };
      // Most come to nothing: that is told by the one event.
      if (rule === undefined || runRule(rule, { ...given, events: [events[number]!] }).matches.length === 0) return [];
      const matches = new Set(runRule(rule, given).matches);
      const keeps = verdicts.every((verdict, at) => verdict !== MATCHES || matches.has(at)) && matches.has(number);
      const holds = outcomesOf(rules, tests).every(({ id, why }) => why === null || before.get(id) !== null);
      return keeps && holds ? [{ ...fix, changes: verdicts.reduce((sum, verdict, at) => sum + Number((verdict === MATCHES) !== matches.has(at)), 0) }] : [];
    })
    .toSorted((a, b) => a.changes - b.changes)
    .slice(0, MOST_OFFERED);
}
