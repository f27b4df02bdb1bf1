import { endWhenUnhandled } from './unhandled';
import { expose, transfer } from 'comlink';
import { documentChanges } from '../src/analysis/document-changes';
import { draftFactsOf, noDraftFacts } from '../src/analysis/compare';
import { reportOf } from '../src/analysis/report';
import { detect, detectFormat, lookSentence, otherLook } from '../src/formats/detect';
import { readMacrosConf } from '../src/formats/macros-conf';
import { openAt } from '../src/formats/open-at';
import { FORMATS } from '../src/formats/registry';
import { familyWriting } from '../src/knowledge/families';
import { macroMap, MACROS } from '../src/knowledge/macros';
import { LANGUAGES } from '../src/languages/registry';
import type { AnalysisApi, Context, Format, LooksLike, Naming, PackedAnswer, PlainAnswer, Registry, Report, Taxonomy, Token, Vendor } from '../src/model';
import { nothingRead, readDraft, remarksOn } from './draft-answer';
import { packed } from '../src/syntax/packed';
import { areSameFacts } from './same-facts';
import { encodedTokens } from './token-encoding';
import { applyRows, waysToAdd } from '../src/lint/apply-rows';
import { formatText } from '../src/lint/format-text';

let context: Context = { languages: LANGUAGES, macros: macroMap(MACROS) };
/** The macros.conf the reader gave. */
let given = '';
type Asked = Omit<Parameters<AnalysisApi['analyse']>[0], 'held'>;
interface Answered {
  readonly number: number;
  readonly asked: Asked;
  /** With tokens, so that an addition needs no second analysis. */
  readonly reports: readonly Report[];
  /** The document's. */
  readonly tokens: readonly Token[];
  readonly answer: PlainAnswer;
}
/** The document analysed last. */
let last: Answered | null = null;

/** What the text asked about last names. */
let named: { readonly text: string; readonly format: string; readonly namings: readonly Naming[] } | null = null;

function contextWith(macros: string): Context {
  if (macros !== given) {
    given = macros;
    context = { languages: LANGUAGES, macros: macroMap([...MACROS, ...readMacrosConf(macros).macros]) };
  }
  return context;
}

const formatOf = (id: string | null, text: string, path: string): Format => (id === null ? undefined : FORMATS.get(id)) ?? detectFormat(text, path);

const vendorWriting = (taxonomy: Taxonomy): Vendor => familyWriting(taxonomy)?.id ?? '';

/** Every format's language is registered; a test holds it. */
const taxonomyOf = ({ language }: Pick<Format, 'language'>): Taxonomy => LANGUAGES.get(language)!.taxonomy;

const reportsOf = (text: string, format: Format): readonly Report[] =>
  last?.asked.text === text && last.answer.format === format.id ? last.reports : format.open(text, context).rules.map(reportOf);

/** What a text that is read in this format looks more like; where no format was chosen, that it is nothing of ours. */
function lookOf(id: string | null, format: Format, text: string, path: string): LooksLike | null {
  const found = id === null ? detect(text, path) : otherLook(text, format);
  if (found === null || text.trim() === '' || found.format?.id === format.id || (id === null && found.also.length > 0)) return null;
  return { format: found.format?.id ?? null, sure: found.sure, name: found.format?.label ?? found.other, sentence: lookSentence(found, format) };
}

/** Answers and facts are numbered from here on, so that no number is another worker's. */
const born = Date.now();
let keys = born;
const newKey = (): string => String(++keys);

/** Tokens go apart, packed. */
const withoutTokens = (report: Report): Report => ({ ...report, rule: { ...report.rule, analysis: { ...report.rule.analysis, tokens: [] } } });

function readAnew({ text, format: id, path, macros }: Asked) {
  const started = performance.now();
  const format = formatOf(id, text, path);
  const looksLike = lookOf(id, format, text, path);
  // Read as what it is not, a text would get remarks that mean nothing.
  const isNothing = id === null && looksLike !== null && looksLike.format === null;
  const read = isNothing ? nothingRead(format, text, looksLike.name) : readDraft(format, text, path, contextWith(macros), taxonomyOf(format));
  const { tokens: places, ...said } = read;
  const tokens = encodedTokens(text, places);
  const answer: PlainAnswer = {
    ...said,
    format: format.id,
    looksLike,
    reports: read.reports.map(withoutTokens),
    factKeys: read.facts.map((facts, at) => (areSameFacts(facts, last?.answer.facts[at]) ? last!.answer.factKeys[at]! : newKey())),
    ms: performance.now() - started,
  };
  return { tokens, places, reports: read.reports, answer };
}

/** A text whose reading takes so many milliseconds is read again while nothing is asked, until it was read so often in its format; who asks meanwhile waits no longer than the second. */
const [LONG, TOO_LONG, ENOUGH] = [40, 1_000, 5];
const readings = new Map<string, number>();

/** Who opened a long text may type next: engines compile what has run a few times, and the first keys would wait for what has not. */
function practise(number: number): void {
  if (last?.number !== number || last.answer.ms < LONG || last.answer.ms > TOO_LONG) return;
  const count = readings.get(last.answer.format) ?? 0;
  if (count === ENOUGH) return;
  readings.set(last.answer.format, count + 1);
  packed(readAnew(last.asked).answer, last.answer);
  setTimeout(() => practise(number));
}

const api: AnalysisApi = {
  about: (): Registry => ({
    formats: [...FORMATS.values()].map(({ id, label, language, extensions, expand, regressionFolders = false }) => ({
      id,
      label,
      language,
      vendor: vendorWriting(taxonomyOf({ language })),
      extensions,
      hasMacros: expand !== undefined,
      regressionFolders,
    })),
    languages: [...LANGUAGES.values()].map(({ id, label, taxonomy }) => ({ id, label, taxonomy, vendor: vendorWriting(taxonomy) })),
  }),

  describe({ text, format: id, path }) {
    const format = formatOf(id, text, path);
    return { format: format.id, title: openAt(format, text, path, context).rules[0]?.meta.title ?? '' };
  },

  documentsIn({ text, path }) {
    const found = detect(text, path);
    const { format } = found;
    if (format === null) return { documents: [], other: found.other };
    const documents = (format.partsOf?.(text, context) ?? [text]).map((part) => ({
      text: part,
      format: format.id,
      title: openAt(format, part, path, context).rules[0]?.meta.title ?? '',
    }));
    return { documents, other: null };
  },

  fileOf({ text, format: id, path }) {
    const format = formatOf(id, text, path);
    const [rule] = openAt(format, text, path, context).rules;
    const folder = rule === undefined ? '' : (format.folder?.(rule) ?? '');
    return `${folder === '' ? '' : `${folder}/`}${format.fileName(rule, text)}`;
  },

  macrosOf: readMacrosConf,

  analyse({ held = null, ...asked }): PackedAnswer {
    const { tokens, places, reports, answer } = readAnew(asked);
    const onto = last?.number === held ? last : null;
    const rest = packed(answer, onto?.answer);
    last = { number: (last?.number ?? born) + 1, asked, reports, tokens: places, answer };
    return transfer({ number: last.number, onto: onto?.number ?? null, tokens, rest }, [tokens.buffer, rest.codes.buffer]);
  },

  remarks(number) {
    if (last?.number !== number) return null;
    setTimeout(() => practise(number));
    return remarksOn(last.reports, last.asked.text, last.tokens);
  },

  expand: ({ text, format, index }) => formatOf(format, text, '').expand?.(text, index, context) ?? null,
  // What writes is fetched when it is first asked for.
  async convert({ text, format: id, index, ...wish }) {
    const rules = reportsOf(text, formatOf(id, text, '')).map((report) => report.rule);
    const rule = rules[index];
    if (rule === undefined) return null;
    const { conversionAnswer } = await import('../src/convert/answer');
    return conversionAnswer(rule, wish, rules);
  },
  async namesOf(mapping) {
    const { readMapping } = await import('../src/convert/mapping');
    const read = readMapping(mapping);
    return 'why' in read ? { names: [], left: [], why: read.why } : { names: [...read.names], left: read.left, why: null };
  },
  changes({ before, after, format: id }) {
    const format = formatOf(id, after, '');
    const read = (text: string) => {
      const { rules, diagnostics } = format.open(text, context);
      return {
        rules: rules.map((rule) => ({ text, report: reportOf(rule) })),
        errors: diagnostics.filter(({ severity }) => severity === 'error').length,
      };
    };
    const [was, is] = [read(before), read(after)];
    if (was.rules.length === 0 || is.rules.length === 0) return null;
    return { rules: documentChanges(was.rules, is.rules), errors: [was.errors, is.errors] };
  },
  format({ text, format }) {
    const done = formatText(text, formatOf(format, text, ''), context);
    return 'refused' in done ? { text, refused: done.refused } : { text: done.text, refused: null };
  },
  suggest: ({ text, format, offset }) => formatOf(format, text, '').suggest(text, offset, context),
  hover: ({ text, format, offset }) => formatOf(format, text, '').hover(text, offset, context),
  signature: ({ text, format, offset }) => formatOf(format, text, '').signature(text, offset, context),
  namings({ text, format }) {
    // Asked wherever the cursor goes.
    if (named?.text !== text || named.format !== format) named = { text, format, namings: formatOf(format, text, '').namings(text, context) };
    return named.namings;
  },

  add({ text, format: id, index, row, polarity }) {
    const format = formatOf(id, text, '');
    return waysToAdd(text, reportsOf(text, format)[index], row, polarity, index, format, context);
  },

  start({ format: id, ...draft }) {
    const format = formatOf(id, '', '');
    const text = format.start(draft);
    const [report] = reportsOf(text, format);
    return { text, facts: report === undefined ? noDraftFacts(taxonomyOf(format)) : draftFactsOf(report) };
  },

  addAll: ({ text, format, rows, otherwise }) => applyRows(text, formatOf(format, text, ''), rows, otherwise, context),
};

endWhenUnhandled();
expose(api);
