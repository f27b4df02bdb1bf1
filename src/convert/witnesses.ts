import { FORMATS } from '../formats/registry';
import { LANGUAGES } from '../languages/registry';
import type { Conversion, Event, Rule } from '../model';
import type { Answer } from '../run/engine';
import { isSumming } from './demand';
import { runRule } from '../run/dialect/engines';
import { eventsGiven } from '../run/given';

/** How many events were told by both, how many of them alike, and the places of those that were not; `isTogether`: all of them are one witness. */
interface Told {
  readonly witnesses: number;
  readonly agree: number;
  readonly differ: readonly number[];
  readonly isTogether: boolean;
}

const NOTHING: Told = { witnesses: 0, agree: 0, differ: [], isTogether: false };

/**
 * Which of some events get the same verdict of the rule and of what it was converted to, at a moment (nanoseconds since 1970); of what cannot be run or told
 * nothing is counted. Where either takes events together all of them are one witness: both fire, or neither does. `rules`: those of the rule's document.
 */
export function agreementOf(rule: Rule, rules: readonly Rule[], { text }: Conversion, format: string | null): (events: readonly Event[], now?: bigint) => Told {
  const others = text === null ? [] : (FORMATS.get(format ?? '')?.open(text, { languages: LANGUAGES }).rules ?? []);
  const other = others.at(-1);
  return (events, now) => {
    if (other === undefined || events.length === 0) return NOTHING;
    const answerOf = (one: Rule, all: readonly Rule[]): Answer =>
      runRule(one, { ...eventsGiven(events, all), ignoreLogsource: true, ...(now === undefined ? null : { now }) });
    const [own, their] = [answerOf(rule, rules), answerOf(other, others)];
    if (own.verdict === 'refused' || their.verdict === 'refused') return NOTHING;
    const untold = new Set([...own.undecided, ...their.undecided]);
    if (isTogether(rule, own) || isTogether(other, their))
      return { ...NOTHING, isTogether: true, ...(untold.size > 0 ? null : { witnesses: 1, agree: fires(own) === fires(their) ? 1 : 0 }) };
    const [mine, yours] = [new Set(own.matches), new Set(their.matches)];
    const differ = [...new Set([...mine, ...yours])].filter((at) => !untold.has(at) && mine.has(at) !== yours.has(at)).sort((a, b) => a - b);
    const witnesses = events.length - untold.size;
    return { witnesses, agree: witnesses - differ.length, differ, isTogether: false };
  };
}

const isTogether = ({ analysis }: Rule, { verdict, sequences }: Answer): boolean =>
  sequences !== undefined || (verdict === 'rows' && analysis.stages.some(({ operations = [] }) => operations.some(isSumming)));

const fires = ({ matches, table }: Answer): boolean => (table?.rows.length ?? matches.length) > 0;
