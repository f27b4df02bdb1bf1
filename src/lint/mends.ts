import { isInside, type Context, type FailingPart, type Fix, type Format, type Predicate, type Report, type Span, type Test } from '../model';
import { fieldNameOf } from '../syntax/classify';
import { walkTests } from '../syntax/walk';
import { partEdits } from './spare-conditions';
import { excerptAt, excerptOf } from '../syntax/written';

/** Edits that are thought of for one place: enough to choose from, and no text takes long. */
const MOST = 24;
/** Longer values are of this event alone. */
const LONGEST = 120;

/** A rule of a text, and the place where it fails for an event. */
interface Failing {
  readonly text: string;
  readonly report: Report;
  readonly index: number;
  readonly part: FailingPart;
  /** What the event has where a comparison looks; null: nothing, or nothing in particular. */
  readonly seenOf: (test: Test) => string | null;
}

/**
 * Edits that may make a rule true of an event that it fails in one place: a wider operator, the event's value beside the rule's own, an exclusion taken out.
 * None is judged yet.
 */
export function mendsOf({ text, report, index, part, seenOf }: Failing, format: Format, context: Context): readonly Fix[] {
  const { analysis } = report.rule;
  const tests = testsIn(analysis.predicate, part.span);
  const parts = partEdits(analysis.predicate, text);
  const wider = context.languages.get(analysis.language)?.wider;
  const found = new Map<string, Fix>();
  const note = (fix: Fix | null | undefined): void => {
    if (fix == null || fix.edits.length === 0 || found.size >= MOST) return;
    const key = JSON.stringify(fix.edits);
    if (!found.has(key)) found.set(key, fix);
  };
  if (part.isExcluded) {
    for (const { span, values } of tests)
      for (const place of [...values.map((value) => value.span), span]) {
        const cut = parts.takeOut(place);
        note(cut && { title: `Remove ${excerptAt(text, place)}`, edits: cut.edits });
      }
    return [...found.values()];
  }
  for (const test of tests) {
    const place = operatorOf(test);
    if (place === null || wider === undefined) continue;
    const written = text.slice(place.start, place.end);
    for (const next of wider(written)) note({ title: exchangeOf(written, next), edits: [{ span: place, text: next }] });
  }
  for (const test of tests) {
    const [field, value] = [fieldNameOf(test), valueFor(test, seenOf(test))];
    if (field === null || value === null) continue;
    const op = test.word === 'in' ? 'eq' : test.word;
    const edits = format.add(text, index, { polarity: 'indicator', field, op, value, at: test.span.start }, context);
    note(edits && { title: `Add ${excerptOf(value)}`, edits });
  }
  return [...found.values()];
}

function testsIn(predicate: Predicate, place: Span): readonly Test[] {
  const found: Test[] = [];
  walkTests(predicate, (test) => void (isInside(test.span, place) && test.macro === undefined && found.push(test)));
  return found;
}

/** Where the operator stands, or would stand behind the field. */
const operatorOf = ({ operator, left }: Test): Span | null => operator ?? (left?.kind === 'field' ? { start: left.span.end, end: left.span.end } : null);

const exchangeOf = (written: string, next: string): string => {
  if (next.startsWith(written)) return `Add ${next.slice(written.length)}`;
  return written.startsWith(next) ? `Drop ${written.slice(next.length)}` : `${next} in place of ${written}`;
};

/** What of the event's value the comparison would meet in place of its own; null: a part of it, and which is not known. */
function valueFor({ word }: Test, seen: string | null): string | null {
  if (seen === null || seen === '' || seen.length > LONGEST) return null;
  if (word === 'eq' || word === 'in') return seen;
  if (word !== 'ends_with') return null;
  const at = Math.max(seen.lastIndexOf('\\'), seen.lastIndexOf('/'));
  return at < 0 ? null : seen.slice(at);
}
