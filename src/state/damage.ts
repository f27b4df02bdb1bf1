import { TOKEN_TYPES, type Diagnostic, type DraftAnswer, type Span } from '../model';
import { replacementOf } from './replacement';
import { unreadOf } from '../syntax/unread';

/** A text and what was understood of it. */
interface Read {
  readonly text: string;
  readonly answer: DraftAnswer;
}

/**
 * Whether a change left the text broken rather than said something else: comparisons whose own words still stand in it are no longer read, and
 * something says why: an error that was not there, a stretch that is not read, or that nothing is read any more. What was commented out is gone by will.
 */
export function isDamaged(before: Read, after: Read): boolean {
  // The same text, read with other macros or as another format, is as it was meant.
  if (before.text === after.text) return false;
  const lost = lostIn(before, after);
  if (lost.length === 0) return false;
  const hasError = hasNewError(before.answer.diagnostics, after.answer.diagnostics);
  // A comment that nothing closes, and that is an error, took what follows by accident.
  const comments = commentsIn(after).filter(({ end }) => !hasError || end < after.text.trimEnd().length);
  const standing = lost.filter((span) => !comments.some((comment) => comment.start <= span.start && span.start < comment.end));
  if (standing.length === 0) return false;
  if (hasError || leavesOf(after.answer).length === 0) return true;
  const unread = unreadIn(after.answer);
  return standing.some((span) => unread.some(({ start, end }) => start <= span.start && span.end <= end));
}

const leavesOf = ({ reports }: DraftAnswer): readonly Span[] => reports.flatMap(({ leaves }) => leaves.map(({ span }) => span));

/** Comparisons that are no longer read though nothing of them was touched: their places in the newer text. */
function lostIn(before: Read, after: Read): readonly Span[] {
  const { span, text } = replacementOf(before.text, after.text);
  const moved = text.length - (span.end - span.start);
  const now = leavesOf(after.answer);
  const starts = new Set(now.map(({ start }) => start));
  const ends = new Set(now.map(({ end }) => end));
  return leavesOf(before.answer).flatMap(({ start, end }) => {
    if (end > span.start && start < span.end) return [];
    const place = start >= span.end ? { start: start + moved, end: end + moved } : { start, end };
    return starts.has(place.start) || ends.has(place.end) ? [] : [place];
  });
}

function hasNewError(before: readonly Diagnostic[], after: readonly Diagnostic[]): boolean {
  const known = new Set(before.map(({ code, message }) => `${code} ${message}`));
  return after.some(({ severity, code, message }) => severity === 'error' && !known.has(`${code} ${message}`));
}

/** Stretches of which the analysis holds nothing. */
const unreadIn = ({ reports }: DraftAnswer): readonly Span[] =>
  reports.flatMap(({ rule: { analysis } }) => [...unreadOf(analysis), ...analysis.stages.filter(({ role }) => role === 'unread')].map(({ span }) => span));

const COMMENT = TOKEN_TYPES.indexOf('comment');

/** Where comments stand, from the tokens' packed form: five numbers each, counted from the token before. */
function commentsIn({ text, answer: { tokens } }: Read): readonly Span[] {
  const lines = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) lines.push(index + end.length);
  const found: Span[] = [];
  let line = 0;
  let column = 0;
  for (let at = 0; at < tokens.length; at += 5) {
    column = tokens[at] === 0 ? column + tokens[at + 1]! : tokens[at + 1]!;
    line += tokens[at]!;
    if (tokens[at + 3] !== COMMENT) continue;
    const start = lines[line]! + column;
    found.push({ start, end: start + tokens[at + 2]! });
  }
  return found;
}
