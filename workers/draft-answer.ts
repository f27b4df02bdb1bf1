import { draftFactsOf, noDraftFacts } from '../src/analysis/compare';
import { reportOf } from '../src/analysis/report';
import { failedRemark } from '../src/formats/analysed';
import { NO_METADATA } from '../src/formats/metadata';
import { openAt } from '../src/formats/open-at';
import { lintOf } from '../src/lint/rule-checks';
import { withoutSuppressed } from '../src/lint/suppression';
import type { Context, Diagnostic, DraftAnswer, Format, Opened, Report, Rule, Span, Taxonomy } from '../src/model';
import { byPlace } from '../src/syntax/by-place';
import { opaqueAnalysis } from '../src/syntax/opaque';

/** Everything said of a document: reports in the order of its rules, each beside what the corpus is asked about it. */
interface Read extends Pick<DraftAnswer, 'reports' | 'facts' | 'diagnostics' | 'fileName'> {
  readonly tokens: Opened['tokens'];
}

/** Runs steps; one that throws is left out, and among `failures` is a remark that says so. */
function attempting() {
  const failures: Diagnostic[] = [];
  const attempt = <T>(span: Span, step: () => T, otherwise: T): T => {
    try {
      return step();
    } catch (error) {
      failures.push(failedRemark(span, error));
      return otherwise;
    }
  };
  return { attempt, failures };
}

/** Opens a document and reports on its rules. Every step is total; one that throws all the same is left out, and all others stand: whoever asks always has an answer. */
export function readDraft(format: Format, text: string, path: string, context: Context, taxonomy: Taxonomy): Read {
  const { attempt, failures } = attempting();
  const whole = { start: 0, end: text.length };
  const opened = attempt(whole, () => openAt(format, text, path, context), unreadDocument(format, text, taxonomy));
  // Its tokens may be made when they are asked for.
  const { rules, diagnostics } = opened;
  const reports = rules.map((rule) => attempt(rule.span, () => reportOf(rule), bareReport(rule)));
  const facts = reports.map((report) => attempt(report.rule.span, () => draftFactsOf(report), noDraftFacts(report.rule.taxonomy)));
  const tokens = attempt(whole, () => opened.tokens, []);
  return {
    reports,
    facts,
    tokens,
    fileName: attempt(whole, () => format.fileName(rules[0], text), `rule${format.extensions[0] ?? '.txt'}`),
    diagnostics: [...withoutSuppressed(text, tokens, diagnostics), ...failures].sort(byPlace),
  };
}

/** What the checks of whole rules remark on. */
export function remarksOn(reports: readonly Report[], text: string, tokens: Opened['tokens']): readonly Diagnostic[] {
  const { attempt, failures } = attempting();
  const remarks = reports.flatMap((report) => attempt(report.rule.span, () => lintOf(report, text), []));
  return [...withoutSuppressed(text, tokens, remarks), ...failures].sort(byPlace);
}

/** A text that is nothing of ours, with one remark that says so. */
export const nothingRead = (format: Format, text: string, what: string): Read => ({
  reports: [],
  facts: [],
  tokens: [],
  fileName: `rule${format.extensions[0] ?? '.txt'}`,
  diagnostics: [
    {
      code: 'file/no-rule',
      severity: 'info',
      span: { start: 0, end: Math.min(text.length, Math.max(1, text.search(/\n|$/))) },
      message: `This is no rule of a language read here (${what}). If it is one, choose its format by hand.`,
    },
  ],
});

const unreadDocument = (format: Format, text: string, taxonomy: Taxonomy): Opened => ({
  format: format.id,
  rules: [{ span: { start: 0, end: text.length }, meta: NO_METADATA, analysis: opaqueAnalysis(format.language, text), taxonomy }],
  tokens: [],
  diagnostics: [],
});

/** A rule of which nothing could be derived. */
const bareReport = (rule: Rule): Report => ({ rule, leaves: [], platforms: [], domains: [], events: [], timeWindow: '', groupBy: [] });
