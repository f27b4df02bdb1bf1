import type { Diagnostic, Report } from '../model';

/** Remarks on what a rule says, whatever its language; codes `rule/…`, spans in the document. */
export const lintOf = (report: Report): readonly Diagnostic[] => report.leaves.flatMap(() => []);
