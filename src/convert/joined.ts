import type { Operand, Predicate, Span } from '../model';
import { placeOf } from '../syntax/predicates';
import { walkTests } from '../syntax/walk';
import { meaningOf } from './meaning';

/** A comparison with one value. */
interface Piece {
  readonly meaning: string;
  readonly field: Span | null;
  readonly value: Span;
  readonly test: Span;
}

/** The places of a text for a place of its original: comparisons that mean the same are joined. `made`: in the original's places; `read`: the same, read again. */
export function joinedPlaces(made: Predicate, read: Predicate): (place: Span) => readonly Span[] {
  const [before, after] = [piecesOf(made), piecesOf(read)];
  return (place) => {
    const meant = new Set(before.filter((piece) => isAbout(piece, place)).map(({ meaning }) => meaning));
    return after.filter(({ meaning }) => meant.has(meaning)).map(({ value }) => value);
  };
}

const overlap = (one: Span, other: Span): boolean => one.start < other.end && other.start < one.end;

/** A place within the value is about it alone; one at the field, or around the whole, about each of its values. */
const isAbout = ({ field, value, test }: Piece, place: Span): boolean =>
  overlap(value, place) || (field !== null && overlap(field, place)) || (place.start <= test.start && test.end <= place.end);

function piecesOf(predicate: Predicate): readonly Piece[] {
  const pieces: Piece[] = [];
  walkTests(predicate, (test) => {
    const values = test.values.flatMap((value): readonly Operand[] => (value.kind === 'list' ? value.of : [value]));
    const own = { field: test.left === null ? null : placeOf(test.left.span), test: placeOf(test.span) };
    if (values.length === 0) pieces.push({ ...own, meaning: meaningOf(test), value: own.test });
    for (const value of values)
      pieces.push({ ...own, meaning: meaningOf({ ...test, values: [value] }), value: values.length === 1 ? own.test : placeOf(value.span) });
  });
  return pieces;
}
