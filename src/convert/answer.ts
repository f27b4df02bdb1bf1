import { FORMATS } from '../formats/registry';
import { FAMILIES, familyWriting } from '../knowledge/families';
import { LANGUAGES } from '../languages/registry';
import type { ConversionAnswer, ConversionOptions, ConversionWish, KeptTest, Rule } from '../model';
import { convert } from './convert';
import type { Target } from './manner';
import { TARGETS } from './targets/list';
import { agreementOf } from './witnesses';

/** A rule as it is wished for, beside how it goes in all languages; `rules`: all of its document. */
export function conversionAnswer(rule: Rule, { target: wanted, as, names, own, source, tests }: ConversionWish, rules: readonly Rule[]): ConversionAnswer {
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
    tests: testsOf(rule, target, tests, rules),
  };
}

/** Events that are kept with a draft are in its names: the conditions are judged under those, whatever the text calls the fields. */
function testsOf(rule: Rule, target: Target, tests: readonly KeptTest[], rules: readonly Rule[]): ConversionAnswer['tests'] {
  if (tests.length === 0) return { agree: 0, differ: [], untold: 0 };
  const conversion = convert(rule, target, { rules, names: rule.taxonomy });
  const judged = tests.map(({ id, events }) => ({ id, ...agreementOf(rule, rules, conversion, target.container ?? target.language, events) }));
  const told = judged.filter(({ witnesses }) => witnesses > 0);
  const differ = told.filter(({ witnesses, agree }) => agree < witnesses).map(({ id }) => id);
  return { agree: told.length - differ.length, differ, untold: judged.length - told.length };
}
