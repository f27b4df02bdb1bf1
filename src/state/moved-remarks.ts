import type { Diagnostic } from '../model';
import { replacementOf } from './replacement';

/** Remarks on a text as they stand in the next one: moved with what they are about, without those whose place was written over, and without fixes that would write there. */
export function movedRemarks(remarks: readonly Diagnostic[], before: string, after: string): readonly Diagnostic[] {
  if (remarks.length === 0 || before === after) return remarks;
  const { span: changed, text } = replacementOf(before, after);
  const moved = text.length - (changed.end - changed.start);
  return remarks.flatMap((remark): readonly Diagnostic[] => {
    const { span, fix, ...said } = remark;
    if (span.end < changed.start) return fix === undefined || fix.edits.every((edit) => edit.span.end < changed.start) ? [remark] : [{ ...said, span }];
    const edits = fix?.edits.every((edit) => edit.span.start >= changed.end)
      ? fix.edits.map((edit) => ({ ...edit, span: { start: edit.span.start + moved, end: edit.span.end + moved } }))
      : null;
    if (span.start >= changed.end)
      return [{ ...said, span: { start: span.start + moved, end: span.end + moved }, ...(edits === null ? null : { fix: { ...fix!, edits } }) }];
    // What is typed within or beside it belongs to it.
    return span.start <= changed.start && changed.end <= span.end ? [{ ...said, span: { start: span.start, end: span.end + moved } }] : [];
  });
}
