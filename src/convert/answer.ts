import { FORMATS } from '../formats/registry';
import { LANGUAGES } from '../languages/registry';
import type { ConversionAnswer, Rule } from '../model';
import { convert } from './convert';
import { TARGETS } from './targets/list';

/** A rule in one language, the first that is not its own where there is no such, beside how it goes in all of them; `as`: a container's format, passed over where it does not hold the language; `rules`: all of its document. */
export function conversionAnswer(rule: Rule, wanted: string, as: string | null, rules: readonly Rule[]): ConversionAnswer {
  const all = [...TARGETS.values()];
  const target = TARGETS.get(wanted) ?? all.find(({ language }) => language !== rule.analysis.language)!;
  const containers = [...FORMATS.values()].filter(({ write }) => write?.languages.includes(target.language ?? '') === true);
  const container = containers.find(({ id }) => id === as)?.id ?? target.container;
  const conversion = convert(rule, target, { rules, ...(container === null ? null : { format: container }) });
  const format = container ?? target.language ?? '';
  const tokens = conversion.text === null ? [] : (FORMATS.get(format)?.open(conversion.text, { languages: LANGUAGES }).tokens ?? []);
  return {
    targets: all.map((one) => {
      const { text, lost } = one === target ? conversion : convert(rule, one, { rules });
      return { id: one.id, label: one.label, losses: lost.filter(({ effect }) => effect !== 'shown').length, isRefused: text === null };
    }),
    conversion,
    tokens,
    containers: target.container === null ? containers.map(({ id, label }) => ({ id, label })) : [],
    format,
  };
}
