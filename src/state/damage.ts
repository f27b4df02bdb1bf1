import { TOKEN_TYPES, type Diagnostic, type DraftAnswer, type Span, type TextEdit } from '../model';
import { replacementOf } from './replacement';
import { unreadOf } from '../syntax/unread';

/** A text and what was understood of it. */
interface Read {
  readonly text: string;
  readonly answer: DraftAnswer;
}

/**
 * Whether a change left the text broken rather than said something else. Where an error is new: something that was asked is asked no longer, and its
 * words still stand in part, or nothing was written that asks something instead. Where none is: words nobody touched are in a stretch that is not
 * read, or nothing is read any more. What was commented out is gone by will.
 */
export function isDamaged(before: Read, after: Read): boolean {
  // The same text, read with other macros or as another format, is as it was meant.
  if (before.text === after.text) return false;
  const change = replacementOf(before.text, after.text);
  const asked = askedIn(after.answer);
  const lost = lostIn(askedIn(before.answer), asked, change);
  if (lost.length === 0) return false;
  const hasError = hasNewError(before.answer.diagnostics, after.answer.diagnostics);
  // A comment that nothing closes, and that is an error, took what follows by accident.
  const comments = commentsIn(after).filter(({ end }) => !hasError || end < after.text.trimEnd().length);
  const standing = lost.filter(({ at }) => at !== null && !comments.some(({ start, end }) => start <= at && at < end));
  if (hasError) {
    const written = { start: change.span.start, end: change.span.start + change.text.length };
    return standing.length > 0 || (lost.some(({ at }) => at === null) && !asked.some((span) => isWithin(span, written)));
  }
  const untouched = standing.filter(({ isWhole }) => isWhole);
  if (untouched.length === 0) return false;
  const unread = unreadIn(after.answer);
  return asked.length === 0 || untouched.some(({ at }) => unread.some(({ start, end }) => start <= at! && at! < end));
}

const isSamePlace = (one: Span, other: Span): boolean => one.start === other.start && one.end === other.end;

const isWithin = (inner: Span, outer: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** Where each thing stands that is asked: the values compared with, a comparison without any itself. A value that is missing stands nowhere. */
function askedIn({ reports }: DraftAnswer): readonly Span[] {
  let asked = known.get(reports);
  if (asked === undefined) {
    asked = reports
      .flatMap(({ leaves }) => leaves.flatMap(({ span, values }) => (values.length === 0 ? [span] : values.map((value) => value.span))))
      .filter(({ start, end }) => start < end);
    known.set(reports, asked);
  }
  return asked;
}

/** What the last answer asks is what the next one is held against. */
const known = new WeakMap<DraftAnswer['reports'], readonly Span[]>();

/** What is asked no longer. `at`: a place of it in the newer text, null when all of it was written over. `isWhole`: nobody touched it. */
interface Lost {
  readonly at: number | null;
  readonly isWhole: boolean;
}

function lostIn(allBefore: readonly Span[], allAfter: readonly Span[], { span, text }: TextEdit): readonly Lost[] {
  const moved = text.length - (span.end - span.start);
  // Those that stand before the change as they stood are there still.
  let same = 0;
  while (same < allBefore.length && same < allAfter.length && allBefore[same]!.end < span.start && isSamePlace(allBefore[same]!, allAfter[same]!)) same++;
  const [before, after] = [allBefore.slice(same), allAfter.slice(same)];
  const starts = new Map(after.map((one) => [one.start, one]));
  const ends = new Map(after.map((one) => [one.end, one]));
  return before.flatMap(({ start, end }) => {
    const first = start < span.start ? start : start >= span.end ? start + moved : null;
    const last = end <= span.start ? end : end > span.end ? end + moved : null;
    const kept = (first === null ? undefined : starts.get(first)) ?? (last === null ? undefined : ends.get(last));
    if (kept === undefined) return [{ at: first ?? (last === null ? null : last - 1), isWhole: end <= span.start || start >= span.end }];
    // Two that grew together are one.
    starts.delete(kept.start);
    ends.delete(kept.end);
    return [];
  });
}

/** An error more than before of those that say the same. */
function hasNewError(before: readonly Diagnostic[], after: readonly Diagnostic[]): boolean {
  const known = new Map<string, number>();
  for (const { code, message } of before) known.set(`${code} ${message}`, (known.get(`${code} ${message}`) ?? 0) + 1);
  return after.some(({ severity, code, message }) => {
    if (severity !== 'error') return false;
    const left = known.get(`${code} ${message}`) ?? 0;
    known.set(`${code} ${message}`, left - 1);
    return left <= 0;
  });
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
