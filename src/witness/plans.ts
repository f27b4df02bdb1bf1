import type { Predicate } from '../model';
import { isRefused } from '../run/dialect';
import type { Reading } from '../run/expression';
import { readyNode } from '../run/judge';
import { TRUE } from '../run/truth';
import { countOperand, type Count, type demandsOf, type Plan } from './demands';
import { predicateOver } from './substitute';

type Demands = ReturnType<typeof demandsOf>;

/** One event of each side. */
export const ONE: Plan = { rows: () => 1, kinds: () => 1 };

/** How many events to try: as many as the rule's own numbers ask for, each count by itself; then each of the numbers for all alike. */
export function plansFor({ counts, asked, split }: Demands, reading: Reading): readonly Plan[] {
  const amounts = new Map<string, number>();
  for (const count of counts) {
    const own = asked.filter((one) => one.count.id === count.id);
    const fits = (amount: number): boolean => own.every(({ part, column }) => holds(part, column, count, amount, reading));
    const found = candidates(
      own.map(({ part }) => part),
      count.isApart === true && own.length > 0 ? 0 : 1,
    ).find(fits);
    if (found !== undefined) amounts.set(count.id, found);
  }
  const rowsOf = (side: number): number => {
    const own = counts.filter((count) => count.side === side).map(({ id }) => amounts.get(id) ?? 1);
    const least = own.length > 0 && counts.some((count) => count.side === side && count.isApart === true) ? 0 : 1;
    // Where events of others stand beside, those that nothing counts are not needed.
    if (split.has(side))
      return Math.max(
        0,
        ...counts.filter((count) => count.side === side && asked.some((one) => one.count.id === count.id)).map(({ id }) => amounts.get(id) ?? 1),
      );
    return Math.max(least, ...own);
  };
  const fitting: Plan = { rows: rowsOf, kinds: (count) => amounts.get(count.id) ?? rowsOf(count.side) };
  const alike = candidates(
    asked.map(({ part }) => part),
    1,
  ).map((amount): Plan => ({ rows: () => amount, kinds: () => amount }));
  return [fitting, ...alike];
}

/** Numbers that may meet conditions on a count: the least, and those they name with their neighbours, smallest first. */
function candidates(parts: readonly Predicate[], least: 0 | 1): readonly number[] {
  const numbers = parts.flatMap(numbersIn).flatMap((number) => [Math.ceil(number) - 1, Math.ceil(number), Math.floor(number) + 1]);
  return [...new Set([least, 1, 2, ...numbers])].filter((number) => Number.isInteger(number) && number >= least).sort((a, b) => a - b);
}

function numbersIn(predicate: Predicate): readonly number[] {
  if (predicate.kind === 'all' || predicate.kind === 'any') return predicate.of.flatMap(numbersIn);
  if (predicate.kind === 'not') return numbersIn(predicate.of);
  if (predicate.kind !== 'test') return [];
  return predicate.values.flatMap((value) =>
    value.kind === 'literal' && value.text.trim() !== '' && Number.isFinite(Number(value.text)) ? [Number(value.text)] : [],
  );
}

/** Whether a condition on a count holds of so many. */
function holds(part: Predicate, column: string, { kind }: Count, amount: number, reading: Reading): boolean {
  const made = predicateOver(part, new Map([[column, countOperand(kind, amount, part.span)]]));
  if (made === null) return false;
  try {
    return readyNode(made, reading).truth({}) === TRUE;
  } catch (error) {
    if (!isRefused(error)) throw error;
    return false;
  }
}
