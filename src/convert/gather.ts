import type { Predicate, Test } from '../model';
import type { Manner } from './manner';

/** Comparisons of a choice that differ in their values only, as one of several values, where the target has such; in the place of the first. */
export function gathered(parts: readonly Predicate[], lists: Manner['lists']): readonly Predicate[] {
  const opened = parts.flatMap((part) => (part.kind === 'any' ? part.of : [part]));
  if (lists === 'none') return opened;
  const places = new Map<string, number>();
  const all: (Predicate | Test[])[] = [];
  for (const part of opened) {
    const key = part.kind === 'test' ? keyOf(part) : null;
    if (key === null || part.kind !== 'test') {
      all.push(part);
      continue;
    }
    const at = places.get(key);
    if (at === undefined) {
      places.set(key, all.length);
      all.push([part]);
    } else (all[at] as Test[]).push(part);
  }
  return all.map((one) => (isTests(one) ? oneOf(one) : one));
}

const isTests = (one: Predicate | Test[]): one is Test[] => Array.isArray(one);

function oneOf(tests: readonly Test[]): Test {
  const [first] = tests;
  if (tests.length === 1) return first!;
  const end = tests.reduce((most, { span }) => Math.max(most, span.end), 0);
  const { every: _, ...one } = first!;
  return { ...one, span: { start: first!.span.start, end }, values: tests.flatMap(({ values }) => values), word: 'in' };
}

/** Null: it is not one of several values of a field. */
function keyOf({ left, compare, values, case: letters, missing, over, modifiers, every }: Test): string | null {
  if (left?.kind !== 'field' || compare !== 'equals' || over !== undefined || (every === true && values.length > 1)) return null;
  return values.every(({ kind }) => kind === 'literal' || kind === 'glob') ? `${left.name} ${letters} ${missing} ${modifiers?.join(' ') ?? ''}` : null;
}
