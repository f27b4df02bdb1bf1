import type { Diagnostic } from '../model';

/** Where a text in quotes begins: Kusto writes `@` and `h` before the quote. */
const QUOTE = /[@hH]{0,2}["'`]/y;

/**
 * Remarks as they are told: by place, and of a missing quote the one error alone. What stands on its line is read with texts and code
 * exchanged, so that whatever else is wrong with it only follows from that.
 */
export function told(text: string, remarks: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = remarks.toSorted((a, b) => a.span.start - b.span.start);
  const lines = lineStarts(text, sorted);
  const causes = new Map(sorted.flatMap((remark, at) => (isMissingQuote(text, remark) ? [[remark, lines[at]!] as const] : [])));
  const broken = new Set(causes.values());
  const first = sorted.filter((remark, at) => remark.severity === 'info' || causes.has(remark) || !broken.has(lines[at]!));
  return withoutConsequences(text, first);
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

function isMissingQuote(text: string, { code, severity, span }: Diagnostic): boolean {
  QUOTE.lastIndex = span.start;
  return severity === 'error' && /\/unclosed(?:-string|-quote)?$/.test(code) && QUOTE.test(text);
}

/** Where the line of each remark begins; the remarks stand by place. */
function lineStarts(text: string, remarks: readonly Diagnostic[]): readonly number[] {
  let from = 0;
  let line = 0;
  return remarks.map(({ span: { start } }) => {
    const at = text.slice(from, start).lastIndexOf('\n');
    if (at >= 0) line = from + at + 1;
    from = start;
    return line;
  });
}
