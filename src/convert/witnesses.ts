import { FORMATS } from '../formats/registry';
import { LANGUAGES } from '../languages/registry';
import type { Conversion, Event, Rule } from '../model';
import type { Answer } from '../run/engine';
import { isSumming } from './demand';
import { runRule } from '../run/dialect/engines';
import { eventsGiven } from '../run/given';

/**
 * How many of some events get the same verdict of the rule and of what it was converted to, at a moment (nanoseconds since 1970); of what cannot be run or told
 * nothing is counted. Where either takes events together all of them are one witness: both fire, or neither does. `rules`: those of the rule's document.
 */
export function agreementOf(
  rule: Rule,
  rules: readonly Rule[],
  { text }: Conversion,
  format: string | null,
): (events: readonly Event[], now?: bigint) => { readonly witnesses: number; readonly agree: number } {
  const others = text === null ? [] : (FORMATS.get(format ?? '')?.open(text, { languages: LANGUAGES }).rules ?? []);
  const other = others.at(-1);
  return (events, now) => {
    if (other === undefined || events.length === 0) return { witnesses: 0, agree: 0 };
    const answerOf = (one: Rule, all: readonly Rule[]): Answer =>
      runRule(one, { ...eventsGiven(events, all), ignoreLogsource: true, ...(now === undefined ? null : { now }) });
    const [own, their] = [answerOf(rule, rules), answerOf(other, others)];
    if (own.verdict === 'refused' || their.verdict === 'refused') return { witnesses: 0, agree: 0 };
    const untold = new Set([...own.undecided, ...their.undecided]);
    if (isTogether(rule, own) || isTogether(other, their))
      return untold.size > 0 ? { witnesses: 0, agree: 0 } : { witnesses: 1, agree: fires(own) === fires(their) ? 1 : 0 };
    const [mine, yours] = [new Set(own.matches), new Set(their.matches)];
    const told = events.map((_, at) => at).filter((at) => !untold.has(at));
    return { witnesses: told.length, agree: told.filter((at) => mine.has(at) === yours.has(at)).length };
  };
}

const isTogether = ({ analysis }: Rule, { verdict, sequences }: Answer): boolean =>
  sequences !== undefined || (verdict === 'rows' && analysis.stages.some(({ operations = [] }) => operations.some(isSumming)));

const fires = ({ matches, table }: Answer): boolean => (table?.rows.length ?? matches.length) > 0;
