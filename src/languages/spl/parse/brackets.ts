import type { SplLexeme } from './lexer';
import { fixOf, type Reader } from './reader';
import type { SearchNode } from '../tree';

/** Remarks a closing parenthesis without an opening one. */
export function strayParenthesis(reader: Reader, token: SplLexeme): void {
  reader.remark('spl/stray-parenthesis', 'error', token, 'This parenthesis closes nothing.', fixOf('Remove the parenthesis', token, ''));
}

/** Remarks a parenthesis that is not closed; the fix closes it where its reading ended, but not inside a text that is not closed either. */
export function closeMissing(reader: Reader, open: SplLexeme): void {
  const before = reader.cursor.peek(-1);
  const end = { start: reader.cursor.last, end: reader.cursor.last };
  reader.remark(
    'spl/unclosed-parenthesis',
    'error',
    open,
    'This parenthesis is not closed.',
    open.macro === undefined && before.open === undefined ? fixOf('Close the parenthesis', end, ')') : undefined,
  );
}

/** Subsearch := '[' Pipeline ']' */
export function parseSubsearch(reader: Reader): SearchNode & { kind: 'subsearch' | 'broken' } {
  const { cursor } = reader;
  const open = cursor.next();
  const pipeline = reader.deeper(() => reader.parsePipeline());
  const close = cursor.take(']');
  if (close === null) reader.remark('spl/unclosed-bracket', 'error', open, 'This subsearch is not closed: a ] is missing.');
  const span = { start: open.start, end: Math.max(close?.end ?? cursor.last, open.end) };
  return pipeline === null ? { kind: 'broken', ...span } : { kind: 'subsearch', ...span, pipeline: { ...pipeline, ...span } };
}
