import { FORMATS } from '../formats/registry';
import { FAMILIES, familyWriting } from '../knowledge/families';
import { LANGUAGES } from '../languages/registry';
import type { ConversionAnswer, ConversionOptions, ConversionWish, Format, Rule } from '../model';
import { convert } from './convert';
import type { Target } from './manner';
import { TARGETS } from './targets/list';

/** The target that is wished for, and how the rule is to be written in it. */
export function wished(
  rule: Rule,
  { target: wanted, as, names, own, source }: ConversionWish,
  rules: readonly Rule[],
): { readonly target: Target; readonly containers: readonly Format[]; readonly container: string | null; readonly options: ConversionOptions } {
  const target = TARGETS.get(wanted) ?? [...TARGETS.values()].find(({ language }) => language !== rule.analysis.language)!;
  const containers = [...FORMATS.values()].filter(({ write }) => write?.languages.includes(target.language ?? '') === true);
  const container = containers.find(({ id }) => id === as)?.id ?? target.container;
  const options: ConversionOptions = {
    rules,
    ...(container === null ? null : { format: container }),
    ...(names === null ? null : { names }),
    ...(own.length === 0 ? null : { own: new Map(own) }),
    ...(source === '' ? null : { source }),
  };
  return { target, containers, container, options };
}

/** A rule as it is wished for, beside how it goes in all languages; `rules`: all of its document. */
export function conversionAnswer(rule: Rule, wish: ConversionWish, rules: readonly Rule[]): ConversionAnswer {
  const { target, containers, container, options } = wished(rule, wish, rules);
  const conversion = convert(rule, target, { ...options, joined: true });
  const id = container ?? target.language ?? '';
  const format = FORMATS.get(id);
  const written = conversion.text === null ? undefined : format?.open(conversion.text, { languages: LANGUAGES });
  const main = written?.rules.at(-1);
  const families = FAMILIES.toSorted((a, b) => Number(b.taxonomy === target.taxonomy) - Number(a.taxonomy === target.taxonomy));
  return {
    targets: [...TARGETS.values()].map((one) => {
      const { text, lost } = one === target ? conversion : convert(rule, one, { rules, readBack: false });
      const group = one.group ?? familyWriting(one.taxonomy)?.name ?? '';
      return { id: one.id, label: one.label, group, losses: lost.filter(({ effect }) => effect !== 'shown').length, isRefused: text === null };
    }),
    conversion,
    tokens: written?.tokens ?? [],
    containers: target.container === null ? containers.map((one) => ({ id: one.id, label: one.label })) : [],
    format: id,
    names: families.map(({ taxonomy, name }) => ({ taxonomy, name })),
    fileName: target.fileName ?? (main === undefined ? '' : format!.fileName(main, conversion.text!)),
  };
}
