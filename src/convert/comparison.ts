import type { Agreement, Comparison, Conversion, ConversionWish, Event, JudgedCase, KeptTest, Loss, MadeCases, Rule } from '../model';
import { wished } from './answer';
import { convert } from './convert';
import { agreementOf } from './witnesses';

/** What is judged in both: the draft's tests, events made of it, and the reader's own. */
interface Judged {
  readonly tests: readonly KeptTest[];
  readonly made: MadeCases;
  readonly samples: readonly Event[];
}

/** Cases that are told by name. */
const MOST_NAMED = 20;

/** Judges events by a rule and by its text. Those of a draft are in its names: the conditions are judged under those, whatever the text calls the fields. */
export function comparisonOf(rule: Rule, wish: ConversionWish, rules: readonly Rule[], { tests, made, samples }: Judged): Comparison {
  const { target, options } = wished(rule, wish, rules);
  const inOwnNames = convert(rule, target, { rules, names: rule.taxonomy, readBack: false });
  const agreement = agreementOf(rule, rules, inOwnNames, target.container ?? target.language);
  const judged = (cases: readonly JudgedCase[]): Agreement => {
    const answers = cases.map(({ id, events, at }) => ({ id, ...agreement(events, BigInt(at) * 1_000_000n) }));
    const told = answers.filter(({ witnesses }) => witnesses > 0);
    const differ = told.filter(({ witnesses, agree }) => agree < witnesses).map(({ id }) => id);
    return { agree: told.length - differ.length, differing: differ.length, differ: differ.slice(0, MOST_NAMED), untold: answers.length - told.length };
  };
  return {
    to: target.id,
    tests: judged(tests),
    made: { ...judged(made.cases), withheld: made.withheld },
    samples: samplesIn(agreement(samples), samples.length),
    lostInJudging: lostBeside(inOwnNames, convert(rule, target, { ...options, readBack: false })),
  };
}

const samplesIn = ({ witnesses, agree, differ, isTogether }: ReturnType<ReturnType<typeof agreementOf>>, count: number): Comparison['samples'] => ({
  agree,
  differing: witnesses - agree,
  differ: differ.slice(0, MOST_NAMED).map(String),
  untold: isTogether && witnesses > 0 ? 0 : count - witnesses,
  isTogether,
});

/** What decides differently in one text, and is not lost in the other: a table whose columns are known may compare as the rule does. */
function lostBeside({ lost }: Conversion, other: Conversion): readonly string[] {
  const keyOf = ({ span, kind }: Loss): string => `${kind} ${span.start} ${span.end}`;
  const known = new Set(other.lost.map(keyOf));
  return [...new Set(lost.flatMap((loss) => (loss.effect === 'shown' || loss.kind === 'source' || known.has(keyOf(loss)) ? [] : [loss.why])))];
}
