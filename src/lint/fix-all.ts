import type { Diagnostic, TextEdit } from '../model';
import { edited } from '../syntax/edits';

/** Rounds of fixing after which what is left stays: a fix may make room for another, as each escape of one text for the next. */
const MOST_ROUNDS = 100;

/** The text with every fix made that can be and is no choice, and how many were. `remarksOn` gives the remarks on a text; a fix that draws a new error is undone. */
export function fixAll(text: string, remarksOn: (text: string) => readonly Diagnostic[]): { readonly text: string; readonly fixes: number } {
  let done = text;
  let fixes = 0;
  let remarks = remarksOn(done);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { edits, count } = together(remarks);
    if (count === 0) break;
    const next = edited(done, edits);
    const after = remarksOn(next);
    if (next === done || errorsIn(after) > errorsIn(remarks)) break;
    done = next;
    fixes += count;
    remarks = after;
  }
  return { text: done, fixes };
}

const errorsIn = (remarks: readonly Diagnostic[]): number => remarks.filter(({ severity }) => severity === 'error').length;

/** The edits of all fixes that do not touch one another, first ones first. */
function together(remarks: readonly Diagnostic[]): { readonly edits: readonly TextEdit[]; readonly count: number } {
  const edits: TextEdit[] = [];
  let count = 0;
  for (const { fix } of remarks) {
    if (fix === undefined || fix.isChoice || fix.edits.some((edit) => edits.some(({ span }) => edit.span.start <= span.end && span.start <= edit.span.end)))
      continue;
    for (const one of fix.edits) edits.push(one);
    count++;
  }
  return { edits, count };
}
