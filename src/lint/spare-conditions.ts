import type { Fix, Predicate, Span } from '../model';
import { formsOf } from '../syntax/text-forms';

/** Something that can be taken out, among those it stands between. */
interface Place {
  readonly among: readonly Span[];
  readonly at: number;
  /** The one value of a comparison: in a list that names its field once, all that is its own. */
  readonly value?: Span;
}

/** How the part or value of a rule at a place is taken out with the word that joins it; undefined where that is not plain from the text. */
type TakeOut = (span: Span) => Fix | undefined;

/** What can be taken out of a predicate, `text` being the document around it. */
export function takingOut(predicate: Predicate, text: string): TakeOut {
  const places = placesIn(predicate);
  return (span) => {
    const place = places.get(keyOf(span));
    const cut = place == null ? null : cutOf(place, text);
    return cut === null ? undefined : { title: 'Remove it', edits: [{ span: cut, text: '' }] };
  };
}

const keyOf = ({ start, end }: Span): string => `${start} ${end}`;

/** By place, each part and each value; null for what the rule asks in several ways, or in several of its conditions: that is written once and meant more often. */
function placesIn(predicate: Predicate): ReadonlyMap<string, Place | null> {
  const places = new Map<string, Place | null>();
  const note = (span: Span, place: Place | null): void => void places.set(keyOf(span), places.has(keyOf(span)) ? null : place);
  const visit = (node: Predicate, place: Place | null): void => {
    switch (node.kind) {
      case 'all':
      case 'any': {
        note(node.span, place);
        const among = node.of.map(({ span }) => span);
        node.of.forEach((part, at) => visit(part, { among, at }));
        break;
      }
      case 'not':
        // With the word that negates it.
        visit(node.of, place);
        break;
      case 'test': {
        const values = node.compare === 'between' ? [] : node.values.flatMap((value) => (value.kind === 'list' ? value.of : [value]));
        // Of several forms of a value some may be spare, and what a macro says is not written here.
        const isOwn = node.macro === undefined && values.every((value) => formsOf(value) === null);
        note(node.span, isOwn ? place : null);
        const among = values.map(({ span }) => span);
        values.forEach(({ span }, at) => {
          if (keyOf(span) === keyOf(node.span)) return;
          const own = values.length > 1 ? { among, at } : place && { ...place, value: span };
          note(span, isOwn ? own : null);
        });
        break;
      }
      case 'unread':
        break;
      default:
        node satisfies never;
    }
  };
  visit(predicate, null);
  return places;
}

/** What may join two neighbours: nothing, a comma, a word, the next step of a pipeline. */
const JOINS = /^(?:,|and|or|&&|\|\||\|\s*(?:where|search))?$/i;

/** Whether what stands between two neighbours only joins them; a dash does at the beginning of a line, where the first of them, if it goes, is an item of one line. */
function isJoint(text: string, { start: first, end }: Span, { start }: Span, isFirstKept: boolean): boolean {
  const between = text.slice(end, start);
  const word = between.trim();
  if (start <= end || word !== '-') return start > end && JOINS.test(word);
  const isItem = text.slice(text.lastIndexOf('\n', first - 1) + 1, first).trim() === '-' && !text.slice(first, end).includes('\n');
  return between.includes('\n') && (isFirstKept || isItem);
}

/** From the neighbour to the end of the part, or from its start to the next one. */
function cutOf({ among, at, value }: Place, text: string): Span | null {
  const [before, after] = [among[at - 1], among[at + 1]];
  for (const own of value === undefined ? [among[at]!] : [among[at]!, value]) {
    if (before !== undefined && isJoint(text, before, own, true) && isBalanced(text.slice(before.end, own.end))) return { start: before.end, end: own.end };
    if (after !== undefined && isJoint(text, own, after, false) && isBalanced(text.slice(own.start, after.start)))
      return { start: own.start, end: after.start };
  }
  return null;
}

const OPENS = '([{';
const CLOSES = ')]}';

/** Whether brackets open and close within the text. */
function isBalanced(text: string): boolean {
  const open: number[] = [];
  for (const sign of text) {
    if (OPENS.includes(sign)) open.push(OPENS.indexOf(sign));
    else if (CLOSES.includes(sign) && open.pop() !== CLOSES.indexOf(sign)) return false;
  }
  return open.length === 0;
}
