import { FORMATS } from '../formats/registry';
import { LANGUAGES } from '../languages/registry';
import type { Conversion, Event, Rule } from '../model';
import { runRule } from '../run/dialect/engines';
import { eventsGiven } from '../run/given';

/** How many of the events get the same verdict of the rule and of what it was converted to; of what cannot be run or told nothing is counted. */
export function agreementOf(
  rule: Rule,
  { text }: Conversion,
  format: string | null,
  events: readonly Event[],
): { readonly witnesses: number; readonly agree: number } {
  const other = text === null ? undefined : FORMATS.get(format ?? '')?.open(text, { languages: LANGUAGES }).rules[0];
  if (other === undefined) return { witnesses: 0, agree: 0 };
  const given = { ...eventsGiven(events, [rule, other]), ignoreLogsource: true };
  const [own, their] = [runRule(rule, given), runRule(other, given)];
  if (own.verdict === 'refused' || their.verdict === 'refused') return { witnesses: 0, agree: 0 };
  const untold = new Set([...own.undecided, ...their.undecided]);
  const [mine, yours] = [new Set(own.matches), new Set(their.matches)];
  const told = events.map((_, at) => at).filter((at) => !untold.has(at));
  return { witnesses: told.length, agree: told.filter((at) => mine.has(at) === yours.has(at)).length };
}
