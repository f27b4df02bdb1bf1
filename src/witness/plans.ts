import type { Operand, Predicate, Test } from '../model';
import { isRefused } from '../run/dialect';
import type { Reading } from '../run/expression';
import { readyNode } from '../run/judge';
import { TRUE } from '../run/truth';
import { walkTests } from '../syntax/walk';
import { countOperand, fieldsIn, namesIn, type Count, type Demands, type Plan } from './demands';
import { conditionsIn } from './places';
import { predicateOver } from './substitute';

type Asked = Demands['asked'][number];

/** One event of each side. */
export const oneEach = (choice: Pick<Plan, 'branch' | 'isSpread'>): Plan => allOf(1, choice);

/** So many of each. */
const allOf = (amount: number, choice: Omit<Plan, 'rows' | 'rowsAt' | 'kinds'>): Plan => ({
  rows: () => amount,
  rowsAt: () => amount,
  kinds: () => amount,
  ...choice,
});

/** A group of so many beside so many groups of one lies more than three standard deviations above the mean. */
const OUTLYING = 40;
const CROWD = 15;

/** Of conditions on several counts so many sets of numbers are tried. */
const MOST_TRIED = 3000;

/** No more events are tried where they are asked for with something else. */
const MOST_MIXED = 2000;

/** Where several counts are compared with each other the rule's own numbers say less of each. */
const MANY = [3, 5, 10, 20, 50, 100];

/** How many events to try: as many as the rule's own numbers ask for, each count by itself; then each of the numbers for all alike. */
export function plansFor(
  { counts, asked, mixed, of, sides, split, unsure }: Demands,
  choice: Pick<Plan, 'branch' | 'isSpread'>,
  reading: Reading,
): readonly Plan[] {
  const amounts = amountsFor(asked, reading);
  // Events under a condition of their own that nothing asks for are not needed.
  const isTold = mixed.length === 0 && unsure.length === 0;
  const amountOf = ({ id, isApart }: Count): number => amounts.get(id) ?? (isApart === true && isTold ? 0 : 1);
  const levelsOf = (side: number): number => Math.max(0, ...counts.map((count) => (count.side === side ? count.level : 0))) + 1;
  const known = new Map<string, number>();
  const rowsAt = (side: number, level: number): number => {
    const rows = known.get(`${side} ${level}`) ?? rowsFor(side, level);
    known.set(`${side} ${level}`, rows);
    return rows;
  };
  const rowsFor = (side: number, level: number): number => {
    const own = counts.filter((count) => count.side === side && count.level === level);
    // Where events of others stand beside, those that nothing asks for are not needed, nor those whose values the others may have.
    const isOthers = (count: Count): boolean => count.also?.some((other) => rowsOf(other.side) >= amountOf(count)) === true;
    const isNeeded = (count: Count): boolean => !split.has(side) || (amounts.has(count.id) && !isOthers(count));
    const beside = split.get(side);
    const isFree =
      beside !== undefined &&
      sides > 1 &&
      (beside.length === 0 || beside.some((other) => rowsOf(other) > 0)) &&
      !counts.some((count) => count.side === side && isNeeded(count));
    return Math.max(isFree || own.some(({ isApart }) => isApart === true) ? 0 : 1, ...own.filter(isNeeded).map(amountOf));
  };
  const rowsOf = (side: number): number => Array.from({ length: levelsOf(side) }, (_, level) => rowsAt(side, level)).reduce((product, one) => product * one, 1);
  const fitting: Plan = { rows: rowsOf, rowsAt, kinds: amountOf, ...choice };
  const numbers = asked.flatMap(({ counts: about, part }) => [...about.keys()].flatMap((column) => candidates(part, column, 1)));
  const alike = [...new Set([1, ...numbers, ...(mixed.length === 0 ? [] : togetherWith(mixed, of))])]
    .sort((a, b) => a - b)
    .map((amount) => allOf(amount, choice));
  return [fitting, ...alike, ...(unsure.length > 0 && counts.length > 0 ? [allOf(OUTLYING, { ...choice, crowd: CROWD })] : [])];
}

/** Numbers of events that are asked for as so many in so long: a share and a length multiplied, and some more. */
function togetherWith(mixed: Demands['mixed'], of: Demands['of']): readonly number[] {
  const shares = numbersIn(mixed);
  const lengths = numbersIn(of.flatMap(({ predicate }) => (predicate.kind === 'test' && predicate.left?.kind === 'call' ? [predicate] : [])));
  return shares.flatMap((share) => [1, ...lengths].flatMap((length) => [1, 2, 3].map((times) => share * length * times))).filter((one) => one <= MOST_MIXED);
}

const numbersIn = (of: readonly Predicate[]): readonly number[] =>
  [
    ...new Set(
      of
        .flatMap(testsIn)
        .flatMap(({ values }) => values.flatMap((value) => (value.kind === 'literal' && /^[1-9]\d{0,3}$/.test(value.text) ? [Number(value.text)] : []))),
    ),
  ].slice(0, 4);

/** The smallest numbers that meet what is asked of the counts, those asked for together tried together. */
function amountsFor(asked: readonly Asked[], reading: Reading): ReadonlyMap<string, number> {
  const amounts = new Map<string, number>();
  const [alone, together] = [asked.filter(({ counts }) => counts.size === 1), asked.filter(({ counts }) => counts.size > 1)];
  for (const { counts } of [...alone, ...together]) {
    const ids = new Set([...counts.values()].map(({ id }) => id));
    const about = asked.filter((one) => [...one.counts.values()].every(({ id }) => ids.has(id)));
    const choices = [...ids].map((id) => {
      const own = about.flatMap((one) => [...one.counts].filter(([, count]) => count.id === id).map(([column, count]) => ({ part: one.part, column, count })));
      const numbers = own.flatMap(({ part, column, count }) => [...candidates(part, column, count.isApart === true ? 0 : 1), ...(ids.size > 1 ? MANY : [])]);
      return { id, numbers: [...new Set(numbers)].sort((a, b) => a - b) };
    });
    let tried = 0;
    const choose = (at: number, chosen: ReadonlyMap<string, number>): ReadonlyMap<string, number> | null => {
      if (at === choices.length) return ++tried <= MOST_TRIED && about.every((one) => holds(one, chosen, reading)) ? chosen : null;
      const { id, numbers } = choices[at]!;
      for (const number of numbers) {
        if (tried > MOST_TRIED) return null;
        const found = choose(at + 1, new Map([...chosen, [id, number]]));
        if (found !== null) return found;
      }
      return null;
    };
    for (const [id, number] of choose(0, new Map()) ?? togetherFor(choices, about, reading) ?? alikeOr(choices, about, reading) ?? []) amounts.set(id, number);
  }
  return amounts;
}

interface Choice {
  readonly id: string;
  readonly numbers: readonly number[];
}

/** The smallest numbers that meet what one conjunction asks of each count; null: no conjunction is enough. */
function togetherFor(choices: readonly Choice[], about: readonly Asked[], reading: Reading): ReadonlyMap<string, number> | null {
  for (const { counts, part } of about)
    for (const tests of conjunctionsIn(part)) {
      const chosen = new Map(
        choices.map(({ id, numbers }) => {
          const own = tests.filter((test) => fieldsIn(test).every((name) => counts.get(name)?.id === id));
          return [id, numbers.find((number) => own.every((test) => holds({ counts, part: test }, new Map([[id, number]]), reading))) ?? 1] as const;
        }),
      );
      if (about.every((one) => holds(one, chosen, reading))) return chosen;
    }
  return null;
}

/** The tests that stand together in each conjunction, those in what is compared too. */
function conjunctionsIn(predicate: Predicate): readonly (readonly Test[])[] {
  if (predicate.kind === 'not') return conjunctionsIn(predicate.of);
  if (predicate.kind === 'all') return [predicate.of.flatMap(testsIn), ...predicate.of.flatMap(conjunctionsIn)];
  if (predicate.kind === 'any') return predicate.of.flatMap(conjunctionsIn);
  return predicate.kind === 'test' && predicate.left !== null ? conditionsIn(predicate.left).flatMap(conjunctionsIn) : [];
}

/** One number for all of several counts, or for one of them alone where the others are the least they may be; null: none meets what is asked. */
function alikeOr(choices: readonly Choice[], about: readonly Asked[], reading: Reading): ReadonlyMap<string, number> | null {
  for (const number of new Set(choices.flatMap(({ numbers }) => numbers)))
    for (const special of [null, ...choices.flatMap(({ id }) => [id])])
      for (const least of special === null ? [number] : [1, 0]) {
        const chosen = new Map(choices.map(({ id, numbers }) => [id, id === special || special === null ? number : Math.max(least, numbers[0] ?? least)]));
        if (about.every((one) => holds(one, chosen, reading))) return chosen;
      }
  return null;
}

/** Numbers a count may come to: the least, and those that a condition compares its column with, with their neighbours. */
function candidates(part: Predicate, column: string, least: 0 | 1): readonly number[] {
  const numbers = testsIn(part)
    .filter(({ left, values }) => [left, ...values].some((operand) => operand !== null && namesIn(operand).includes(column)))
    .flatMap(({ values }) => values.flatMap((value) => (value.kind === 'literal' && Number.isFinite(Number(value.text || NaN)) ? [Number(value.text)] : [])))
    .flatMap((number) => [Math.ceil(number) - 1, Math.ceil(number), Math.floor(number) + 1]);
  return [...new Set([least, 1, 2, ...numbers])].filter((number) => Number.isInteger(number) && number >= least);
}

/** The comparisons of a condition, those in what is compared too. */
function testsIn(predicate: Predicate): readonly Test[] {
  const found: Test[] = [];
  const inOperand = (operand: Operand): void => {
    if (operand.kind === 'condition') for (const one of testsIn(operand.of)) found.push(one);
    else if (operand.kind === 'call') operand.args.forEach(inOperand);
    else if (operand.kind === 'list') operand.of.forEach(inOperand);
  };
  walkTests(predicate, (test) => {
    found.push(test);
    for (const operand of [test.left, ...test.values]) if (operand !== null) inOperand(operand);
  });
  return found;
}

/** Whether a condition holds where its columns count so many. */
function holds({ counts, part }: Asked, amounts: ReadonlyMap<string, number>, reading: Reading): boolean {
  const made = predicateOver(part, new Map([...counts].map(([column, { id, kind }]) => [column, countOperand(kind, amounts.get(id) ?? 1, part.span)])));
  return made !== null && isMet(made, reading);
}

/** Whether a condition on no field fails, so that no event meets it. */
export const isNever = (predicate: Predicate, reading: Reading): boolean => fieldsIn(predicate).length === 0 && !isMet(predicate, reading);

function isMet(predicate: Predicate, reading: Reading): boolean {
  try {
    return readyNode(predicate, reading).truth({}) === TRUE;
  } catch (error) {
    if (!isRefused(error)) throw error;
    return false;
  }
}
