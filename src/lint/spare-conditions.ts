import type { Predicate, Span, Test, TextEdit } from '../model';
import { fieldNameOf } from '../syntax/classify';
import { formsOf } from '../syntax/text-forms';

/** A part of a rule among those it stands between. */
interface Place {
  readonly among: readonly Span[];
  readonly at: number;
  /** The comparison that it is, if it must hold. */
  readonly asks?: Test;
  /** The one value of a comparison: in a list that names its field once, all that is its own. */
  readonly value?: Span;
}

/** A part taken out. */
interface Cut {
  readonly part: Span;
  readonly edits: readonly TextEdit[];
}

/** How the parts of a rule are changed where they stand; null where that is not plain from the text. */
interface PartEdits {
  /** The part or value at a place taken out with the word that joins it. */
  takeOut(span: Span): Cut | null;
  /** Two neighbours, of which both were asked for, as alternatives: a field that shall be the one or the other. */
  asAlternatives(first: Span, second: Span): readonly TextEdit[] | null;
  /** Two neighbours, alternatives so far, both asked for. */
  together(first: Span, second: Span): readonly TextEdit[] | null;
}

/** What can be changed in a predicate, `text` being the document around it. */
export function partEdits(predicate: Predicate, text: string): PartEdits {
  const places = placesIn(predicate);
  const placeAt = (span: Span): Place | null => places.get(keyOf(span)) ?? null;
  return {
    takeOut(span) {
      const place = placeAt(span);
      return place === null ? null : cutOf(place, text);
    },
    asAlternatives(one, other) {
      const [first, second] = [placeAt(one), placeAt(other)];
      const [field, same] = [first, second].map((place) => (place?.asks?.compare === 'equals' ? fieldNameOf(place.asks) : null));
      return field == null || field !== same ? null : rejoined(first, second, TO_OR, text);
    },
    together: (one, other) => rejoined(placeAt(one), placeAt(other), TO_AND, text),
  };
}

/** The word for the other way of joining, by what stands between two neighbours; the next step of a pipeline gives way to a word. */
export const TO_OR: ReadonlyMap<string, string> = new Map([
  ['', 'OR'],
  ['and', 'or'],
  ['AND', 'OR'],
  ['&&', '||'],
  ['| where', 'or'],
  ['| WHERE', 'OR'],
  ['| search', 'OR'],
]);
export const TO_AND: ReadonlyMap<string, string> = new Map([
  ['or', 'and'],
  ['OR', 'AND'],
  ['||', '&&'],
]);

/** Two neighbours joined by another word, in brackets where others stand beside them. */
export function rejoined(one: Place | null, other: Place | null, words: ReadonlyMap<string, string>, text: string): readonly TextEdit[] | null {
  if (one === null || other === null || one.among !== other.among || Math.abs(one.at - other.at) !== 1) return null;
  const { among, at, value } = one.at < other.at ? one : other;
  const [first, second] = [among[at]!, among[at + 1]!];
  // In a list that names its field once the first value's own text begins behind that.
  const start = [first.start, value?.start ?? first.start].find((from) => isBalanced(text.slice(from, second.end)));
  const between = text.slice(first.end, second.start);
  const word = words.get(between.trim().replace(/\s+/g, ' '));
  if (word === undefined || start === undefined || first.end >= second.start) return null;
  // A sign before a part, or a line of its own, says how it is joined where no word does.
  if (/[+-]/.test(text[start]!) || (between.trim() === '' && between.includes('\n'))) return null;
  const brackets = (place: number, sign: string): readonly TextEdit[] => (among.length > 2 ? [{ span: { start: place, end: place }, text: sign }] : []);
  return [...brackets(start, '('), { span: { start: first.end, end: second.start }, text: ` ${word} ` }, ...brackets(second.end, ')')];
}

const keyOf = ({ start, end }: Span): string => `${start} ${end}`;

/** By place, each part and each value; null for what the rule asks in several ways, or in several of its conditions: that is written once and meant more often. */
function placesIn(predicate: Predicate): ReadonlyMap<string, Place | null> {
  const places = new Map<string, Place | null>();
  const note = (span: Span, place: Place | null): void => void places.set(keyOf(span), places.has(keyOf(span)) ? null : place);
  const visit = (node: Predicate, place: Place | null, isNegated = false): void => {
    switch (node.kind) {
      case 'all':
      case 'any': {
        note(node.span, place);
        const among = node.of.map(({ span }) => span);
        node.of.forEach((part, at) => visit(part, { among, at }, isNegated));
        break;
      }
      case 'not':
        // With the word that negates it.
        visit(node.of, place, !isNegated);
        break;
      case 'test': {
        const values = node.compare === 'between' ? [] : node.values.flatMap((value) => (value.kind === 'list' ? value.of : [value]));
        // Of several forms of a value some may be spare, and what a macro says is not written here.
        const isOwn = node.macro === undefined && values.every((value) => formsOf(value) === null);
        const whole = place === null || isNegated ? place : { ...place, asks: node };
        note(node.span, isOwn ? whole : null);
        const among = values.map(({ span }) => span);
        values.forEach(({ span }, at) => {
          if (keyOf(span) === keyOf(node.span)) return;
          const own = values.length > 1 ? { among, at } : whole && { ...whole, value: span };
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
export function cutOf({ among, at, value }: Place, text: string): Cut | null {
  const cut = (part: Span, start: number, end: number): Cut => ({ part, edits: [{ span: { start, end }, text: '' }] });
  const [before, after] = [among[at - 1], among[at + 1]];
  for (const own of value === undefined ? [among[at]!] : [among[at]!, value]) {
    if (before !== undefined && isJoint(text, before, own, true) && isBalanced(text.slice(before.end, own.end))) return cut(own, before.end, own.end);
    if (after !== undefined && isJoint(text, own, after, false) && isBalanced(text.slice(own.start, after.start))) return cut(own, own.start, after.start);
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
