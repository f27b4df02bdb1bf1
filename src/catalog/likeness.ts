import { fileNameField } from '../knowledge/fields';
import { asked } from '../logic/condition-text';
import type { Formula, Literal } from '../logic/formula';
import { type Budget, implies, literalFollows } from '../logic/implies';
import { looksFor } from '../logic/relate';
import { heldTextsOf } from './held-texts';

/** Something that is looked for, and the subjects that look for exactly it, in order. */
export interface Sought {
  readonly literal: Literal;
  readonly rules: readonly number[];
}

/** What is looked for in one field; `plain`: texts with wildcards at their ends or none, in the order `held` knows them. What is known only by its key is in neither. */
export interface FieldSought {
  readonly plain: readonly Sought[];
  readonly held: (text: string) => readonly number[];
  readonly others: readonly Sought[];
}

/** By field, everything that is looked for. */
export function byFieldOf(sought: Iterable<Sought>): ReadonlyMap<string, FieldSought> {
  const fields = new Map<string, { plain: Sought[]; inner: string[]; others: Sought[] }>();
  for (const one of sought) {
    const { field, set } = one.literal;
    let known = fields.get(field);
    if (known === undefined) fields.set(field, (known = { plain: [], inner: [], others: [] }));
    if (set.kind === 'pattern' && set.inner !== null) {
      known.plain.push(one);
      known.inner.push(set.inner);
    } else if (set.kind !== 'named') known.others.push(one);
  }
  return new Map([...fields].map(([field, { plain, inner, others }]) => [field, { plain, others, held: heldTextsOf(inner) }] as const));
}

/** So many comparisons of comparisons may one question about a part cost among thousands of rules; past it the answer is "not known". */
const PART_STEPS = 5_000;
const follows = (a: Formula, b: Formula): boolean => implies(a, b, { left: PART_STEPS, lines: false } satisfies Budget);

/** Where others ask what this part asks: of the part and each of them the narrower first. */
export const formsOf = (part: Formula, others: readonly Formula[]): readonly (readonly [narrow: Formula, wide: Formula])[] =>
  others.flatMap((other) => (follows(part, other) ? [[part, other] as const] : follows(other, part) ? [[other, part] as const] : []));

/** What tells how much two literals of which the narrower says the wider make two rules alike, from 0 to 1. */
type Telling = (narrow: Literal, wide: Literal) => number;

/**
 * Two literals tell the more the fewer of those that look for something in their field look for the wider or for what is narrower, and the more of what the
 * narrower says the wider says: that a shell started it, or a few characters that longer values hold, many ask who have nothing in common.
 */
export function tellingIn(sought: ReadonlyMap<string, Sought>, byField: ReadonlyMap<string, FieldSought>): Telling {
  const askers = new Map<string, number>();
  const reaches = new Map<string, number>();
  const askersOf = (field: string): number => {
    let known = askers.get(field);
    if (known === undefined) {
      const { plain, others } = byField.get(field) ?? { plain: [], others: [] };
      askers.set(field, (known = new Set([...plain, ...others].flatMap(({ rules }) => rules)).size));
    }
    return known;
  };
  const reachOf = (literal: Literal): number => {
    let known = reaches.get(literal.key);
    if (known === undefined) {
      const rules = new Set(sought.get(literal.key)?.rules);
      const { plain, others, held } = byField.get(literal.field) ?? { plain: [], others: [], held: () => [] };
      const { set } = literal;
      const near = set.kind === 'pattern' && set.inner !== null ? held(set.inner).map((at) => plain[at]!) : [...plain, ...others];
      for (const one of near) if (literalFollows(one.literal, literal)) one.rules.forEach((rule) => rules.add(rule));
      reaches.set(literal.key, (known = Math.max(1, rules.size)));
    }
    return known;
  };
  return (narrow, wide) => {
    const reach = reachOf(wide);
    const rare = 1 - Math.log(reach) / Math.log(Math.max(askersOf(wide.field), reach, 2));
    return Math.max(rare, reach <= FEW ? ENOUGH : 0) * Math.min(1, 2 * shareOf(wide, narrow));
  };
}

/** So many rules may look for the same, however few look for anything there, and be alike by it. */
const FEW = 10;

/** What makes two rules alike, alone or together: no more than the square root of those that look for something in a field look for this. */
export const ENOUGH = 1 / 2;

/** How much of what the narrower says the wider says; half as much where it begins or ends amid a word. */
function shareOf(wide: Literal, narrow: Literal): number {
  if (wide.set.kind !== 'pattern' || narrow.set.kind !== 'pattern' || (wide.field !== narrow.field && fileNameField(narrow.field) === wide.field)) return 1;
  const share = lengthOf(wide.set.pattern) / Math.max(1, lengthOf(narrow.set.pattern));
  const [part, text] = [wide.set.inner ?? '', narrow.set.inner ?? ''];
  const at = text.indexOf(part);
  const isAmidWord = (end: number): boolean => at >= 0 && /[a-z\d]{2}/.test(text.slice(Math.max(0, end - 1), end + 1));
  return isAmidWord(at) || isAmidWord(at + part.length) ? share / 2 : share;
}
const lengthOf = (pattern: string): number => pattern.replace(/[\uE000\uE001]/g, '').length;

/**
 * How much two parts of which the narrower says the wider tell. Of two lists that are one, as much as what tells most in them; an event may meet a list that is
 * held by another in what tells least.
 */
export function likeness(narrow: Formula, wide: Formula, telling: Telling): number {
  if (narrow.kind === 'literal' && wide.kind === 'literal') return telling(narrow, wide);
  if (narrow.kind === 'any') {
    const tellings = narrow.of.map((branch) => likeness(branch, wide, telling));
    return follows(wide, narrow) ? Math.max(...tellings) : Math.min(...tellings);
  }
  if (wide.kind === 'all') return mostOf(wide.of.filter(looksFor), (part) => likeness(narrow, part, telling));
  if (wide.kind === 'any')
    return mostOf(
      wide.of.filter((branch) => follows(narrow, branch)),
      (branch) => likeness(narrow, branch, telling),
    );
  if (narrow.kind === 'all')
    return mostOf(
      narrow.of.filter((part) => follows(part, wide)),
      (part) => likeness(part, wide, telling),
    );
  return mostOf(asked(wide), (literal) => telling(literal, literal));
}

const mostOf = <T>(of: readonly T[], measure: (one: T) => number): number => of.reduce((most, one) => Math.max(most, measure(one)), 0);
