import type { Event, Rule } from '../model';
import type { Given } from './engine';
import { runRule } from './dialect/engines';
import { eventsGiven } from './given';

/** The rule of a document that its tests are about: that of this ID or title, else its correlation, else its first. */
export const testedRule = (rules: readonly Rule[], name = ''): Rule | undefined =>
  rules.find(({ meta }) => name !== '' && (meta.id === name || meta.title === name)) ?? rules.find(({ meta }) => meta.kind === 'correlation') ?? rules[0];

/** Why a rule does not match as often as it must, in a few words; null: it does. `now`: nanoseconds since 1970; absent: this moment. */
export function whyNot(rule: Rule, rules: readonly Rule[], events: readonly Event[], least: number, most: number, now?: bigint): string | null {
  const alone = eventsGiven(events, rules);
  const given: Given = now === undefined ? alone : { ...alone, now };
  const answer = runRule(rule, given);
  if (answer.verdict === 'refused') return `it cannot be run: ${answer.refused[0]?.why ?? 'not read'}`;
  const count = answer.table?.rows.length ?? answer.matches.length;
  // What cannot be told is neither a match nor none.
  const undecided = answer.undecided.length;
  if (count >= least && count <= most && (count > 0 || undecided === 0)) return null;
  const untold = undecided === 0 ? '' : `, ${undecided} cannot be told`;
  return `${count} of ${events.length} events match, ${least === most ? least : `at least ${least}`} must${untold}`;
}
