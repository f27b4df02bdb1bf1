import type { TextEdit } from '../model';
import { replacementOf } from './replacement';

/** Edits that turn one text into another which differs from it in blanks and letters' case, each as small as can be, so that the cursor keeps its place; one edit where more differs. */
export function blankEdits(before: string, after: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let from = 0;
  let to = 0;
  while (from < before.length || to < after.length) {
    const [end, last] = [blanksEnd(before, from), blanksEnd(after, to)];
    if (before.slice(from, end) !== after.slice(to, last)) edits.push({ span: { start: from, end }, text: after.slice(to, last) });
    const [is, becomes] = [before[end] ?? '', after[last] ?? ''];
    if (is.toLowerCase() !== becomes.toLowerCase()) return [replacementOf(before, after)];
    if (is !== becomes) edits.push({ span: { start: end, end: end + 1 }, text: becomes });
    from = end + 1;
    to = last + 1;
  }
  return edits;
}

function blanksEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && /\s/.test(text[end]!)) end++;
  return end;
}
