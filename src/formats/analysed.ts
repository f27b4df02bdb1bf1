import type { Analysis, Context, Diagnostic, DiagnosticTable, Language, Span } from '../model';
import { opaqueAnalysis } from '../syntax/opaque';

/** What this program remarks on itself. */
export const OWN_DIAGNOSTICS = {
  'analysis/failed': { severity: 'error', sentence: 'A part could not be analysed, by a defect of this program.', fixable: false },
} as const satisfies DiagnosticTable;

/** A remark that a step of the analysis threw: a defect, told in its place, so that the rest of the document is still read. */
export const failedRemark = (span: Span, error: unknown): Diagnostic => ({
  code: 'analysis/failed',
  severity: 'error',
  span: { start: span.start, end: span.end },
  message: `This could not be analysed, by a defect of this program: ${error instanceof Error ? error.message : String(error)}. What stands around it is read.`,
});

/** What a language makes of a query. Languages never throw; one that does all the same leaves its query unread, with a remark, and the document around it whole. */
export function analysed(language: Language, text: string, context: Context): Analysis {
  try {
    return language.analyse(text, context);
  } catch (error) {
    return { ...opaqueAnalysis(language.id, text), diagnostics: [failedRemark({ start: 0, end: text.length }, error)] };
  }
}
