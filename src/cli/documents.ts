import { lintOf } from '../lint/rule-checks';
import { withoutSuppressed } from '../lint/suppression';
import { reportOf } from '../analysis/report';
import { detect, lookSentence, otherLook } from '../formats/detect';
import { openAt } from '../formats/open-at';
import { FORMATS } from '../formats/registry';
import { LANGUAGES } from '../languages/registry';
import type { Context, Diagnostic, Format, Macro, Report } from '../model';
import { byPlace } from '../syntax/by-place';
import { attempted } from './time-limit';
import { usageError } from './usage';

/** One rule of a file with all that is remarked about it. */
export interface Analysed {
  readonly index: number;
  readonly report: Report;
  readonly diagnostics: readonly Diagnostic[];
}

/** A file's text, analysed. `loose`: remarks of a document in which no rule was found. `other`: what the text is where it is nothing of ours, with nothing else. */
interface Document {
  readonly format: string | null;
  readonly rules: readonly Analysed[];
  readonly loose: readonly Diagnostic[];
  readonly other: string | null;
}

/** The format of this name; none where it is to be found from each text. */
export function formatNamed(name: string | undefined): Format | null {
  if (name === undefined) return null;
  const format = FORMATS.get(name);
  if (format === undefined) throw usageError(`There is no format "${name}". Known: ${[...FORMATS.keys()].join(', ')}.`);
  return format;
}

export const contextWith = (macros: ReadonlyMap<string, Macro> | null): Context => ({ languages: LANGUAGES, ...(macros === null ? null : { macros }) });

/** Opens and analyses a text as the workbench does: the format's, the language's and the rule's own remarks, each with the rule it stands in. */
export function analyseText(text: string, path: string, forced: Format | null, context: Context): Document {
  let format = forced?.id ?? null;
  const read = attempted('The analysis', (): Document => {
    const found = forced === null ? detect(text, path) : null;
    const chosen = forced ?? found!.format;
    if (chosen === null) return { format, rules: [], loose: [], other: found!.other };
    format = chosen.id;
    // What was told by hand or by the file's ending holds; what its text looks like instead is said.
    const look = found === null || found.sure === 1 ? otherLook(text, chosen) : null;
    return documentOf(chosen, text, path, context, look === null ? [] : [fileRemark('looks-like', lookSentence(look, chosen))]);
  });
  return 'value' in read ? read.value : { format, rules: [], loose: [fileRemark('broken', `${read.why}.`)], other: null };
}

function documentOf(format: Format, text: string, path: string, context: Context, ofFile: readonly Diagnostic[]): Document {
  const { rules, diagnostics: all, tokens } = openAt(format, text, path, context);
  const reports = rules.map(reportOf);
  const diagnostics = withoutSuppressed(text, tokens, [...ofFile, ...all]);
  const remarks: Diagnostic[][] = reports.map((report) => [...withoutSuppressed(text, tokens, lintOf(report, text))]);
  const loose: Diagnostic[] = [];
  for (const diagnostic of diagnostics) (remarks[ruleAt(reports, diagnostic.span.start)] ?? loose).push(diagnostic);
  const inOrder = (list: Diagnostic[]): Diagnostic[] => list.sort(byPlace);
  return { format: format.id, rules: reports.map((report, index) => ({ index, report, diagnostics: inOrder(remarks[index]!) })), loose, other: null };
}

/** The last rule that begins at or before the offset; the first where none does. */
function ruleAt(reports: readonly Report[], offset: number): number {
  let found = 0;
  reports.forEach(({ rule }, index) => {
    if (rule.span.start <= offset) found = index;
  });
  return found;
}

/** A remark about a file as a whole. */
export const fileRemark = (name: 'unreadable' | 'encoding' | 'broken' | 'no-rule' | 'looks-like', message: string): Diagnostic => ({
  code: `file/${name}`,
  severity: name === 'looks-like' ? 'info' : name === 'encoding' ? 'warning' : 'error',
  span: { start: 0, end: 0 },
  message,
});
