import type { Diagnostic } from '../model';

/** Where a text in quotes begins: Kusto writes `@` and `h` before the quote. */
const QUOTE = /[@hH]{0,2}["'`]/y;

/**
 * Remarks as they are told: by place, and of a missing quote the one error alone. What stands on its line is read with texts and code
 * exchanged, so that whatever else is wrong with it only follows from that.
 */
export function told(text: string, remarks: readonly Diagnostic[]): readonly Diagnostic[] {
  const causes = remarks.filter(({ code, severity, span }) => {
    QUOTE.lastIndex = span.start;
    return severity === 'error' && /\/unclosed(?:-string|-quote)?$/.test(code) && QUOTE.test(text);
  });
  const lines = causes.map(({ span }) => ({ start: text.lastIndexOf('\n', span.start - 1) + 1, end: endOfLine(text, span.start) }));
  const follows = (remark: Diagnostic): boolean =>
    remark.severity !== 'info' && !causes.includes(remark) && lines.some(({ start, end }) => remark.span.start >= start && remark.span.start <= end);
  const sorted = (lines.length === 0 ? [...remarks] : remarks.filter((remark) => !follows(remark))).sort((a, b) => a.span.start - b.span.start);
  return withoutConsequences(text, sorted);
}

/** Where reading begins anew after an error: a pipe, a bracket, a comma, a word that joins. */
const ANEW = /[|()[\]{},;]|\b(?:and|or)\b/i;

/** Of errors of form between which reading did not begin anew the first is the cause of the others. */
function withoutConsequences(text: string, remarks: readonly Diagnostic[]): readonly Diagnostic[] {
  let cause: Diagnostic | null = null;
  return remarks.filter((remark) => {
    if (!remark.code.endsWith('/syntax') || remark.severity !== 'error') return true;
    const follows = cause !== null && !ANEW.test(text.slice(cause.span.end, remark.span.start));
    if (!follows || remark.span.end > cause!.span.end) cause = remark;
    return !follows;
  });
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}
