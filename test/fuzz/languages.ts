import { macroMap, MACROS } from '../../src/knowledge/macros';
import { LANGUAGES } from '../../src/languages/registry';
import { OPERATORS, type Addition, type Context, type Language, type TextEdit } from '../../src/model';
import { edited } from '../../src/syntax/edits';
import { brokenLaws, uncovered } from '../support/laws';
import { samePredicate } from '../support/same-predicate';
import { textIn } from './texts';
import { targetOf, type AnyTarget, type Random } from './target';

export const context: Context = { languages: LANGUAGES };
const withMacros: Context = { languages: LANGUAGES, macros: macroMap(MACROS) };

/** Languages that lower to operands whole: the coverage law holds for every text of theirs. */
const COVERED: ReadonlySet<string> = new Set(['eql', 'esql']);
const FIELDS = ['Image', 'process.name', 'a b', 'CommandLine', 'source.ip', '*', ''];
const VALUES = ['x', '*', 'c:\\a (1)\\*?.exe', '"and" or', "it's", '', '5', 'a\nb', '10.0.0.0/8', '\u{1F600}'];

export const additionOf = (text: string, random: Random): Addition => ({
  polarity: random.of(['indicator', 'exclusion']),
  field: random.of(FIELDS),
  op: random.of(OPERATORS),
  value: random.of(VALUES),
  at: random.of([undefined, random.upTo(text.length + 1)]),
});

/** What edits break: they lie inside the text, apart from each other, and what stands outside of them is still there. */
export function brokenEdits(what: string, text: string, edits: readonly TextEdit[]): readonly string[] {
  const sorted = edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let at = 0;
  for (const { span } of sorted) {
    if (span.start < at || span.end < span.start || span.end > text.length)
      return [`${what}: an edit at ${span.start}-${span.end} outside ${at}-${text.length}`];
    at = span.end;
  }
  const length = sorted.reduce((sum, { span, text: insert }) => sum + insert.length - (span.end - span.start), text.length);
  return edited(text, edits).length === length ? [] : [`${what}: characters are lost`];
}

function assisted(language: Language, text: string, random: Random): readonly string[] {
  const at = random.upTo(text.length + 1);
  const { span } = language.suggest(text, at, context);
  const hover = language.hover(text, at, context);
  return [
    ...(span.start <= at && at <= span.end && span.end <= text.length ? [] : [`suggest at ${at} replaces ${span.start}-${span.end}`]),
    ...(hover === null || (hover.span.start >= 0 && hover.span.end <= text.length) ? [] : [`hover at ${at} is outside the text`]),
    ...brokenEdits('add', text, language.add(text, additionOf(text, random), context) ?? []),
  ];
}

/** What a language prints of a predicate reads back as the same. */
function printed(language: Language, text: string): readonly string[] {
  const { predicate } = language.analyse(text, context);
  const result = language.print?.(predicate);
  if (result === undefined || 'refused' in result) return [];
  return samePredicate(language.analyse(result.text, context).predicate, predicate) ? [] : [`is printed as ${JSON.stringify(result.text)}`];
}

function expanded(language: Language, text: string): readonly string[] {
  language.analyse(text, withMacros);
  const expansion = language.expand?.(text, withMacros);
  if (expansion === undefined) return [];
  const inside = [...expansion.added, ...expansion.left].every(({ start, end }) => start >= 0 && start <= end && end <= expansion.text.length);
  return [...(inside ? [] : ['expand: a place outside its text']), ...brokenEdits('expand', text, expansion.edits ?? [])];
}

const textTarget = (name: string, language: Language, check: (text: string, random: Random) => readonly string[]): AnyTarget =>
  targetOf({ name, input: (random) => textIn(language.id, random), check, shown: (text) => text });

/** For each language: the laws, what an editor asks, what is printed, and macros where it has them. */
export const languageTargets: readonly AnyTarget[] = [...LANGUAGES.values()].flatMap((language) => [
  textTarget(`${language.id}: laws`, language, (text) => [
    ...brokenLaws(language, text, context),
    ...(COVERED.has(language.id) ? uncovered(text, language.analyse(text, context)) : []),
  ]),
  textTarget(`${language.id}: editor`, language, (text, random) => assisted(language, text, random)),
  textTarget(`${language.id}: printer`, language, (text) => printed(language, text)),
  ...(language.expand === undefined ? [] : [textTarget(`${language.id}: macros`, language, (text) => expanded(language, text))]),
]);
