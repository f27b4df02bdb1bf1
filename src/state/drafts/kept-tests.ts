import type { Event, KeptTest } from '../../model';

/** Characters of events that are kept with one draft: they are stored with every change of it. */
export const MOST_KEPT = 1_000_000;

/** The tests of a stored record or a link; what is none is left out. */
export function testsOf(value: unknown): readonly KeptTest[] {
  return Array.isArray(value) ? (value as readonly unknown[]).flatMap(testOf) : [];
}

function testOf(value: unknown): readonly KeptTest[] {
  if (typeof value !== 'object' || value === null) return [];
  const { id, name, mustMatch, events, about, at } = value as Readonly<Record<keyof KeptTest, unknown>>;
  if (typeof id !== 'string' || !Array.isArray(events)) return [];
  const kept = (events as readonly unknown[]).filter((event): event is Event => typeof event === 'object' && event !== null && !Array.isArray(event));
  if (kept.length === 0) return [];
  return [
    {
      id,
      name: typeof name === 'string' ? name : '',
      mustMatch: mustMatch !== false,
      events: kept,
      about: typeof about === 'string' ? about : '',
      at: typeof at === 'number' && Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? at : 0,
    },
  ];
}

const isSameTest = (a: KeptTest | undefined, b: KeptTest | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.name === b.name &&
    a.mustMatch === b.mustMatch &&
    a.about === b.about &&
    a.at === b.at &&
    JSON.stringify(a.events) === JSON.stringify(b.events));

/** Whether two lists of tests say the same, in the same order. */
export const areSameTests = (a: readonly KeptTest[], b: readonly KeptTest[]): boolean =>
  a === b || (a.length === b.length && a.every((test, at) => test.id === b[at]!.id && isSameTest(test, b[at])));

/** A three-way merge by test: what either side added stays, what either took away goes; of one that both changed, this tab's. */
export function mergedTests(base: readonly KeptTest[] | undefined, stored: readonly KeptTest[], mine: readonly KeptTest[]): readonly KeptTest[] {
  if (areSameTests(stored, mine)) return stored;
  const before = new Map((base ?? []).map((test) => [test.id, test]));
  const [theirs, ours] = [new Map(stored.map((test) => [test.id, test])), new Map(mine.map((test) => [test.id, test]))];
  const chosen = (id: string): readonly KeptTest[] => {
    const [was, their, our] = [before.get(id), theirs.get(id), ours.get(id)];
    const kept = was === undefined ? (our ?? their) : isSameTest(was, our) ? their : isSameTest(was, their) ? our : (our ?? their);
    return kept === undefined ? [] : [kept];
  };
  return [...new Set([...theirs.keys(), ...ours.keys()])].flatMap(chosen);
}

/** Characters that the tests' events take as JSON. */
export const sizeOfTests = (tests: readonly KeptTest[]): number => JSON.stringify(tests).length;
