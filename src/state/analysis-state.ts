import type { Diagnostic, DraftAnswer, Expansion, Report } from '../model';
import { isDamaged } from './damage';
import { movedRemarks } from './moved-remarks';

/** An answer with the text it is about: its spans are in `text`, never in a newer one. */
export interface Analysed {
  readonly revision: number;
  readonly text: string;
  readonly answer: DraftAnswer;
}

export interface AnalysisState {
  /** The last answer about the open document, whatever it says. */
  readonly newest: Analysed | null;
  /** The last answer to a text that was not broken; stays while the text is. */
  readonly good: Analysed | null;
  /** What the checks of whole rules say, in places of the newest answer's text: what they said of the text before, until they have seen this one. */
  readonly remarks: readonly Diagnostic[];
  /** Milliseconds since 1970 when the text stopped being understood; null while it is, or is blank. */
  readonly staleSince: number | null;
  /** Why there is no answer: the text is too large, or the worker keeps failing on it. */
  readonly trouble: string | null;
}

export const NO_ANALYSIS: AnalysisState = { newest: null, good: null, remarks: [], staleSince: null, trouble: null };

/** The expansion of one rule of a text. */
export interface Expanded {
  readonly about: string;
  readonly title: string;
  readonly expansion: Expansion;
}

/** Something of it is understood: a comparison, or a stage that is not opaque. */
const isUnderstood = (report: Report): boolean => report.leaves.length > 0 || report.rule.analysis.stages.some((stage) => stage.role !== 'unread');

/** The state after a newer answer about the same document. */
export function withAnswer(state: AnalysisState, newest: Analysed, now: number): AnalysisState {
  if (newest.text.trim() === '') return { ...NO_ANALYSIS, newest };
  const remarks = state.newest === null ? [] : movedRemarks(state.remarks, state.newest.text, newest.text);
  const { good } = state;
  const isBroken = !newest.answer.reports.some(isUnderstood) || (good !== null && isDamaged(good, newest));
  if (!isBroken) return { newest, good: newest, remarks, staleSince: null, trouble: null };
  return { newest, good, remarks, staleSince: good === null ? null : (state.staleSince ?? now), trouble: null };
}

/** What the panels show: the last good answer, or the newest where there never was a good one. */
export const shownOf = (state: AnalysisState): Analysed | null => state.good ?? state.newest;

/** Index of the report whose rule holds the offset, else of the last one before it, else 0. */
export function reportAt(reports: readonly Report[], offset: number): number {
  let found = 0;
  reports.forEach((report, index) => {
    if (report.rule.span.start <= offset) found = index;
  });
  return found;
}

/** How many of each severity. */
export function tallyOf(diagnostics: readonly Diagnostic[]): Readonly<Record<Diagnostic['severity'], number>> {
  const tally = { error: 0, warning: 0, info: 0 };
  for (const { severity } of diagnostics) tally[severity]++;
  return tally;
}
