import type { Addition, Predicate, Span, Test, TextEdit } from '../model';
import { fieldNameOf } from './classify';

/** Whether a row that is to go `at` a place may go into what stands there; anywhere where no place is asked for. */
export const holdsPlace = ({ start, end }: Span, at: number | undefined): boolean => at === undefined || (start <= at && at < end);

/** A row of a document as one of a query within it; null where it is to go elsewhere. `inner` gives the query's offset of one of the document's, null outside it. */
export function withinQuery(addition: Addition, inner: (offset: number) => number | null): Addition | null {
  const at = addition.at === undefined ? undefined : inner(addition.at);
  return at === null ? null : { ...addition, at };
}

/** The predicates that must all hold, nested `all`s opened. */
function conjunctsOf(predicate: Predicate): readonly Predicate[] {
  return predicate.kind === 'all' ? predicate.of.flatMap(conjunctsOf) : [predicate];
}

/**
 * The test that a further value of the same field can join as an alternative: for an indicator in a conjunct that asks for nothing but this field,
 * for an exclusion anywhere below a conjunct's `not` that alternatives reach. The last one that `canJoin`; null when there is none.
 */
export function joinableOf(predicate: Predicate, addition: Addition, canJoin: (test: Test) => boolean): Test | null {
  for (const conjunct of conjunctsOf(predicate)) {
    if ((conjunct.kind === 'not') !== (addition.polarity === 'exclusion')) continue;
    const tests = alternativesOf(conjunct.kind === 'not' ? conjunct.of : conjunct);
    const same = tests.filter((test) => test !== null && fieldNameOf(test) === addition.field);
    const found = same.findLast((test) => test !== null && canJoin(test));
    if (found && (addition.polarity === 'exclusion' || same.length === tests.length)) return found;
  }
  return null;
}

/** The tests of a disjunction; null for a part that is none. */
function alternativesOf(predicate: Predicate): readonly (Test | null)[] {
  if (predicate.kind === 'any') return predicate.of.flatMap(alternativesOf);
  return [predicate.kind === 'test' ? predicate : null];
}

/** Edits that write an alternative, its `or` before it, behind a test of a predicate; alone, the two get parentheses. */
export function beside(predicate: Predicate, test: Test, alternative: string): readonly TextEdit[] {
  const { start, end } = test.span;
  const isAlone = (one: Predicate): boolean => one === test || (one.kind === 'all' ? one.of.some(isAlone) : one.kind === 'not' && isAlone(one.of));
  if (!isAlone(predicate)) return [{ span: { start: end, end }, text: alternative }];
  return [
    { span: { start, end: start }, text: '(' },
    { span: { start: end, end }, text: `${alternative})` },
  ];
}
