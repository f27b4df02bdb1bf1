import type { Context, DraftStart, Format, Language, Metadata, Rule, Span } from '../model';
import { analysed } from './analysed';
import { relocate, shiftedBy } from '../syntax/relocate';
import { commentedTechniques, NO_METADATA } from './metadata';
import { namingsIn } from './namings';
import { sureOf } from './query-look';

interface BareOptions {
  readonly extensions: readonly string[];
  /** The query a new rule starts with. */
  readonly start: (draft: DraftStart) => string;
  /** What a query alone says about its rule (providers of its tables …). */
  readonly metadata?: (rule: Rule) => Partial<Metadata>;
}

/** A query without a container: the document is the query, or several of them where the language can tell them apart. */
export function bareFormat(language: Language, options: BareOptions): Format {
  const spansOf = (text: string): readonly Span[] => language.queriesOf?.(text) ?? [{ start: 0, end: text.length }];
  const ruleOf = (text: string, start: number, end: number, context: Context): Rule => {
    const own = analysed(language, text.slice(start, end), context);
    const rule: Rule = { span: { start, end }, meta: NO_METADATA, analysis: start === 0 ? own : relocate(own, shiftedBy(start)), taxonomy: language.taxonomy };
    return { ...rule, meta: { ...NO_METADATA, ...options.metadata?.(rule), ...commentedTechniques(text, rule.analysis) } };
  };
  return {
    id: language.id,
    label: language.label,
    language: language.id,
    extensions: options.extensions,
    detect: (text) => sureOf(language.id, text),
    open(text, context) {
      const rules = spansOf(text).map((span) => ruleOf(text, span.start, span.end, context));
      return {
        format: language.id,
        rules,
        tokens: rules.flatMap((rule) => rule.analysis.tokens),
        diagnostics: rules.flatMap((rule) => rule.analysis.diagnostics),
      };
    },
    suggest: language.suggest,
    hover: language.hover,
    signature: (text, offset) => language.signature?.(text, offset) ?? null,
    namings: (text, context) =>
      (language.queriesOf?.(text) ?? [{ start: 0, end: text.length }]).flatMap(({ start, end }) =>
        namingsIn(language, text.slice(start, end), shiftedBy(start), shiftedBy(start), context, ''),
      ),
    add: (text, _index, addition, context) => language.add(text, addition, context),
    queriesOf: (text) => spansOf(text).map((span) => ({ text: text.slice(span.start, span.end), language, rewrite: (written) => ({ span, text: written }) })),
    start: options.start,
    fileName: () => `query${options.extensions[0]}`,
  };
}
