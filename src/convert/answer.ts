import { FORMATS } from '../formats/registry';
import { FAMILIES, familyWriting } from '../knowledge/families';
import { LANGUAGES } from '../languages/registry';
import type { Agreement, Conversion, ConversionAnswer, ConversionOptions, ConversionWish, JudgedCase, Loss, MadeCases, Rule } from '../model';
import { convert } from './convert';
import type { Target } from './manner';
import { TARGETS } from './targets/list';
import { agreementOf } from './witnesses';

/** A rule as it is wished for, beside how it goes in all languages; `rules`: all of its document, `made`: events made of it. */
export function conversionAnswer(
  rule: Rule,
  { target: wanted, as, names, own, source, tests }: ConversionWish,
  rules: readonly Rule[],
  made: MadeCases,
): ConversionAnswer {
  const all = [...TARGETS.values()];
  const target = TARGETS.get(wanted) ?? all.find(({ language }) => language !== rule.analysis.language)!;
  const containers = [...FORMATS.values()].filter(({ write }) => write?.languages.includes(target.language ?? '') === true);
  const container = containers.find(({ id }) => id === as)?.id ?? target.container;
  const options: ConversionOptions = {
    rules,
    joined: true,
    ...(names === null ? null : { names }),
    ...(own.length === 0 ? null : { own: new Map(own) }),
    ...(source === '' ? null : { source }),
  };
  const conversion = convert(rule, target, container === null ? options : { ...options, format: container });
  const id = container ?? target.language ?? '';
  const format = FORMATS.get(id);
  const written = conversion.text === null ? undefined : format?.open(conversion.text, { languages: LANGUAGES });
  const main = written?.rules.at(-1);
  const inOwnNames = convert(rule, target, { rules, names: rule.taxonomy });
  const judged = judgeOf(rule, target, inOwnNames, rules);
  const families = FAMILIES.toSorted((a, b) => Number(b.taxonomy === target.taxonomy) - Number(a.taxonomy === target.taxonomy));
  return {
    targets: all.map((one) => {
      const { text, lost } = one === target ? conversion : convert(rule, one, { rules });
      const group = one.group ?? familyWriting(one.taxonomy)?.name ?? '';
      return { id: one.id, label: one.label, group, losses: lost.filter(({ effect }) => effect !== 'shown').length, isRefused: text === null };
    }),
    conversion,
    tokens: written?.tokens ?? [],
    containers: target.container === null ? containers.map((one) => ({ id: one.id, label: one.label })) : [],
    format: id,
    names: families.map(({ taxonomy, name }) => ({ taxonomy, name })),
    fileName: target.fileName ?? (main === undefined ? '' : format!.fileName(main, conversion.text!)),
    tests: judged(tests),
    made: { ...judged(made.cases), withheld: made.withheld },
    lostInJudging: lostBeside(inOwnNames, conversion),
  };
}

/** Judges events in both. Those of a draft are in its names: the conditions are judged under those, whatever the text calls the fields. */
function judgeOf(rule: Rule, target: Target, inOwnNames: Conversion, rules: readonly Rule[]): (cases: readonly JudgedCase[]) => Agreement {
  const agreement = agreementOf(rule, rules, inOwnNames, target.container ?? target.language);
  return (cases) => {
    const answers = cases.map(({ id, events, at }) => ({ id, ...agreement(events, BigInt(at) * 1_000_000n) }));
    const told = answers.filter(({ witnesses }) => witnesses > 0);
    const differ = told.filter(({ witnesses, agree }) => agree < witnesses).map(({ id }) => id);
    return { agree: told.length - differ.length, differ, untold: answers.length - told.length };
  };
}

/** What decides differently in one text, and is not lost in the other: a table whose columns are known may compare as the rule does. */
function lostBeside({ lost }: Conversion, other: Conversion): readonly string[] {
  const keyOf = ({ span, kind }: Loss): string => `${kind} ${span.start} ${span.end}`;
  const known = new Set(other.lost.map(keyOf));
  return [...new Set(lost.flatMap((loss) => (loss.effect === 'shown' || loss.kind === 'source' || known.has(keyOf(loss)) ? [] : [loss.why])))];
}
